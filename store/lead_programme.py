"""The programme as its leads see it: every session with its people. For leads only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub.booking import LIVE, BookingState, Session
from hub.register import Attendee, SessionStanding
from store.database import zone_of
from store.sessions import as_session, bookings_in
from store.tables import BookingRow, PersonRow, SessionRow

#: States whose people belong on a session's own card.
_SHOWN = (*LIVE, BookingState.ATTENDED, BookingState.MISSED)


async def all_sessions(db: AsyncSession) -> list[Session]:
    """Every session there ever was, cancelled ones too, in the order of time."""
    rows = await db.scalars(select(SessionRow).order_by(SessionRow.starts_at, SessionRow.id))
    return [as_session(db, row) for row in rows]


async def standings_to_come(db: AsyncSession, now: datetime) -> list[SessionStanding]:
    """Sessions that are not over yet, cancelled ones too, soonest first, each with its figures."""
    chosen = _standings().where(SessionRow.ends_at > now)
    found = await db.execute(chosen.order_by(SessionRow.starts_at, SessionRow.title, SessionRow.id))
    return [_as_standing(db, row) for row in found]


async def standings_begun(db: AsyncSession, now: datetime, most: int) -> list[SessionStanding]:
    """The sessions that began last, newest first."""
    chosen = _standings().where(SessionRow.starts_at <= now).order_by(SessionRow.starts_at.desc())
    return [_as_standing(db, row) for row in await db.execute(chosen.limit(most))]


async def standing_of(db: AsyncSession, session_id: UUID) -> SessionStanding | None:
    """One session with its figures; None when there is none."""
    found = (await db.execute(_standings().where(SessionRow.id == session_id))).one_or_none()
    return _as_standing(db, found) if found else None


def _standings() -> Select[SessionRow, int, int, int, int]:
    return select(
        SessionRow,
        bookings_in({BookingState.CONFIRMED, BookingState.ATTENDED}),
        bookings_in({BookingState.OFFERED}),
        bookings_in({BookingState.WAITING}),
        bookings_in({BookingState.ATTENDED}),
    )


def _as_standing(db: AsyncSession, found: Any) -> SessionStanding:
    row, booked, offered, waiting, came = found
    taken_at = row.registered_at
    return SessionStanding(
        session=as_session(db, row),
        booked=booked,
        offered=offered,
        waiting=waiting,
        came=came,
        registered_at=taken_at.astimezone(zone_of(db)) if taken_at else None,
        override_note=row.override_note,
    )


async def attendees(db: AsyncSession, session_id: UUID) -> list[Attendee]:
    """Everybody on a session or in line for it, in the order in which they came to it."""
    rows = await db.scalars(
        select(BookingRow)
        .options(joinedload(BookingRow.person).joinedload(PersonRow.school))
        .where(BookingRow.session_id == session_id, BookingRow.state.in_(list(_SHOWN)))
        .order_by(BookingRow.arrival)
    )
    return [as_attendee(row) for row in rows]


def as_attendee(row: BookingRow) -> Attendee:
    """The value for a row whose person and school are loaded."""
    return Attendee(
        booking_id=row.id,
        name=row.person.name,
        school=row.person.school.name if row.person.school else "",
        state=BookingState(row.state),
        arrival=row.arrival,
        hopes=row.hopes,
    )
