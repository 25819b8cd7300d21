"""A request's visit or call in the calendars of both sides: each person has an event of their own.

A call on Teams has its meeting behind one of the two events; the other carries its link. Events
follow the request (``follow``), which is held; what they need is worked off by the outbox.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub.outbox import Kind
from hub.people import Person
from hub.request_standing import TEAMS
from hub.requests import Request, State, Visit, VisitState
from store.outbox import Due, owe_all
from store.people import as_person, person_with_id
from store.request_reads import request_to_tell
from store.tables import PersonRow, RequestRow, RequestVisitRow, VisitEventRow

_WITH_A_TIME = frozenset({State.VISIT_ARRANGED, State.FOLLOW_UP_ARRANGED})


@dataclass(frozen=True)
class VisitEvent:
    """What should be, and what is known to be, in one person's calendar."""

    id: UUID
    person: Person
    request: Request
    visit: Visit
    #: Who comes, or calls, for the Hub.
    host: Person
    holds_meeting: bool
    is_wanted: bool
    was_attempted: bool
    #: Graph's ``transactionId``.
    transaction_id: UUID
    graph_event_id: str | None
    #: The fingerprint of the entry that Graph was last told.
    told: str


async def follow(db: AsyncSession, request: RequestRow, now: datetime) -> None:
    """Owe whatever the calendars need after a change of a request, which must be held.

    An event goes along to a new time of the same kind; what is over stays where it was.
    """
    visit = await _arranged(db, request)
    if visit is not None and visit.starts_at <= now:
        # Under way or over: its events are as they are to be, and are looked up no more.
        return
    theirs = await _still_to_come(db, request.id, now)
    if visit is None:
        kept: list[VisitEventRow] = []
    else:
        kept, has_changed = _taken_along(visit, theirs, request)
        if not has_changed:
            return
        _carry_link(visit, kept, theirs)
        for event in kept:
            event.visit_id = visit.id
            db.add(event)
    gone = [event for event, _ in theirs if event not in kept]
    for event in gone:
        event.is_wanted = False
    await db.flush()
    await _owe(db, [*kept, *gone], now)


async def _arranged(db: AsyncSession, request: RequestRow) -> RequestVisitRow | None:
    if request.state not in _WITH_A_TIME:
        return None
    found: RequestVisitRow | None = await db.scalar(
        select(RequestVisitRow)
        .where(
            RequestVisitRow.request_id == request.id,
            RequestVisitRow.state == VisitState.ARRANGED,
        )
        .execution_options(populate_existing=True)
    )
    return found


async def _still_to_come(
    db: AsyncSession, request_id: UUID, now: datetime
) -> list[tuple[VisitEventRow, RequestVisitRow]]:
    rows = await db.execute(
        select(VisitEventRow, RequestVisitRow)
        .join(RequestVisitRow, RequestVisitRow.id == VisitEventRow.visit_id)
        .where(
            RequestVisitRow.request_id == request_id,
            VisitEventRow.is_wanted,
            RequestVisitRow.starts_at > now,
        )
        .order_by(VisitEventRow.id)
        .execution_options(populate_existing=True)
    )
    return [(event, visit) for event, visit in rows]


def _taken_along(
    visit: RequestVisitRow,
    theirs: Iterable[tuple[VisitEventRow, RequestVisitRow]],
    request: RequestRow,
) -> tuple[list[VisitEventRow], bool]:
    """The events that the visit is to have; and whether any of them is new, moved or superfluous."""
    found = {
        event.person_id: event
        for event, was in theirs
        if (was.kind, was.how) == (visit.kind, visit.how)
    }
    wanted = dict.fromkeys([visit.proposed_by_id, request.person_id])
    holder = next(
        (person for person in wanted if person in found and found[person].holds_meeting), None
    )
    if visit.how == TEAMS and holder is None:
        # An event that was made without a meeting can't be given one: both begin anew.
        found, holder = {}, visit.proposed_by_id
    kept = [
        found.get(person)
        or VisitEventRow(
            id=uuid4(),
            visit_id=visit.id,
            person_id=person,
            holds_meeting=visit.how == TEAMS and person == holder,
            is_wanted=True,
            told="",
        )
        for person in wanted
    ]
    known = {event.id for event, was in theirs if was.id == visit.id}
    return kept, known != {each.id for each in kept}


def _carry_link(
    visit: RequestVisitRow,
    kept: Iterable[VisitEventRow],
    theirs: Iterable[tuple[VisitEventRow, RequestVisitRow]],
) -> None:
    """A meeting that goes along keeps its link; a new one has a link of its own."""
    holds = {each.id for each in kept if each.holds_meeting}
    links = [was.online_url for event, was in theirs if event.id in holds]
    visit.online_url = next(iter(links), "")


async def _owe(db: AsyncSession, events: Iterable[VisitEventRow], now: datetime) -> None:
    await owe_all(db, [_a_look(each.id, each.person_id, now) for each in events], now)


def _a_look(event_id: UUID, person_id: UUID, now: datetime) -> Due:
    """An item that brings an event to what is true when its turn comes; one lane an event."""
    return Due(
        Kind.VISIT,
        {"visit_event": str(event_id)},
        key=f"{Kind.VISIT}:{event_id}:{uuid4().hex}",
        not_before=now,
        person_id=person_id,
        lane=f"{Kind.VISIT}:{event_id}",
    )


async def event_to_reconcile(db: AsyncSession, event_id: UUID, now: datetime) -> VisitEvent | None:
    """Read an event just before calling Graph for it, and note that the call is being made."""
    row = await db.scalar(
        select(VisitEventRow)
        .options(joinedload(VisitEventRow.person).joinedload(PersonRow.school))
        .where(VisitEventRow.id == event_id)
    )
    visit_row = await db.get(RequestVisitRow, row.visit_id) if row else None
    if row is None or visit_row is None:
        return None
    request = await request_to_tell(db, visit_row.request_id)
    host = await person_with_id(db, visit_row.proposed_by_id)
    if request is None or host is None:
        return None
    visit = next(each for each in request.visits if each.id == row.visit_id)
    was_attempted = row.attempted_at is not None
    if row.is_wanted and not was_attempted:
        row.attempted_at = now
    return VisitEvent(
        id=row.id,
        person=as_person(row.person),
        request=request,
        visit=visit,
        host=host,
        holds_meeting=row.holds_meeting,
        is_wanted=row.is_wanted,
        was_attempted=was_attempted,
        transaction_id=row.transaction_id or row.id,
        graph_event_id=row.graph_event_id,
        told=row.told,
    )


async def note_event(db: AsyncSession, event_id: UUID, graph_event_id: str, told: str) -> None:
    """Remember what Graph calls the event, and what it was told of it."""
    await _note(db, event_id, graph_event_id=graph_event_id, told=told)


async def note_gone(db: AsyncSession, event_id: UUID) -> None:
    """Note that nothing of this event can be left in the calendar; the next is a new one."""
    await _note(
        db, event_id, graph_event_id=None, attempted_at=None, told="", transaction_id=uuid4()
    )


async def note_link(db: AsyncSession, event: VisitEvent, link: str, now: datetime) -> None:
    """Keep the link of a call's meeting, and owe it to the other side's calendar."""
    changed = await db.execute(
        update(RequestVisitRow)
        .where(RequestVisitRow.id == event.visit.id, RequestVisitRow.online_url != link)
        .values(online_url=link)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        return
    others = await db.scalars(
        select(VisitEventRow).where(
            VisitEventRow.visit_id == event.visit.id,
            VisitEventRow.id != event.id,
            VisitEventRow.is_wanted,
        )
    )
    await _owe(db, others.all(), now)


async def hand_meeting_on(db: AsyncSession, event: VisitEvent, now: datetime) -> bool:
    """Let the meeting be kept in the other side's calendar; False when there is nobody else.

    The request is held, as for everything that changes who has which event.
    """
    await db.get(RequestRow, event.request.id, with_for_update=True, populate_existing=True)
    row = await db.get(VisitEventRow, event.id, populate_existing=True)
    other = await db.scalar(
        select(VisitEventRow)
        .join(PersonRow, PersonRow.id == VisitEventRow.person_id)
        .where(
            VisitEventRow.visit_id == event.visit.id,
            VisitEventRow.id != event.id,
            VisitEventRow.is_wanted,
            PersonRow.no_mailbox_at.is_(None),
        )
    )
    if row is None or other is None:
        return False
    other.is_wanted = False
    row.holds_meeting = False
    holder = VisitEventRow(
        id=uuid4(),
        visit_id=event.visit.id,
        person_id=other.person_id,
        holds_meeting=True,
        is_wanted=True,
        told="",
    )
    db.add(holder)
    await db.flush()
    await _owe(db, [other, holder], now)
    return True


async def _note(db: AsyncSession, event_id: UUID, **values: Any) -> None:
    await db.execute(update(VisitEventRow).where(VisitEventRow.id == event_id).values(**values))
