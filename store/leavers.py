"""Places of people who have left the trust: each given up, and passed on to whoever waited."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.booking import LIVE
from hub.school_year import SchoolCalendar
from hub.staff_group import LEFT_THE_TRUST
from store import bookings
from store.people import person_with_id
from store.tables import BookingRow, PersonRow, SessionRow


async def places_of_leavers(db: AsyncSession, now: datetime) -> list[tuple[UUID, UUID]]:
    """What those who left are still booked on, offered or waiting for: person and booking."""
    found = await db.execute(
        select(PersonRow.id, BookingRow.id)
        .join(BookingRow, BookingRow.person_id == PersonRow.id)
        .join(BookingRow.session)
        .where(
            PersonRow.left_at.is_not(None),
            BookingRow.state.in_(list(LIVE)),
            SessionRow.starts_at > now,
        )
        .order_by(BookingRow.session_id, BookingRow.arrival)
    )
    return [(person_id, booking_id) for person_id, booking_id in found]


async def free_place(
    db: AsyncSession, person_id: UUID, booking_id: UUID, calendar: SchoolCalendar, now: datetime
) -> bool:
    """Give up one place of somebody who left and offer what is free; False when nothing was to do.

    Unlike ``bookings.give_up`` it also takes them off a school's meeting, and off a cancelled
    session that may yet be put back on.
    """
    person = await person_with_id(db, person_id)
    found = await bookings.held_booking(db, person, booking_id) if person else None
    if person is None or person.left_at is None or found is None:
        return False
    row, session = found
    if row.state not in LIVE or session.starts_at <= now:
        return False
    await bookings.cancel_row(db, row, now, LEFT_THE_TRUST)
    await bookings.offer_free_places(db, session, calendar, now)
    return True
