"""One person's calendar event for one booking: wanted or not, tried or not, there or not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub.booking import Session
from hub.outbox import Kind
from hub.people import Person
from store import outbox
from store.people import as_person
from store.sessions import as_session
from store.tables import BookingRow, CalendarEventRow, PersonRow


@dataclass(frozen=True)
class CalendarEvent:
    """What should be, and what is known to be, in one person's calendar."""

    #: Also Graph's ``transactionId``.
    id: UUID
    booking_id: UUID
    person: Person
    session: Session
    is_wanted: bool
    was_attempted: bool
    graph_event_id: str | None
    #: Whether the session has moved since Graph was last told.
    is_outdated: bool


async def want(db: AsyncSession, booking_id: UUID, person_id: UUID, now: datetime) -> None:
    """Owe a calendar event for a booking that was just confirmed."""
    event_id = uuid4()
    db.add(CalendarEventRow(id=event_id, booking_id=booking_id, is_wanted=True))
    await db.flush()
    await _owe_a_look(db, event_id, booking_id, person_id, "put", now)


async def unwant(db: AsyncSession, booking_id: UUID, person_id: UUID, now: datetime) -> None:
    """Owe the removal of whatever event this booking has."""
    wanted = await db.scalars(
        select(CalendarEventRow.id).where(
            CalendarEventRow.booking_id == booking_id, CalendarEventRow.is_wanted
        )
    )
    for event_id in wanted.all():
        await db.execute(
            update(CalendarEventRow).where(CalendarEventRow.id == event_id).values(is_wanted=False)
        )
        await _owe_a_look(db, event_id, booking_id, person_id, "remove", now)


async def move(db: AsyncSession, session_id: UUID, revision: int, now: datetime) -> None:
    """Owe a change of every event that this session has in people's calendars."""
    events = await db.execute(
        select(CalendarEventRow.id, CalendarEventRow.booking_id, BookingRow.person_id)
        .join(CalendarEventRow.booking)
        .where(BookingRow.session_id == session_id, CalendarEventRow.is_wanted)
    )
    for event_id, booking_id, person_id in events.all():
        await _owe_a_look(db, event_id, booking_id, person_id, f"move-{revision}", now)


async def _owe_a_look(
    db: AsyncSession, event_id: UUID, booking_id: UUID, person_id: UUID, step: str, now: datetime
) -> None:
    # One lane a booking: a removal never overtakes the creation that it undoes.
    await outbox.owe(
        db,
        Kind.CALENDAR,
        {"calendar_event": str(event_id)},
        key=f"calendar:{event_id}:{step}",
        now=now,
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
    return CalendarEvent(
        id=row.id,
        booking_id=row.booking_id,
        person=as_person(row.booking.person),
        session=as_session(db, row.booking.session),
        is_wanted=row.is_wanted,
        was_attempted=was_attempted,
        graph_event_id=row.graph_event_id,
        is_outdated=row.revision != row.booking.session.revision,
    )


async def note_graph_event(db: AsyncSession, event_id: UUID, graph_event_id: str | None) -> None:
    """Remember what Graph calls the event; None once it is gone."""
    await db.execute(
        update(CalendarEventRow)
        .where(CalendarEventRow.id == event_id)
        .values(graph_event_id=graph_event_id)
    )


async def forget_attempt(db: AsyncSession, event_id: UUID) -> None:
    """Note that nothing of this event can be left in the calendar."""
    await db.execute(
        update(CalendarEventRow).where(CalendarEventRow.id == event_id).values(attempted_at=None)
    )


async def note_revision(db: AsyncSession, event_id: UUID, revision: int) -> None:
    """Remember which revision of the session Graph was told."""
    await db.execute(
        update(CalendarEventRow).where(CalendarEventRow.id == event_id).values(revision=revision)
    )
