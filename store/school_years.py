"""The school calendar: a few years, each read and written whole."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.school_year import SchoolCalendar, SchoolYear, school_year_from
from store.database import zone_of
from store.programme import Kept
from store.tables import SchoolYearRow


async def calendar(db: AsyncSession) -> SchoolCalendar:
    """Every known school year; empty before anything was loaded."""
    documents = await db.scalars(select(SchoolYearRow.calendar))
    return SchoolCalendar.of([school_year_from(each) for each in documents], zone_of(db))


async def keep_year(db: AsyncSession, year: SchoolYear) -> None:
    """Add a year or replace the one of the same name."""
    await keep_years(db, [year])


async def keep_years(db: AsyncSession, years: Iterable[SchoolYear]) -> Kept:
    """Add years or replace those of the same name."""
    kept = Kept()
    for year in years:
        row = await db.get(SchoolYearRow, year.name)
        has_changed = row is not None and row.calendar != year.as_data()
        kept.count(is_new=row is None, has_changed=has_changed)
        await db.merge(SchoolYearRow(name=year.name, calendar=year.as_data()))
    return kept
