"""The bell: entries in people's Teams activity feeds, one at a time or the same for many.

What kinds of entry there are is declared in ``hub.activity_types``, for the app package too.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from msgraph.generated.models.aad_user_notification_recipient import AadUserNotificationRecipient
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.key_value_pair import KeyValuePair
from msgraph.generated.models.teamwork_activity_topic import TeamworkActivityTopic
from msgraph.generated.models.teamwork_activity_topic_source import TeamworkActivityTopicSource
from msgraph.generated.teamwork.send_activity_notification_to_recipients.send_activity_notification_to_recipients_post_request_body import (
    SendActivityNotificationToRecipientsPostRequestBody,
)
from msgraph.generated.users.item.teamwork.send_activity_notification.send_activity_notification_post_request_body import (
    SendActivityNotificationPostRequestBody,
)
from msgraph.graph_service_client import GraphServiceClient

from bot.graph.errors import as_delivery
from hub.activity_types import ACTIVITY_TYPES, ActivityType
from hub.spoken import cut_short

#: Graph refuses a longer preview.
LONGEST_PREVIEW = 150
#: Graph takes no more people in one call.
MOST_RECIPIENTS = 100
#: Bits of a chain id: whole numbers of this size survive every JSON reader.
_CHAIN_BITS = 53


@dataclass(frozen=True)
class Bell:
    """What one entry says. Raises ValueError for a type that the app package does not declare."""

    activity_type: ActivityType
    #: Shown under the entry; what, when and where, so that it is useful by itself.
    preview: str
    #: A value for each name in the type's template.
    parameters: dict[str, str]
    topic: str
    #: What it is about; a newer entry about the same takes the place of this one.
    about: UUID

    def __post_init__(self) -> None:
        if self.activity_type not in ACTIVITY_TYPES:
            raise ValueError(f"{self.activity_type.type} is not in the app package")
        # Nothing is left to fill in, and nothing is said that the template has no room for.
        self.activity_type.wording(self.parameters)

    @property
    def headline(self) -> str:
        """The entry's first line as a person reads it."""
        return self.activity_type.wording(self.parameters)

    @property
    def chain_id(self) -> int:
        """The same for everything about one thing, above zero; each person has their own chain."""
        digest = hashlib.blake2b(self.about.bytes, digest_size=8).digest()
        return (int.from_bytes(digest, "big") >> (64 - _CHAIN_BITS)) or 1


async def ring_bell(graph: GraphServiceClient, user_id: str, bell: Bell, link: str) -> None:
    """Put one notification into a person's activity feed. Raises DeliveryFailed.

    Source: Graph v1.0, userTeamwork: sendActivityNotification.
    """
    async with as_delivery("activity feed", needs="TeamsActivity.Send"):
        await graph.users.by_user_id(user_id).teamwork.send_activity_notification.post(
            SendActivityNotificationPostRequestBody(**_said(bell, link))
        )


async def ring_bells(
    graph: GraphServiceClient, user_ids: Sequence[str], bell: Bell, link: str
) -> None:
    """Put the same notification into the feeds of up to ``MOST_RECIPIENTS`` people at once.

    Graph says nothing of somebody who does not have the app: ask for people who do.
    Raises DeliveryFailed. Source: Graph v1.0, teamwork: sendActivityNotificationToRecipients.
    """
    recipients: list[Any] = [AadUserNotificationRecipient(user_id=each) for each in user_ids]
    async with as_delivery("activity feed", needs="TeamsActivity.Send"):
        await graph.teamwork.send_activity_notification_to_recipients.post(
            SendActivityNotificationToRecipientsPostRequestBody(
                recipients=recipients, **_said(bell, link)
            )
        )


def _said(bell: Bell, link: str) -> dict[str, Any]:
    return {
        "topic": TeamworkActivityTopic(
            source=TeamworkActivityTopicSource.Text, value=bell.topic, web_url=link
        ),
        "activity_type": bell.activity_type.type,
        "chain_id": bell.chain_id,
        "preview_text": ItemBody(content=cut_short(bell.preview, LONGEST_PREVIEW)),
        "template_parameters": [
            KeyValuePair(name=name, value=value) for name, value in bell.parameters.items()
        ],
    }


def chat_link(app_id: str) -> str:
    """The Teams link that opens a person's chat with the bot.

    Source: Teams documentation, "deep link to a chat": ``28:`` marks a bot.
    """
    return f"https://teams.microsoft.com/l/chat/0/0?users=28:{quote(app_id)}"


def card_link(graph_chat_id: str, card_id: str) -> str:
    """The Teams link that opens a chat at one message.

    Source: Teams documentation, "deep link to a message in a chat".
    """
    context = quote(json.dumps({"contextType": "chat"}, separators=(",", ":")))
    chat, message = quote(graph_chat_id, safe=""), quote(card_id, safe="")
    return f"https://teams.microsoft.com/l/message/{chat}/{message}?context={context}"
