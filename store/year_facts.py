"""The facts of one school year that gaps are told by; for the planner and delivery only."""

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import String, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub.booking import LIVE, BookingState, Session, SessionState
from hub.gaps import YearFacts
from hub.offer import INSET_TIER
from hub.people import Person, Role
from hub.school_year import LONGEST_BREAK, SchoolYear
from store.database import zone_of
from store.people import as_person
from store.programme import schools
from store.sessions import as_session
from store.tables import BookingRow, PersonRow, SessionRow

_TOLD_OF_GAPS = frozenset({Role.SENCO, Role.HEADTEACHER, Role.MATHS_LEAD, Role.LEAD})


async def year_facts(db: AsyncSession, year: SchoolYear) -> YearFacts:
    """Everything of this year that gaps are told by, in a handful of questions."""
    sessions = await _sessions_of(db, year)
    people = await _people(db)
    return YearFacts(
        year=year,
        sessions=sessions,
        schools=tuple(await schools(db)),
        people=people,
        states=await _states(db, sessions, {each.id for each in people}),
        inset_places=await _inset_places(db, sessions),
    )


async def _sessions_of(db: AsyncSession, year: SchoolYear) -> tuple[Session, ...]:
    zone = zone_of(db)
    rows = await db.scalars(
        select(SessionRow)
        .where(
            SessionRow.state == SessionState.SCHEDULED,
            SessionRow.starts_at >= datetime.combine(year.starts_on, time(0), zone),
            # A school meeting in the summer holiday counts for the year that ends.
            SessionRow.starts_at < datetime.combine(year.ends_on + LONGEST_BREAK, time(0), zone),
        )
        .order_by(SessionRow.starts_at, SessionRow.id)
    )
    return tuple(as_session(db, row) for row in rows)


async def _people(db: AsyncSession) -> tuple[Person, ...]:
    # Roles are kept as lists: a first look in their text, so that not everybody is read.
    holds_one = [cast(PersonRow.roles, String).contains(role) for role in _TOLD_OF_GAPS]
    rows = await db.scalars(
        select(PersonRow)
        .options(joinedload(PersonRow.school))
        .where(PersonRow.left_at.is_(None), or_(PersonRow.is_appointed, *holds_one))
    )
    found = (as_person(row) for row in rows)
    return tuple(each for each in found if not each.roles.isdisjoint(_TOLD_OF_GAPS))


async def _states(
    db: AsyncSession, sessions: Iterable[Session], people: set[UUID]
) -> dict[tuple[UUID, UUID], BookingState]:
    ids = [each.id for each in sessions]
    rows = await db.execute(
        select(BookingRow.person_id, BookingRow.session_id, BookingRow.state).where(
            BookingRow.session_id.in_(ids)
        )
    )
    return {
        (person_id, session_id): BookingState(state)
        for person_id, session_id, state in rows
        if person_id in people
    }


async def _inset_places(
    db: AsyncSession, sessions: Iterable[Session]
) -> frozenset[tuple[date, str]]:
    days = {each.id: each.starts_at.date() for each in sessions if each.tier == INSET_TIER}
    rows = await db.execute(
        select(BookingRow.session_id, PersonRow.school_id)
        .join(PersonRow, PersonRow.id == BookingRow.person_id)
        .where(
            BookingRow.session_id.in_(list(days)),
            BookingRow.state.in_(list(LIVE)),
            PersonRow.school_id.is_not(None),
        )
        .distinct()
    )
    return frozenset((days[session_id], school_id or "") for session_id, school_id in rows)
