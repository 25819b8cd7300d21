"""A lead's changes to a session: set, changed, moved, cancelled, put back on.

Each locks the session first and, in the same transaction, owes everybody on it the news and their
calendars the change. Every change raises the revision, which makes each piece of news its own.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from hub import refusals
from hub.booking import LIVE, BookingState, Session, SessionState, offer_until
from hub.nudges import Nudge, Rule
from hub.people import Person
from hub.refusals import Refusal
from hub.school_year import SchoolCalendar
from hub.session_draft import has_moved, may_change, reads_differently
from store import bookings, calendar_events, meetings, nudges
from store.database import insert_once
from store.sessions import as_session, locked_session, places_taken
from store.tables import BookingRow, SessionRow


async def add(
    db: AsyncSession, session: Session, note: str, now: datetime, set_by: Person | None = None
) -> Session:
    """Set a new session, or give the one that is already there.

    Saved twice it is one: the same id, or the same tier, title, start, venue, strand and slot.
    ``set_by`` is the lead in whose calendar its Teams meeting is kept, if it has one.
    """
    values = _what(session) | {"state": session.state, "school_id": session.school_id}
    is_new = await insert_once(db, SessionRow, id=session.id, override_note=note, **values)
    row = await db.get(SessionRow, session.id) or await _twin_of(db, session)
    if row is None:
        raise LookupError("a session just set is not there")
    if is_new:
        await meetings.follow(db, row, now, set_by)
    return as_session(db, row)


async def change(
    db: AsyncSession,
    current: Session,
    wanted: Session,
    reason: str,
    note: str,
    now: datetime,
    calendar: SchoolCalendar,
    changed_by: Person | None = None,
) -> Session | Refusal:
    """Bring the session ``current`` to what is wanted; the same twice changes nothing.

    ``current`` is the session as it was when the change was thought of: refused when a colleague
    has changed it since. ``reason`` is for everybody booked, ``note`` for the leads. A Teams
    meeting that it now needs is kept in the calendar of ``changed_by``.
    """
    row = await locked_session(db, current.id)
    if row is None:
        return refusals.session_gone()
    before = as_session(db, row)
    if _what(before) == _what(wanted):
        return before
    if row.revision != current.revision:
        return refusals.changed_meanwhile(before.title)
    if refusal := may_change(before, wanted, await places_taken(db, row.id), now):
        return refusal
    is_told = has_moved(before, wanted)
    values = _what(wanted) | {"revision": row.revision + 1}
    values |= {"reason": reason} if is_told else {}
    values |= {"override_note": note} if note else {}
    if not await _is_written(db, row, values):
        return refusals.there_already(wanted.title)
    after = as_session(db, row)
    if reads_differently(before, after):
        await calendar_events.look_again(db, row.id, now)
        await meetings.follow(db, row, now, changed_by)
    if is_told:
        await _shorten_offers(db, after)
        await _tell(db, Rule.SESSION_MOVED, after, now)
    if after.capacity > before.capacity:
        await bookings.offer_free_places(db, after, calendar, now)
    return after


async def cancel(
    db: AsyncSession, session_id: UUID, reason: str, now: datetime, calendar: SchoolCalendar
) -> Session | Refusal:
    """Take a session off; everybody keeps their standing in it, in case it is put back on."""
    del calendar
    row = await locked_session(db, session_id)
    if row is None:
        return refusals.session_gone()
    session = as_session(db, row)
    if session.state is SessionState.CANCELLED:
        return session
    if session.starts_at <= now:
        return refusals.already_started(session.title)
    row.state, row.reason = SessionState.CANCELLED, reason
    row.revision += 1
    await db.flush()
    for booking_id, person_id, _ in await _live(db, session_id):
        await calendar_events.unwant(db, booking_id, person_id, now)
    await meetings.follow(db, row, now)
    await _tell(db, Rule.SESSION_CANCELLED, as_session(db, row), now)
    return as_session(db, row)


async def reinstate(
    db: AsyncSession, session_id: UUID, now: datetime, calendar: SchoolCalendar, note: str = ""
) -> Session | Refusal:
    """Put a cancelled session back on: a slip undone, or the snow has gone.

    ``note`` says why, where the guard rails speak against it.
    """
    row = await locked_session(db, session_id)
    if row is None:
        return refusals.session_gone()
    session = as_session(db, row)
    if session.state is SessionState.SCHEDULED:
        return session
    if session.starts_at <= now:
        return refusals.already_started(session.title)
    values = {"state": SessionState.SCHEDULED, "reason": "", "revision": row.revision + 1}
    values |= {"override_note": note} if note else {}
    # Read now: a row whose write was rolled back can't be read without asking the database again.
    year = row.school_year or "this year"
    if not await _is_written(db, row, values):
        if session.is_school_meeting:
            return refusals.meeting_held(year)
        return refusals.there_already(session.title)
    after = as_session(db, row)
    for booking_id, person_id, state in await _live(db, session_id):
        if state == BookingState.CONFIRMED:
            await calendar_events.want(db, booking_id, person_id, now)
    await meetings.follow(db, row, now)
    await _renew_offers(db, after, calendar, now)
    await bookings.offer_free_places(db, after, calendar, now)
    await _tell(db, Rule.SESSION_BACK_ON, after, now)
    return after


async def _twin_of(db: AsyncSession, session: Session) -> SessionRow | None:
    """The session that stands where this one would, by the table's own key."""
    return await db.scalar(
        select(SessionRow).where(
            SessionRow.tier == session.tier,
            SessionRow.title == session.title,
            SessionRow.starts_at == session.starts_at,
            SessionRow.venue == session.venue,
            SessionRow.strand == session.strand,
            SessionRow.slot == session.slot,
        )
    )


def _what(session: Session) -> dict[str, Any]:
    """Everything of a session that a lead decides, as its row keeps it."""
    return {
        "tier": session.tier,
        "title": session.title,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "venue": session.venue,
        "capacity": session.capacity,
        "online_url": session.online_url,
        "leads": list(session.leads),
        "strand": session.strand,
        "slot": session.slot,
        "audience": sorted(session.audience),
        "released_to_partners_at": session.released_to_partners_at,
        "notes": session.notes,
    }


async def _is_written(db: AsyncSession, row: SessionRow, values: dict[str, Any]) -> bool:
    """Write into the row; False when one of the table's unique rules forbids it."""
    try:
        async with db.begin_nested():
            for name, value in values.items():
                setattr(row, name, value)
            await db.flush()
    except IntegrityError:
        return False
    return True


async def _live(db: AsyncSession, session_id: UUID) -> list[tuple[UUID, UUID, str]]:
    found = await db.execute(
        select(BookingRow.id, BookingRow.person_id, BookingRow.state)
        .where(BookingRow.session_id == session_id, BookingRow.state.in_(list(LIVE)))
        .order_by(BookingRow.arrival)
    )
    return [(booking_id, person_id, state) for booking_id, person_id, state in found.all()]


async def _tell(db: AsyncSession, rule: Rule, session: Session, now: datetime) -> None:
    """Owe everybody on the session this news; older news of its time and place is taken back."""
    live = await _live(db, session.id)
    for older in (Rule.SESSION_MOVED, Rule.SESSION_CANCELLED, Rule.SESSION_BACK_ON):
        await nudges.take_back(db, older, [booking_id for booking_id, *_ in live], now)
    for booking_id, person_id, _ in live:
        key = f"{rule}:{booking_id}:{session.revision}"
        await nudges.plan(db, Nudge(rule, person_id, booking_id, now, key), now)


async def _shorten_offers(db: AsyncSession, session: Session) -> None:
    """An offer never outlasts the session's new start."""
    for row in await _offered(db, session.id):
        if row.offer_until and row.offer_until > session.starts_at:
            row.offer_until = session.starts_at
    await db.flush()


async def _renew_offers(
    db: AsyncSession, session: Session, calendar: SchoolCalendar, now: datetime
) -> None:
    """Whoever had an offer when the session was cancelled has the whole time again."""
    until = offer_until(session, calendar, now)
    for row in await _offered(db, session.id):
        row.offer_until = until or session.starts_at
    await db.flush()


async def _offered(db: AsyncSession, session_id: UUID) -> list[BookingRow]:
    rows = await db.scalars(
        select(BookingRow).where(
            BookingRow.session_id == session_id, BookingRow.state == BookingState.OFFERED
        )
    )
    return list(rows)
