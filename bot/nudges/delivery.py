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
from sqlalchemy.ext.asyncio import AsyncSession

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
from hub.pace import BELLS, MAILS, MESSAGES, TO_ONE_PERSON, Pace
from store import messages, outbox, paces
from store.database import Database

BATCH = 20
#: Kinds that Microsoft limits for the tenant as a whole.
PACES = {Kind.CHAT: MESSAGES, Kind.ACTIVITY_FEED: BELLS, Kind.MAIL: MAILS}
#: Without leave to ring, a bell older than this is let go: the card in the chat has said it long
#: ago, and the day the leave comes everybody would be rung at for weeks gone by.
BELL_LASTS = timedelta(days=7)

_log = structlog.get_logger(__name__)
DELIVERED = Counter("sendhub_deliveries_total", "Outbox items by outcome", ["kind", "outcome"])
THROTTLED = Counter(
    "sendhub_throttled_total",
    "Waits for being too fast: for our own pace to have room, or after an answer of 429",
    ["kind", "by"],
)


class Delivery:
    """Works the outbox off. An item of a kind that nobody carries stays where it is.

    Most items go one by one; ``batches`` carry those that may share a call.
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
        self._is_closed = False
        #: Claimed and not marked yet.
        self._held: dict[int, OutboxItem] = {}
        #: When each limit that was met has room again.
        self._waits: list[timedelta] = []

    async def ring(self) -> timedelta | None:
        """Send what is due; how soon more may go, where a limit made some of it wait."""
        await self.drain()
        return self.wait

    @property
    def wait(self) -> timedelta | None:
        """How soon more may go; None when no limit held anything up when it was last looked."""
        return min(self._waits, default=None)

    async def drain(self) -> int:
        """Put what is owed into messages and send what may go; tell how many items it was."""
        dealt_with = 0
        async with self._draining:
            if not self._is_closed:
                await self._compose()
            while worked := await self._one_round():
                dealt_with += worked
        return dealt_with

    async def _one_round(self) -> int:
        self._waits = []
        async with self._database.read() as db:
            due = await outbox.kinds_due(db, self._now())
        alone = {kind for kind, is_shared in due if not is_shared} & self._couriers.keys()
        paced = [{kind} for kind in alone & PACES.keys()]
        together = [
            self._together(kind, courier)
            for kind, courier in self._batches.items()
            if (kind, True) in due
        ]
        one_by_one = [self._one_by_one(kinds) for kinds in (alone - PACES.keys(), *paced) if kinds]
        return sum(await asyncio.gather(*one_by_one, *together))

    async def _one_by_one(self, kinds: Collection[Kind]) -> int:
        dealt_with = 0
        while items := await self._claim(kinds):
            await asyncio.gather(*(self._deal_with(item) for item in items))
            dealt_with += len(items)
        return dealt_with

    async def _together(self, kind: Kind, courier: BatchCourier) -> int:
        """Deal with as many items as one call takes: those that say the same share one."""
        items = await self._claim_to_share(kind, courier)
        found = await asyncio.gather(*(self._made_ready(item, courier) for item in items))
        calls: dict[Hashable, list[tuple[OutboxItem, Parcel]]] = {}
        for item, parcel in zip(items, found, strict=True):
            if parcel is not None:
                shares = item.id if parcel.shares is None else parcel.shares
                calls.setdefault(shares, []).append((item, parcel))
        await asyncio.gather(*(self._send(courier, call) for call in calls.values()))
        return len(items)

    async def _claim(self, kinds: Collection[Kind]) -> list[OutboxItem]:
        """Take what is due of these kinds, no more than their limit leaves room for."""
        now, pace = self._now(), next((PACES[kind] for kind in kinds if kind in PACES), None)
        to_one = TO_ONE_PERSON if Kind.CHAT in kinds else None
        async with self._database.begin() as db:
            most = 0 if self._is_closed else BATCH
            if pace and most:
                most = min(BATCH, await self._room(db, pace, now, *kinds))
            items = await outbox.claim(db, now, kinds, most, to_one=to_one) if most else []
            if pace and items:
                await paces.note(db, pace, now, len(items))
        return self._holding(items)

    async def _claim_to_share(self, kind: Kind, courier: BatchCourier) -> list[OutboxItem]:
        now = self._now()
        if self._is_closed:
            return []
        async with self._database.begin() as db:
            # Counted when it is known how many calls they make.
            if not await self._room(db, courier.pace, now, kind):
                return []
            items = await outbox.claim(db, now, {kind}, courier.most, is_shared=True)
        return self._holding(items)

    async def _room(self, db: AsyncSession, pace: Pace, now: datetime, kind: Kind) -> int:
        room = await paces.room(db, pace, now)
        if not room.calls:
            THROTTLED.labels(kind, "pace").inc()
            self._waits.append(room.wait)
        return room.calls

    def _holding(self, items: list[OutboxItem]) -> list[OutboxItem]:
        self._held |= {item.id: item for item in items}
        return items

    def close(self) -> None:
        """Claim nothing more; what is on its way goes on."""
        self._is_closed = True

    async def give_back(self) -> None:
        """Leave to another process what was claimed and could not be finished."""
        if self._held:
            _log.warning("given back", items=len(self._held))
            async with self._database.begin() as db:
                await outbox.give_back(db, self._held.values())
            self._held = {}

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
                            await messages.let_go(db, [key], LetGo(why), now)
        self._held.pop(item.id, None)

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
        self._held.pop(item.id, None)


def _named(item: OutboxItem) -> dict[str, object]:
    """What a line of the log calls an item; ``message`` is the same wherever it is spoken of."""
    return {"message": trace_of(item.key), "item": item.id, "kind": item.kind}


def _until_granted(item: OutboxItem, missing: PermissionMissing, now: datetime) -> Outcome | PutOff:
    """Keep an item for when somebody grants what it needs; not a bell that nobody misses."""
    if item.kind is Kind.ACTIVITY_FEED and now - item.owed_at > BELL_LASTS:
        return dropped(missing.reason)
    return PutOff(now + missing.ASK_AGAIN, missing.reason)
