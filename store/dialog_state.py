"""Documents with ETags: where conversations stand, so that a restart carries on mid-sentence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.errors import HubError
from store.database import insert_once
from store.tables import DialogStateRow

#: Overwrites whatever is there.
ANY_ETAG = "*"


class StaleState(HubError):
    """Somebody else wrote this document since it was read."""


@dataclass(frozen=True)
class Document:
    """One state document and the ETag under which it was read."""

    content: dict[str, Any]
    etag: str


async def documents(db: AsyncSession, keys: list[str]) -> dict[str, Document]:
    """The documents there are for these keys; missing ones are left out."""
    rows = await db.scalars(select(DialogStateRow).where(DialogStateRow.key.in_(keys)))
    return {row.key: Document(row.document, row.etag) for row in rows}


async def keep(
    db: AsyncSession, key: str, content: dict[str, Any], etag: str | None, now: datetime
) -> str:
    """Write a document and give its new ETag.

    ``etag`` None means that none was there when it was read; ``*`` overwrites.
    Raises StaleState when the document has changed since.
    """
    fresh = uuid4().hex
    is_new = await insert_once(
        db, DialogStateRow, key=key, document=content, etag=fresh, updated_at=now
    )
    if is_new:
        if etag not in (None, ANY_ETAG):
            raise StaleState(key)
        return fresh
    statement = update(DialogStateRow).where(DialogStateRow.key == key)
    if etag is None:
        raise StaleState(key)
    if etag != ANY_ETAG:
        statement = statement.where(DialogStateRow.etag == etag)
    result = await db.execute(statement.values(document=content, etag=fresh, updated_at=now))
    if not result.rowcount:  # type: ignore[attr-defined]
        raise StaleState(key)
    return fresh


async def drop(db: AsyncSession, keys: list[str]) -> None:
    """Remove documents; keys without one are fine."""
    await db.execute(delete(DialogStateRow).where(DialogStateRow.key.in_(keys)))
