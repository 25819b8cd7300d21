"""The bell: one entry in a person's Teams activity feed."""

from dataclasses import dataclass
from urllib.parse import quote

from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.key_value_pair import KeyValuePair
from msgraph.generated.models.teamwork_activity_topic import TeamworkActivityTopic
from msgraph.generated.models.teamwork_activity_topic_source import TeamworkActivityTopicSource
from msgraph.generated.users.item.teamwork.send_activity_notification.send_activity_notification_post_request_body import (
    SendActivityNotificationPostRequestBody,
)
from msgraph.graph_service_client import GraphServiceClient

from bot.graph.errors import as_delivery

#: Graph refuses a longer preview.
LONGEST_PREVIEW = 150


@dataclass(frozen=True)
class Bell:
    """What one entry says. ``activity_type`` is declared in the app manifest."""

    activity_type: str
    #: Shown under the entry; what, when and where, so that it is useful by itself.
    preview: str
    #: A value for each name in the type's template.
    parameters: dict[str, str]
    topic: str


async def ring_bell(graph: GraphServiceClient, user_id: str, bell: Bell, chat_link: str) -> None:
    """Put one notification into a person's activity feed. Raises DeliveryFailed.

    Source: Graph v1.0, userTeamwork: sendActivityNotification.
    """
    async with as_delivery("activity feed", needs="TeamsActivity.Send"):
        await graph.users.by_user_id(user_id).teamwork.send_activity_notification.post(
            SendActivityNotificationPostRequestBody(
                topic=TeamworkActivityTopic(
                    source=TeamworkActivityTopicSource.Text, value=bell.topic, web_url=chat_link
                ),
                activity_type=bell.activity_type,
                preview_text=ItemBody(content=bell.preview[:LONGEST_PREVIEW]),
                template_parameters=[
                    KeyValuePair(name=name, value=value) for name, value in bell.parameters.items()
                ],
            )
        )


def chat_link(app_id: str) -> str:
    """The Teams link that opens a person's chat with the bot.

    Source: Teams documentation, "deep link to a chat": ``28:`` marks a bot.
    """
    return f"https://teams.microsoft.com/l/chat/0/0?users=28:{quote(app_id)}"
