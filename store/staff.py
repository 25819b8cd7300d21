"""Who holds which role, for leads: looked up, and put right."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub import refusals
from hub.people import Person, Role
from hub.refusals import Refusal
from hub.staff import NONE_YET, PutRight, StaffSearch, in_doubt, mark_of, roles_after
from store import booking_reads
from store.people import as_person, person_with_id
from store.tables import PersonRow, SchoolRow


async def known_names(db: AsyncSession) -> frozenset[str]:
    """Whole names of everybody of the Hub, and the domains of their mail with an ``@`` before."""
    rows = (await db.execute(select(PersonRow.name, PersonRow.sign_in_name))).all()
    domains = {f"@{address.rpartition('@')[2]}" for _, address in rows if address}
    return frozenset({name for name, _ in rows} | domains)


async def found(
    db: AsyncSession, search: StaffSearch, limit: int, offset: int = 0
) -> tuple[list[Person], int]:
    """One page of the people searched for, by school and name, and how many there are in all."""
    here = PersonRow.left_at.is_(None)
    wanted = [here, *_by_name(search.name), *_by_role(search.role), *_by_school(search.school_id)]
    count = await db.scalar(select(func.count(PersonRow.id)).where(*wanted))
    rows = await db.scalars(
        select(PersonRow)
        .outerjoin(PersonRow.school)
        .options(joinedload(PersonRow.school))
        .where(*wanted)
        .order_by(SchoolRow.name.is_(None), SchoolRow.name, PersonRow.name, PersonRow.id)
        .limit(limit)
        .offset(offset)
    )
    return [as_person(row) for row in rows], count or 0


def _by_name(name: str) -> list[ColumnElement[bool]]:
    return [PersonRow.name.icontains(name, autoescape=True)] if name else []


def _by_role(role: str) -> list[ColumnElement[bool]]:
    # Roles are a JSON list of names; a whole name is found between its quotation marks.
    written = cast(PersonRow.roles, String)
    if role == NONE_YET:
        return [written == "[]", PersonRow.is_appointed.is_(False)]
    if role == Role.LEAD:
        return [or_(PersonRow.is_appointed, written.contains(f'"{role}"'))]
    return [written.contains(f'"{role}"', autoescape=True)] if role else []


def _by_school(school_id: str) -> list[ColumnElement[bool]]:
    if school_id == NONE_YET:
        return [PersonRow.school_id.is_(None)]
    return [PersonRow.school_id == school_id] if school_id else []


async def put_right(
    db: AsyncSession,
    person_id: UUID,
    roles: Iterable[Role],
    school_id: str | None,
    *,
    seen: str,
    now: datetime,
) -> PutRight | Refusal:
    """Give somebody the roles and the school that a lead says are theirs.

    ``seen`` is the mark of what the lead was shown: what somebody else changed since is not
    overwritten unseen. Bookings stay; those that no longer fit are named.
    """
    row = await db.get(
        PersonRow,
        person_id,
        options=[joinedload(PersonRow.school)],
        with_for_update={"of": PersonRow},
        populate_existing=True,
    )
    if row is None:
        return refusals.person_gone()
    if school_id is not None and await db.get(SchoolRow, school_id) is None:
        return refusals.not_understood()
    held = [Role(name) for name in row.roles]
    given = sorted(role.value for role in roles_after(held, roles))
    has_changed = (sorted(row.roles), row.school_id) != (given, school_id)
    if has_changed and mark_of(as_person(row)) != seen:
        return refusals.person_changed(row.name)
    row.roles, row.school_id = given, school_id
    await db.flush()
    db.expire(row)
    return await _as_put_right(db, person_id, now)


async def _as_put_right(db: AsyncSession, person_id: UUID, now: datetime) -> PutRight | Refusal:
    person = await person_with_id(db, person_id)
    if person is None:
        return refusals.person_gone()
    return PutRight(
        person, in_doubt(person, await booking_reads.bookings_to_come(db, person, now), now)
    )
