"""Places, looked at: one person's bookings as they stand; and everybody's, for planner and delivery.

Changes are made next door, in ``bookings``, ``swaps`` and ``invitations``.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from hub.booking import LIVE, Booking, BookingState, Session, SessionState
from hub.people import Person
from store.database import zone_of
from store.sessions import as_session
from store.tables import BookingRow, PersonRow, SessionRow

_GOES_AHEAD = SessionRow.state == SessionState.SCHEDULED


async def booking_of(db: AsyncSession, person: Person, booking_id: UUID) -> Booking | None:
    """One booking of this person; None when it is not theirs or not there."""
    found = await _own(db, _with_session().where(BookingRow.id == booking_id), person)
    return found[0] if found else None


async def bookings_to_come(db: AsyncSession, person: Person, now: datetime) -> list[Booking]:
    """What this person is booked on, offered or waiting for, soonest first."""
    chosen = _with_session().where(
        BookingRow.state.in_(list(LIVE)), SessionRow.starts_at > now, _GOES_AHEAD
    )
    return await _own(db, chosen.order_by(SessionRow.starts_at, SessionRow.id), person)


async def bookings_between(
    db: AsyncSession, person: Person, starts_at: datetime, ends_at: datetime
) -> list[Booking]:
    """Every booking of this person, in whatever state, of sessions that start in this time."""
    chosen = _with_session().where(
        SessionRow.starts_at >= starts_at, SessionRow.starts_at < ends_at, _GOES_AHEAD
    )
    return await _own(db, chosen.order_by(SessionRow.starts_at, SessionRow.id), person)


async def places_at_the_time_of(
    db: AsyncSession, person: Person, sessions: Iterable[Session]
) -> list[Booking]:
    """The confirmed places of this person that overlap any of these sessions."""
    spans = [
        and_(SessionRow.starts_at < each.ends_at, SessionRow.ends_at > each.starts_at)
        for each in sessions
    ]
    chosen = _with_session().where(
        BookingRow.state == BookingState.CONFIRMED, _GOES_AHEAD, or_(false(), *spans)
    )
    return await _own(db, chosen.order_by(SessionRow.starts_at, SessionRow.id), person)


async def given_up_last(db: AsyncSession, person: Person, since: datetime) -> Booking | None:
    """What this person gave up last, if it was after ``since``."""
    chosen = _with_session().where(
        BookingRow.state == BookingState.CANCELLED, BookingRow.since >= since
    )
    found = await _own(db, chosen.order_by(BookingRow.since.desc()).limit(1), person)
    return found[0] if found else None


async def bookings_starting(db: AsyncSession, now: datetime, within: timedelta) -> list[Booking]:
    """Everybody's confirmed bookings of sessions that start soon; for the planner only."""
    return await bookings_of_all(
        db,
        BookingState.CONFIRMED,
        and_(SessionRow.starts_at > now, SessionRow.starts_at <= now + within),
    )


async def bookings_of_all(
    db: AsyncSession, state: BookingState, which: ColumnElement[bool]
) -> list[Booking]:
    """Everybody's bookings in one state (not waiting) of these sessions; for the planner only.

    There are few sessions and many bookings: each session is read and made a value once.
    """
    found = await db.scalars(select(SessionRow).where(_GOES_AHEAD, which))
    sessions = {row.id: as_session(db, row) for row in found}
    rows = await db.execute(
        select(BookingRow.id, BookingRow.person_id, BookingRow.session_id, BookingRow.since)
        .join(SessionRow, SessionRow.id == BookingRow.session_id)
        .where(BookingRow.state == state, _GOES_AHEAD, which)
    )
    zone = zone_of(db)
    return [
        Booking(id_, person_id, sessions[session_id], state, since=since.astimezone(zone))
        for id_, person_id, session_id, since in rows
        # One that was set between the two questions is for the next ring.
        if session_id in sessions
    ]


async def booking_to_tell(db: AsyncSession, booking_id: UUID) -> Booking | None:
    """A booking by its own id, for delivery, which acts for nobody."""
    found = (await db.execute(_with_session().where(BookingRow.id == booking_id))).first()
    return _booking(db, *found) if found else None


def _with_session() -> Select[BookingRow, int]:
    ahead = aliased(BookingRow)
    position = (
        select(func.count(ahead.id) + 1)
        .where(
            ahead.session_id == BookingRow.session_id,
            ahead.state == BookingState.WAITING,
            ahead.arrival < BookingRow.arrival,
        )
        .scalar_subquery()
    )
    return (
        select(BookingRow, position)
        .join(BookingRow.session)
        .options(joinedload(BookingRow.session), joinedload(BookingRow.invited_by))
    )


async def _own(db: AsyncSession, chosen: Select[BookingRow, int], person: Person) -> list[Booking]:
    found = await db.execute(chosen.where(BookingRow.person_id == person.id))
    return [_booking(db, row, position) for row, position in found.all()]


async def as_booking(db: AsyncSession, row: BookingRow, session: Session) -> Booking:
    """The value for a row whose session is known already."""
    ahead = None
    if row.state == BookingState.WAITING:
        ahead = await db.scalar(
            select(func.count(BookingRow.id)).where(
                BookingRow.session_id == row.session_id,
                BookingRow.state == BookingState.WAITING,
                BookingRow.arrival < row.arrival,
            )
        )
    inviter = None
    if row.invited_by_id:
        inviter = await db.scalar(select(PersonRow.name).where(PersonRow.id == row.invited_by_id))
    return _value(db, row, session, (ahead or 0) + 1, inviter)


def _booking(db: AsyncSession, row: BookingRow, position: int) -> Booking:
    inviter = row.invited_by.name if row.invited_by else None
    return _value(db, row, as_session(db, row.session), position, inviter)


def _value(
    db: AsyncSession, row: BookingRow, session: Session, position: int, inviter: str | None
) -> Booking:
    zone = zone_of(db)
    return Booking(
        id=row.id,
        person_id=row.person_id,
        session=session,
        state=BookingState(row.state),
        hopes=row.hopes,
        position=position if row.state == BookingState.WAITING else None,
        offer_until=row.offer_until.astimezone(zone) if row.offer_until else None,
        since=row.since.astimezone(zone),
        invited_by=inviter or "",
    )
