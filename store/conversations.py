"""Where each person's private chat is, so that the bot can write first and welcomes only once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from store.database import insert_once
from store.tables import ConversationRow


@dataclass(frozen=True)
class Place:
    """A private chat, with what the Bot Connector needs to reach it."""

    conversation_id: str
    service_url: str
    channel_id: str
    bot_id: str
    user_id: str


async def remember_place(db: AsyncSession, person_id: UUID, place: Place, now: datetime) -> None:
    """Keep the newest private chat of a person; one that moved replaces the old."""
    values = {
        "conversation_id": place.conversation_id,
        "service_url": place.service_url,
        "channel_id": place.channel_id,
        "bot_id": place.bot_id,
        "user_id": place.user_id,
        "seen_at": now,
    }
    if not await insert_once(db, ConversationRow, person_id=person_id, **values):
        await db.execute(
            update(ConversationRow).where(ConversationRow.person_id == person_id).values(**values)
        )


async def place_of(db: AsyncSession, person_id: UUID) -> Place | None:
    """A person's private chat; None when the app was never opened or installed for them."""
    row = await db.get(ConversationRow, person_id)
    if row is None:
        return None
    return Place(row.conversation_id, row.service_url, row.channel_id, row.bot_id, row.user_id)


async def was_welcomed(db: AsyncSession, person_id: UUID, since: datetime | None) -> bool:
    """Whether this person was asked who they are, after ``since`` where that is given."""
    row = await db.get(ConversationRow, person_id)
    if row is None:
        return True  # There is no private chat to ask in.
    return row.welcomed_at is not None and (since is None or row.welcomed_at >= since)


async def first_welcome(
    db: AsyncSession, person_id: UUID, now: datetime, since: datetime | None = None
) -> bool:
    """Whether this person has yet to be welcomed, or asked anew; asking marks it as done."""
    not_yet: ColumnElement[bool] = ConversationRow.welcomed_at.is_(None)
    if since is not None:
        not_yet = or_(not_yet, ConversationRow.welcomed_at < since)
    result = await db.execute(
        update(ConversationRow)
        .where(ConversationRow.person_id == person_id, not_yet)
        .values(welcomed_at=now)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]
