"""Times of a request: proposed, picked, held, missed, and the follow-up after them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub import refusals
from hub.directory import Busy
from hub.people import Person
from hub.refusals import Refusal
from hub.request_standing import TEAMS
from hub.requests import Request, State, Step, VisitKind, VisitState
from hub.visit_times import CALL_LENGTH, MOST_PROPOSED, USUAL_LENGTH
from store.requests import drop_times, finish, hold
from store.tables import PersonRow, RequestRow, RequestVisitRow


@dataclass(frozen=True)
class Time:
    """When, and whether in person or on Teams."""

    starts_at: datetime
    ends_at: datetime
    #: ``in-person`` or ``teams``.
    how: str


async def propose(
    db: AsyncSession,
    person: Person,
    request_id: UUID,
    times: Iterable[Time],
    now: datetime,
    seen: int | None = None,
) -> Request | Refusal:
    """Offer times for a visit, in place of any offered or arranged before."""
    row = await hold(db, person, request_id, Step.PROPOSE_TIMES, seen)
    if isinstance(row, Refusal):
        return row
    await drop_times(db, request_id)
    for each in list(times)[:MOST_PROPOSED]:
        db.add(_row(row, person.id, each, VisitKind.VISIT, VisitState.PROPOSED))
    row.offered_at = row.offered_at or now
    return await finish(db, row, person, Step.PROPOSE_TIMES, now)


async def pick(
    db: AsyncSession, person: Person, request_id: UUID, visit_id: UUID, now: datetime
) -> Request | Refusal:
    """Take one of the proposed times; the others are off. A second tap on it changes nothing."""
    row = await hold(db, person, request_id, Step.PICK_TIME)
    if isinstance(row, Refusal):
        return row
    visit = await _visit(db, request_id, visit_id)
    if visit is None or visit.state != VisitState.PROPOSED or visit.starts_at <= now:
        return refusals.time_gone(row.reference or "")
    if await _is_taken(db, visit):
        visit.state = VisitState.DROPPED
        await db.flush()
        return refusals.time_taken(row.reference or "")
    await drop_times(db, request_id)
    await db.refresh(visit)
    visit.state = VisitState.ARRANGED
    return await finish(db, row, person, Step.PICK_TIME, now)


async def _is_taken(db: AsyncSession, visit: RequestVisitRow) -> bool:
    """Whether whoever proposed a time has been taken for another visit then.

    They are held, so that two colleagues who choose at once do so one after the other.
    """
    comes = PersonRow.id == visit.proposed_by_id
    await db.execute(select(PersonRow.id).where(comes).with_for_update(key_share=True))
    others = await db.scalar(
        select(RequestVisitRow.id)
        .where(
            RequestVisitRow.proposed_by_id == visit.proposed_by_id,
            RequestVisitRow.id != visit.id,
            RequestVisitRow.request_id != visit.request_id,
            RequestVisitRow.state == VisitState.ARRANGED,
            RequestVisitRow.starts_at < visit.ends_at,
            RequestVisitRow.ends_at > visit.starts_at,
        )
        .limit(1)
    )
    return others is not None


async def engagements(
    db: AsyncSession, people: Sequence[Person], starts_at: datetime, ends_at: datetime
) -> list[Busy]:
    """When these people have a visit or a follow-up arranged, on either side of it."""
    ids = [each.id for each in people]
    rows = await db.execute(
        select(RequestVisitRow.starts_at, RequestVisitRow.ends_at)
        .join(RequestRow, RequestRow.id == RequestVisitRow.request_id)
        .where(
            RequestVisitRow.state == VisitState.ARRANGED,
            RequestVisitRow.starts_at < ends_at,
            RequestVisitRow.ends_at > starts_at,
            or_(
                RequestRow.person_id.in_(ids),
                RequestRow.owner_id.in_(ids),
                RequestVisitRow.proposed_by_id.in_(ids),
            ),
        )
    )
    return [Busy(row[0], row[1]) for row in rows]


async def say_none_suits(
    db: AsyncSession, person: Person, request_id: UUID, words: str, now: datetime
) -> Request | Refusal:
    """Ask for other times; what was proposed or arranged is off."""
    row = await hold(db, person, request_id, Step.NO_TIME_SUITS)
    if isinstance(row, Refusal):
        return row
    await drop_times(db, request_id)
    if row.state == State.FOLLOW_UP_ARRANGED:
        row.follow_up_wanted_at = now
    return await finish(db, row, person, Step.NO_TIME_SUITS, now, words)


async def hand_times_on(db: AsyncSession, request_id: UUID, owner_id: UUID) -> None:
    """Let somebody else come at the times that are proposed or arranged."""
    await db.execute(
        update(RequestVisitRow)
        .where(
            RequestVisitRow.request_id == request_id,
            RequestVisitRow.state.in_([VisitState.PROPOSED, VisitState.ARRANGED]),
        )
        .values(proposed_by_id=owner_id)
        .execution_options(synchronize_session=False)
    )


async def record(
    db: AsyncSession,
    person: Person,
    request_id: UUID,
    step: Step,
    time: Time,
    words: str,
    now: datetime,
    seen: int | None = None,
) -> Request | Refusal:
    """Note that a visit or a follow-up was held, when and for how long."""
    row = await hold(db, person, request_id, step, seen)
    if isinstance(row, Refusal):
        return row
    kind = VisitKind.FOLLOW_UP if step is Step.RECORD_FOLLOW_UP else VisitKind.VISIT
    visit = await _arranged(db, request_id)
    if visit is None:
        visit = _row(row, person.id, time, kind, VisitState.ARRANGED)
        db.add(visit)
    visit.starts_at, visit.ends_at, visit.how = time.starts_at, time.ends_at, time.how
    visit.state = VisitState.HELD
    visit.minutes = round((time.ends_at - time.starts_at) / timedelta(minutes=1))
    await db.flush()
    return await finish(db, row, person, step, now, words)


async def note_no_show(
    db: AsyncSession, person: Person, request_id: UUID, now: datetime, seen: int | None = None
) -> Request | Refusal:
    """Note that an arranged time did not happen; another can be arranged."""
    row = await hold(db, person, request_id, Step.NO_SHOW, seen)
    if isinstance(row, Refusal):
        return row
    visit = await _arranged(db, request_id)
    if visit is not None:
        visit.state = VisitState.MISSED
    if visit is not None and visit.kind == VisitKind.FOLLOW_UP:
        row.follow_up_wanted_at = row.follow_up_wanted_at or now
    await db.flush()
    return await finish(db, row, person, Step.NO_SHOW, now)


async def arrange_follow_up(
    db: AsyncSession,
    person: Person,
    request_id: UUID,
    time: Time,
    now: datetime,
    seen: int | None = None,
) -> Request | Refusal:
    """Arrange a follow-up, or move the one that is arranged to another time."""
    row = await hold(db, person, request_id, Step.ARRANGE_FOLLOW_UP, seen)
    if isinstance(row, Refusal):
        return row
    await drop_times(db, request_id)
    db.add(_row(row, person.id, time, VisitKind.FOLLOW_UP, VisitState.ARRANGED))
    row.follow_up_wanted_at = None
    return await finish(db, row, person, Step.ARRANGE_FOLLOW_UP, now)


async def choose_call(
    db: AsyncSession,
    person: Person,
    request_id: UUID,
    starts_at: datetime,
    host_id: UUID,
    now: datetime,
) -> Request | Refusal:
    """Take a time for a call with ``host_id``, or move the follow-up there; closed, it is open again."""
    row = await hold(db, person, request_id, Step.CHOOSE_CALL)
    if isinstance(row, Refusal):
        return row
    time = Time(starts_at, starts_at + CALL_LENGTH, TEAMS)
    visit = _row(row, host_id, time, VisitKind.FOLLOW_UP, VisitState.ARRANGED)
    if await _is_taken(db, visit):
        return refusals.time_taken(row.reference or "")
    await drop_times(db, request_id)
    db.add(visit)
    row.follow_up_wanted_at = row.closed_at = None
    return await finish(db, row, person, Step.CHOOSE_CALL, now)


def _row(
    request: RequestRow, host_id: UUID, time: Time, kind: VisitKind, state: VisitState
) -> RequestVisitRow:
    """A time at which whoever has the request comes, or else ``host_id``."""
    return RequestVisitRow(
        id=uuid4(),
        request_id=request.id,
        kind=kind,
        state=state,
        how=time.how,
        starts_at=time.starts_at,
        ends_at=time.ends_at or time.starts_at + USUAL_LENGTH,
        proposed_by_id=request.owner_id or host_id,
    )


async def _visit(db: AsyncSession, request_id: UUID, visit_id: UUID) -> RequestVisitRow | None:
    row = await db.get(RequestVisitRow, visit_id, populate_existing=True)
    return row if row and row.request_id == request_id else None


async def _arranged(db: AsyncSession, request_id: UUID) -> RequestVisitRow | None:
    found: RequestVisitRow | None = await db.scalar(
        select(RequestVisitRow).where(
            RequestVisitRow.request_id == request_id,
            RequestVisitRow.state == VisitState.ARRANGED,
        )
    )
    return found
