"""What people have to do with toolkits: opened lately, saved, found useful.

The pages themselves are files (bot/loading/toolkits.py); a slug whose page has gone stays here
unseen, and comes back with the page.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, cast, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.people import Person
from hub.toolkits.own import MOST_RECENT, Own, Usefulness
from store.database import insert_once
from store.tables import ToolkitNoteRow


async def own_of(db: AsyncSession, person: Person, slug: str) -> Own:
    """How one toolkit stands with this person."""
    row = await db.get(ToolkitNoteRow, (person.id, slug), populate_existing=True)
    return Own(row.saved_at is not None, row.is_useful) if row else Own()


async def opened(db: AsyncSession, person: Person, slug: str, now: datetime) -> Own:
    """Keep that this person opened it, and forget all but the last ten they opened."""
    await _note(db, person, slug, used_at=now)
    for older in (await recent(db, person))[MOST_RECENT:]:
        await _note(db, person, older, used_at=None)
    nothing_left = (
        ToolkitNoteRow.used_at.is_(None)
        & ToolkitNoteRow.saved_at.is_(None)
        & ToolkitNoteRow.is_useful.is_(None)
    )
    await db.execute(
        delete(ToolkitNoteRow).where(ToolkitNoteRow.person_id == person.id, nothing_left)
    )
    return await own_of(db, person, slug)


async def recent(db: AsyncSession, person: Person, since: datetime | None = None) -> list[str]:
    """The toolkits this person opened, the latest first; none that were opened before ``since``."""
    used_at = ToolkitNoteRow.used_at
    is_recent = used_at >= since if since else used_at.is_not(None)
    found = await db.scalars(
        select(ToolkitNoteRow.slug)
        .where(ToolkitNoteRow.person_id == person.id, is_recent)
        .order_by(ToolkitNoteRow.used_at.desc(), ToolkitNoteRow.slug)
    )
    return list(found)


async def saved(db: AsyncSession, person: Person) -> list[str]:
    """The toolkits this person saved, the latest first."""
    found = await db.scalars(
        select(ToolkitNoteRow.slug)
        .where(ToolkitNoteRow.person_id == person.id, ToolkitNoteRow.saved_at.is_not(None))
        .order_by(ToolkitNoteRow.saved_at.desc(), ToolkitNoteRow.slug)
    )
    return list(found)


async def save(db: AsyncSession, person: Person, slug: str, now: datetime) -> Own:
    """Keep it among this person's own; twice is once."""
    if not (await own_of(db, person, slug)).is_saved:
        await _note(db, person, slug, saved_at=now)
    return await own_of(db, person, slug)


async def take_out(db: AsyncSession, person: Person, slug: str) -> Own:
    """Keep it among this person's own no longer."""
    await _note(db, person, slug, saved_at=None)
    return await own_of(db, person, slug)


async def rate(db: AsyncSession, person: Person, slug: str, *, is_useful: bool) -> Own:
    """Keep whether this person found it useful; again changes it."""
    await _note(db, person, slug, is_useful=is_useful)
    return await own_of(db, person, slug)


async def _note(db: AsyncSession, person: Person, slug: str, **values: Any) -> None:
    keys = {"person_id": person.id, "slug": slug}
    if not await insert_once(db, ToolkitNoteRow, **keys, **values):
        await db.execute(update(ToolkitNoteRow).filter_by(**keys).values(**values))


async def usefulness(db: AsyncSession, slugs: Collection[str]) -> list[Usefulness]:
    """What people say of these toolkits, in counts; for leads, past ``for_leads``."""
    found = await db.execute(
        select(
            ToolkitNoteRow.slug,
            func.sum(cast(ToolkitNoteRow.is_useful, Integer)),
            func.count(),
        )
        .where(ToolkitNoteRow.is_useful.is_not(None), ToolkitNoteRow.slug.in_(slugs))
        .group_by(ToolkitNoteRow.slug)
    )
    return [Usefulness(slug, int(useful or 0), answers) for slug, useful, answers in found]
