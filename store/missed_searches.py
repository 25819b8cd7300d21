"""Words for which no toolkit was found, counted by the month; whose they were is kept nowhere."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.toolkits.missed import Missed, missed, month_of
from store.database import insert_once, zone_of
from store.tables import MissedSearchRow


async def count(db: AsyncSession, words: Iterable[str], now: datetime) -> None:
    """Count each of these words once more in the month of ``now``."""
    month = month_of(now.astimezone(zone_of(db)).date())
    # In one order, so that two at once do not wait for each other.
    for word in sorted(set(words)):
        if not await insert_once(db, MissedSearchRow, month=month, word=word, times=1):
            await db.execute(
                update(MissedSearchRow)
                .filter_by(month=month, word=word)
                .values(times=MissedSearchRow.times + 1)
            )


async def found_wanting(db: AsyncSession) -> Missed:
    """What people looked for and did not find, as leads may read it."""
    rows = await db.execute(
        select(MissedSearchRow.word, func.sum(MissedSearchRow.times)).group_by(MissedSearchRow.word)
    )
    return missed((word, int(times)) for word, times in rows)
