"""Brings one person's calendar into line with one booking, whatever earlier attempts came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from msgraph.graph_service_client import GraphServiceClient

from bot.clock import Clock
from bot.graph.calendar import NoMailbox, cancel_event, create_event, delete_event, update_event
from bot.nudges.outcome import SENT, Outcome, dropped
from hub.calendar_entry import CalendarEntry, called_off, entry_for_guest, why_called_off
from hub.offer import Offer
from hub.outbox import ERASED, OutboxItem
from store import calendar_events, mailboxes, sessions
from store.calendar_events import CalendarEvent
from store.database import Database

NO_MAILBOX = dropped("no mailbox")


@dataclass(frozen=True)
class Diary:
    """What every call about a calendar needs, and what every entry says."""

    database: Database
    graph: GraphServiceClient
    now: Clock
    offer: Offer
    #: Opens anybody's own chat with the bot.
    chat_link: str

    def entry(self, event: CalendarEvent) -> CalendarEntry:
        """What the person's calendar is to say."""
        tier = self.offer.tier(event.session.tier)
        return entry_for_guest(event.session, tier.purpose if tier else "", self.chat_link)


async def keep_calendar(diary: Diary, item: OutboxItem) -> Outcome:
    """Make, change, call off or take out the event that an item is about. Raises DeliveryFailed."""
    if ERASED in item.payload:
        return await _take_out_for_good(diary, item.payload[ERASED])
    event_id, now = UUID(item.payload["calendar_event"]), diary.now()
    async with diary.database.begin() as db:
        event = await calendar_events.event_to_reconcile(db, event_id, now)
        if event is None:
            return dropped("the booking is gone")
        if event.is_wanted and event.graph_event_id is None and event.session.ends_at <= now:
            return dropped("the session is over")
        if not await mailboxes.is_worth_asking(db, event.person.id, now):
            await calendar_events.note_gone(db, event_id)
            return NO_MAILBOX
    try:
        if event.is_wanted:
            await _put(diary, event)
        else:
            await _take_out(diary, event)
    except NoMailbox:
        async with diary.database.begin() as db:
            await mailboxes.note_no_mailbox(db, event.person.id, now)
            await calendar_events.note_gone(db, event_id)
        return NO_MAILBOX
    return SENT


async def _take_out_for_good(diary: Diary, told: Mapping[str, Any]) -> Outcome:
    """Take out an event of somebody of whom nothing else is kept."""
    user, graph_id = str(told["user"]), told["event"]
    try:
        if graph_id is None:
            # As below: its answer was lost, so asking again tells its name.
            async with diary.database.read() as db:
                session = await sessions.session_with_id(db, UUID(told["session"]))
            if session is None:
                return dropped("the session is gone")
            tier = diary.offer.tier(session.tier)
            entry = entry_for_guest(session, tier.purpose if tier else "", diary.chat_link)
            graph_id = await create_event(diary.graph, user, entry, str(told["transaction"]))
        await delete_event(diary.graph, user, str(graph_id))
    except NoMailbox:
        return NO_MAILBOX
    return SENT


async def _put(diary: Diary, event: CalendarEvent) -> None:
    entry = diary.entry(event)
    if event.graph_event_id is None:
        await _create(diary, event, entry)
    elif event.told != entry.fingerprint:
        # One that its owner took out stays out.
        await update_event(diary.graph, event.person.object_id, entry, event.graph_event_id)
        await _note(diary, event, event.graph_event_id, entry)


async def _take_out(diary: Diary, event: CalendarEvent) -> None:
    graph_id = event.graph_event_id
    # An event asked for whose answer was lost may exist: asking again with the same transaction id
    # tells its name, so that it can be taken out.
    if graph_id is None and event.was_attempted:
        graph_id = await _create(diary, event, diary.entry(event))
    if graph_id is None:
        return
    user, why = event.person.object_id, why_called_off(event.session)
    if not event.is_called_off:
        await delete_event(diary.graph, user, graph_id)
    elif not await cancel_event(diary.graph, user, graph_id, why):
        # Left in place, free and with the reason, so that nobody wonders where it went; should the
        # session be put back on, the same event says so.
        marked = called_off(diary.entry(event), why)
        await update_event(diary.graph, user, marked, graph_id)
        await _note(diary, event, graph_id, marked)
        return
    async with diary.database.begin() as db:
        await calendar_events.note_gone(db, event.id)


async def _create(diary: Diary, event: CalendarEvent, entry: CalendarEntry) -> str:
    user, transaction = event.person.object_id, str(event.transaction_id)
    graph_id = await create_event(diary.graph, user, entry, transaction)
    await _note(diary, event, graph_id, entry)
    if not event.person.has_mailbox:
        async with diary.database.begin() as db:
            await mailboxes.note_mailbox(db, event.person.id)
    return graph_id


async def _note(diary: Diary, event: CalendarEvent, graph_id: str, entry: CalendarEntry) -> None:
    async with diary.database.begin() as db:
        await calendar_events.note_event(db, event.id, graph_id, entry.fingerprint)
