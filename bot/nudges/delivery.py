"""The outbox to Graph and Teams: claim, still wanted?, send, mark.

A worker that dies anywhere loses nothing: a claim is a lease that runs out, and the mark comes
after the call. Only the one call in flight can happen twice, and calendar events not even then.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter

from bot.clock import Clock
from bot.nudges.outcome import Courier, Outcome, PutOff, dropped
from hub.errors import DeliveryFailed, PermissionMissing
from hub.outbox import MOST_ATTEMPTS, Kind, OutboxItem, OutboxState, next_try
from store import outbox
from store.database import Database

BATCH = 20
#: Without leave to ring, a bell older than this is let go: the card in the chat has said it long
#: ago, and the day the leave comes everybody would be rung at for weeks gone by.
BELL_LASTS = timedelta(days=7)

_log = structlog.get_logger(__name__)
DELIVERED = Counter("sendhub_deliveries_total", "Outbox items by outcome", ["kind", "outcome"])


class Delivery:
    """Works the outbox off. An item of a kind that nobody carries stays where it is."""

    def __init__(
        self,
        database: Database,
        couriers: Mapping[Kind, Courier],
        *,
        now: Clock,
        chance: Callable[[], float],
        compose: Callable[[], Awaitable[int]],
    ) -> None:
        self._database = database
        self._couriers = couriers
        self._now = now
        self._chance = chance
        self._compose = compose
        self._draining = asyncio.Lock()

    async def drain(self) -> int:
        """Put what is owed into messages and send everything due; tell how many items it was."""
        dealt_with = 0
        async with self._draining:
            await self._compose()
            while True:
                async with self._database.begin() as db:
                    items = await outbox.claim(db, self._now(), self._couriers.keys(), BATCH)
                if not items:
                    return dealt_with
                await asyncio.gather(*(self._deal_with(item) for item in items))
                dealt_with += len(items)

    async def _deal_with(self, item: OutboxItem) -> None:
        try:
            outcome = await self._couriers[item.kind](item)
        except PermissionMissing as missing:
            DELIVERED.labels(item.kind, "failed").inc()
            _log.warning("not delivered", item=item.id, kind=item.kind, reason=missing.reason)
            await self._note(item, _until_granted(item, missing, self._now()))
            return
        except DeliveryFailed as failure:
            await self._failed(item, failure)
            return
        except Exception:  # noqa: BLE001
            # The one place around a delivery where a bug is caught: its item must not stop others.
            _log.exception("delivery broke", item=item.id, kind=item.kind)
            await self._failed(item, DeliveryFailed("a fault of ours", timedelta(0)))
            return
        await self._note(item, outcome)

    async def _note(self, item: OutboxItem, outcome: Outcome | PutOff) -> None:
        async with self._database.begin() as db:
            match outcome:
                case PutOff(until, reason):
                    await outbox.postpone(db, item, until, reason, counts=False)
                case Outcome(state, reason):
                    DELIVERED.labels(item.kind, state).inc()
                    await outbox.finish(db, item, state, self._now(), reason)

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


def _until_granted(item: OutboxItem, missing: PermissionMissing, now: datetime) -> Outcome | PutOff:
    """Keep an item for when somebody grants what it needs; not a bell that nobody misses."""
    if item.kind is Kind.ACTIVITY_FEED and now - item.owed_at > BELL_LASTS:
        return dropped(missing.reason)
    return PutOff(now + missing.ASK_AGAIN, missing.reason)
