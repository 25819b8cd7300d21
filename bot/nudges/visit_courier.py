"""Brings one person's calendar into line with a request's visit or call, whatever attempts came to.

The Teams meeting of a call is behind the event of whoever calls for the Hub; when they have no
mailbox, behind that of whoever asked.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bot.graph.calendar import NoMailbox, cancel_event, create_event, delete_event, update_event
from bot.graph.online_meetings import create_meeting, join_url_of, move_meeting
from bot.nudges.calendar_courier import NO_MAILBOX, Diary
from bot.nudges.meeting_courier import LINK_TAKES
from bot.nudges.outcome import SENT, Outcome, PutOff, dropped
from hub.calendar_entry import CalendarEntry
from hub.errors import DeliveryFailed
from hub.outbox import ERASED, OutboxItem
from hub.services import Services
from hub.visit_entry import entry_for_visit, entry_with_meeting, why_off
from store import mailboxes, visit_events
from store.request_reads import request_of_visit
from store.visit_events import VisitEvent


async def keep_visit(diary: Diary, services: Services, item: OutboxItem) -> Outcome | PutOff:
    """Make, move or take out the event that an item is about. Raises DeliveryFailed."""
    if ERASED in item.payload:
        return await _take_out_for_good(diary, services, item.payload[ERASED])
    event_id, now = UUID(item.payload["visit_event"]), diary.now()
    async with diary.database.begin() as db:
        event = await visit_events.event_to_reconcile(db, event_id, now)
        if event is None:
            return dropped("the request is gone")
        if event.is_wanted and event.graph_event_id is None and event.visit.ends_at <= now:
            return dropped("the visit is over")
        has_calendar = await mailboxes.is_worth_asking(db, event.person.id, now)
    if not has_calendar:
        return await _without(diary, event)
    try:
        if not event.is_wanted:
            await _take_out(diary, services, event)
        elif event.holds_meeting:
            return await _hold(diary, event, _entry(diary, services, event))
        else:
            await _put(diary, event, _entry(diary, services, event))
    except NoMailbox:
        async with diary.database.begin() as db:
            await mailboxes.note_no_mailbox(db, event.person.id, now)
        return await _without(diary, event)
    return SENT


async def _take_out_for_good(
    diary: Diary, services: Services, told: Mapping[str, Any]
) -> Outcome | PutOff:
    """Take out an event of somebody of whom nothing else is kept."""
    user, graph_id = str(told["user"]), told["event"]
    try:
        if graph_id is None:
            # As below: its answer was lost, so asking again tells its name.
            async with diary.database.read() as db:
                found = await request_of_visit(db, UUID(told["visit"]))
            if found is None:
                return dropped("the request is gone")
            (request, visit), nobody = found, found[0].asker
            service = services.name_of(request.service)
            entry = entry_for_visit(nobody, request, visit, nobody, service, diary.chat_link)
            graph_id = await create_event(diary.graph, user, entry, str(told["transaction"]))
        await delete_event(diary.graph, user, str(graph_id))
    except NoMailbox:
        return NO_MAILBOX
    return SENT


def _entry(diary: Diary, services: Services, event: VisitEvent) -> CalendarEntry:
    service = services.name_of(event.request.service)
    entry = entry_for_visit(
        event.person, event.request, event.visit, event.host, service, diary.chat_link
    )
    return entry_with_meeting(entry) if event.holds_meeting else entry


async def _without(diary: Diary, event: VisitEvent) -> Outcome:
    """There is no calendar to put anything into: cards say it, and the other side may host."""
    async with diary.database.begin() as db:
        await visit_events.note_gone(db, event.id)
        if event.is_wanted and event.holds_meeting:
            await visit_events.hand_meeting_on(db, event, diary.now())
    return NO_MAILBOX


async def _put(diary: Diary, event: VisitEvent, entry: CalendarEntry) -> None:
    if event.graph_event_id is None:
        await _make(diary, event, entry)
    elif event.told != entry.fingerprint:
        # One that its owner took out stays out.
        await update_event(diary.graph, event.person.object_id, entry, event.graph_event_id)
        await _note(diary, event, event.graph_event_id, entry)


async def _hold(diary: Diary, event: VisitEvent, entry: CalendarEntry) -> Outcome | PutOff:
    user, graph_id, link = event.person.object_id, event.graph_event_id, event.visit.online_url
    if graph_id is None:
        graph_id, link = await _make(diary, event, entry)
    elif event.told != entry.fingerprint and not await move_meeting(
        diary.graph, user, entry, graph_id
    ):
        async with diary.database.begin() as db:
            await visit_events.note_gone(db, event.id)
            await visit_events.note_link(db, event, "", diary.now())
        return PutOff(diary.now(), "its owner took the meeting out: a new one is set up")
    await _note(diary, event, graph_id, entry)
    link = link or await join_url_of(diary.graph, user, graph_id)
    if not link:
        raise DeliveryFailed("Teams meeting: there is no link yet", LINK_TAKES)
    async with diary.database.begin() as db:
        await visit_events.note_link(db, event, link, diary.now())
    return SENT


async def _take_out(diary: Diary, services: Services, event: VisitEvent) -> None:
    graph_id, user = event.graph_event_id, event.person.object_id
    # One asked for whose answer was lost may exist: asking again with the same transaction id
    # tells its name, so that it can be taken out.
    if graph_id is None and event.was_attempted:
        graph_id, _ = await _make(diary, event, _entry(diary, services, event))
    if graph_id is None:
        return
    if not await cancel_event(diary.graph, user, graph_id, why_off(event.request)):
        await delete_event(diary.graph, user, graph_id)
    async with diary.database.begin() as db:
        await visit_events.note_gone(db, event.id)


async def _make(diary: Diary, event: VisitEvent, entry: CalendarEntry) -> tuple[str, str]:
    """The event's id, and the link of the meeting behind it if there is one."""
    user, transaction = event.person.object_id, str(event.transaction_id)
    if event.holds_meeting:
        made = await create_meeting(diary.graph, user, entry, transaction)
        graph_id, link = made.event_id, made.join_url
    else:
        graph_id, link = await create_event(diary.graph, user, entry, transaction), ""
    await _note(diary, event, graph_id, entry)
    if not event.person.has_mailbox:
        async with diary.database.begin() as db:
            await mailboxes.note_mailbox(db, event.person.id)
    return graph_id, link


async def _note(diary: Diary, event: VisitEvent, graph_id: str, entry: CalendarEntry) -> None:
    async with diary.database.begin() as db:
        await visit_events.note_event(db, event.id, graph_id, entry.fingerprint)
