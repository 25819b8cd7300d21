"""Several places at once: one for another, all the rest of a series, the strands of an INSET day.

Every session concerned is locked before anything is decided, always in the same order, so that
two people who swap with each other never wait for each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub import refusals
from hub.booking import LIVE, Booking, BookingState, Clash, Placed, Session, may_book, may_give_up
from hub.inset_day import Pick, Picked
from hub.people import Person
from hub.refusals import Refusal
from hub.school_year import SchoolCalendar
from store import bookings
from store.booking_reads import as_booking, booking_of
from store.sessions import as_session, places_taken
from store.tables import SessionRow

#: Kept with the place that was given up.
SWAPPED = "swapped for another session"


async def swap(
    db: AsyncSession,
    person: Person,
    booking_id: UUID,
    session_id: UUID,
    now: datetime,
    calendar: SchoolCalendar,
) -> Placed | Refusal:
    """Give one place up for another, or change nothing when the other is not to be had."""
    held = await booking_of(db, person, booking_id)
    if held is None:
        return refusals.session_gone()
    await lock(db, [held.session.id, session_id])
    found = await bookings.held_booking(db, person, booking_id)
    wanted = await _session(db, session_id)
    if found is None or wanted is None:
        return refusals.session_gone()
    row, session = found
    if refusal := may_give_up(await as_booking(db, row, session), now):
        return refusal
    if session.id == session_id:
        return await bookings.book_anyway(db, person, session_id, now)
    if refusal := await _no_room(db, person, session, wanted, now):
        return refusal
    # The new place first: whatever goes wrong with it, the old one is still there.
    placed = await bookings.book_anyway(db, person, session_id, now)
    if isinstance(placed, Refusal):
        return placed
    await bookings.cancel_row(db, row, now, SWAPPED)
    await bookings.offer_free_places(db, session, calendar, now)
    others = tuple(each for each in placed.clashes if each.id != booking_id)
    return replace(placed, clashes=others)


async def _no_room(
    db: AsyncSession, person: Person, held: Session, wanted: Session, now: datetime
) -> Refusal | None:
    row = await bookings.booking_row(db, person.id, wanted.id)
    if row and row.state in {BookingState.CONFIRMED, BookingState.OFFERED}:
        return None
    if refusal := may_book(person, wanted, now):
        return refusal
    if await places_taken(db, wanted.id) >= wanted.capacity:
        return refusals.no_room_to_swap(held.title, wanted.title)
    return None


async def book_all(
    db: AsyncSession, person: Person, session_ids: Sequence[UUID], now: datetime
) -> list[tuple[UUID, Placed | Clash | Refusal]]:
    """Book each of these sessions, in the order given; clashes and refusals change nothing."""
    await lock(db, session_ids)
    return [(each, await bookings.book(db, person, each, now)) for each in session_ids]


async def pick_strands(
    db: AsyncSession,
    person: Person,
    picks: Sequence[Pick],
    now: datetime,
    calendar: SchoolCalendar,
) -> list[Picked]:
    """Bring one person's strands of an INSET day into line with what they picked, slot by slot.

    A strand that is full by now leaves the slot as it was.
    """
    await lock(db, {each.id for pick in picks for each in pick.slot.sessions})
    return [await _pick(db, person, pick, now, calendar) for pick in picks]


async def _pick(
    db: AsyncSession, person: Person, pick: Pick, now: datetime, calendar: SchoolCalendar
) -> Picked:
    held = await _held_in(db, person, pick.slot.sessions)
    if held and pick.session_id == held.session.id:
        return Picked(pick.slot, held)
    if pick.session_id is None:
        gone = await bookings.give_up(db, person, held.id, now, calendar) if held else None
        return Picked(pick.slot, gone)
    if held:
        outcome = await swap(db, person, held.id, pick.session_id, now, calendar)
    else:
        outcome = await bookings.book_anyway(db, person, pick.session_id, now)
    return Picked(pick.slot, outcome.booking if isinstance(outcome, Placed) else outcome)


async def _held_in(db: AsyncSession, person: Person, sessions: Iterable[Session]) -> Booking | None:
    for session in sessions:
        row = await bookings.booking_row(db, person.id, session.id)
        if row and row.state in LIVE:
            return await as_booking(db, row, session)
    return None


async def lock(db: AsyncSession, session_ids: Iterable[UUID]) -> None:
    """Hold these sessions until the transaction ends."""
    await db.execute(
        select(SessionRow.id)
        .where(SessionRow.id.in_(list(session_ids)))
        .order_by(SessionRow.id)
        .with_for_update()
    )


async def _session(db: AsyncSession, session_id: UUID) -> Session | None:
    row = await db.get(SessionRow, session_id, populate_existing=True)
    return as_session(db, row) if row else None
