"""Who came: the register of a session, taken and put right by its leads. For leads only.

Every change locks the session first, like any other change of a booking.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub import refusals
from hub.booking import BookingState
from hub.people import Person
from hub.refusals import Refusal
from hub.register import ON_THE_REGISTER, Register, may_take_register
from store.bookings import booking_row
from store.database import zone_of
from store.lead_programme import as_attendee
from store.people import person_with_id
from store.sessions import as_session, locked_session
from store.tables import BookingRow, PersonRow, SessionRow


async def register_of(db: AsyncSession, session_id: UUID) -> Register | None:
    """The names of a session's register as they stand; None when there is no session."""
    row = await db.get(SessionRow, session_id, populate_existing=True)
    return await _register(db, row) if row else None


async def locked_register(db: AsyncSession, session_id: UUID) -> Register | None:
    """The same, held until the transaction ends."""
    row = await locked_session(db, session_id)
    return await _register(db, row) if row else None


async def save(
    db: AsyncSession,
    session_id: UUID,
    listed: Collection[UUID],
    came: Collection[UUID],
    now: datetime,
) -> Register | Refusal:
    """Mark who came among those listed, by booking; the rest of the register stays as it is.

    The same again changes nothing; a later save puts an earlier one right.
    """
    row = await locked_session(db, session_id)
    if row is None:
        return refusals.session_gone()
    if refusal := may_take_register(as_session(db, row), now):
        return refusal
    for booking in await _on_the_register(db, session_id):
        if booking.id in listed:
            _mark(
                booking, BookingState.ATTENDED if booking.id in came else BookingState.MISSED, now
            )
    row.registered_at = row.registered_at or now
    await db.flush()
    return await _register(db, row)


def _mark(booking: BookingRow, state: BookingState, now: datetime) -> None:
    if booking.state != state:
        booking.state = state
        booking.since = now


async def add_walk_in(
    db: AsyncSession, session_id: UUID, person_id: UUID, now: datetime
) -> Person | Refusal:
    """Mark somebody as having come who was not on the register, full or not."""
    row = await locked_session(db, session_id)
    person = await person_with_id(db, person_id)
    if row is None:
        return refusals.session_gone()
    if person is None:
        return refusals.person_gone()
    if refusal := may_take_register(as_session(db, row), now):
        return refusal
    booking = await booking_row(db, person_id, session_id)
    if booking is None:
        booking = BookingRow(
            person_id=person_id, session_id=session_id, created_at=now, arrival=row.next_arrival
        )
        row.next_arrival += 1
        db.add(booking)
    booking.offer_until = None
    if booking.state != BookingState.ATTENDED:
        booking.state = BookingState.ATTENDED
        booking.since = now
    row.registered_at = row.registered_at or now
    await db.flush()
    return person


async def _register(db: AsyncSession, row: SessionRow) -> Register:
    taken_at = row.registered_at
    return Register(
        session=as_session(db, row),
        registered_at=taken_at.astimezone(zone_of(db)) if taken_at else None,
        names=tuple(as_attendee(each) for each in await _on_the_register(db, row.id)),
    )


async def _on_the_register(db: AsyncSession, session_id: UUID) -> list[BookingRow]:
    rows = await db.scalars(
        select(BookingRow)
        .options(joinedload(BookingRow.person).joinedload(PersonRow.school))
        .where(BookingRow.session_id == session_id, BookingRow.state.in_(list(ON_THE_REGISTER)))
        .order_by(BookingRow.arrival)
        .execution_options(populate_existing=True)
    )
    return list(rows)
