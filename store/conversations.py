"""Where each person's private chat is, so that the bot can write first and welcomes only once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from store.database import insert_once
from store.tables import ConversationRow, PersonRow


@dataclass(frozen=True)
class Place:
    """A private chat, with what the Bot Connector needs to reach it."""

    conversation_id: str
    service_url: str
    channel_id: str
    bot_id: str
    user_id: str
    #: Whether Teams takes nothing for it: the bot is blocked or taken off.
    is_closed: bool = False

    @property
    def is_hearsay(self) -> bool:
        """Whether Graph told of it, and nothing has come from there yet."""
        return not self.user_id


async def remember_place(db: AsyncSession, person_id: UUID, place: Place, now: datetime) -> None:
    """Keep the newest private chat of a person; one that moved replaces the old."""
    values = _values(place, now)
    if not await insert_once(db, ConversationRow, person_id=person_id, **values):
        await db.execute(
            update(ConversationRow).where(ConversationRow.person_id == person_id).values(**values)
        )


async def open_place(
    db: AsyncSession, person_id: UUID, place: Place, graph_chat_id: str, now: datetime
) -> Place:
    """Keep a chat that Graph told of, unless the person has been heard from meanwhile."""
    values = _values(place, now) | {"graph_chat_id": graph_chat_id}
    await insert_once(db, ConversationRow, person_id=person_id, **values)
    return await place_of(db, person_id) or place


def _values(place: Place, now: datetime) -> dict[str, object]:
    return {
        "conversation_id": place.conversation_id,
        "service_url": place.service_url,
        "channel_id": place.channel_id,
        "bot_id": place.bot_id,
        "user_id": place.user_id,
        "closed_at": now if place.is_closed else None,
        "seen_at": now,
    }


async def place_of(db: AsyncSession, person_id: UUID) -> Place | None:
    """A person's private chat; None when the app was never opened or installed for them."""
    row = await db.get(ConversationRow, person_id)
    if row is None:
        return None
    return Place(
        row.conversation_id,
        row.service_url,
        row.channel_id,
        row.bot_id,
        row.user_id,
        is_closed=row.closed_at is not None,
    )


async def note_closed(db: AsyncSession, person_id: UUID, now: datetime) -> None:
    """Remember that Teams takes nothing for this person's chat."""
    await _set(db, person_id, closed_at=now)


async def note_reopened(db: AsyncSession, person_id: UUID) -> None:
    """Try this person's chat again."""
    await _set(db, person_id, closed_at=None)


async def note_graph_chat(db: AsyncSession, person_id: UUID, graph_chat_id: str) -> None:
    """Remember what Graph calls this person's chat."""
    await _set(db, person_id, graph_chat_id=graph_chat_id)


async def _set(db: AsyncSession, person_id: UUID, **values: object) -> None:
    await db.execute(
        update(ConversationRow).where(ConversationRow.person_id == person_id).values(**values)
    )


async def graph_chat_of(db: AsyncSession, person_id: UUID) -> str | None:
    """What Graph calls this person's chat; None while that is not known."""
    return await db.scalar(
        select(ConversationRow.graph_chat_id).where(ConversationRow.person_id == person_id)
    )


async def newest_service_url(db: AsyncSession, tenant_id: str) -> str | None:
    """Where the Bot Connector was last met for anybody of this tenant."""
    return await db.scalar(
        select(ConversationRow.service_url)
        .join(PersonRow, PersonRow.id == ConversationRow.person_id)
        .where(PersonRow.tenant_id == tenant_id)
        .order_by(ConversationRow.seen_at.desc())
        .limit(1)
    )


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


async def any_service_url(db: AsyncSession) -> str | None:
    """Where the trust's Teams is reached, as it was last seen; None while nobody has written."""
    newest = select(ConversationRow.service_url).order_by(ConversationRow.seen_at.desc()).limit(1)
    found: str | None = await db.scalar(newest)
    return found
