"""One person's own event in one person's own calendar: made, found again, taken out.

No attendee list: it would show everybody who else is coming, and mail them at each change.
"""

from kiota_abstractions.api_error import APIError
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.event import Event
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.location import Location
from msgraph.graph_service_client import GraphServiceClient

from bot.graph.errors import as_delivery, is_gone
from hub.booking import Session
from hub.errors import DeliveryFailed


async def create_event(
    graph: GraphServiceClient, user_id: str, session: Session, transaction_id: str
) -> str:
    """Put a session into a person's calendar and give Graph's id of the event.

    Asking again with the same ``transaction_id`` makes no second event. Raises DeliveryFailed.
    Source: Graph v1.0, user: post events.
    """
    async with as_delivery("calendar event", needs="Calendars.ReadWrite"):
        made = await graph.users.by_user_id(user_id).events.post(_event(session, transaction_id))
    if made is None or not made.id:
        raise DeliveryFailed("calendar event: Graph gave no id", None)
    return made.id


async def update_event(
    graph: GraphServiceClient, user_id: str, session: Session, event_id: str
) -> None:
    """Bring an event into line with its session; one that its owner took out stays out.

    Raises DeliveryFailed. Source: Graph v1.0, event: update.
    """
    async with as_delivery("calendar event", needs="Calendars.ReadWrite"):
        try:
            await (
                graph.users.by_user_id(user_id)
                .events.by_event_id(event_id)
                .patch(_event(session, transaction_id=None))
            )
        except APIError as error:
            if not is_gone(error):
                raise


async def delete_event(graph: GraphServiceClient, user_id: str, event_id: str) -> None:
    """Take an event out; one that is gone already is fine. Raises DeliveryFailed.

    Source: Graph v1.0, event: delete.
    """
    async with as_delivery("calendar event", needs="Calendars.ReadWrite"):
        try:
            await graph.users.by_user_id(user_id).events.by_event_id(event_id).delete()
        except APIError as error:
            if not is_gone(error):
                raise


def _event(session: Session, transaction_id: str | None) -> Event:
    return Event(
        subject=session.title,
        body=ItemBody(
            content_type=BodyType.Text,
            content="You booked this with the SEND Hub assistant. Plans changed? Tell it "
            "“give up my place” in Teams.",
        ),
        start=_local(session.starts_at.isoformat(), str(session.starts_at.tzinfo)),
        end=_local(session.ends_at.isoformat(), str(session.ends_at.tzinfo)),
        location=Location(display_name=session.venue),
        transaction_id=transaction_id,
    )


def _local(moment: str, zone: str) -> DateTimeTimeZone:
    # Graph wants the wall-clock time and the zone apart.
    return DateTimeTimeZone(date_time=moment[:19], time_zone=zone)
