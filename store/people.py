"""People and schools: found or made from an authenticated identity, changed only by themselves."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub.directory import Profile
from hub.people import GIVEN_BY_THE_TRUST, NAMELESS, Person, Role, School, Standing
from store.database import insert_once
from store.tables import ErasedIdentityRow, PersonRow, SchoolRow


async def person_with_id(db: AsyncSession, person_id: UUID) -> Person | None:
    """The person with our own id; None when erased."""
    row = await db.get(PersonRow, person_id, options=[joinedload(PersonRow.school)])
    return as_person(row) if row else None


async def people_with_ids(db: AsyncSession, ids: Collection[UUID]) -> list[Person]:
    """The people with these ids, as far as they are there."""
    rows = await db.scalars(
        select(PersonRow).options(joinedload(PersonRow.school)).where(PersonRow.id.in_(ids))
    )
    return [as_person(row) for row in rows]


async def person_of(db: AsyncSession, tenant_id: str, object_id: str) -> Person | None:
    """The person behind an identity; None for somebody the bot has not met."""
    row = await db.scalar(
        select(PersonRow)
        .options(joinedload(PersonRow.school))
        .where(PersonRow.tenant_id == tenant_id, PersonRow.object_id == object_id)
    )
    return as_person(row) if row else None


def digest_of(tenant_id: str, object_id: str) -> str:
    """What tells an identity again that is not kept; it cannot be read back."""
    return hashlib.sha256(f"{tenant_id}/{object_id}".encode()).hexdigest()


async def meet(
    db: AsyncSession, tenant_id: str, object_id: str, name: str, now: datetime
) -> Person:
    """The person behind an identity, made when new.

    Two first messages at once make one person. Somebody who had been erased has come back.
    """
    await db.execute(
        delete(ErasedIdentityRow).where(ErasedIdentityRow.digest == digest_of(tenant_id, object_id))
    )
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


async def note_guess(
    db: AsyncSession, person: Person, roles: frozenset[Role], school: School | None
) -> None:
    """Keep what the directory suggests of somebody, where it does; it stays to be confirmed."""
    suggested: dict[str, Any] = {"roles": sorted(roles)} if roles else {}
    if school:
        suggested["school_id"] = school.id
    await db.execute(
        update(PersonRow)
        .where(PersonRow.id == person.id, PersonRow.introduced_at.is_(None))
        .values(**suggested)
    )


async def introduce(
    db: AsyncSession, person: Person, roles: frozenset[Role], school_id: str | None, now: datetime
) -> None:
    """Keep who this person says they are. What the settings give is kept elsewhere."""
    row = await db.get(PersonRow, person.id)
    if row is None:
        return
    given = set(row.roles) & GIVEN_BY_THE_TRUST
    row.roles = sorted((roles - GIVEN_BY_THE_TRUST) | given)
    row.school_id = school_id
    row.introduced_at = now
    await db.flush()


async def set_wants_nudges(db: AsyncSession, person: Person, *, wanted: bool) -> None:
    """Turn this person's own reminders on or off."""
    await db.execute(update(PersonRow).where(PersonRow.id == person.id).values(wants_nudges=wanted))


async def note_standing(db: AsyncSession, person: Person, standing: Standing) -> None:
    """Keep how this person stands to the trust; a lead stays one until the settings are read."""
    values = {"sign_in_name": standing.sign_in_name or None, "is_guest": standing.is_guest}
    if standing.is_lead and not person.is_lead:
        values |= {"is_appointed": True}
    await db.execute(update(PersonRow).where(PersonRow.id == person.id).values(**values))


async def welcome_back(db: AsyncSession, person: Person) -> None:
    """Take somebody for staff again who had left: they have written to the bot."""
    await db.execute(update(PersonRow).where(PersonRow.id == person.id).values(left_at=None))


async def appoint(
    db: AsyncSession, tenant_id: str, found: Iterable[Profile], now: datetime
) -> None:
    """Make these people leads, and meet those who are new.

    With no ``tenant_id`` (local mode) nobody new is met, since a person needs one.
    """
    wanted = {profile.object_id: profile for profile in found}
    chosen = select(PersonRow).where(PersonRow.object_id.in_(wanted))
    if tenant_id:
        chosen = chosen.where(PersonRow.tenant_id == tenant_id)
    for row in await db.scalars(chosen):
        row.is_appointed = True
        row.sign_in_name = wanted.pop(row.object_id).sign_in_name or row.sign_in_name
    for object_id, profile in wanted.items() if tenant_id else ():
        await insert_once(
            db,
            PersonRow,
            tenant_id=tenant_id,
            object_id=object_id,
            name=(profile.name or NAMELESS)[:200],
            sign_in_name=profile.sign_in_name or None,
            roles=[],
            is_guest=profile.is_guest,
            is_appointed=True,
            created_at=now,
        )


async def appoint_known(db: AsyncSession, names: Collection[str]) -> list[Person]:
    """Make leads of those whose object id or sign-in name is listed, as far as they are known."""
    listed = or_(PersonRow.object_id.in_(names), PersonRow.sign_in_name.in_(names))
    rows = await db.scalars(select(PersonRow).options(joinedload(PersonRow.school)).where(listed))
    known = list(rows)
    for row in known:
        row.is_appointed = True
    return [as_person(row) for row in known]


async def appoint_nobody_but(db: AsyncSession, object_ids: Collection[str]) -> None:
    """Take the role that the settings gave away from everybody else."""
    await db.flush()
    await db.execute(
        update(PersonRow)
        .where(PersonRow.is_appointed, PersonRow.object_id.not_in(object_ids))
        .values(is_appointed=False)
    )


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
        sign_in_name=row.sign_in_name or "",
        left_at=row.left_at,
        has_mailbox=row.no_mailbox_at is None,
    )


def _as_school(row: SchoolRow) -> School:
    return School(id=row.id, name=row.name, is_partner=row.is_partner)
