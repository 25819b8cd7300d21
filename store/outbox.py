"""What is owed to the world: written with the change that caused it, claimed, marked when sent.

A claim is a lease: it is committed before the call and the mark after it, so a worker that dies
in between loses nothing; at worst the one call in flight is made again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from hub.outbox import ERASED, LEASE_LASTS, Kind, OutboxItem, OutboxState, key_for
from hub.pace import Pace
from hub.reach import Barrier
from store.database import insert_all_once, insert_once
from store.tables import OutboxRow

LONGEST_REASON = 400


async def owe(
    db: AsyncSession,
    kind: Kind,
    payload: dict[str, Any],
    *,
    key: str,
    now: datetime,
    person_id: UUID | None = None,
    lane: str | None = None,
    not_before: datetime | None = None,
) -> bool:
    """Write one item, unless its key is there already; tell whether it was new.

    Items of one ``lane`` are sent strictly one after another.
    """
    due = Due(kind, payload, key, not_before or now, person_id, lane)
    return await insert_once(db, OutboxRow, **_values(due, now))


@dataclass(frozen=True)
class Due:
    """One item to be written, for many at a time."""

    kind: Kind
    payload: dict[str, Any]
    key: str
    not_before: datetime
    person_id: UUID | None = None
    lane: str | None = None
    #: Whether it may share a call with others that say the same.
    is_shared: bool = False


async def owe_all(db: AsyncSession, items: Iterable[Due], now: datetime) -> None:
    """Write many items, each unless its key is there already."""
    await insert_all_once(db, OutboxRow, [_values(item, now) for item in items], "key")


def _values(item: Due, now: datetime) -> dict[str, Any]:
    return {
        "key": item.key,
        "kind": item.kind,
        "payload": item.payload,
        "person_id": item.person_id,
        "lane": item.lane,
        "is_shared": item.is_shared,
        "state": OutboxState.WAITING,
        "reason": "",
        "attempts": 0,
        "not_before": item.not_before,
        "created_at": now,
    }


async def claim(
    db: AsyncSession,
    now: datetime,
    kinds: Collection[Kind],
    limit: int,
    *,
    is_shared: bool = False,
    to_one: Pace | None = None,
) -> list[OutboxItem]:
    """Take up to ``limit`` items of these kinds that are due, oldest first, for ``LEASE_LASTS``.

    Those that may share a call are taken apart from the others. ``to_one`` limits what goes to one
    person; it is exact where claims go one after another, as under a pace (``store.paces``).

    On PostgreSQL rows that another replica is claiming are skipped; on SQLite the write lock
    keeps a second claim out.
    """
    chosen = _due(now).where(OutboxRow.kind.in_(list(kinds)), OutboxRow.is_shared.is_(is_shared))
    if to_one:
        chosen = chosen.where(_lately_to_the_same(now, kinds, to_one) < to_one.most)
    chosen = chosen.limit(limit).with_for_update(skip_locked=True, of=OutboxRow)
    rows = (await db.scalars(chosen)).all()
    items = []
    for row in rows:
        row.lease = uuid4().hex
        row.lease_until = now + LEASE_LASTS
        row.attempts += 1
        items.append(
            OutboxItem(
                id=row.id,
                kind=Kind(row.kind),
                payload=row.payload,
                person_id=row.person_id,
                key=row.key,
                attempts=row.attempts - 1,
                owed_at=row.created_at,
                lease=row.lease,
            )
        )
    return items


async def kinds_due(db: AsyncSession, now: datetime) -> set[tuple[Kind, bool]]:
    """Of which kinds anything may be due, apart for what may share a call; may tell too many."""
    rows = await db.execute(
        select(OutboxRow.kind, OutboxRow.is_shared).where(*_is_free(now)).distinct()
    )
    return {(Kind(kind), is_shared) for kind, is_shared in rows}


def _is_free(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        OutboxRow.state == OutboxState.WAITING,
        OutboxRow.not_before <= now,
        or_(OutboxRow.lease_until.is_(None), OutboxRow.lease_until <= now),
    )


def _due(now: datetime) -> Select[OutboxRow]:
    earlier = aliased(OutboxRow)
    blocked = exists().where(
        earlier.lane == OutboxRow.lane,
        earlier.id < OutboxRow.id,
        earlier.state == OutboxState.WAITING,
    )
    return (
        select(OutboxRow)
        .where(*_is_free(now), or_(OutboxRow.lane.is_(None), ~blocked))
        .order_by(OutboxRow.not_before, OutboxRow.id)
    )


def _lately_to_the_same(now: datetime, kinds: Collection[Kind], pace: Pace) -> ScalarSelect[int]:
    """How many went to the same person within the window, are on their way, or come before."""
    other = aliased(OutboxRow)
    is_ahead = and_(
        other.state == OutboxState.WAITING, other.not_before <= now, other.id < OutboxRow.id
    )
    return (
        select(func.count(other.id))
        .where(
            other.person_id == OutboxRow.person_id,
            other.kind.in_(list(kinds)),
            or_(other.finished_at > now - pace.within, other.lease_until > now, is_ahead),
        )
        .scalar_subquery()
    )


async def give_back(db: AsyncSession, items: Iterable[OutboxItem]) -> None:
    """Let somebody else claim these at once rather than when their leases run out."""
    held = [item.lease for item in items]
    await db.execute(
        update(OutboxRow)
        .where(OutboxRow.lease.in_(held), OutboxRow.state == OutboxState.WAITING)
        .values(lease=None, lease_until=None)
    )


async def finish(
    db: AsyncSession, item: OutboxItem, state: OutboxState, now: datetime, reason: str = ""
) -> bool:
    """Mark an item sent, dropped or parked; False when its lease has gone to somebody else."""
    emptied: dict[str, Any] = {"payload": {}} if ERASED in item.payload else {}
    return await _mark(
        db, item, state=state, finished_at=now, reason=reason[:LONGEST_REASON], **emptied
    )


async def hand_on(
    db: AsyncSession, item: OutboxItem, kind: Kind, now: datetime, reason: str
) -> bool:
    """Owe the same thing in another way instead; False when the item's lease has gone.

    Nothing is told in both ways: the bell that belongs to a card handed on is not wanted either.
    """
    if not await finish(db, item, OutboxState.DROPPED, now, reason):
        return False
    await db.execute(
        update(OutboxRow)
        .where(
            OutboxRow.key == key_for(Kind.ACTIVITY_FEED, item.key),
            OutboxRow.state == OutboxState.WAITING,
        )
        .values(state=OutboxState.DROPPED, reason=reason[:LONGEST_REASON], finished_at=now)
    )
    key = key_for(kind, item.key)
    return await owe(db, kind, item.payload, key=key, now=now, person_id=item.person_id)


async def postpone(
    db: AsyncSession,
    item: OutboxItem,
    until: datetime,
    reason: str,
    *,
    counts: bool = True,
    barrier: Barrier | None = None,
) -> bool:
    """Leave an item for later, with the reason why it waits.

    ``counts=False`` is for waiting that is nobody's failure, such as quiet hours: the attempt
    is not counted. ``barrier`` is for waiting that the lead should see.
    """
    return await _mark(
        db,
        item,
        not_before=until,
        reason=reason[:LONGEST_REASON],
        attempts=item.attempts + 1 if counts else item.attempts,
        barrier=barrier,
    )


async def _mark(db: AsyncSession, item: OutboxItem, **values: Any) -> bool:
    values.setdefault("barrier", None)
    result = await db.execute(
        update(OutboxRow)
        .where(OutboxRow.id == item.id, OutboxRow.lease == item.lease)
        .values(lease=None, lease_until=None, **values)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


async def wake(db: AsyncSession, person_id: UUID, kinds: Collection[Kind], now: datetime) -> None:
    """Try a person's waiting items of these kinds now, because what they waited for has come."""
    await db.execute(
        update(OutboxRow)
        .where(
            OutboxRow.person_id == person_id,
            OutboxRow.kind.in_(list(kinds)),
            OutboxRow.state == OutboxState.WAITING,
            OutboxRow.not_before > now,
            # An item that was never tried is not late: its hour has yet to come.
            OutboxRow.reason != "",
        )
        .values(not_before=now)
    )


@dataclass(frozen=True)
class Standing:
    """How many items are in one state, and since when the oldest has been waiting."""

    kind: str
    state: str
    count: int
    oldest_due: datetime | None
    #: Of these, how many have been due since before the moment that was asked about.
    late: int = 0


async def standings(db: AsyncSession, late_before: datetime) -> list[Standing]:
    """The outbox in figures, for metrics."""
    rows = await db.execute(
        select(
            OutboxRow.kind,
            OutboxRow.state,
            func.count(OutboxRow.id),
            func.min(OutboxRow.not_before),
            func.count(OutboxRow.id).filter(OutboxRow.not_before < late_before),
        ).group_by(OutboxRow.kind, OutboxRow.state)
    )
    return [Standing(*row) for row in rows]
