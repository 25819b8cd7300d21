"""What somebody who is erased had before them: places, requests and calendar events are given up."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.booking import LIVE
from hub.outbox import ERASED, Kind
from hub.people import Person
from hub.requests import OPEN, State
from hub.school_year import SchoolCalendar
from store import (
    bookings,
    calendar_events,
    meetings,
    outbox,
    request_drafts,
    request_leavers,
    requests,
)
from store.sessions import locked_session
from store.tables import (
    BookingRow,
    CalendarEventRow,
    MeetingRow,
    RequestRow,
    RequestVisitRow,
    SessionRow,
    VisitEventRow,
)

#: What a place says that was given up so.
REASON = "no longer with the Hub"


async def give_up_what_is_to_come(
    db: AsyncSession, person: Person, calendar: SchoolCalendar, now: datetime
) -> None:
    """Let others have what this person held, and owe the removal from their calendar."""
    await _give_up_places(db, person, calendar, now)
    await _end_requests(db, person, now)
    await request_leavers.hand_all_back(db, person, now)
    await _leave_calendars(db, person, now)


async def _give_up_places(
    db: AsyncSession, person: Person, calendar: SchoolCalendar, now: datetime
) -> None:
    """Give up what is to come, in the order in which everybody locks sessions."""
    live = await db.scalars(
        select(BookingRow.id)
        .join(BookingRow.session)
        .where(
            BookingRow.person_id == person.id,
            BookingRow.state.in_(list(LIVE)),
            SessionRow.starts_at > now,
        )
        .order_by(BookingRow.session_id)
    )
    for booking_id in live.all():
        if found := await bookings.held_booking(db, person, booking_id):
            row, session = found
            await bookings.cancel_row(db, row, now, REASON)
            await bookings.offer_free_places(db, session, calendar, now)


async def _end_requests(db: AsyncSession, person: Person, now: datetime) -> None:
    theirs = await db.execute(
        select(RequestRow.id, RequestRow.state)
        .where(RequestRow.person_id == person.id)
        .order_by(RequestRow.id)
    )
    for request_id, state in theirs.all():
        if state == State.DRAFT:
            await request_drafts.discard(db, person, request_id)
        elif state in OPEN:
            await requests.withdraw(db, person, request_id, now)


async def _leave_calendars(db: AsyncSession, person: Person, now: datetime) -> None:
    """Owe the removal of events to come, with all it takes, since no row of theirs is left."""
    events = await db.execute(
        select(CalendarEventRow, SessionRow.id)
        .join(CalendarEventRow.booking)
        .join(BookingRow.session)
        .where(BookingRow.person_id == person.id, SessionRow.ends_at > now)
    )
    for event, session_id in events.all():
        await _owe_removal(db, person, event, {"session": str(session_id)}, now)
    visits = await db.scalars(
        select(VisitEventRow)
        .join(RequestVisitRow, RequestVisitRow.id == VisitEventRow.visit_id)
        .where(VisitEventRow.person_id == person.id, RequestVisitRow.ends_at > now)
    )
    for visit_event in visits.all():
        await _owe_removal(db, person, visit_event, {"visit": str(visit_event.visit_id)}, now)
    held = await db.execute(
        select(MeetingRow, SessionRow)
        .join(MeetingRow.session)
        .where(MeetingRow.organiser_id == person.id, SessionRow.ends_at > now)
        .order_by(SessionRow.id)
    )
    for meeting, _ in held.all():
        session = await locked_session(db, meeting.session_id)
        await _owe_removal(db, person, meeting, {"session": str(meeting.session_id)}, now)
        meeting.organiser_id = meeting.graph_event_id = meeting.attempted_at = None
        meeting.told, meeting.transaction_id = "", uuid4()
        if session is not None:
            # Another lead's calendar takes it over, with a link of its own.
            session.join_url = ""
            await db.flush()
            await calendar_events.look_again(db, session.id, now)
            await meetings.follow(db, session, now)
    theirs = select(BookingRow.id).where(BookingRow.person_id == person.id)
    await db.execute(
        delete(CalendarEventRow)
        .where(CalendarEventRow.booking_id.in_(theirs))
        .execution_options(synchronize_session=False)
    )


async def _owe_removal(
    db: AsyncSession,
    person: Person,
    event: CalendarEventRow | MeetingRow | VisitEventRow,
    about: Mapping[str, str],
    now: datetime,
) -> None:
    """``about`` names the session or the visit: what to ask for again when an answer was lost."""
    if event.graph_event_id is None and event.attempted_at is None:
        return
    told = {
        "user": person.object_id,
        "event": event.graph_event_id,
        "transaction": str(event.transaction_id or event.id),
        **about,
    }
    kind = Kind.VISIT if isinstance(event, VisitEventRow) else Kind.CALENDAR
    await outbox.owe(db, kind, {ERASED: told}, key=f"erased:{uuid4()}", now=now)
