"""One person's own event in one person's own calendar: made, changed, called off, taken out.

No attendee list: it would show everybody who else is coming, and mail them at each change.
"""

from datetime import datetime

from kiota_abstractions.api_error import APIError
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.event import Event
from msgraph.generated.models.free_busy_status import FreeBusyStatus
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.location import Location
from msgraph.generated.users.item.events.item.cancel.cancel_post_request_body import (
    CancelPostRequestBody,
)
from msgraph.graph_service_client import GraphServiceClient

from bot.graph.errors import as_delivery, graph_code, is_gone
from hub.calendar_entry import CalendarEntry
from hub.errors import DeliveryFailed

#: People can show and colour these in Outlook as one.
CATEGORY = "SEND Hub"
#: The permission for every call here.
NEEDS = "Calendars.ReadWrite"
_SUBJECT = "calendar event"
#: Graph's words for a person who has a sign-in and no calendar that it can reach.
_NO_MAILBOX = frozenset({"MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI"})
_BAD_REQUEST = 400


class NoMailbox(DeliveryFailed):
    """There is no calendar to put anything into; waiting will not help for now."""

    def __init__(self) -> None:
        super().__init__("calendar event: no mailbox", None)


async def create_event(
    graph: GraphServiceClient, user_id: str, entry: CalendarEntry, transaction_id: str
) -> str:
    """Put an entry into a person's calendar and give Graph's id of the event.

    Asking again with the same ``transaction_id`` makes no second event. Raises NoMailbox or
    another DeliveryFailed. Source: Graph v1.0, user: post events.
    """
    event = event_of(entry)
    event.transaction_id = transaction_id
    return str((await post_event(graph, user_id, event, _SUBJECT)).id)


async def post_event(graph: GraphServiceClient, user_id: str, event: Event, subject: str) -> Event:
    """Make an event that is put together already; the answer has an id. Raises as above."""
    async with as_delivery(subject, needs=NEEDS):
        try:
            made = await graph.users.by_user_id(user_id).events.post(event)
        except APIError as error:
            if is_gone(error) and graph_code(error) in _NO_MAILBOX:
                raise NoMailbox from error
            raise
    if made is None or not made.id:
        raise DeliveryFailed(f"{subject}: Graph gave no id", None)
    return made


async def update_event(
    graph: GraphServiceClient, user_id: str, entry: CalendarEntry, event_id: str
) -> bool:
    """Bring an event into line with its entry; False when its owner has taken it out.

    Raises DeliveryFailed. Source: Graph v1.0, event: update.
    """
    return await patch_event(graph, user_id, event_of(entry), event_id, _SUBJECT)


async def patch_event(
    graph: GraphServiceClient, user_id: str, changes: Event, event_id: str, subject: str
) -> bool:
    """Change what ``changes`` fills of an event; False when it is gone. Raises DeliveryFailed."""
    async with as_delivery(subject, needs=NEEDS):
        try:
            await graph.users.by_user_id(user_id).events.by_event_id(event_id).patch(changes)
        except APIError as error:
            if is_gone(error):
                return False
            raise
    return True


async def cancel_event(
    graph: GraphServiceClient, user_id: str, event_id: str, comment: str
) -> bool:
    """Call an event off with a comment; False when Graph will not have it called off.

    Graph cancels for a meeting's organiser, sends the comment to the attendees and moves the event
    to Deleted Items. These events belong to the person themselves and have no attendees: Graph's
    reference does not say whether it takes those, and answers 400 to whoever is no organiser. An
    event that is gone already is fine. Raises DeliveryFailed. Source: Graph v1.0, event: cancel.
    """
    async with as_delivery(_SUBJECT, needs=NEEDS):
        try:
            await (
                graph.users.by_user_id(user_id)
                .events.by_event_id(event_id)
                .cancel.post(CancelPostRequestBody(comment=comment))
            )
        except APIError as error:
            if error.response_status_code == _BAD_REQUEST:
                return False
            if not is_gone(error):
                raise
    return True


async def delete_event(graph: GraphServiceClient, user_id: str, event_id: str) -> None:
    """Take an event out; one that is gone already is fine. Raises DeliveryFailed.

    Source: Graph v1.0, event: delete.
    """
    async with as_delivery(_SUBJECT, needs=NEEDS):
        try:
            await graph.users.by_user_id(user_id).events.by_event_id(event_id).delete()
        except APIError as error:
            if not is_gone(error):
                raise


def event_of(entry: CalendarEntry) -> Event:
    """An entry as Graph has it, all of it: what was there before is written over."""
    event = event_without_body(entry)
    event.body = ItemBody(content_type=BodyType.Text, content="\n\n".join(entry.lines))
    return event


def event_without_body(entry: CalendarEntry) -> Event:
    """The same but for the words: a body set to None would be sent, and empty the one there."""
    return Event(
        subject=entry.subject,
        start=local_time(entry.starts_at),
        end=local_time(entry.ends_at),
        location=Location(display_name=entry.place, location_uri=entry.link or None),
        categories=[CATEGORY],
        show_as=FreeBusyStatus.Busy if entry.is_busy else FreeBusyStatus.Free,
        is_reminder_on=entry.reminder is not None,
        reminder_minutes_before_start=entry.reminder or 0,
    )


def local_time(moment: datetime) -> DateTimeTimeZone:
    """The wall-clock time and the zone apart, as Graph wants them: it knows when clocks change."""
    return DateTimeTimeZone(date_time=moment.isoformat()[:19], time_zone=str(moment.tzinfo))
