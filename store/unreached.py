"""Who is owed what, person by person: sent, waiting or parked; and who is not reached, and why."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub.outbox import Kind, OutboxState
from hub.reach import Account, Barrier, Stuck, Unreached
from store import app_installs, conversations
from store.database import zone_of
from store.tables import OutboxRow, PersonRow

#: Parked, or waiting for something that only people can change.
_IS_STUCK: ColumnElement[bool] = or_(
    OutboxRow.state == OutboxState.PARKED,
    and_(OutboxRow.state == OutboxState.WAITING, OutboxRow.barrier.is_not(None)),
)


async def accounts(
    db: AsyncSession, person_ids: Collection[UUID] | None = None
) -> dict[UUID, Account]:
    """What each of these people (or everybody) is owed in all, in one query."""
    chosen = (
        select(OutboxRow.person_id, OutboxRow.state, func.count(OutboxRow.id))
        .where(OutboxRow.person_id.is_not(None), OutboxRow.state != OutboxState.DROPPED)
        .group_by(OutboxRow.person_id, OutboxRow.state)
    )
    if person_ids is not None:
        chosen = chosen.where(OutboxRow.person_id.in_(list(person_ids)))
    counts: dict[UUID, dict[str, int]] = defaultdict(dict)
    for person_id, state, count in await db.execute(chosen):
        if person_id:
            counts[person_id][state] = count
    return {
        person_id: Account(
            sent=of.get(OutboxState.SENT, 0),
            waiting=of.get(OutboxState.WAITING, 0),
            parked=of.get(OutboxState.PARKED, 0),
        )
        for person_id, of in counts.items()
    }


async def how_many(db: AsyncSession) -> int:
    """How many people are not reached."""
    chosen = select(func.count(OutboxRow.person_id.distinct())).where(_IS_STUCK)
    return int(await db.scalar(chosen) or 0)


async def unreached(db: AsyncSession, limit: int, offset: int = 0) -> list[Unreached]:
    """People who are not reached, by name, each with all that is stuck; for leads only.

    Two queries, however many people.
    """
    stuck = select(OutboxRow.person_id).where(_IS_STUCK)
    found = await db.scalars(
        select(PersonRow)
        .options(joinedload(PersonRow.school))
        .where(PersonRow.id.in_(stuck))
        .order_by(PersonRow.name, PersonRow.id)
        .limit(limit)
        .offset(offset)
    )
    people = {row.id: row for row in found}
    things: dict[UUID, list[Stuck]] = defaultdict(list)
    rows = await db.scalars(
        select(OutboxRow)
        .where(_IS_STUCK, OutboxRow.person_id.in_(list(people)))
        .order_by(OutboxRow.id)
    )
    for row in rows:
        if row.person_id:
            things[row.person_id].append(_as_stuck(db, row))
    return [
        Unreached(each.id, each.name, each.school.name if each.school else "", things[each.id])
        for each in people.values()
    ]


def _as_stuck(db: AsyncSession, row: OutboxRow) -> Stuck:
    waits = row.state == OutboxState.WAITING
    return Stuck(
        kind=Kind(row.kind),
        barrier=Barrier(row.barrier) if row.barrier else None,
        reason=row.reason,
        next_at=row.not_before.astimezone(zone_of(db)) if waits else None,
    )


async def try_again(db: AsyncSession, person_id: UUID, now: datetime) -> int:
    """Try everything again that is stuck for one person, afresh; tell how much that is.

    Only what is stuck: a second press finds nothing, and nothing is sent twice.
    """
    result = await db.execute(
        update(OutboxRow)
        .where(_IS_STUCK, OutboxRow.person_id == person_id, OutboxRow.lease.is_(None))
        .values(
            state=OutboxState.WAITING,
            not_before=now,
            attempts=0,
            reason="a lead asked to try again",
            barrier=None,
            finished_at=None,
        )
        .execution_options(synchronize_session=False)
    )
    count = int(result.rowcount)  # type: ignore[attr-defined]
    if count:
        await conversations.note_reopened(db, person_id)
        await app_installs.forget(db, person_id)
    return count


async def everybody_unreached(db: AsyncSession) -> list[UUID]:
    """All who are not reached."""
    found = await db.scalars(select(OutboxRow.person_id).where(_IS_STUCK).distinct())
    return [each for each in found if each]
