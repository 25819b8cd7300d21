"""What somebody has begun to ask for: saved at each step, carried on days later, sent once."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub import refusals
from hub.people import Person
from hub.refusals import Refusal
from hub.request_references import reference_of
from hub.requests import Request, State, Step
from store.request_reads import request_of
from store.requests import finish, hold, write
from store.tables import RequestEntryRow, RequestNumberRow, RequestRow

_NUMBERS = "requests"


async def begin(
    db: AsyncSession,
    person: Person,
    service: str,
    answers: Mapping[str, str],
    now: datetime,
    page: int = 0,
) -> Request:
    """A new draft. Raises LookupError when it cannot be read back."""
    row = RequestRow(
        id=uuid4(),
        service=service,
        person_id=person.id,
        state=State.DRAFT,
        answers=dict(answers),
        page=page,
        begun_at=now,
    )
    db.add(row)
    await db.flush()
    request = await request_of(db, person, row.id)
    if request is None:
        raise LookupError("a draft just begun is not there")
    return request


async def save(
    db: AsyncSession,
    person: Person,
    request_id: UUID,
    answers: Mapping[str, str],
    page: int,
    now: datetime,
) -> Request | Refusal:
    """Keep some answers and the page they led to; the guard has seen the words.

    What was sent already may be changed until it is acknowledged, and the history says so.
    """
    row = await hold(db, person, request_id, Step.EDIT)
    if isinstance(row, Refusal):
        return row
    kept = {**row.answers, **answers}
    has_changed = kept != row.answers
    row.answers, row.page = kept, page
    if has_changed and row.state == State.SUBMITTED:
        row.revision += 1
        await write(db, row.id, person, Step.EDIT, now)
    await db.flush()
    return await request_of(db, person, request_id) or refusals.request_gone()


async def submit(
    db: AsyncSession, person: Person, request_id: UUID, now: datetime
) -> Request | Refusal:
    """Send a draft to those who deal with it; a second tap finds it sent."""
    row = await hold(db, person, request_id, Step.SUBMIT)
    if isinstance(row, Refusal):
        there = await request_of(db, person, request_id)
        is_sent = there is not None and there.state is State.SUBMITTED
        return there if there is not None and is_sent else row
    row.reference = await next_reference(db)
    return await finish(db, row, person, Step.SUBMIT, now)


async def next_reference(db: AsyncSession) -> str:
    """The next reference; whoever takes one holds the counter until the transaction ends."""
    number = await db.scalar(
        update(RequestNumberRow)
        .where(RequestNumberRow.name == _NUMBERS)
        .values(next=RequestNumberRow.next + 1)
        .returning(RequestNumberRow.next)
        .execution_options(synchronize_session=False)
    )
    if number is None:
        raise LookupError("the counter of references is not there")
    return reference_of(number - 1)


async def discard(db: AsyncSession, person: Person, request_id: UUID) -> bool:
    """Forget a draft and everything in it; tell whether there was one."""
    row = await db.get(RequestRow, request_id, with_for_update=True, populate_existing=True)
    if row is None or row.person_id != person.id or row.state != State.DRAFT:
        return False
    await db.execute(delete(RequestEntryRow).where(RequestEntryRow.request_id == request_id))
    await db.delete(row)
    await db.flush()
    return True
