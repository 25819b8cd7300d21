"""The programme as it is loaded: schools, people and sessions, each found again by its own key.

Loading the same thing twice changes nothing; what people did with a session is never touched.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.booking import Session
from hub.people import Person, School
from store.tables import PersonRow, SchoolRow, SessionRow


async def keep_schools(db: AsyncSession, schools: Iterable[School]) -> int:
    """Add or update schools by id; tell how many were new."""
    new = 0
    for school in schools:
        row = await db.get(SchoolRow, school.id)
        if row is None:
            row = SchoolRow(id=school.id)
            db.add(row)
            new += 1
        row.name = school.name
        row.is_partner = school.is_partner
    await db.flush()
    return new


async def keep_people(db: AsyncSession, people: Iterable[Person], now: datetime) -> int:
    """Add people by tenant and object id; those already met keep what they said of themselves."""
    new = 0
    for person in people:
        known = await db.scalar(
            select(PersonRow.id).where(
                PersonRow.tenant_id == person.tenant_id, PersonRow.object_id == person.object_id
            )
        )
        if known is not None:
            continue
        new += 1
        db.add(
            PersonRow(
                id=person.id,
                tenant_id=person.tenant_id,
                object_id=person.object_id,
                name=person.name,
                roles=sorted(person.roles),
                school_id=person.school.id if person.school else None,
                created_at=now,
            )
        )
    await db.flush()
    return new


async def keep_sessions(db: AsyncSession, sessions: Iterable[Session]) -> int:
    """Add sessions that are not there yet, by tier, title, start, venue, strand and slot."""
    new = 0
    for session in sessions:
        known = await db.scalar(
            select(SessionRow.id).where(
                SessionRow.tier == session.tier,
                SessionRow.title == session.title,
                SessionRow.starts_at == session.starts_at,
                SessionRow.venue == session.venue,
                SessionRow.strand == session.strand,
                SessionRow.slot == session.slot,
            )
        )
        if known is not None:
            continue
        new += 1
        db.add(
            SessionRow(
                id=session.id,
                tier=session.tier,
                title=session.title,
                starts_at=session.starts_at,
                ends_at=session.ends_at,
                venue=session.venue,
                online_url=session.online_url,
                capacity=session.capacity,
                leads=list(session.leads),
                strand=session.strand,
                slot=session.slot,
                audience=sorted(session.audience),
                released_to_partners_at=session.released_to_partners_at,
                notes=session.notes,
            )
        )
    await db.flush()
    return new
