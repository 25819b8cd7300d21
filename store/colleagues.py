"""People of one school, and what one of them asks for another: an invitation, or a word passed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub import refusals
from hub.booking import (
    LIVE,
    Booking,
    BookingState,
    Session,
    is_meant_for,
    may_book,
    offer_until,
)
from hub.colleagues import Colleague
from hub.nudges import Nudge, Rule
from hub.people import Person
from hub.refusals import Refusal
from hub.school_year import SchoolCalendar
from store import nudges
from store.booking_reads import as_booking
from store.bookings import booking_row
from store.database import insert_once
from store.people import as_person
from store.sessions import as_session, locked_session, places_taken
from store.tables import BookingRow, PersonRow, SessionRow, SuggestionRow


async def colleagues_of(db: AsyncSession, person: Person, session_id: UUID) -> list[Colleague]:
    """Everybody else of this person's school, by name, with their standing in one session."""
    return [
        each
        for each in await staff_of_school(db, person, session_id)
        if each.person.id != person.id
    ]


async def staff_of_school(db: AsyncSession, person: Person, session_id: UUID) -> list[Colleague]:
    """This person's school as a whole, themselves included; empty while it is not known."""
    if person.school is None:
        return []
    own = and_(BookingRow.person_id == PersonRow.id, BookingRow.session_id == session_id)
    rows = await db.execute(
        select(PersonRow, BookingRow.state)
        .outerjoin(BookingRow, own)
        .options(joinedload(PersonRow.school))
        .where(
            PersonRow.school_id == person.school.id,
            PersonRow.tenant_id == person.tenant_id,
            PersonRow.left_at.is_(None),
        )
        .order_by(PersonRow.name, PersonRow.id)
    )
    return [
        Colleague(as_person(row), BookingState(state) if state else None) for row, state in rows
    ]


async def invite(
    db: AsyncSession,
    person: Person,
    colleague_id: UUID,
    session_id: UUID,
    now: datetime,
    calendar: SchoolCalendar,
) -> Booking | Refusal:
    """Hold a place for a colleague of the same school, who says yes or no themselves.

    It is an offer like one to the waiting list: limited in time, and passed on when it lapses.
    """
    session_row = await locked_session(db, session_id)
    colleague = await _colleague(db, person, colleague_id)
    if session_row is None or colleague is None:
        return refusals.session_gone()
    session = as_session(db, session_row)
    row = await booking_row(db, colleague.id, session_id)
    if row and row.state in LIVE:
        return refusals.colleague_has_a_place(colleague.name, session.title)
    if refusal := _may_invite(colleague, session, now):
        return refusal
    until = offer_until(session, calendar, now)
    if until is None:
        return refusals.too_late_to_invite(session.title)
    if await places_taken(db, session_id) >= session.capacity:
        return refusals.no_room_for_colleague(session.title)
    if row is None:
        row = BookingRow(person_id=colleague.id, session_id=session_id, created_at=now)
        db.add(row)
    row.state = BookingState.OFFERED
    row.since = now
    row.reason = ""
    row.offer_until = until
    row.invited_by_id = person.id
    row.arrival = session_row.next_arrival
    session_row.next_arrival += 1
    await db.flush()
    told_at = calendar.next_disturbable(now) or now
    key = f"{Rule.INVITED}:{row.id}:{now.timestamp():.0f}"
    await nudges.plan(db, Nudge(Rule.INVITED, colleague.id, row.id, told_at, key), now)
    return await as_booking(db, row, session)


def _may_invite(colleague: Person, session: Session, now: datetime) -> Refusal | None:
    if not is_meant_for(session, colleague):
        return refusals.not_meant_for_colleague(colleague.name, session.title, session.audience)
    return may_book(colleague, session, now)


async def _colleague(db: AsyncSession, person: Person, colleague_id: UUID) -> Person | None:
    """Somebody else of the same school and tenant who has not left; nobody otherwise."""
    row = await db.get(PersonRow, colleague_id, options=[joinedload(PersonRow.school)])
    colleague = as_person(row) if row else None
    if colleague is None or person.school is None or colleague.school != person.school:
        return None
    is_here = colleague.tenant_id == person.tenant_id and colleague.left_at is None
    return colleague if is_here and colleague.id != person.id else None


async def suggest(
    db: AsyncSession,
    person: Person,
    session: Session,
    told: Sequence[Person],
    now: datetime,
    calendar: SchoolCalendar,
) -> list[Person]:
    """Pass a session on to these colleagues, each once; those who had not heard of it yet."""
    fresh = []
    for colleague in told:
        is_new = await insert_once(
            db,
            SuggestionRow,
            session_id=session.id,
            person_id=colleague.id,
            suggested_by_id=person.id,
            suggested_at=now,
        )
        if is_new:
            suggestion_id = await db.scalar(
                select(SuggestionRow.id).where(
                    SuggestionRow.session_id == session.id,
                    SuggestionRow.person_id == colleague.id,
                )
            )
            told_at = calendar.next_disturbable(now) or now
            key = f"{Rule.SESSION_SUGGESTED}:{suggestion_id}"
            nudge = Nudge(
                Rule.SESSION_SUGGESTED, colleague.id, UUID(str(suggestion_id)), told_at, key
            )
            await nudges.plan(db, nudge, now)
            fresh.append(colleague)
    return fresh


@dataclass(frozen=True)
class Suggestion:
    """A session that a colleague passed on, and how the one who is told stands with it."""

    session: Session
    suggested_by: str
    standing: BookingState | None


async def suggestion_to_tell(db: AsyncSession, suggestion_id: UUID) -> Suggestion | None:
    """A suggestion by its own id, for delivery; None when it is not there."""
    own = and_(
        BookingRow.person_id == SuggestionRow.person_id,
        BookingRow.session_id == SuggestionRow.session_id,
    )
    found = await db.execute(
        select(SessionRow, PersonRow.name, BookingRow.state)
        .select_from(SuggestionRow)
        .join(SessionRow, SessionRow.id == SuggestionRow.session_id)
        .join(PersonRow, PersonRow.id == SuggestionRow.suggested_by_id)
        .outerjoin(BookingRow, own)
        .where(SuggestionRow.id == suggestion_id)
    )
    row = found.one_or_none()
    if row is None:
        return None
    session, name, state = row
    return Suggestion(as_session(db, session), name, BookingState(state) if state else None)
