"""The programme: sessions to come, and how full each is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.booking import HOLDS_A_PLACE, BookingState, OpenSession, Session, SessionState
from hub.people import Person, Role
from store.database import zone_of
from store.tables import BookingRow, SessionRow


async def open_sessions(
    db: AsyncSession,
    person: Person,
    now: datetime,
    *,
    tier: str | None = None,
    limit: int,
    offset: int = 0,
) -> list[OpenSession]:
    """Sessions still to come that this person may see, soonest first, as they stand for them.

    One query, however many sessions. Cancelled sessions are left out, and for partner schools
    those not yet released.
    """
    chosen = (
        _as_it_stands_for(person)
        .where(SessionRow.starts_at > now, SessionRow.state == SessionState.SCHEDULED)
        # A school's own meeting is not on the programme.
        .where(or_(SessionRow.tier != "5", SessionRow.school_id.is_(None)))
        .order_by(SessionRow.starts_at, SessionRow.title, SessionRow.id)
        .limit(limit)
        .offset(offset)
    )
    if tier is not None:
        chosen = chosen.where(SessionRow.tier == tier)
    if person.is_from_partner:
        chosen = chosen.where(SessionRow.released_to_partners_at <= now)
    return [_as_open_session(db, found) for found in await db.execute(chosen)]


async def open_session(db: AsyncSession, person: Person, session_id: UUID) -> OpenSession | None:
    """One session as it stands for one person, over or not; None when there is none."""
    chosen = _as_it_stands_for(person).where(SessionRow.id == session_id)
    found = (await db.execute(chosen)).one_or_none()
    return _as_open_session(db, found) if found else None


def _as_it_stands_for(person: Person) -> Select[Any]:
    own = (
        select(BookingRow.state)
        .where(BookingRow.session_id == SessionRow.id, BookingRow.person_id == person.id)
        .scalar_subquery()
    )
    return select(
        SessionRow, _bookings_in(HOLDS_A_PLACE), _bookings_in({BookingState.WAITING}), own
    )


def _bookings_in(states: Iterable[BookingState]) -> ScalarSelect[int]:
    return (
        select(func.count(BookingRow.id))
        .where(BookingRow.session_id == SessionRow.id, BookingRow.state.in_(list(states)))
        .scalar_subquery()
    )


def _as_open_session(db: AsyncSession, found: Any) -> OpenSession:
    row, taken, waiting, own = found
    return OpenSession(
        session=as_session(db, row),
        places_left=max(0, row.capacity - taken),
        waiting=waiting,
        own=BookingState(own) if own else None,
    )


async def places_taken(db: AsyncSession, session_id: UUID) -> int:
    """How many places of a session are held, by confirmation or by an offer."""
    taken = await db.scalar(
        select(func.count(BookingRow.id)).where(
            BookingRow.session_id == session_id, BookingRow.state.in_(list(HOLDS_A_PLACE))
        )
    )
    return taken or 0


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
    )
