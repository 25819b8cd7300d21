"""What leads alone do with requests: hand over, redirect, merge; and questions that lapse."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub import refusals
from hub.people import Person
from hub.refusals import Refusal
from hub.requests import OPEN, Request, State, Step
from store.people import person_with_id
from store.request_drafts import next_reference
from store.request_reads import request_of, request_to_tell
from store.request_visits import hand_times_on
from store.requests import drop_times, finish, hold, owe_new, owe_update, write
from store.tables import RequestRow


async def assign(
    db: AsyncSession,
    person: Person,
    request_id: UUID,
    owner_id: UUID,
    now: datetime,
    seen: int | None = None,
) -> Request | Refusal:
    """Hand a request to a colleague, who may deal with it from now on."""
    row = await hold(db, person, request_id, Step.ASSIGN, seen)
    if isinstance(row, Refusal):
        return row
    owner = await person_with_id(db, owner_id)
    if owner is None or owner.is_from_partner:
        return refusals.person_gone()
    row.owner_id = owner.id
    await hand_times_on(db, request_id, owner.id)
    await db.flush()
    return await finish(db, row, person, Step.ASSIGN, now, owner.name)


async def redirect(
    db: AsyncSession,
    person: Person,
    request_id: UUID,
    service: str,
    why: str,
    now: datetime,
    seen: int | None = None,
) -> Request | Refusal:
    """Let a request go on as one for another service, in the same person's name.

    Answers to questions that both services ask go along. Gives the new request.
    """
    row = await hold(db, person, request_id, Step.REDIRECT, seen)
    if isinstance(row, Refusal):
        return row
    new = RequestRow(
        id=uuid4(),
        reference=await next_reference(db),
        service=service,
        person_id=row.person_id,
        owner_id=row.owner_id,
        state=State.SUBMITTED,
        answers=dict(row.answers),
        begun_at=now,
        submitted_at=row.submitted_at,
    )
    db.add(new)
    await db.flush()
    row.continues_in_id = new.id
    await drop_times(db, request_id)
    await write(db, new.id, person, Step.REDIRECT, now, why)
    outcome = await finish(db, row, person, Step.REDIRECT, now, why)
    return outcome if isinstance(outcome, Refusal) else await _read(db, new.id)


async def merge(
    db: AsyncSession,
    person: Person,
    request_id: UUID,
    into_id: UUID,
    now: datetime,
    seen: int | None = None,
) -> Request | Refusal:
    """Let a duplicate go on in another open request of the same person; gives that one."""
    # Always in the same order, so that two merges never wait for each other.
    for each in sorted({request_id, into_id}):
        await db.get(RequestRow, each, with_for_update=True, populate_existing=True)
    row = await hold(db, person, request_id, Step.MERGE, seen)
    if isinstance(row, Refusal):
        return row
    into = await request_of(db, person, into_id)
    if into is None or into.id == row.id or not into.is_open or into.asker.id != row.person_id:
        return refusals.cannot_merge()
    row.continues_in_id = into.id
    await drop_times(db, request_id)
    words = f"{row.reference} was about the same and goes on here"
    await write(db, into.id, person, Step.MERGE, now, words)
    outcome = await finish(db, row, person, Step.MERGE, now)
    return outcome if isinstance(outcome, Refusal) else await _read(db, into.id)


async def _read(db: AsyncSession, request_id: UUID) -> Request | Refusal:
    return await request_to_tell(db, request_id) or refusals.request_gone()


async def lapse_questions(
    db: AsyncSession,
    services: Collection[str],
    has_lapsed: Callable[[datetime], bool],
    now: datetime,
) -> int:
    """Make requests of questions that nobody answered in time; tell how many.

    ``services`` are those whose requests are questions; ``has_lapsed`` says it of an instant.
    """
    rows = await db.scalars(
        select(RequestRow)
        .where(
            RequestRow.service.in_(services),
            RequestRow.state.in_(OPEN),
            RequestRow.state == State.SUBMITTED,
            RequestRow.lapsed_at.is_(None),
        )
        .order_by(RequestRow.id)
        .with_for_update(skip_locked=True)
    )
    lapsed = 0
    for row in list(rows):
        if row.submitted_at is None or not has_lapsed(row.submitted_at):
            continue
        row.lapsed_at = now
        row.revision += 1
        await db.flush()
        request = await request_to_tell(db, row.id)
        if request is None:
            continue
        entry_id = await write(db, row.id, request.asker, Step.LAPSE, now)
        await owe_update(db, [request.asker.id], entry_id, now)
        await owe_new(db, request, now)
        lapsed += 1
    return lapsed
