"""School meetings as they stand: of a school and year, of all schools, with people and next steps."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub import refusals
from hub.booking import BookingState, Session, SessionState
from hub.half_days import window, years_to_plan
from hub.offer import SCHOOL_MEETING_TIER
from hub.people import Person, School
from hub.refusals import Refusal
from hub.school_meetings import NextStep, SchoolMeeting, may_arrange
from hub.school_year import SchoolCalendar, SchoolYear
from store.meeting_parties import school_with_id
from store.people import as_person
from store.sessions import as_session
from store.tables import BookingRow, NextStepRow, PersonRow, SchoolRow, SessionRow


async def meeting_of(db: AsyncSession, school: School, school_year: str) -> SchoolMeeting | None:
    """The meeting that a school has in one year, past or to come; None when it has none."""
    row = await db.scalar(
        _meetings().where(SessionRow.school_id == school.id, SessionRow.school_year == school_year)
    )
    return await as_meeting(db, row, school) if row else None


async def meeting_or_year(
    db: AsyncSession, school: School, calendar: SchoolCalendar, now: datetime, first: str = ""
) -> SchoolMeeting | SchoolYear | None:
    """The meeting that a school has, or the year in which there is still time for one.

    Looks from the year named ``first`` on, or the running one; None when no known year has room.
    """
    for year in years_to_plan(calendar, now, first):
        if meeting := await meeting_of(db, school, year.name):
            return meeting
        if window(calendar, year, now):
            return year
    return None


async def last_meeting_of(db: AsyncSession, school: School, now: datetime) -> SchoolMeeting | None:
    """The last meeting of a school that has begun; its next steps may still be open."""
    row = await db.scalar(
        _meetings()
        .where(SessionRow.school_id == school.id, SessionRow.starts_at <= now)
        .order_by(SessionRow.starts_at.desc())
        .limit(1)
    )
    return await as_meeting(db, row, school) if row else None


async def meeting_with_id(
    db: AsyncSession, person: Person, session_id: UUID
) -> SchoolMeeting | Refusal:
    """One meeting for one who may arrange it, called off or not."""
    row = await db.get(SessionRow, session_id)
    if row is None or row.tier != SCHOOL_MEETING_TIER or row.school_id is None:
        return refusals.session_gone()
    school = await school_with_id(db, row.school_id)
    refusal = may_arrange(person, school)
    if refusal or school is None:
        return refusal or refusals.school_gone()
    return await as_meeting(db, row, school)


async def standings(db: AsyncSession, school_year: str) -> list[tuple[School, Session | None]]:
    """Every school of the trust by name, with its meeting of that year if there is one."""
    schools = await db.scalars(
        select(SchoolRow).where(~SchoolRow.is_partner).order_by(SchoolRow.name)
    )
    rows = await db.scalars(_meetings().where(SessionRow.school_year == school_year))
    held = {row.school_id: as_session(db, row) for row in rows}
    return [(School(row.id, row.name), held.get(row.id)) for row in schools]


def _meetings() -> Select[SessionRow]:
    return select(SessionRow).where(
        SessionRow.tier == SCHOOL_MEETING_TIER,
        SessionRow.state == SessionState.SCHEDULED,
        SessionRow.school_id.is_not(None),
    )


async def bookings_in(db: AsyncSession, session_id: UUID) -> list[BookingRow]:
    """Everybody's place at a meeting, with the person, in the order they were brought in."""
    rows = await db.scalars(
        select(BookingRow)
        .options(joinedload(BookingRow.person).joinedload(PersonRow.school))
        .where(BookingRow.session_id == session_id, BookingRow.state != BookingState.CANCELLED)
        .order_by(BookingRow.arrival)
    )
    return list(rows)


async def as_meeting(db: AsyncSession, row: SessionRow, school: School) -> SchoolMeeting:
    """The value for a row: who comes, and what was agreed."""
    steps = await db.scalars(
        select(NextStepRow)
        .where(NextStepRow.session_id == row.id)
        .order_by(NextStepRow.written_at, NextStepRow.id)
    )
    return SchoolMeeting(
        session=as_session(db, row),
        school=school,
        people=tuple(as_person(each.person) for each in await bookings_in(db, row.id)),
        steps=as_steps(steps),
    )


def as_steps(rows: Iterable[NextStepRow]) -> tuple[NextStep, ...]:
    """The values for rows, in the order given."""
    return tuple(NextStep(row.id, row.words, row.done_at is not None) for row in rows)
