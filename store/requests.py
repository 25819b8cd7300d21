"""Steps in a request's life: each in one transaction with its history and what it owes to others.

The row is held while ``hub.requests`` decides, so that two people who act at once act one after
the other, and the second on the first's truth. A lead's card says which revision it was made from.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub import refusals
from hub.nudges import Nudge, Rule
from hub.outbox import Kind
from hub.people import Person
from hub.refusals import Refusal
from hub.request_life import Party, after, may_take, parties_of
from hub.request_standing import TEAMS
from hub.requests import ASIDE, OPEN, Request, State, Step, VisitState
from store import nudges, outbox, visit_events
from store.database import zone_of
from store.meeting_parties import leads
from store.request_reads import request_of, request_to_tell
from store.tables import RequestEntryRow, RequestRow, RequestVisitRow

#: Two lines of one instant stay in the order in which they came.
A_MOMENT = timedelta(microseconds=1)
#: Whom a step is told to: whoever asked, or whoever deals with it.
_TOLD_TO_ASKER = frozenset(
    {
        Step.ACKNOWLEDGE,
        Step.ANSWER,
        Step.PROPOSE_TIMES,
        Step.RECORD_VISIT,
        Step.NO_SHOW,
        Step.ARRANGE_FOLLOW_UP,
        Step.RECORD_FOLLOW_UP,
        Step.ASSIGN,
        Step.REDIRECT,
        Step.MERGE,
        Step.CLOSE,
        Step.LAPSE,
    }
)
_TOLD_TO_HANDLERS = frozenset(
    {
        Step.WITHDRAW,
        Step.PICK_TIME,
        Step.NO_TIME_SUITS,
        Step.ASK_FOLLOW_UP,
        Step.CHOOSE_CALL,
        Step.SAY_HELPED,
    }
)
_ABOUT_A_TIME = frozenset({Step.PICK_TIME, Step.ARRANGE_FOLLOW_UP, Step.CHOOSE_CALL})
#: Teams gives a meeting its link in seconds; news that comes after it can hold it.
LINK_TAKES = timedelta(seconds=20)
#: The moment that is noted when a state is first reached.
_MOMENTS = {
    State.SUBMITTED: "submitted_at",
    State.ACKNOWLEDGED: "acknowledged_at",
    State.VISIT_ARRANGED: "visit_arranged_at",
    State.VISITED: "visited_at",
    State.FOLLOW_UP_ARRANGED: "follow_up_arranged_at",
    State.CLOSED: "closed_at",
    State.WITHDRAWN: "closed_at",
    State.REDIRECTED: "closed_at",
}
#: States that are reached without anybody of the Hub having answered.
_NOBODY_ANSWERED = frozenset({State.DRAFT, State.SUBMITTED, State.WITHDRAWN})


async def take(
    db: AsyncSession,
    person: Person,
    request_id: UUID,
    step: Step,
    now: datetime,
    *,
    words: str = "",
    seen: int | None = None,
) -> Request | Refusal:
    """Take a step that needs nothing but words, which have passed the guard.

    ``seen`` is the revision that a card was made from; None acts on whatever is true now.
    """
    held = await hold(db, person, request_id, step, seen)
    if isinstance(held, Refusal):
        return held
    return await finish(db, held, person, step, now, words)


async def hold(
    db: AsyncSession, person: Person, request_id: UUID, step: Step, seen: int | None = None
) -> RequestRow | Refusal:
    """The row of a request, held until the transaction ends, if the step may be taken."""
    row = await db.get(RequestRow, request_id, with_for_update=True, populate_existing=True)
    request = await request_of(db, person, request_id) if row else None
    if row is None or request is None:
        return refusals.request_gone()
    if seen is not None and seen != request.revision:
        return refusals.request_changed(request.reference, _last_to_change(request, person))
    return may_take(person, step, request) or row


def _last_to_change(request: Request, person: Person) -> str:
    others = (e for e in reversed(request.entries) if e.step not in ASIDE)
    last = next(others, None)
    if last is None:
        return "Somebody"
    return "You yourself, on another card," if last.person_id == person.id else last.who


async def finish(
    db: AsyncSession, row: RequestRow, person: Person, step: Step, now: datetime, words: str = ""
) -> Request | Refusal:
    """Write a step down, move the state on, and owe what follows: calendars, and the news of it.

    When all is over, no time is left to be kept.
    """
    row.state = after(step, State(row.state))
    row.revision += 1
    moment = _MOMENTS.get(State(row.state))
    if moment and (getattr(row, moment) is None or moment == "closed_at"):
        setattr(row, moment, now)
    if row.state not in _NOBODY_ANSWERED and row.acknowledged_at is None:
        row.acknowledged_at = now
    if State(row.state) not in OPEN:
        await drop_times(db, row.id)
    entry_id = await write(db, row.id, person, step, now, words)
    await visit_events.follow(db, row, now)
    request = await request_to_tell(db, row.id)
    if request is None:
        return refusals.request_gone()
    await _tell(db, request, person, step, entry_id, now)
    return request


async def write(
    db: AsyncSession, request_id: UUID, person: Person, step: Step, now: datetime, words: str = ""
) -> UUID:
    """Add one line to a request's history, after those that are there; its id."""
    entry_id = uuid4()
    latest = select(func.max(RequestEntryRow.at)).where(RequestEntryRow.request_id == request_id)
    last: datetime | None = await db.scalar(latest)
    db.add(
        RequestEntryRow(
            id=entry_id,
            request_id=request_id,
            person_id=person.id,
            step=step,
            words=words,
            at=max(now, last + A_MOMENT) if last else now,
        )
    )
    await db.flush()
    return entry_id


async def _tell(
    db: AsyncSession, request: Request, person: Person, step: Step, entry_id: UUID, now: datetime
) -> None:
    told: set[UUID] = set()
    is_asker = Party.ASKER in parties_of(person, request)
    if step in _TOLD_TO_ASKER or (step is Step.NOTE and not is_asker):
        told.add(request.asker.id)
    if step in _TOLD_TO_HANDLERS or (step is Step.NOTE and is_asker):
        told |= set(await handlers(db, request))
    if step is Step.ASSIGN and request.owner:
        told.add(request.owner.id)
    if step is Step.SUBMIT:
        await owe_new(db, request, now)
    call = request.arranged if step in _ABOUT_A_TIME else None
    awaits_link = call is not None and call.how == TEAMS and not call.online_url
    wait = LINK_TAKES if awaits_link else timedelta(0)
    await owe_update(db, told - {person.id}, entry_id, now, wait)


async def handlers(db: AsyncSession, request: Request) -> list[UUID]:
    """Who deals with a request: the colleague it was handed to, or every lead."""
    return [request.owner.id] if request.owner else [each.id for each in await leads(db)]


async def owe_new(db: AsyncSession, request: Request, now: datetime) -> None:
    """Owe the card of a new request to everybody who deals with it, and to the channel if any."""
    since = (request.lapsed_at or request.submitted_at or now).timestamp()
    for person_id in await handlers(db, request):
        key = f"{Rule.REQUEST_NEW}:{request.id}:{since:.0f}:{person_id}"
        await nudges.plan(db, Nudge(Rule.REQUEST_NEW, person_id, request.id, now, key), now)
    key = f"{Kind.CHANNEL}:{request.id}:{since:.0f}"
    await outbox.owe(db, Kind.CHANNEL, {"request": str(request.id)}, key=key, now=now)


async def owe_update(
    db: AsyncSession,
    people: Iterable[UUID],
    entry_id: UUID,
    now: datetime,
    wait: timedelta = timedelta(0),
) -> None:
    """Owe the news of one line of a history, told no sooner than in ``wait``."""
    for person_id in people:
        key = f"{Rule.REQUEST_UPDATE}:{entry_id}:{person_id}"
        nudge = Nudge(Rule.REQUEST_UPDATE, person_id, entry_id, now + wait, key)
        await nudges.plan(db, nudge, now)


async def ask_follow_up(
    db: AsyncSession, person: Person, request_id: UUID, now: datetime, words: str = ""
) -> Request | Refusal:
    """Ask for another look; a request that was closed is open again."""
    row = await hold(db, person, request_id, Step.ASK_FOLLOW_UP)
    if isinstance(row, Refusal):
        return row
    row.follow_up_wanted_at = row.follow_up_wanted_at or now
    row.closed_at = None
    return await finish(db, row, person, Step.ASK_FOLLOW_UP, now, words)


async def say_helped(
    db: AsyncSession, person: Person, request_id: UUID, helped: str, now: datetime
) -> Request | Refusal:
    """Keep whether it helped; said again, the newer counts."""
    row = await hold(db, person, request_id, Step.SAY_HELPED)
    if isinstance(row, Refusal):
        return row
    closed_at, row.helped = row.closed_at, helped
    outcome = await finish(db, row, person, Step.SAY_HELPED, now, helped)
    row.closed_at = closed_at
    return outcome


async def withdraw(
    db: AsyncSession, person: Person, request_id: UUID, now: datetime, words: str = ""
) -> Request | Refusal:
    """Take a request back; times that were proposed or arranged are off."""
    row = await hold(db, person, request_id, Step.WITHDRAW)
    if isinstance(row, Refusal):
        return row
    await drop_times(db, request_id)
    return await finish(db, row, person, Step.WITHDRAW, now, words)


async def drop_times(db: AsyncSession, request_id: UUID) -> None:
    """Take back whatever is proposed or arranged."""
    await db.execute(
        update(RequestVisitRow)
        .where(
            RequestVisitRow.request_id == request_id,
            RequestVisitRow.state.in_([VisitState.PROPOSED, VisitState.ARRANGED]),
        )
        .values(state=VisitState.DROPPED)
        .execution_options(synchronize_session=False)
    )


async def note_seen(db: AsyncSession, person: Person, request: Request, now: datetime) -> None:
    """Note that somebody who deals with a request opened it, once a day for each person."""
    zone = zone_of(db)
    last = await db.scalar(
        select(RequestEntryRow.at)
        .where(
            RequestEntryRow.request_id == request.id,
            RequestEntryRow.person_id == person.id,
            RequestEntryRow.step == Step.SEE,
        )
        .order_by(RequestEntryRow.at.desc())
        .limit(1)
    )
    if last is None or last.astimezone(zone).date() < now.astimezone(zone).date():
        await write(db, request.id, person, Step.SEE, now)
