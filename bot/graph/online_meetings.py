"""A Teams meeting: an event with a meeting behind it, in the calendar of whoever hosts it.

It has no attendees. Whoever is to come gets the link in an event of their own, so nobody sees who
else was asked, and partner colleagues and guests join by it like everybody else.
``Calendars.ReadWrite`` is enough; ``OnlineMeetings.ReadWrite.All`` would need a policy for each host.
"""

from dataclasses import dataclass

from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.models.event import Event
from msgraph.generated.models.online_meeting_provider_type import OnlineMeetingProviderType
from msgraph.generated.users.item.events.item.event_item_request_builder import (
    EventItemRequestBuilder,
)
from msgraph.graph_service_client import GraphServiceClient

from bot.graph.calendar import NEEDS, event_of, event_without_body, patch_event, post_event
from bot.graph.errors import as_delivery
from hub.calendar_entry import CalendarEntry
from hub.session_draft import is_link

_SUBJECT = "Teams meeting"


@dataclass(frozen=True)
class TeamsMeeting:
    """A meeting that was made."""

    event_id: str
    #: Empty while Teams is still setting it up: ``join_url_of`` tells it later.
    join_url: str


async def create_meeting(
    graph: GraphServiceClient, host_id: str, entry: CalendarEntry, transaction_id: str
) -> TeamsMeeting:
    """Set up one Teams meeting in the host's calendar.

    Asking again with the same ``transaction_id`` makes no second one. Raises NoMailbox or another
    DeliveryFailed. Source: Graph v1.0, user: post events, ``isOnlineMeeting``.
    """
    event = event_of(entry)
    event.transaction_id = transaction_id
    event.is_online_meeting = True
    event.online_meeting_provider = OnlineMeetingProviderType.TeamsForBusiness
    made = await post_event(graph, host_id, event, _SUBJECT)
    return TeamsMeeting(str(made.id), _join_url(made))


async def move_meeting(
    graph: GraphServiceClient, host_id: str, entry: CalendarEntry, event_id: str
) -> bool:
    """Change a meeting's title and time; its link stays. False when the host has taken it out.

    The body is left alone: Teams keeps how to join in it, and an event whose body is written over
    is no online meeting any more. Raises DeliveryFailed. Source: Graph v1.0, event: update.
    """
    return await patch_event(graph, host_id, event_without_body(entry), event_id, _SUBJECT)


async def join_url_of(graph: GraphServiceClient, host_id: str, event_id: str) -> str:
    """The link of a meeting; empty while Teams is still setting it up. Raises DeliveryFailed.

    Source: Graph v1.0, event: get.
    """
    query = EventItemRequestBuilder.EventItemRequestBuilderGetQueryParameters(
        select=["id", "onlineMeeting"]
    )
    async with as_delivery(_SUBJECT, needs=NEEDS):
        found = await (
            graph.users.by_user_id(host_id)
            .events.by_event_id(event_id)
            .get(RequestConfiguration(query_parameters=query))
        )
    return _join_url(found) if found else ""


def _join_url(event: Event) -> str:
    """The link, if it is one that a card may open."""
    told = (event.online_meeting.join_url if event.online_meeting else None) or ""
    return told if is_link(told) else ""
