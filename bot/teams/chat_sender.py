"""Messages that nobody's turn asked for: what the outbox owes to a chat.

One call each, no repeats: the outbox decides when to try again.
"""

from typing import Any
from urllib.parse import quote

from botbuilder.schema import Activity

from bot.teams.connector import Connector
from bot.teams.outgoing import plain

#: Of an incoming activity; a new one must not answer something or carry somebody's id.
_NOT_OURS_TO_SET = ("id", "replyToId")


class ChatSender:
    """Sends to conversations by their stored address.

    Every method raises DeliveryFailed: ``retry_after`` None when the bot is blocked or the
    conversation is gone.
    """

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def send(
        self, service_url: str, conversation_id: str, activity: Activity | dict[str, Any]
    ) -> str:
        """Add an activity to a conversation; its id, or "" when Teams gave none.

        Never a reply: the SDK's own way answers a made-up activity id.
        """
        path = f"v3/conversations/{quote(conversation_id, safe='')}/activities"
        fields = {
            name: value for name, value in plain(activity).items() if name not in _NOT_OURS_TO_SET
        }
        answer = await self._connector.call("POST", service_url, path, fields, attempts=1)
        return _id_in(answer)

    async def update(
        self,
        service_url: str,
        conversation_id: str,
        activity_id: str,
        activity: Activity | dict[str, Any],
    ) -> None:
        """Replace an activity sent before; doing it twice does no harm."""
        ids = f"{quote(conversation_id, safe='')}/activities/{quote(activity_id, safe='')}"
        fields = plain(activity) | {"id": activity_id}
        await self._connector.call(
            "PUT", service_url, f"v3/conversations/{ids}", fields, attempts=1
        )


def _id_in(answer: Any) -> str:
    sent_id = answer.get("id") if isinstance(answer, dict) else None
    return sent_id if isinstance(sent_id, str) else ""
