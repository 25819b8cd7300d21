"""What the bot owes the world, as values: kinds, states, and when to try again.

Every change that has an effect outside writes an item in its own transaction; delivery works
them off. Payloads hold ids only, never words of a person.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

#: In the payload of what is owed to somebody who was erased: it is emptied with the last mark.
ERASED = "erased"


class Kind(StrEnum):
    """Where an item goes."""

    #: Bring one person's calendar into line with one booking.
    CALENDAR = "calendar"
    #: Bring one session's Teams meeting into line with the session.
    MEETING = "meeting"
    #: Bring one person's calendar into line with a request's visit or call.
    VISIT = "visit"
    #: Ring the bell: one entry in the Teams activity feed.
    ACTIVITY_FEED = "activity-feed"
    #: One card in the person's chat with the bot.
    CHAT = "chat"
    #: One mail, in place of a card that its person cannot be sent.
    MAIL = "mail"
    #: News of a new request in a team's channel.
    CHANNEL = "channel"


class OutboxState(StrEnum):
    """What became of an item."""

    WAITING = "waiting"
    SENT = "sent"
    #: No longer wanted when its turn came.
    DROPPED = "dropped"
    #: Will not be tried again without somebody's help; ``reason`` says why.
    PARKED = "parked"


@dataclass(frozen=True)
class OutboxItem:
    """One thing to be sent, claimed for a while by the worker that holds it."""

    id: int
    kind: Kind
    payload: dict[str, Any]
    person_id: UUID | None
    #: One of each key is ever owed.
    key: str
    #: How often it has been tried before, this time not included.
    attempts: int
    #: When it was written.
    owed_at: datetime
    #: Marks a claim; a worker whose lease has run out can no longer mark the item.
    lease: str


#: Kinds by which a person is told something; a calendar event is kept, not told.
TELLING = frozenset({Kind.ACTIVITY_FEED, Kind.CHAT, Kind.MAIL})


def key_for(kind: Kind, key: str) -> str:
    """The key of what is owed in another way for the same thing: one of each, ever."""
    return f"{key.removesuffix(f':{Kind.CHAT}')}:{kind}"


def trace_of(key: str) -> str:
    """What the log calls a nudge and the message that tells it first, from plan to delivery.

    The same for its card, its bell and its mail, and nothing that anybody could be known by.
    """
    base, _, ending = key.rpartition(":")
    nudge = base if ending in TELLING else key
    return hashlib.blake2b(nudge.encode(), digest_size=8).hexdigest()


#: Longer than any one call may take, so that no item is held twice at once.
LEASE_LASTS = timedelta(seconds=30)
FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(minutes=30)
#: After this many attempts an item is parked for the lead to see.
MOST_ATTEMPTS = 40


def next_try(now: datetime, attempts: int, asked: timedelta, chance: float) -> datetime:
    """When to try again after ``attempts`` failures: doubling, capped, never before ``asked``.

    ``chance`` in [0, 1) spreads the retries of many items that failed together.
    """
    backoff = min(LONGEST_RETRY, FIRST_RETRY * (1 << min(attempts, 20)))
    return now + max(asked, backoff * (0.5 + chance / 2))
