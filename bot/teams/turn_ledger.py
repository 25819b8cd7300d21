"""What was answered before, so that an activity that comes twice changes nothing twice.

The service delivers an activity again when it is not answered within about 15 seconds. The ledger
itself is kept in the database; this is what the adapter asks of it.
"""

import hashlib
import json
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.teams.inbound import Fields
from store.turns import SavedAnswer

__all__ = ["SavedAnswer", "TurnLedger", "activity_key"]

#: Of one message there may be many edits and reactions, each with the id of the message.
_TOLD_APART_BY_TIME = frozenset({"messageUpdate", "messageReaction"})


class TurnLedger(Protocol):
    """One turn at a time in a conversation, across replicas, and what each activity got."""

    def turn(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        """Hold the conversation: its other turns wait."""

    async def answered(self, activity_key: str) -> SavedAnswer | None:
        """What that activity was answered, or None when it is new. Asked while holding."""

    async def remember(self, activity_key: str, answer: SavedAnswer) -> None:
        """Keep the answer for a repetition. Called while holding."""


def activity_key(activity: Fields) -> str | None:
    """64 characters that name one activity; None when the channel gave it no id.

    Edits and deletions carry the id of the message, so the type is part of the key.
    """
    if not activity.get("id"):
        return None
    parts = [activity.get("channelId"), activity["conversation"]["id"]]
    parts += [activity["type"], activity.get("name"), activity["id"]]
    if activity["type"] in _TOLD_APART_BY_TIME:
        parts.append(activity.get("timestamp"))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
