"""A lead's changes to a session that stands: moved, changed, cancelled, each told to the booked.

Each locks the session first; what it owes people and calendars is written in its transaction.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub import refusals
from hub.booking import LIVE, Session, SessionState
from hub.nudges import Nudge, Rule
from hub.refusals import Refusal
from hub.school_year import SchoolCalendar
from store import bookings, calendar_events, nudges
from store.sessions import as_session, locked_session, places_taken
from store.tables import BookingRow, SessionRow


async def change(
    db: AsyncSession,
    current: Session,
    wanted: Session,
    reason: str,
    note: str,
    now: datetime,
    calendar: SchoolCalendar,
) -> Session | Refusal:
    """Bring the session ``current`` to what is wanted; people keep their bookings.

    ``reason`` is for everybody booked when time or place change, ``note`` for the leads.
    """
    row = await locked_session(db, current.id)
    if row is None:
        return refusals.session_gone()
    before = as_session(db, row)
    held = await places_taken(db, row.id)
    if wanted.capacity < min(before.capacity, held):
        return refusals.places_held(before.title, held)
    for name, value in _what(wanted).items():
        setattr(row, name, value)
    row.override_note = note or row.override_note
    if _when_and_where(before) != _when_and_where(wanted):
        row.reason = reason
        row.revision += 1
        await db.flush()
        await calendar_events.move(db, row.id, row.revision, now)
        await _tell(db, Rule.SESSION_MOVED, row, now)
    await db.flush()
    after = as_session(db, row)
    if after.capacity > before.capacity:
        await bookings.offer_free_places(db, after, calendar, now)
    return after


def _what(session: Session) -> dict[str, Any]:
    return {
        "title": session.title,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "venue": session.venue,
        "capacity": session.capacity,
        "online_url": session.online_url,
        "leads": list(session.leads),
        "audience": sorted(session.audience),
        "released_to_partners_at": session.released_to_partners_at,
        "notes": session.notes,
    }


def _when_and_where(session: Session) -> tuple[object, ...]:
    return session.starts_at, session.ends_at, session.venue, session.online_url


async def cancel(
    db: AsyncSession, session_id: UUID, reason: str, now: datetime, calendar: SchoolCalendar
) -> Session | Refusal:
    """Take a session off; everybody keeps their standing in it, and is told."""
    del calendar
    row = await locked_session(db, session_id)
    if row is None:
        return refusals.session_gone()
    if row.state == SessionState.CANCELLED:
        return as_session(db, row)
    row.state, row.reason = SessionState.CANCELLED, reason
    row.revision += 1
    await db.flush()
    for booking_id, person_id in await _live(db, row):
        await calendar_events.unwant(db, booking_id, person_id, now)
    await _tell(db, Rule.SESSION_CANCELLED, row, now)
    return as_session(db, row)


async def _tell(db: AsyncSession, rule: Rule, row: SessionRow, now: datetime) -> None:
    for booking_id, person_id in await _live(db, row):
        key = f"{rule}:{booking_id}:{row.revision}"
        await nudges.plan(db, Nudge(rule, person_id, booking_id, now, key), now)


async def _live(db: AsyncSession, row: SessionRow) -> list[tuple[UUID, UUID]]:
    found = await db.execute(
        select(BookingRow.id, BookingRow.person_id)
        .where(BookingRow.session_id == row.id, BookingRow.state.in_(list(LIVE)))
        .order_by(BookingRow.arrival)
    )
    return [(booking_id, person_id) for booking_id, person_id in found.all()]
