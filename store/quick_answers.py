"""Answers worth keeping: saved by a lead, found by the next person who asks the same."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.people import Person
from store.database import insert_once
from store.tables import QuickAnswerRow


@dataclass(frozen=True)
class QuickAnswer:
    """A question and its answer; never who asked."""

    id: UUID
    question: str
    answer: str


async def keep(
    db: AsyncSession, person: Person, request_id: UUID, question: str, answer: str, now: datetime
) -> None:
    """Keep an answer, or put right the one that was kept from this request; past the guard."""
    values = {
        "question": question,
        "answer": answer,
        "saved_by_id": person.id,
        "saved_at": now,
    }
    if not await insert_once(db, QuickAnswerRow, request_id=request_id, **values):
        await db.execute(
            update(QuickAnswerRow).where(QuickAnswerRow.request_id == request_id).values(**values)
        )


async def every(db: AsyncSession) -> list[QuickAnswer]:
    """All of them, the newest first."""
    rows = await db.scalars(select(QuickAnswerRow).order_by(QuickAnswerRow.saved_at.desc()))
    return [QuickAnswer(row.id, row.question, row.answer) for row in rows]
