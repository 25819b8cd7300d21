"""Next steps agreed at a school meeting: written down, put right, ticked off, asked about."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub import refusals
from hub.booking import BookingState, SessionState
from hub.offer import SCHOOL_MEETING_TIER
from hub.people import Person
from hub.refusals import Refusal
from hub.school_meetings import (
    NextStep,
    OpenSteps,
    SchoolMeeting,
    fingerprint,
    may_keep,
)
from store.school_meeting_reads import as_steps, meeting_with_id
from store.sessions import locked_session
from store.tables import BookingRow, NextStepRow, PersonRow, SessionRow

#: A check-in that was not sent within this time of the meeting has missed its moment.
ASKED_WITHIN = timedelta(weeks=26)
A_MOMENT = timedelta(microseconds=1)


async def keep_steps(
    db: AsyncSession,
    person: Person,
    session_id: UUID,
    steps: Sequence[str],
    now: datetime,
    made_from: str | None = None,
) -> SchoolMeeting | Refusal:
    """Make these the meeting's steps; one whose words stay stays done, and new ones come last.

    ``made_from`` is the fingerprint of the steps that the writer saw: when a colleague has been
    quicker nothing is kept. The guard has seen the words.
    """
    found = await _locked(db, person, session_id, now)
    if isinstance(found, Refusal):
        return found
    if refusal := may_keep(steps):
        return refusal
    if made_from is not None and made_from != fingerprint(found.steps):
        return refusals.steps_changed()
    rows = await _rows(db, session_id)
    for row in rows:
        if row.words not in steps:
            await db.delete(row)
    known = {row.words for row in rows}
    # A moment apart and after the others, so that they stay in the order in which they came.
    starts = max([now, *(row.written_at + A_MOMENT for row in rows)])
    for at, words in enumerate(each for each in steps if each not in known):
        db.add(
            NextStepRow(
                session_id=session_id,
                words=words,
                written_by_id=person.id,
                written_at=starts + at * A_MOMENT,
            )
        )
    await db.flush()
    return await meeting_with_id(db, person, session_id)


async def tick_steps(
    db: AsyncSession, person: Person, session_id: UUID, done: Iterable[UUID], now: datetime
) -> SchoolMeeting | Refusal:
    """Note which of the meeting's steps are done; all others are open again."""
    found = await _locked(db, person, session_id, now)
    if isinstance(found, Refusal):
        return found
    ticked = set(done)
    for row in await _rows(db, session_id):
        row.done_at = (row.done_at or now) if row.id in ticked else None
    await db.flush()
    return await meeting_with_id(db, person, session_id)


async def _locked(
    db: AsyncSession, person: Person, session_id: UUID, now: datetime
) -> SchoolMeeting | Refusal:
    """The meeting that has begun, held until the transaction ends."""
    await locked_session(db, session_id)
    found = await meeting_with_id(db, person, session_id)
    if isinstance(found, Refusal):
        return found
    return found if found.has_begun(now) else refusals.meeting_to_come()


async def _rows(db: AsyncSession, session_id: UUID) -> Sequence[NextStepRow]:
    return (await db.scalars(select(NextStepRow).where(NextStepRow.session_id == session_id))).all()


async def open_steps_of(db: AsyncSession, session_id: UUID) -> tuple[NextStep, ...]:
    """Steps of a meeting that are not done yet, in order; for delivery, which acts for nobody."""
    rows = await db.scalars(
        select(NextStepRow)
        .where(NextStepRow.session_id == session_id, NextStepRow.done_at.is_(None))
        .order_by(NextStepRow.written_at, NextStepRow.id)
    )
    return as_steps(rows)


async def to_check_in_on(db: AsyncSession, now: datetime, after: timedelta) -> list[OpenSteps]:
    """School staff whose meeting was so long ago and has open steps; for the planner only."""
    written = (
        select(NextStepRow.session_id, func.min(NextStepRow.written_at).label("first"))
        .group_by(NextStepRow.session_id)
        .having(func.count(NextStepRow.id) > func.count(NextStepRow.done_at))
        .subquery()
    )
    found = await db.execute(
        select(BookingRow.id, BookingRow.person_id, SessionRow.starts_at, written.c.first)
        .join(BookingRow.session)
        .join(BookingRow.person)
        .join(written, written.c.session_id == SessionRow.id)
        .where(
            SessionRow.tier == SCHOOL_MEETING_TIER,
            SessionRow.state == SessionState.SCHEDULED,
            # Those of the school: the lead has it on the list of schools.
            PersonRow.school_id == SessionRow.school_id,
            PersonRow.left_at.is_(None),
            SessionRow.starts_at <= now - after + timedelta(days=1),
            SessionRow.starts_at > now - ASKED_WITHIN,
            BookingRow.state != BookingState.CANCELLED,
        )
    )
    return [OpenSteps(*row) for row in found.all()]
