"""Who has no mailbox in Microsoft 365, as Graph last said: nothing can be put into their calendar.

Noted once for a person, so that not every booking of theirs asks in vain; asked again each week.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from store.tables import PersonRow

#: A mailbox that is being set up, or is moved from the trust's own servers, is found after this.
ASK_AGAIN = timedelta(days=7)


async def has_no_mailbox(db: AsyncSession, person_id: UUID) -> bool:
    """Whether Graph said that this person has none; such people are told in other ways."""
    return await _since(db, person_id) is not None


async def is_worth_asking(db: AsyncSession, person_id: UUID, now: datetime) -> bool:
    """Whether a call about this person's calendar may find one."""
    since = await _since(db, person_id)
    return since is None or since <= now - ASK_AGAIN


async def note_no_mailbox(db: AsyncSession, person_id: UUID, now: datetime) -> None:
    """Remember that Graph found no mailbox."""
    await db.execute(update(PersonRow).where(PersonRow.id == person_id).values(no_mailbox_at=now))


async def note_mailbox(db: AsyncSession, person_id: UUID) -> None:
    """Remember that there is one after all."""
    await db.execute(
        update(PersonRow)
        .where(PersonRow.id == person_id, PersonRow.no_mailbox_at.is_not(None))
        .values(no_mailbox_at=None)
    )


async def _since(db: AsyncSession, person_id: UUID) -> datetime | None:
    return await db.scalar(select(PersonRow.no_mailbox_at).where(PersonRow.id == person_id))
