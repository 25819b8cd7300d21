"""The outbox to Graph and Teams: claim, still wanted?, send, mark.

A worker that dies anywhere loses nothing: a claim is a lease that runs out, and the mark comes
after the call. Only the one call in flight can happen twice, and calendar events not even then.
"""

import asyncio
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Hashable,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter

from bot.clock import Clock
from bot.nudges.outcome import (
    BatchCourier,
    Courier,
    Instead,
    Outcome,
    Paced,
    Parcel,
    PutOff,
    Settled,
    dropped,
)
from hub.errors import DeliveryFailed, PermissionMissing, Throttled
from hub.manners import LetGo
from hub.outbox import MOST_ATTEMPTS, Kind, OutboxItem, OutboxState, next_try, trace_of
from store import messages, outbox
from store.database import Database

BATCH = 20
#: Without leave to ring, a bell older than this is let go: the card in the chat has said it long
#: ago, and the day the leave comes everybody would be rung at for weeks gone by.
BELL_LASTS = timedelta(days=7)

_log = structlog.get_logger(__name__)
DELIVERED = Counter("sendhub_deliveries_total", "Outbox items by outcome", ["kind", "outcome"])
THROTTLED = Counter(
    "sendhub_throttled_total",
    "Items put off for being too fast: by our own pace, or by an answer of 429",
    ["kind", "by"],
)


class Delivery:
    """Works the outbox off. An item of a kind that nobody carries stays where it is.

    What goes one by one goes first; ``batches`` carry kinds whose items may share a call.
    """

    def __init__(
        self,
        database: Database,
        couriers: Mapping[Kind, Courier],
        *,
        now: Clock,
        chance: Callable[[], float],
        compose: Callable[[], Awaitable[int]],
        batches: Mapping[Kind, BatchCourier] | None = None,
    ) -> None:
        self._database = database
        self._couriers = couriers
        self._batches = batches or {}
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
                dealt_with += await self._one_by_one()
                together = [
                    await self._together(kind, courier) for kind, courier in self._batches.items()
                ]
                if not sum(together):
                    return dealt_with
                dealt_with += sum(together)

    async def _one_by_one(self) -> int:
        dealt_with = 0
        while items := await self._claim(self._couriers.keys(), BATCH):
            await asyncio.gather(*(self._deal_with(item) for item in items))
            dealt_with += len(items)
        return dealt_with

    async def _together(self, kind: Kind, courier: BatchCourier) -> int:
        """Deal with as many items as one call takes: those that say the same share one."""
        items = await self._claim({kind}, courier.most)
        found = await asyncio.gather(*(self._made_ready(item, courier) for item in items))
        calls: dict[Hashable, list[tuple[OutboxItem, Parcel]]] = {}
        for item, parcel in zip(items, found, strict=True):
            if parcel is not None:
                shares = item.id if parcel.shares is None else parcel.shares
                calls.setdefault(shares, []).append((item, parcel))
        await asyncio.gather(*(self._send(courier, call) for call in calls.values()))
        return len(items)

    async def _claim(self, kinds: Collection[Kind], most: int) -> list[OutboxItem]:
        async with self._database.begin() as db:
            return await outbox.claim(db, self._now(), kinds, most)

    async def _made_ready(self, item: OutboxItem, courier: BatchCourier) -> Parcel | None:
        async with self._caught(item):
            ready = await courier.ready(item)
            if isinstance(ready, Parcel):
                return ready
            await self._note(item, ready)
        return None

    async def _send(self, courier: BatchCourier, call: Sequence[tuple[OutboxItem, Parcel]]) -> None:
        items = [item for item, _ in call]
        async with self._caught(*items):
            outcome = await courier.send([parcel for _, parcel in call])
            for item in items:
                await self._note(item, outcome)

    async def _deal_with(self, item: OutboxItem) -> None:
        async with self._caught(item):
            await self._note(item, await self._couriers[item.kind](item))

    @asynccontextmanager
    async def _caught(self, *items: OutboxItem) -> AsyncIterator[None]:
        """Whatever goes wrong around one delivery is noted for its items, and stops no others.

        A bug is caught here alone.
        """
        try:
            yield
        except DeliveryFailed as failure:
            for item in items:
                await self._failed(item, failure)
        except Exception:  # noqa: BLE001
            for item in items:
                _log.exception("delivery broke", **_named(item))
                await self._failed(item, DeliveryFailed("a fault of ours", timedelta(0)))

    async def _note(self, item: OutboxItem, outcome: Settled) -> None:
        now = self._now()
        async with self._database.begin() as db:
            match outcome:
                case PutOff(until, reason, barrier):
                    if isinstance(outcome, Paced):
                        THROTTLED.labels(item.kind, "pace").inc()
                    else:
                        _log.info("put off", **_named(item), until=until.isoformat(), reason=reason)
                    await outbox.postpone(db, item, until, reason, counts=False, barrier=barrier)
                case Instead(kind):
                    DELIVERED.labels(item.kind, "instead").inc()
                    _log.info("handed on", **_named(item), to=kind, reason=outcome.reason)
                    await outbox.hand_on(db, item, kind, now, outcome.reason)
                case Outcome(state, reason, left_out):
                    DELIVERED.labels(item.kind, state).inc()
                    _log.info("settled", **_named(item), outcome=state, reason=reason)
                    if await outbox.finish(db, item, state, now, reason):
                        for key, why in left_out.items():
                            await messages.let_go(db, key, LetGo(why), now)

    async def _failed(self, item: OutboxItem, failure: DeliveryFailed) -> None:
        now = self._now()
        if isinstance(failure, PermissionMissing):
            DELIVERED.labels(item.kind, "failed").inc()
            _log.warning("not delivered", **_named(item), reason=failure.reason)
            await self._note(item, _until_granted(item, failure, now))
            return
        is_final = failure.retry_after is None or item.attempts + 1 >= MOST_ATTEMPTS
        DELIVERED.labels(item.kind, "parked" if is_final else "failed").inc()
        if isinstance(failure, Throttled):
            THROTTLED.labels(item.kind, "429").inc()
        _log.warning("not delivered", **_named(item), reason=failure.reason)
        async with self._database.begin() as db:
            if is_final:
                await outbox.finish(db, item, OutboxState.PARKED, now, failure.reason)
            else:
                asked = failure.retry_after or timedelta(0)
                until = next_try(now, item.attempts, asked, self._chance())
                await outbox.postpone(db, item, until, failure.reason)


def _named(item: OutboxItem) -> dict[str, object]:
    """What a line of the log calls an item; ``message`` is the same wherever it is spoken of."""
    return {"message": trace_of(item.key), "item": item.id, "kind": item.kind}


def _until_granted(item: OutboxItem, missing: PermissionMissing, now: datetime) -> Outcome | PutOff:
    """Keep an item for when somebody grants what it needs; not a bell that nobody misses."""
    if item.kind is Kind.ACTIVITY_FEED and now - item.owed_at > BELL_LASTS:
        return dropped(missing.reason)
    return PutOff(now + missing.ASK_AGAIN, missing.reason)
