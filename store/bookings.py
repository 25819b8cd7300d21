"""Places: taken, waited for, offered, given up. Each function is one change in one transaction.

Every change locks the session first, so that promises 1 and 2 hold however many people press at
once. What a change owes the world goes to the outbox in the same transaction. Several places at
once are next door, in ``swaps``; places for a colleague in ``invitations``.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub import refusals
from hub.booking import (
    LIVE,
    Booking,
    BookingState,
    Clash,
    Placed,
    Session,
    SessionState,
    clashing,
    may_book,
    may_give_up,
    may_take_offer,
    offer_until,
    state_for_newcomer,
)
from hub.nudges import Nudge, Rule
from hub.people import Person
from hub.refusals import Refusal
from hub.school_year import SchoolCalendar
from store import calendar_events, nudges
from store.booking_reads import as_booking, places_at_the_time_of
from store.sessions import as_session, locked_session, places_taken
from store.tables import BookingRow, SessionRow


@dataclass(frozen=True)
class _Entry:
    """Somebody may take a place: the locked session, and the row of an earlier time, if any."""

    session_row: SessionRow
    session: Session
    row: BookingRow | None


async def book(
    db: AsyncSession, person: Person, session_id: UUID, now: datetime
) -> Placed | Clash | Refusal:
    """Take a place for this person, or the next place in the waiting list.

    Asking twice gives the same booking; an open offer is taken. Where the person has a place at the
    same time, nothing is changed and the clash is told.
    """
    entry = await _enter(db, person, session_id, now)
    if not isinstance(entry, _Entry):
        return entry
    if others := await clashes_of(db, person, entry.session):
        return Clash(entry.session, others)
    return await _place(db, person, entry, now)


async def book_anyway(
    db: AsyncSession, person: Person, session_id: UUID, now: datetime
) -> Placed | Refusal:
    """The same for somebody who knows of the clash; the answer still names it."""
    entry = await _enter(db, person, session_id, now)
    if not isinstance(entry, _Entry):
        return entry
    placed = await _place(db, person, entry, now)
    return replace(placed, clashes=await clashes_of(db, person, entry.session))


async def _enter(
    db: AsyncSession, person: Person, session_id: UUID, now: datetime
) -> _Entry | Placed | Refusal:
    """Lock the session; what stands already, or why not, where no place is to be taken."""
    session_row = await locked_session(db, session_id)
    if session_row is None:
        return refusals.session_gone()
    session = as_session(db, session_row)
    row = await booking_row(db, person.id, session_id)
    if session.state is SessionState.SCHEDULED and row and row.state in LIVE:
        if row.state == BookingState.OFFERED:
            return await take_offer(db, person, row.id, now)
        return Placed(await as_booking(db, row, session), is_new=False)
    return may_book(person, session, now) or _Entry(session_row, session, row)


async def _place(db: AsyncSession, person: Person, entry: _Entry, now: datetime) -> Placed:
    session_row, row = entry.session_row, entry.row
    state = state_for_newcomer(entry.session, await places_taken(db, session_row.id))
    if row is None:
        row = BookingRow(person_id=person.id, session_id=session_row.id, created_at=now)
        db.add(row)
    row.state = state
    row.since = now
    row.reason = ""
    row.invited_by_id = None
    row.arrival = session_row.next_arrival
    session_row.next_arrival += 1
    await db.flush()
    if state is BookingState.CONFIRMED:
        await calendar_events.want(db, row.id, person.id, now)
    return Placed(await as_booking(db, row, entry.session), is_new=True)


async def clashes_of(db: AsyncSession, person: Person, session: Session) -> tuple[Booking, ...]:
    """Other places that this person holds at the time of this session."""
    return clashing(session, await places_at_the_time_of(db, person, [session]))


async def take_offer(
    db: AsyncSession, person: Person, booking_id: UUID, now: datetime
) -> Placed | Refusal:
    """Turn an offered place into a confirmed one."""
    found = await held_booking(db, person, booking_id)
    if found is None:
        return refusals.session_gone()
    row, session = found
    if row.state == BookingState.CONFIRMED:
        return Placed(await as_booking(db, row, session), is_new=False)
    if refusal := may_take_offer(await as_booking(db, row, session), now):
        return refusal
    row.state = BookingState.CONFIRMED
    row.since = now
    row.offer_until = None
    await db.flush()
    await calendar_events.want(db, row.id, person.id, now)
    others = await clashes_of(db, person, session)
    return Placed(await as_booking(db, row, session), is_new=True, clashes=others)


async def give_up(
    db: AsyncSession,
    person: Person,
    booking_id: UUID,
    now: datetime,
    calendar: SchoolCalendar,
    reason: str = "",
) -> Booking | Refusal:
    """Free a place, or leave the waiting list, and offer what is free to whoever waited longest."""
    found = await held_booking(db, person, booking_id)
    if found is None:
        return refusals.session_gone()
    row, session = found
    if refusal := may_give_up(await as_booking(db, row, session), now):
        return refusal
    await cancel_row(db, row, now, reason)
    await offer_free_places(db, session, calendar, now)
    return await as_booking(db, row, session)


async def cancel_row(db: AsyncSession, row: BookingRow, now: datetime, reason: str) -> None:
    """Free a place or a position in line; the session must be locked."""
    row.state = BookingState.CANCELLED
    row.since = now
    row.reason = reason
    row.offer_until = None
    await db.flush()
    await calendar_events.unwant(db, row.id, row.person_id, now)


async def offer_free_places(
    db: AsyncSession, session: Session, calendar: SchoolCalendar, now: datetime
) -> None:
    """Offer each free place to whoever has waited longest; the session must be locked."""
    if session.state is not SessionState.SCHEDULED:
        return
    until = offer_until(session, calendar, now)
    free = session.capacity - await places_taken(db, session.id)
    if until is None or free <= 0:
        return
    waiting = await db.scalars(
        select(BookingRow)
        .where(BookingRow.session_id == session.id, BookingRow.state == BookingState.WAITING)
        .order_by(BookingRow.arrival)
        .limit(free)
    )
    for row in waiting.all():
        row.state = BookingState.OFFERED
        row.since = now
        row.offer_until = until
        told_at = calendar.next_disturbable(now) or now
        key = f"{Rule.PLACE_OFFERED}:{row.id}:{now.timestamp():.0f}"
        await db.flush()
        await nudges.plan(db, Nudge(Rule.PLACE_OFFERED, row.person_id, row.id, told_at, key), now)


async def lapse_offers(db: AsyncSession, calendar: SchoolCalendar, now: datetime) -> int:
    """End the offers whose time is over and pass each place on; tell how many lapsed.

    Those of a cancelled session stand still: it may be put back on.
    """
    lapsed = await db.execute(
        select(BookingRow.session_id)
        .join(BookingRow.session)
        .where(
            BookingRow.state == BookingState.OFFERED,
            BookingRow.offer_until <= now,
            SessionRow.state == SessionState.SCHEDULED,
        )
        .distinct()
        .order_by(BookingRow.session_id)
    )
    count = 0
    for session_id in lapsed.scalars().all():
        session_row = await locked_session(db, session_id)
        if session_row is None or session_row.state == SessionState.CANCELLED:
            continue
        rows = await db.scalars(
            select(BookingRow).where(
                BookingRow.session_id == session_id,
                BookingRow.state == BookingState.OFFERED,
                BookingRow.offer_until <= now,
            )
        )
        for row in rows.all():
            await cancel_row(db, row, now, "the offer lapsed")
            count += 1
        await offer_free_places(db, as_session(db, session_row), calendar, now)
    return count


async def set_hopes(
    db: AsyncSession, person: Person, booking_id: UUID, hopes: str
) -> Booking | Refusal:
    """Keep what this person would like from the session; the guard has seen the words."""
    found = await held_booking(db, person, booking_id)
    if found is None:
        return refusals.session_gone()
    row, session = found
    if row.state not in LIVE:
        return refusals.nothing_to_give_up(session.title)
    row.hopes = hopes
    await db.flush()
    return await as_booking(db, row, session)


async def held_booking(
    db: AsyncSession, person: Person, booking_id: UUID
) -> tuple[BookingRow, Session] | None:
    """A booking of this person with its session, which is locked; None when it is not theirs."""
    session_id = await db.scalar(
        select(BookingRow.session_id).where(
            BookingRow.id == booking_id, BookingRow.person_id == person.id
        )
    )
    session_row = await locked_session(db, session_id) if session_id else None
    row = await booking_row(db, person.id, session_row.id) if session_row else None
    return (row, as_session(db, session_row)) if row and session_row else None


async def booking_row(db: AsyncSession, person_id: UUID, session_id: UUID) -> BookingRow | None:
    """The one row of a person in a session, as it stands now."""
    return await db.scalar(
        select(BookingRow)
        .where(BookingRow.person_id == person_id, BookingRow.session_id == session_id)
        .execution_options(populate_existing=True)
    )
