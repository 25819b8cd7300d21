"""The outbox to Graph and Teams: claim, still wanted?, send, mark.

A worker that dies anywhere loses nothing: a claim is a lease that runs out, and the mark comes
after the call. Only the one call in flight can happen twice, and calendar events not even then.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from msgraph.graph_service_client import GraphServiceClient
from prometheus_client import Counter

from bot.graph.activity_feed import ring_bell
from bot.graph.calendar import create_event, delete_event, update_event
from bot.nudges.telling import Unwanted, tell
from bot.nudges.words import Told
from bot.teams.chat_sender import ChatSender
from dialogs.replies import reply
from hub.errors import DeliveryFailed
from hub.nudges import ANSWERS, Rule
from hub.outbox import MOST_ATTEMPTS, Kind, OutboxItem, OutboxState, next_try
from hub.people import Person
from store import calendar_events, conversations, outbox, people, school_years
from store.database import Database

BATCH = 20
#: Somebody without a chat may open the app any day; ``outbox.wake`` ends the wait at once.
NO_CHAT_YET = timedelta(hours=6)

_log = structlog.get_logger(__name__)
DELIVERED = Counter("sendhub_deliveries_total", "Outbox items by outcome", ["kind", "outcome"])


@dataclass(frozen=True)
class Outcome:
    """What became of one item."""

    state: OutboxState
    reason: str = ""


_SENT = Outcome(OutboxState.SENT)


class Delivery:
    """Works the outbox off. Without a Graph client, what needs Graph stays where it is."""

    def __init__(
        self,
        database: Database,
        graph: GraphServiceClient | None,
        chat: ChatSender,
        *,
        chat_link: str,
        now: Callable[[], datetime],
        chance: Callable[[], float],
    ) -> None:
        self._database = database
        self._graph = graph
        self._chat = chat
        self._chat_link = chat_link
        self._now = now
        self._chance = chance
        self._kinds = set(Kind) if graph else {Kind.CHAT}
        self._draining = asyncio.Lock()

    async def drain(self) -> int:
        """Send everything that is due; tell how many items were dealt with."""
        dealt_with = 0
        async with self._draining:
            while True:
                async with self._database.begin() as db:
                    items = await outbox.claim(db, self._now(), self._kinds, BATCH)
                if not items:
                    return dealt_with
                await asyncio.gather(*(self._deal_with(item) for item in items))
                dealt_with += len(items)

    async def _deal_with(self, item: OutboxItem) -> None:
        try:
            outcome = await self._send(item)
        except DeliveryFailed as failure:
            await self._failed(item, failure)
            return
        except Exception:  # noqa: BLE001
            # The one place around a delivery where a bug is caught: its item must not stop others.
            _log.exception("delivery broke", item=item.id, kind=item.kind)
            await self._failed(item, DeliveryFailed("a fault of ours", timedelta(0)))
            return
        if outcome is not None:
            DELIVERED.labels(item.kind, outcome.state).inc()
            async with self._database.begin() as db:
                await outbox.finish(db, item, outcome.state, self._now(), outcome.reason)

    async def _failed(self, item: OutboxItem, failure: DeliveryFailed) -> None:
        now = self._now()
        is_final = failure.retry_after is None or item.attempts + 1 >= MOST_ATTEMPTS
        DELIVERED.labels(item.kind, "parked" if is_final else "failed").inc()
        _log.warning("not delivered", item=item.id, kind=item.kind, reason=failure.reason)
        async with self._database.begin() as db:
            if is_final:
                await outbox.finish(db, item, OutboxState.PARKED, now, failure.reason)
            else:
                asked = failure.retry_after or timedelta(0)
                until = next_try(now, item.attempts, asked, self._chance())
                await outbox.postpone(db, item, until, failure.reason)

    async def _send(self, item: OutboxItem) -> Outcome | None:
        """Send one item; None when it was put off instead. Raises DeliveryFailed."""
        if item.kind is Kind.CALENDAR:
            return await self._reconcile(UUID(item.payload["calendar_event"]))
        return await self._nudge(item)

    async def _reconcile(self, event_id: UUID) -> Outcome:
        """Bring one person's calendar into line, whatever happened to earlier attempts."""
        if self._graph is None:
            raise DeliveryFailed("calendar event: no Graph is configured", timedelta(hours=1))
        async with self._database.begin() as db:
            event = await calendar_events.event_to_reconcile(db, event_id, self._now())
        if event is None:
            return Outcome(OutboxState.DROPPED, "the booking is gone")
        user, graph_id = event.person.object_id, event.graph_event_id
        # An event asked for whose answer was lost may exist: asking again with the same
        # transaction id tells its name, so that it can be taken out.
        if graph_id is None and (event.is_wanted or event.was_attempted):
            graph_id = await create_event(self._graph, user, event.session, str(event.id))
            async with self._database.begin() as db:
                await calendar_events.note_graph_event(db, event_id, graph_id)
                await calendar_events.note_revision(db, event_id, event.session.revision)
        elif event.is_wanted and graph_id is not None and event.is_outdated:
            await update_event(self._graph, user, event.session, graph_id)
            async with self._database.begin() as db:
                await calendar_events.note_revision(db, event_id, event.session.revision)
        if not event.is_wanted and graph_id is not None:
            await delete_event(self._graph, user, graph_id)
            async with self._database.begin() as db:
                await calendar_events.note_graph_event(db, event_id, None)
                await calendar_events.forget_attempt(db, event_id)
        return _SENT

    async def _nudge(self, item: OutboxItem) -> Outcome | None:
        now = self._now()
        async with self._database.read() as db:
            person = await people.person_with_id(db, item.person_id) if item.person_id else None
            if person is None:
                return Outcome(OutboxState.DROPPED, "the person is gone")
            rule, subject_id = Rule(item.payload["rule"]), UUID(item.payload["subject"])
            told = await tell(db, rule, person, subject_id, now)
            calendar = await school_years.calendar(db)
            place = await conversations.place_of(db, person.id)
        if isinstance(told, Unwanted):
            return Outcome(OutboxState.DROPPED, told.reason)
        if rule not in ANSWERS and not calendar.may_disturb(now):
            later = calendar.next_disturbable(now) or now + NO_CHAT_YET
            await self._put_off(item, later, "outside the hours for writing first")
            return None
        if item.kind is Kind.ACTIVITY_FEED:
            return await self._ring(told, person)
        if place is None:
            await self._put_off(item, now + NO_CHAT_YET, "no chat with this person yet")
            return None
        await self._chat.send(place.service_url, place.conversation_id, reply(told.card))
        return _SENT

    async def _ring(self, told: Told, person: Person) -> Outcome:
        if self._graph is None:
            raise DeliveryFailed("activity feed: no Graph is configured", timedelta(hours=1))
        await ring_bell(self._graph, person.object_id, told.bell, self._chat_link)
        return _SENT

    async def _put_off(self, item: OutboxItem, until: datetime, reason: str) -> None:
        async with self._database.begin() as db:
            await outbox.postpone(db, item, until, reason, counts=False)
