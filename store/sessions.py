"""The programme: sessions to come, and how full each is."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.booking import (
    HOLDS_A_PLACE,
    BookingState,
    OpenSession,
    Session,
    SessionState,
    is_meant_for,
)
from hub.inset_day import InsetDay, inset_days
from hub.offer import INSET_TIER, SCHOOL_MEETING_TIER
from hub.people import Person, Role
from hub.programme import Sought
from hub.school_year import ONE_DAY
from store.database import zone_of
from store.tables import BookingRow, SessionRow

EVERYTHING = Sought(for_all=True)
#: A school year's programme with room to spare; no list is longer.
MOST = 500


async def open_sessions(
    db: AsyncSession, person: Person, now: datetime, sought: Sought = EVERYTHING
) -> list[OpenSession]:
    """Sessions still to come that this person may see, soonest first, as they stand for them.

    One query, however many sessions. Cancelled sessions are left out, and for partner schools
    those not yet released.
    """
    chosen = _as_it_stands_for(person).where(
        SessionRow.starts_at > now,
        # A school's own meeting is not on the programme.
        or_(SessionRow.tier != SCHOOL_MEETING_TIER, SessionRow.school_id.is_(None)),
    )
    return await _found(db, person, now, chosen, sought)


async def sessions_of_year(
    db: AsyncSession, person: Person, now: datetime, sought: Sought
) -> list[OpenSession]:
    """The same with those that are over: a series as a whole, between the days asked for."""
    return await _found(db, person, now, _as_it_stands_for(person), sought)


async def inset_day(db: AsyncSession, person: Person, on: date, now: datetime) -> InsetDay | None:
    """The strands of one INSET day that are still to come; None when there are none."""
    sought = Sought(tier=INSET_TIER, starts_on=on, ends_on=on)
    return next(iter(inset_days(await open_sessions(db, person, now, sought))), None)


async def _found(
    db: AsyncSession, person: Person, now: datetime, chosen: Select[Any], sought: Sought
) -> list[OpenSession]:
    chosen = chosen.where(SessionRow.state == SessionState.SCHEDULED, *_within(db, sought))
    if person.is_from_partner:
        chosen = chosen.where(SessionRow.released_to_partners_at <= now)
    chosen = chosen.order_by(SessionRow.starts_at, SessionRow.title, SessionRow.id).limit(MOST)
    found = [_as_open_session(db, person, row) for row in await db.execute(chosen)]
    return [each for each in found if _is_sought(each, person, sought)]


def _within(db: AsyncSession, sought: Sought) -> Iterator[ColumnElement[bool]]:
    zone = zone_of(db)
    if sought.tier is not None:
        yield SessionRow.tier == sought.tier
    if sought.starts_on:
        yield SessionRow.starts_at >= datetime.combine(sought.starts_on, time(0), zone)
    if sought.ends_on:
        yield SessionRow.starts_at < datetime.combine(sought.ends_on + ONE_DAY, time(0), zone)
    if sought.place:
        yield SessionRow.venue.icontains(sought.place, autoescape=True)


def _is_sought(shown: OpenSession, person: Person, sought: Sought) -> bool:
    """Roles are kept as lists, and are told apart here; a school meeting is its people's only."""
    session = shown.session
    if session.is_school_meeting and shown.own is None:
        return False
    if not sought.suits.takes(session):
        return False
    if sought.is_mine_only:
        return person.is_lead or is_meant_for(session, person)
    return not sought.role or not session.audience or sought.role in session.audience


async def open_session(db: AsyncSession, person: Person, session_id: UUID) -> OpenSession | None:
    """One session as it stands for one person, over or not; None when there is none."""
    chosen = _as_it_stands_for(person).where(SessionRow.id == session_id)
    found = (await db.execute(chosen)).one_or_none()
    return _as_open_session(db, person, found) if found else None


def _as_it_stands_for(person: Person) -> Select[Any]:
    own = (
        select(BookingRow.state)
        .where(BookingRow.session_id == SessionRow.id, BookingRow.person_id == person.id)
        .scalar_subquery()
    )
    return select(SessionRow, bookings_in(HOLDS_A_PLACE), bookings_in({BookingState.WAITING}), own)


def bookings_in(states: Iterable[BookingState]) -> ScalarSelect[int]:
    """How many bookings of a session are in one of these states, as part of a larger question."""
    return (
        select(func.count(BookingRow.id))
        .where(BookingRow.session_id == SessionRow.id, BookingRow.state.in_(list(states)))
        .scalar_subquery()
    )


def _as_open_session(db: AsyncSession, person: Person, found: Any) -> OpenSession:
    row, taken, waiting, own = found
    session = as_session(db, row)
    return OpenSession(
        session=session,
        places_left=max(0, row.capacity - taken),
        waiting=waiting,
        own=BookingState(own) if own else None,
        is_for_me=is_meant_for(session, person),
    )


async def places_taken(db: AsyncSession, session_id: UUID) -> int:
    """How many places of a session are held, by confirmation or by an offer."""
    taken = await db.scalar(
        select(func.count(BookingRow.id)).where(
            BookingRow.session_id == session_id, BookingRow.state.in_(list(HOLDS_A_PLACE))
        )
    )
    return taken or 0


async def session_with_id(db: AsyncSession, session_id: UUID) -> Session | None:
    """One session, whoever asks; None when it is not there."""
    row = await db.get(SessionRow, session_id)
    return as_session(db, row) if row else None


async def locked_session(db: AsyncSession, session_id: UUID) -> SessionRow | None:
    """The row of a session, held until the transaction ends.

    Every change to a session's places takes this lock first, so that no two decisions count the
    same free place. (SQLite holds its one write lock already.)
    """
    return await db.get(SessionRow, session_id, with_for_update=True, populate_existing=True)


def as_session(db: AsyncSession, row: SessionRow) -> Session:
    """The value for a row, its times in the Hub's zone."""
    zone = zone_of(db)
    released = row.released_to_partners_at
    return Session(
        id=row.id,
        tier=row.tier,
        title=row.title,
        starts_at=row.starts_at.astimezone(zone),
        ends_at=row.ends_at.astimezone(zone),
        venue=row.venue,
        capacity=row.capacity,
        online_url=row.online_url,
        leads=tuple(row.leads),
        strand=row.strand,
        slot=row.slot,
        audience=frozenset(Role(name) for name in row.audience),
        state=SessionState(row.state),
        notes=row.notes,
        released_to_partners_at=released.astimezone(zone) if released else None,
        school_id=row.school_id,
        revision=row.revision,
        reason=row.reason,
        join_url=row.join_url,
    )
