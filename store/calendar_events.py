"""One person's calendar event for one booking: wanted or not, tried or not, there or not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub.booking import LIVE, Session, SessionState
from hub.outbox import Kind
from hub.people import Person
from store import outbox
from store.outbox import Due
from store.people import as_person
from store.sessions import as_session
from store.tables import BookingRow, CalendarEventRow, PersonRow


@dataclass(frozen=True)
class CalendarEvent:
    """What should be, and what is known to be, in one person's calendar."""

    id: UUID
    person: Person
    session: Session
    is_wanted: bool
    #: Whether the Hub called the session off, and the person did not give the place up.
    is_called_off: bool
    was_attempted: bool
    #: Graph's ``transactionId``.
    transaction_id: UUID
    graph_event_id: str | None
    #: The fingerprint of the entry that Graph was last told.
    told: str


async def want(db: AsyncSession, booking_id: UUID, person_id: UUID, now: datetime) -> None:
    """Owe a calendar event for a booking that was just confirmed; the session must be locked.

    What may still be in the calendar from an earlier time is used again.
    """
    row = await db.scalar(
        select(CalendarEventRow)
        .where(
            CalendarEventRow.booking_id == booking_id,
            or_(
                CalendarEventRow.graph_event_id.is_not(None),
                CalendarEventRow.attempted_at.is_not(None),
                CalendarEventRow.is_wanted,
            ),
        )
        .order_by(CalendarEventRow.id)
        .limit(1)
    )
    if row is None:
        row = CalendarEventRow(id=uuid4(), booking_id=booking_id)
        db.add(row)
    row.is_wanted = True
    await db.flush()
    await outbox.owe_all(db, [_a_look(row.id, booking_id, person_id, now)], now)


async def unwant(db: AsyncSession, booking_id: UUID, person_id: UUID, now: datetime) -> None:
    """Owe the removal of whatever event this booking has."""
    wanted = await db.scalars(
        select(CalendarEventRow.id).where(
            CalendarEventRow.booking_id == booking_id, CalendarEventRow.is_wanted
        )
    )
    ids = wanted.all()
    await db.execute(
        update(CalendarEventRow).where(CalendarEventRow.id.in_(ids)).values(is_wanted=False)
    )
    looks = [_a_look(event_id, booking_id, person_id, now) for event_id in ids]
    await outbox.owe_all(db, looks, now)


async def look_again(db: AsyncSession, session_id: UUID, now: datetime) -> None:
    """Owe a look at every event of this session: what it says has changed."""
    events = await db.execute(
        select(CalendarEventRow.id, CalendarEventRow.booking_id, BookingRow.person_id)
        .join(CalendarEventRow.booking)
        .where(BookingRow.session_id == session_id, CalendarEventRow.is_wanted)
    )
    await outbox.owe_all(db, [_a_look(*event, now) for event in events.all()], now)


def _a_look(event_id: UUID, booking_id: UUID, person_id: UUID, now: datetime) -> Due:
    """An item that brings the event to what is true when its turn comes, whatever it was owed for.

    One lane a booking: a removal never overtakes the creation that it undoes.
    """
    return Due(
        Kind.CALENDAR,
        {"calendar_event": str(event_id)},
        key=f"calendar:{event_id}:{uuid4().hex}",
        not_before=now,
        person_id=person_id,
        lane=f"calendar:{booking_id}",
    )


async def event_to_reconcile(
    db: AsyncSession, event_id: UUID, now: datetime
) -> CalendarEvent | None:
    """Read an event just before calling Graph for it, and note that the call is being made."""
    row = await db.scalar(
        select(CalendarEventRow)
        .options(
            joinedload(CalendarEventRow.booking).joinedload(BookingRow.session),
            joinedload(CalendarEventRow.booking)
            .joinedload(BookingRow.person)
            .joinedload(PersonRow.school),
        )
        .where(CalendarEventRow.id == event_id)
    )
    if row is None:
        return None
    was_attempted = row.attempted_at is not None
    if row.is_wanted and not was_attempted:
        row.attempted_at = now
    session = as_session(db, row.booking.session)
    return CalendarEvent(
        id=row.id,
        person=as_person(row.booking.person),
        session=session,
        is_wanted=row.is_wanted,
        is_called_off=session.state is SessionState.CANCELLED and row.booking.state in LIVE,
        was_attempted=was_attempted,
        transaction_id=row.transaction_id or row.id,
        graph_event_id=row.graph_event_id,
        told=row.told,
    )


async def note_event(db: AsyncSession, event_id: UUID, graph_event_id: str, told: str) -> None:
    """Remember what Graph calls the event, and what it was told of it."""
    await _note(db, event_id, graph_event_id=graph_event_id, told=told)


async def note_gone(db: AsyncSession, event_id: UUID) -> None:
    """Note that nothing of this event can be left in the calendar; the next is a new one."""
    await _note(
        db, event_id, graph_event_id=None, attempted_at=None, told="", transaction_id=uuid4()
    )


async def _note(db: AsyncSession, event_id: UUID, **values: Any) -> None:
    await db.execute(
        update(CalendarEventRow).where(CalendarEventRow.id == event_id).values(**values)
    )
