"""School meetings of tier 5: held, moved, called off; one a school year in each school.

Every change locks first the school, then the session, then the people who are to come: so two
people who press at once, on whatever replica, make one meeting, and no lead is in two schools.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from hub import refusals
from hub.booking import BookingState, SessionState
from hub.half_days import HalfDay, is_possible
from hub.nudges import Nudge, Rule
from hub.offer import SCHOOL_MEETING_TIER
from hub.people import Person, School
from hub.refusals import Refusal
from hub.school_meetings import (
    ATTENDING,
    Party,
    SchoolMeeting,
    may_arrange,
    may_change,
    may_meet,
)
from hub.school_year import SchoolCalendar
from store import calendar_events, nudges
from store.meeting_parties import (
    engagements,
    lock_people,
    locked_school,
    party_of,
)
from store.school_meeting_reads import as_meeting, bookings_in, meeting_of, meeting_with_id
from store.sessions import as_session, locked_session
from store.tables import BookingRow, SessionRow

#: A session's title is no longer than its column.
LONGEST_TITLE = 200


async def hold(
    db: AsyncSession,
    person: Person,
    school_id: str,
    half_day: HalfDay,
    calendar: SchoolCalendar,
    now: datetime,
) -> SchoolMeeting | Refusal:
    """Arrange a school's meeting of the year: the session, a place and an event for each.

    Whoever did not press is told. Only the Hub's own engagements are looked at here; calendars
    were asked before, since nobody calls Graph inside a transaction.
    """
    school = await locked_school(db, school_id)
    refusal = may_arrange(person, school)
    if refusal or school is None:
        return refusal or refusals.school_gone()
    party = await party_of(db, person, school)
    if refusal := may_meet(party):
        return refusal
    if refusal := await _not_then(db, party.people, school, half_day, calendar, now):
        return refusal
    row = _session_row(party, half_day, calendar)
    db.add(row)
    await db.flush()
    for each in party.people:
        await bring(db, row, each, person, calendar, now)
    return await as_meeting(db, row, school)


async def _not_then(
    db: AsyncSession,
    people: Sequence[Person],
    school: School,
    half_day: HalfDay,
    calendar: SchoolCalendar,
    now: datetime,
    moving: UUID | None = None,
) -> Refusal | None:
    """Why no meeting can be put there; the people are locked when it can."""
    year = calendar.year_of(half_day.on)
    if year is None or not is_possible(half_day, calendar, school.id, now):
        return refusals.half_day_taken()
    held = await meeting_of(db, school, year.name)
    if held and held.session.id != moving:
        return refusals.meeting_held(year.name)
    await lock_people(db, people)
    busy = await engagements(db, people, half_day.starts_at, half_day.ends_at, besides=moving)
    return refusals.half_day_taken() if busy else None


def _session_row(party: Party, half_day: HalfDay, calendar: SchoolCalendar) -> SessionRow:
    session_id, year = uuid4(), calendar.year_of(half_day.on)
    return SessionRow(
        id=session_id,
        tier=SCHOOL_MEETING_TIER,
        title=f"School meeting: {party.school.name}"[:LONGEST_TITLE],
        starts_at=half_day.starts_at,
        ends_at=half_day.ends_at,
        venue=party.school.name,
        capacity=len(party.people),
        leads=[party.lead.name] if party.lead else [],
        # A half-day that was called off may be chosen again.
        slot=session_id.hex,
        audience=sorted(ATTENDING),
        state=SessionState.SCHEDULED,
        school_id=party.school.id,
        school_year=year.name if year else None,
        revision=1,
        next_arrival=1,
    )


async def bring(
    db: AsyncSession,
    row: SessionRow,
    each: Person,
    arranged_by: Person | None,
    calendar: SchoolCalendar,
    now: datetime,
) -> None:
    """Book one of those who are to come, and tell them unless they arranged it themselves.

    ``arranged_by`` None stands for the Hub's own plan of the year.
    """
    pressed = arranged_by is not None and each.id == arranged_by.id
    booking = BookingRow(
        id=uuid4(),
        person_id=each.id,
        session_id=row.id,
        state=BookingState.CONFIRMED,
        arrival=row.next_arrival,
        invited_by_id=arranged_by.id if arranged_by and not pressed else None,
        created_at=now,
        since=now,
    )
    row.next_arrival += 1
    db.add(booking)
    await db.flush()
    await calendar_events.want(db, booking.id, each.id, now)
    if not pressed:
        await _tell(db, Rule.MEETING_HELD, booking, f"{booking.id}", calendar, now)


async def move(
    db: AsyncSession,
    person: Person,
    session_id: UUID,
    half_day: HalfDay,
    calendar: SchoolCalendar,
    now: datetime,
) -> SchoolMeeting | Refusal:
    """Put a meeting on another half-day; calendars follow, and everybody else is told.

    Whoever has become SENCo or headteacher meanwhile is brought in.
    """
    found = await _locked_meeting(db, person, session_id, now)
    if isinstance(found, Refusal):
        return found
    row, school = found
    meeting = await as_meeting(db, row, school)
    party = await party_of(db, person, school)
    coming = {each.id: each for each in (*meeting.people, *party.staff)}
    if half_day.starts_at == meeting.session.starts_at:
        return meeting
    refusal = await _not_then(
        db, list(coming.values()), school, half_day, calendar, now, moving=row.id
    )
    if refusal:
        return refusal
    year = calendar.year_of(half_day.on)
    row.starts_at, row.ends_at = half_day.starts_at, half_day.ends_at
    row.school_year = year.name if year else None
    row.capacity = len(coming)
    row.revision += 1
    await db.flush()
    await calendar_events.look_again(db, row.id, now)
    await _tell_others(db, Rule.SESSION_MOVED, row, person, calendar, now)
    known = {each.id for each in meeting.people}
    for each in coming.values():
        if each.id not in known:
            await bring(db, row, each, person, calendar, now)
    return await as_meeting(db, row, school)


async def call_off(
    db: AsyncSession,
    person: Person,
    session_id: UUID,
    calendar: SchoolCalendar,
    now: datetime,
    reason: str = "",
) -> SchoolMeeting | Refusal:
    """Take a meeting out of everybody's calendar; another one can be held then.

    ``reason`` has passed the guard.
    """
    found = await _locked_meeting(db, person, session_id, now)
    if isinstance(found, Refusal):
        return found
    row, school = found
    row.state = SessionState.CANCELLED
    row.reason = reason
    row.revision += 1
    await db.flush()
    for booking in await bookings_in(db, row.id):
        await calendar_events.unwant(db, booking.id, booking.person_id, now)
    await _tell_others(db, Rule.SESSION_CANCELLED, row, person, calendar, now)
    return await as_meeting(db, row, school)


async def _locked_meeting(
    db: AsyncSession, person: Person, session_id: UUID, now: datetime
) -> tuple[SessionRow, School] | Refusal:
    found = await meeting_with_id(db, person, session_id)
    if isinstance(found, Refusal):
        return found
    await locked_school(db, found.school.id)
    row = await locked_session(db, session_id)
    if row is None:
        return refusals.session_gone()
    return may_change(as_session(db, row), now) or (row, found.school)


async def _tell_others(
    db: AsyncSession,
    rule: Rule,
    row: SessionRow,
    person: Person,
    calendar: SchoolCalendar,
    now: datetime,
) -> None:
    for booking in await bookings_in(db, row.id):
        if booking.person_id != person.id:
            await _tell(db, rule, booking, f"{booking.id}:{row.revision}", calendar, now)


async def _tell(
    db: AsyncSession,
    rule: Rule,
    booking: BookingRow,
    about: str,
    calendar: SchoolCalendar,
    now: datetime,
) -> None:
    due_at = calendar.next_disturbable(now) or now
    nudge = Nudge(rule, booking.person_id, booking.id, due_at, f"{rule}:{about}")
    await nudges.plan(db, nudge, now)
