"""Places: taken, waited for, offered, given up. Each function is one change in one transaction.

Every change locks the session first, so that promises 1 and 2 hold however many people press at
once. What a change owes the world goes to the outbox in the same transaction.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from hub import refusals
from hub.booking import (
    LIVE,
    Booking,
    BookingState,
    Placed,
    Session,
    SessionState,
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
from store.database import zone_of
from store.sessions import as_session, locked_session, places_taken
from store.tables import BookingRow, PersonRow, SessionRow


async def book(
    db: AsyncSession, person: Person, session_id: UUID, now: datetime
) -> Placed | Refusal:
    """Take a place for this person, or the next place in the waiting list.

    Asking twice gives the same booking; an open offer is taken.
    """
    session_row = await locked_session(db, session_id)
    if session_row is None:
        return refusals.session_gone()
    session = as_session(db, session_row)
    row = await _row_of(db, person.id, session_id)
    if row and row.state == BookingState.OFFERED:
        return await take_offer(db, person, row.id, now)
    if row and row.state in LIVE:
        return Placed(await _as_booking(db, row, session), is_new=False)
    if refusal := may_book(person, session, now):
        return refusal
    state = state_for_newcomer(session, await places_taken(db, session_id))
    if row is None:
        row = BookingRow(person_id=person.id, session_id=session_id, created_at=now)
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
    return Placed(await _as_booking(db, row, session), is_new=True)


async def take_offer(
    db: AsyncSession, person: Person, booking_id: UUID, now: datetime
) -> Placed | Refusal:
    """Turn an offered place into a confirmed one."""
    found = await _held(db, person, booking_id)
    if found is None:
        return refusals.session_gone()
    row, session = found
    if row.state == BookingState.CONFIRMED:
        return Placed(await _as_booking(db, row, session), is_new=False)
    if refusal := may_take_offer(await _as_booking(db, row, session), now):
        return refusal
    row.state = BookingState.CONFIRMED
    row.since = now
    row.offer_until = None
    await db.flush()
    await calendar_events.want(db, row.id, person.id, now)
    return Placed(await _as_booking(db, row, session), is_new=True)


async def give_up(
    db: AsyncSession,
    person: Person,
    booking_id: UUID,
    now: datetime,
    calendar: SchoolCalendar,
    reason: str = "",
) -> Booking | Refusal:
    """Free a place, or leave the waiting list, and offer what is free to whoever waited longest."""
    found = await _held(db, person, booking_id)
    if found is None:
        return refusals.session_gone()
    row, session = found
    if refusal := may_give_up(await _as_booking(db, row, session), now):
        return refusal
    await _cancel(db, row, now, reason)
    await offer_free_places(db, session, calendar, now)
    return await _as_booking(db, row, session)


async def _cancel(db: AsyncSession, row: BookingRow, now: datetime, reason: str) -> None:
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
    """End the offers whose time is over and pass each place on; tell how many lapsed."""
    lapsed = await db.execute(
        select(BookingRow.session_id)
        .where(BookingRow.state == BookingState.OFFERED, BookingRow.offer_until <= now)
        .distinct()
        .order_by(BookingRow.session_id)
    )
    count = 0
    for session_id in lapsed.scalars().all():
        session_row = await locked_session(db, session_id)
        if session_row is None:
            continue
        rows = await db.scalars(
            select(BookingRow).where(
                BookingRow.session_id == session_id,
                BookingRow.state == BookingState.OFFERED,
                BookingRow.offer_until <= now,
            )
        )
        for row in rows.all():
            await _cancel(db, row, now, "the offer lapsed")
            count += 1
        await offer_free_places(db, as_session(db, session_row), calendar, now)
    return count


async def set_hopes(
    db: AsyncSession, person: Person, booking_id: UUID, hopes: str
) -> Booking | Refusal:
    """Keep what this person would like from the session; the guard has seen the words."""
    found = await _held(db, person, booking_id)
    if found is None:
        return refusals.session_gone()
    row, session = found
    if row.state not in LIVE:
        return refusals.nothing_to_give_up(session.title)
    row.hopes = hopes
    await db.flush()
    return await _as_booking(db, row, session)


async def booking_of(db: AsyncSession, person: Person, booking_id: UUID) -> Booking | None:
    """One booking of this person; None when it is not theirs or not there."""
    found = await _own(db, _with_session().where(BookingRow.id == booking_id), person)
    return found[0] if found else None


async def bookings_to_come(db: AsyncSession, person: Person, now: datetime) -> list[Booking]:
    """What this person is booked on, offered or waiting for, soonest first."""
    chosen = _with_session().where(
        BookingRow.state.in_(list(LIVE)),
        SessionRow.starts_at > now,
        SessionRow.state == SessionState.SCHEDULED,
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
    chosen = _with_session().where(
        BookingRow.state == BookingState.CONFIRMED,
        SessionRow.starts_at > now,
        SessionRow.starts_at <= now + within,
    )
    found = await db.execute(chosen)
    return [_booking(db, row, position) for row, position in found.all()]


async def booking_to_tell(db: AsyncSession, booking_id: UUID) -> Booking | None:
    """A booking by its own id, for delivery, which acts for nobody."""
    found = (await db.execute(_with_session().where(BookingRow.id == booking_id))).first()
    return _booking(db, *found) if found else None


async def _held(
    db: AsyncSession, person: Person, booking_id: UUID
) -> tuple[BookingRow, Session] | None:
    session_id = await db.scalar(
        select(BookingRow.session_id).where(
            BookingRow.id == booking_id, BookingRow.person_id == person.id
        )
    )
    session_row = await locked_session(db, session_id) if session_id else None
    row = await _row_of(db, person.id, session_row.id) if session_row else None
    return (row, as_session(db, session_row)) if row and session_row else None


async def _row_of(db: AsyncSession, person_id: UUID, session_id: UUID) -> BookingRow | None:
    return await db.scalar(
        select(BookingRow)
        .where(BookingRow.person_id == person_id, BookingRow.session_id == session_id)
        .execution_options(populate_existing=True)
    )


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


async def _as_booking(db: AsyncSession, row: BookingRow, session: Session) -> Booking:
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
