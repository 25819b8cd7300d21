"""What went out within the windows of Microsoft's limits: one row a limit, shared by all replicas.

The row is locked from the question to the note, and so claims under one limit go one after another;
times are the asking replica's own, which a cluster keeps alike to well within a window.
"""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from hub.pace import Made, Pace, Room
from store.database import insert_once
from store.tables import PaceRow


async def room(db: AsyncSession, pace: Pace, now: datetime) -> Room:
    """How many calls this limit leaves at ``now``; nobody else is told until the transaction ends."""
    return pace.room(_made(await _locked(db, pace)), now)


async def note(db: AsyncSession, pace: Pace, now: datetime, calls: int) -> None:
    """Count calls that are about to be made; in the transaction that asked for room."""
    row = await _locked(db, pace)
    made = pace.still_counting([*_made(row), Made(now, calls)], now)
    row.made = [[each.at.isoformat(), each.calls] for each in made]
    await db.flush()


async def take(db: AsyncSession, pace: Pace, now: datetime) -> timedelta:
    """Count one call if there is room for it; how long to wait, zero when it may be made."""
    found = await room(db, pace, now)
    if found.calls:
        await note(db, pace, now, 1)
    return found.wait


async def _locked(db: AsyncSession, pace: Pace) -> PaceRow:
    row = await db.get(PaceRow, pace.name, with_for_update=True, populate_existing=True)
    if row is None:
        await insert_once(db, PaceRow, name=pace.name, made=[])
        row = await db.get_one(PaceRow, pace.name, with_for_update=True)
    return row


def _made(row: PaceRow) -> list[Made]:
    return [Made(datetime.fromisoformat(at), calls) for at, calls in row.made]
