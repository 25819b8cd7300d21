"""Brings one person's calendar into line with one booking, whatever earlier attempts came to."""

from uuid import UUID

from msgraph.graph_service_client import GraphServiceClient

from bot.clock import Clock
from bot.graph.calendar import create_event, delete_event, update_event
from bot.nudges.outcome import SENT, Outcome, dropped
from hub.outbox import OutboxItem
from store import calendar_events
from store.database import Database


async def keep_calendar(
    database: Database, graph: GraphServiceClient, now: Clock, item: OutboxItem
) -> Outcome:
    """Make, change or take out the event that an item is about. Raises DeliveryFailed."""
    event_id = UUID(item.payload["calendar_event"])
    async with database.begin() as db:
        event = await calendar_events.event_to_reconcile(db, event_id, now())
    if event is None:
        return dropped("the booking is gone")
    user, graph_id = event.person.object_id, event.graph_event_id
    if event.is_wanted and graph_id is None and event.session.ends_at <= now():
        return dropped("the session is over")
    # An event asked for whose answer was lost may exist: asking again with the same
    # transaction id tells its name, so that it can be taken out.
    if graph_id is None and (event.is_wanted or event.was_attempted):
        graph_id = await create_event(graph, user, event.session, str(event.id))
        async with database.begin() as db:
            await calendar_events.note_graph_event(db, event_id, graph_id)
            await calendar_events.note_revision(db, event_id, event.session.revision)
    elif event.is_wanted and graph_id is not None and event.is_outdated:
        await update_event(graph, user, event.session, graph_id)
        async with database.begin() as db:
            await calendar_events.note_revision(db, event_id, event.session.revision)
    if not event.is_wanted and graph_id is not None:
        await delete_event(graph, user, graph_id)
        async with database.begin() as db:
            await calendar_events.note_graph_event(db, event_id, None)
            await calendar_events.forget_attempt(db, event_id)
    return SENT
