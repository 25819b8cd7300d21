"""School meetings that come from a file: whoever is to be there is brought in, now or once known.

A meeting that is held in a chat brings its people itself (``store.school_meetings``).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.booking import SessionState
from hub.people import Person
from hub.school_meetings import ATTENDING, TIER
from hub.school_year import SchoolCalendar
from store.meeting_parties import attendees, leads
from store.school_meetings import bring
from store.sessions import locked_session
from store.tables import BookingRow, SessionRow


async def bring_everybody(
    db: AsyncSession, session_id: UUID, calendar: SchoolCalendar, now: datetime
) -> None:
    """Book the SENCo, the headteacher and a lead on a planned meeting to come, and tell them."""
    row = await locked_session(db, session_id)
    if row is None or row.school_id is None or row.starts_at <= now:
        return
    staff = await attendees(db, row.school_id)
    coming = {each.id: each for each in [*staff, *(await leads(db))[:1]]}
    there = await _booked(db, session_id)
    for each in coming.values():
        if each.id not in there:
            await bring(db, row, each, None, calendar, now)


async def bring_newcomer(
    db: AsyncSession, person: Person, calendar: SchoolCalendar, now: datetime
) -> None:
    """Book somebody who has become SENCo or headteacher on their school's meeting to come."""
    if person.school is None or person.roles.isdisjoint(ATTENDING):
        return
    session_id = await db.scalar(
        select(SessionRow.id)
        .where(
            SessionRow.tier == TIER,
            SessionRow.school_id == person.school.id,
            SessionRow.state == SessionState.SCHEDULED,
            SessionRow.starts_at > now,
        )
        .order_by(SessionRow.starts_at)
        .limit(1)
    )
    row = await locked_session(db, session_id) if session_id else None
    if row is None or person.id in await _booked(db, row.id):
        return
    await bring(db, row, person, None, calendar, now)


async def _booked(db: AsyncSession, session_id: UUID) -> set[UUID]:
    rows = await db.scalars(select(BookingRow.person_id).where(BookingRow.session_id == session_id))
    return set(rows)
