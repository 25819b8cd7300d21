"""The programme as it is loaded: schools, people and sessions, each found again by its own key.

Loading the same thing twice changes nothing; what people did with a session is never touched.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.booking import HOLDS_A_PLACE, BookingState, Session
from hub.people import Person, School
from store import meetings
from store.database import insert_once
from store.sessions import as_session
from store.tables import BookingRow, PersonRow, Row, SchoolRow, SessionRow

AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass
class Kept:
    """What became of the things given to be kept."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def count(self, *, is_new: bool, has_changed: bool) -> None:
        """Count one thing."""
        if is_new:
            self.added += 1
        elif has_changed:
            self.changed += 1
        else:
            self.unchanged += 1


async def schools(db: AsyncSession) -> list[School]:
    """Every school, by name."""
    rows = await db.scalars(select(SchoolRow).order_by(SchoolRow.name))
    return [School(row.id, row.name, row.is_partner) for row in rows]


async def sessions(db: AsyncSession) -> list[Session]:
    """The whole programme, what is over and what is cancelled too, in order of time."""
    rows = await db.scalars(select(SessionRow).order_by(SessionRow.starts_at, SessionRow.id))
    return [as_session(db, row) for row in rows]


async def places_held(db: AsyncSession) -> dict[UUID, int]:
    """How many places of each session are booked or on offer; sessions without any are left out."""
    held = await db.execute(
        select(BookingRow.session_id, func.count(BookingRow.id))
        .where(BookingRow.state.in_(list(HOLDS_A_PLACE)))
        .group_by(BookingRow.session_id)
    )
    return {row[0]: row[1] for row in held}


async def keep_schools(db: AsyncSession, found: Iterable[School]) -> Kept:
    """Add or update schools by id."""
    kept = Kept()
    for school in found:
        row = await db.get(SchoolRow, school.id)
        is_new = row is None
        row = row or _added(db, SchoolRow(id=school.id))
        changed = _set(row, {"name": school.name, "is_partner": school.is_partner})
        kept.count(is_new=is_new, has_changed=changed)
    await db.flush()
    return kept


async def keep_people(db: AsyncSession, people: Iterable[Person], now: datetime) -> Kept:
    """Add people by tenant and object id; those already met keep what they said of themselves."""
    kept = Kept()
    for person in people:
        is_new = await _person_row(db, person) is None
        if is_new:
            row = PersonRow(id=person.id, **_identity(person), created_at=now)
            sign_in_name = {"sign_in_name": person.sign_in_name or None}
            _set(_added(db, row), _facts(person) | sign_in_name)
        kept.count(is_new=is_new, has_changed=False)
    await db.flush()
    return kept


async def load_people(
    db: AsyncSession, people: Iterable[Person], sign_in_names: Mapping[str, str], now: datetime
) -> Kept:
    """Add people, or put right what the trust's own file says of them: it goes before their word.

    ``sign_in_names`` are by object id. An empty cell leaves what is known as it is.
    """
    kept = Kept()
    for person in people:
        row = await _person_row(db, person)
        is_new = row is None
        if row is None:
            row = PersonRow(id=person.id, **_identity(person), created_at=now, roles=[])
            db.add(row)
        facts = _facts(person) | {"sign_in_name": sign_in_names.get(person.object_id)}
        changed = _set(row, {name: value for name, value in facts.items() if value})
        kept.count(is_new=is_new, has_changed=changed)
    await db.flush()
    return kept


async def _person_row(db: AsyncSession, person: Person) -> PersonRow | None:
    return await db.scalar(
        select(PersonRow).where(
            PersonRow.tenant_id == person.tenant_id, PersonRow.object_id == person.object_id
        )
    )


def _identity(person: Person) -> dict[str, str]:
    return {"tenant_id": person.tenant_id, "object_id": person.object_id}


def _facts(person: Person) -> dict[str, Any]:
    school_id = person.school.id if person.school else None
    return {"name": person.name, "roles": sorted(person.roles), "school_id": school_id}


async def keep_sessions(db: AsyncSession, found: Iterable[Session]) -> Kept:
    """Add or update sessions, found by tier, title, start, venue, strand and slot."""
    kept = Kept()
    for session in found:
        row = await db.scalar(
            select(SessionRow).where(
                SessionRow.tier == session.tier,
                SessionRow.title == session.title,
                SessionRow.starts_at == session.starts_at,
                SessionRow.venue == session.venue,
                SessionRow.strand == session.strand,
                SessionRow.slot == session.slot,
            )
        )
        is_new = row is None
        row = row or _added(db, _session_row(session))
        changed = _set(row, _details(session))
        kept.count(is_new=is_new, has_changed=changed)
    await db.flush()
    return kept


async def keep_attendance(
    db: AsyncSession, attendance: Iterable[tuple[Person, Session]], now: datetime
) -> None:
    """Note that these people came to these sessions; who has a booking keeps it as it is."""
    sessions = set((await db.scalars(select(SessionRow.id))).all())
    people = set((await db.scalars(select(PersonRow.id))).all())
    for arrival, (person, session) in enumerate(attendance, start=1):
        if session.id in sessions and person.id in people:
            await insert_once(
                db,
                BookingRow,
                person_id=person.id,
                session_id=session.id,
                state=BookingState.ATTENDED,
                arrival=arrival,
                created_at=now,
                since=session.ends_at,
            )


async def add_session(db: AsyncSession, session: Session, now: datetime) -> None:
    """Put one more session into the programme."""
    row = _added(db, _session_row(session))
    _set(row, _details(session))
    await db.flush()
    await meetings.follow(db, row, now)


async def note_meeting(
    db: AsyncSession, session_id: UUID, school_id: str, school_year: str | None
) -> None:
    """Note for which school and year a Tier 5 meeting counts: one for each of the two."""
    await db.execute(
        update(SessionRow)
        .where(SessionRow.id == session_id)
        .values(school_id=school_id, school_year=school_year)
    )


def _details(session: Session) -> dict[str, Any]:
    return {
        "ends_at": session.ends_at,
        "online_url": session.online_url,
        "capacity": session.capacity,
        "leads": list(session.leads),
        "audience": sorted(session.audience),
        "released_to_partners_at": session.released_to_partners_at,
        "notes": session.notes,
    }


def _session_row(session: Session) -> SessionRow:
    return SessionRow(
        id=session.id,
        tier=session.tier,
        title=session.title,
        starts_at=session.starts_at,
        venue=session.venue,
        strand=session.strand,
        slot=session.slot,
    )


def _added(db: AsyncSession, row: AnyRow) -> AnyRow:
    db.add(row)
    return row


def _set(row: Row, values: Mapping[str, Any]) -> bool:
    """Write values into a row; tell whether any was different."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)
