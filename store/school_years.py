"""The school calendar: a few years, each read and written whole."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.school_year import SchoolCalendar, SchoolYear, school_year_from
from store.database import zone_of
from store.tables import SchoolYearRow


async def calendar(db: AsyncSession) -> SchoolCalendar:
    """Every known school year; empty before anything was loaded."""
    documents = await db.scalars(select(SchoolYearRow.calendar))
    return SchoolCalendar.of([school_year_from(each) for each in documents], zone_of(db))


async def keep_year(db: AsyncSession, year: SchoolYear) -> None:
    """Add a year or replace the one of the same name."""
    await db.merge(SchoolYearRow(name=year.name, calendar=year.as_data()))
