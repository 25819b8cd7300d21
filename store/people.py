"""People and schools: found or made from an authenticated identity, changed only by themselves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub.people import Person, Role, School
from store.database import insert_once
from store.tables import PersonRow, SchoolRow


async def person_with_id(db: AsyncSession, person_id: UUID) -> Person | None:
    """The person with our own id; None when erased."""
    row = await db.get(PersonRow, person_id, options=[joinedload(PersonRow.school)])
    return as_person(row) if row else None


async def person_of(db: AsyncSession, tenant_id: str, object_id: str) -> Person | None:
    """The person behind an identity; None for somebody the bot has not met."""
    row = await db.scalar(
        select(PersonRow)
        .options(joinedload(PersonRow.school))
        .where(PersonRow.tenant_id == tenant_id, PersonRow.object_id == object_id)
    )
    return as_person(row) if row else None


async def meet(
    db: AsyncSession, tenant_id: str, object_id: str, name: str, now: datetime
) -> Person:
    """The person behind an identity, made when new.

    Two first messages at once make one person.
    """
    await insert_once(
        db,
        PersonRow,
        tenant_id=tenant_id,
        object_id=object_id,
        name=name[:200],
        roles=[],
        created_at=now,
    )
    person = await person_of(db, tenant_id, object_id)
    if person is None:
        raise LookupError("a person just met is not there")
    return person


async def set_wants_nudges(db: AsyncSession, person: Person, *, wanted: bool) -> None:
    """Turn this person's own reminders on or off."""
    await db.execute(update(PersonRow).where(PersonRow.id == person.id).values(wants_nudges=wanted))


def as_person(row: PersonRow) -> Person:
    """The value for a row whose school is loaded."""
    return Person(
        id=row.id,
        tenant_id=row.tenant_id,
        object_id=row.object_id,
        name=row.name,
        roles=frozenset(Role(name) for name in row.roles)
        | ({Role.LEAD} if row.is_appointed else frozenset()),
        school=_as_school(row.school) if row.school else None,
        wants_nudges=row.wants_nudges,
        is_guest=row.is_guest,
        introduced_at=row.introduced_at,
    )


def _as_school(row: SchoolRow) -> School:
    return School(id=row.id, name=row.name, is_partner=row.is_partner)
