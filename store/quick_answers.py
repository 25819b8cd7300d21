"""Answers worth keeping: kept by a lead, found by the next person who asks the same.

What becomes of each stands in the trail of the request that it came out of.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub import refusals
from hub.people import Person
from hub.quick_answers import QuickAnswer
from hub.refusals import Refusal
from hub.requests import Step
from store.database import insert_once, zone_of
from store.requests import write
from store.tables import PersonRow, QuickAnswerRow, RequestRow


async def keep(
    db: AsyncSession, person: Person, request_id: UUID, question: str, answer: str, now: datetime
) -> None:
    """Keep an answer, or put right the one that was kept from this request; past the guard."""
    values = _values(person, question, answer, now)
    is_new = await insert_once(db, QuickAnswerRow, request_id=request_id, **values)
    if not is_new:
        await db.execute(
            update(QuickAnswerRow).where(QuickAnswerRow.request_id == request_id).values(**values)
        )
    step = Step.KEEP_ANSWER if is_new else Step.CHANGE_KEPT
    await write(db, request_id, person, step, now)


def _values(person: Person, question: str, answer: str, now: datetime) -> dict[str, object]:
    return {"question": question, "answer": answer, "saved_by_id": person.id, "saved_at": now}


async def every(db: AsyncSession) -> list[QuickAnswer]:
    """All of them, the newest first."""
    return await _read(db, _kept().order_by(QuickAnswerRow.saved_at.desc(), QuickAnswerRow.id))


async def one(db: AsyncSession, quick_answer_id: UUID) -> QuickAnswer | None:
    """A single one; None when it is not kept any more."""
    found = await _read(db, _kept().where(QuickAnswerRow.id == quick_answer_id))
    return next(iter(found), None)


def _kept() -> Select[QuickAnswerRow, str, str | None]:
    return (
        select(QuickAnswerRow, PersonRow.name, RequestRow.reference)
        .join(PersonRow, PersonRow.id == QuickAnswerRow.saved_by_id)
        .join(RequestRow, RequestRow.id == QuickAnswerRow.request_id)
        .execution_options(populate_existing=True)
    )


async def _read(
    db: AsyncSession, wanted: Select[QuickAnswerRow, str, str | None]
) -> list[QuickAnswer]:
    zone = zone_of(db)
    return [
        QuickAnswer(
            row.id,
            row.question,
            row.answer,
            row.request_id,
            reference or "",
            name,
            row.saved_at.astimezone(zone),
        )
        for row, name, reference in (await db.execute(wanted)).all()
    ]


async def change(
    db: AsyncSession,
    person: Person,
    quick_answer_id: UUID,
    question: str,
    answer: str,
    now: datetime,
    seen: str = "",
) -> QuickAnswer | Refusal:
    """Put a kept answer right; the words are past the guard.

    ``seen`` is the version that a form was made from: what another lead changed since is not lost.
    """
    held = await _hold(db, quick_answer_id)
    if isinstance(held, Refusal):
        return held
    if seen and seen != held.version:
        return refusals.quick_answer_changed(held.saved_by)
    await db.execute(
        update(QuickAnswerRow)
        .where(QuickAnswerRow.id == quick_answer_id)
        .values(**_values(person, question, answer, now))
    )
    await write(db, held.request_id, person, Step.CHANGE_KEPT, now)
    return await one(db, quick_answer_id) or refusals.quick_answer_gone()


async def remove(
    db: AsyncSession, person: Person, quick_answer_id: UUID, now: datetime
) -> QuickAnswer | Refusal:
    """Take an answer out: nobody finds it any more. Gives it as it was."""
    held = await _hold(db, quick_answer_id)
    if isinstance(held, Refusal):
        return held
    await db.execute(delete(QuickAnswerRow).where(QuickAnswerRow.id == quick_answer_id))
    await write(db, held.request_id, person, Step.REMOVE_KEPT, now)
    return held


async def _hold(db: AsyncSession, quick_answer_id: UUID) -> QuickAnswer | Refusal:
    """A kept answer, held until the transaction ends."""
    await db.get(QuickAnswerRow, quick_answer_id, with_for_update=True, populate_existing=True)
    return await one(db, quick_answer_id) or refusals.quick_answer_gone()
