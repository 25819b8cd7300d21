"""Requests of people who are gone: what they asked for ends, what they dealt with is the leads' again.

Gone is whoever left the trust or is erased. Nobody waits for a visit to which nobody comes. Whoever
only stops leading the Hub still comes to what they were to visit, so those requests become theirs.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.people import Person, Role
from hub.request_life import without_its_time
from hub.requests import OPEN, State, Step, Visit, VisitState
from hub.staff_group import LEFT_THE_TRUST
from hub.visit_entry import taken_off
from store import visit_events
from store.meeting_parties import leads
from store.people import person_with_id
from store.request_reads import request_to_tell
from store.requests import drop_times, handlers, owe_update, withdraw, write
from store.tables import PersonRow, RequestRow, RequestVisitRow

_TO_COME = RequestVisitRow.state.in_([VisitState.PROPOSED, VisitState.ARRANGED])


async def of_leavers(db: AsyncSession, now: datetime) -> list[tuple[UUID, UUID]]:
    """Open requests in which somebody who left has a part: person and request."""
    found = await db.execute(
        select(PersonRow.id, RequestRow.id)
        .join(RequestRow, or_(RequestRow.person_id == PersonRow.id, _deals_with_it(now)))
        .where(PersonRow.left_at.is_not(None), RequestRow.state.in_(OPEN))
        .order_by(RequestRow.id, PersonRow.id)
    )
    return [(person_id, request_id) for person_id, request_id in found]


def _deals_with_it(now: datetime) -> ColumnElement[bool]:
    comes = exists().where(
        RequestVisitRow.request_id == RequestRow.id,
        RequestVisitRow.proposed_by_id == PersonRow.id,
        RequestVisitRow.starts_at > now,
        _TO_COME,
    )
    return or_(RequestRow.owner_id == PersonRow.id, comes)


async def let_go(db: AsyncSession, person_id: UUID, request_id: UUID, now: datetime) -> bool:
    """End or hand back one request of somebody who left; False when nothing was to do."""
    person = await person_with_id(db, person_id)
    row = await db.get(RequestRow, request_id, with_for_update=True, populate_existing=True)
    if person is None or person.left_at is None or row is None or row.state not in OPEN:
        return False
    if row.person_id == person.id:
        await withdraw(db, person, request_id, now, LEFT_THE_TRUST)
    else:
        await _hand_back(db, person, row, now)
    return True


async def hand_all_back(db: AsyncSession, person: Person, now: datetime) -> None:
    """Give the leads every open request that this person deals with, in the order of their ids."""
    found = await db.scalars(
        select(RequestRow.id)
        .join(PersonRow, PersonRow.id == person.id)
        .where(RequestRow.state.in_(OPEN), _deals_with_it(now))
        .order_by(RequestRow.id)
    )
    for request_id in found.all():
        row = await db.get(RequestRow, request_id, with_for_update=True, populate_existing=True)
        if row is not None and row.state in OPEN:
            await _hand_back(db, person, row, now)


async def _hand_back(db: AsyncSession, person: Person, row: RequestRow, now: datetime) -> None:
    """Take somebody off a request, which is held, with the times to come at which they would be.

    A time that is over stays: another colleague can record what came of it.
    """
    before = await request_to_tell(db, row.id)
    if before is None:
        return
    off = [
        each
        for each in before.visits
        if each.state in {VisitState.PROPOSED, VisitState.ARRANGED}
        and each.host_id == person.id
        and each.starts_at > now
    ]
    if row.owner_id == person.id:
        row.owner_id = None
    if off:
        await _take_off(db, row, off, now)
    row.revision += 1
    entry_id = await write(db, row.id, person, Step.HAND_BACK, now, taken_off(off))
    await visit_events.follow(db, row, now)
    request = await request_to_tell(db, row.id)
    if request is not None:
        told = {request.asker.id, *await handlers(db, request)}
        await owe_update(db, told - {person.id}, entry_id, now)


async def _take_off(db: AsyncSession, row: RequestRow, off: list[Visit], now: datetime) -> None:
    if any(each.state is VisitState.ARRANGED for each in off):
        state = State(row.state)
        row.state = without_its_time(state)
        if state is State.FOLLOW_UP_ARRANGED:
            row.follow_up_wanted_at = now
    # What was promised is to be offered anew, and slips if it is not.
    row.offered_at = None
    await db.flush()
    await drop_times(db, row.id)


#: What the others who lead the Hub read of it.
STEPPED_DOWN = "no longer a lead of the Hub, and still to make this visit"


async def keep_visits_of_former_leads(db: AsyncSession, now: datetime) -> int:
    """Hand requests to those who were to visit as leads and lead no more; tell how many.

    Without that neither they nor, where no lead is left, anybody would see them. The leads hear
    of it, and can hand each to somebody else.
    """
    found = await db.execute(
        select(RequestRow.id, PersonRow.id)
        .join(RequestVisitRow, RequestVisitRow.request_id == RequestRow.id)
        .join(PersonRow, PersonRow.id == RequestVisitRow.proposed_by_id)
        .where(
            RequestRow.owner_id.is_(None),
            RequestRow.state.in_(OPEN),
            _still_stands(now),
            PersonRow.left_at.is_(None),
            PersonRow.is_appointed.is_(False),
            ~cast(PersonRow.roles, String).contains(f'"{Role.LEAD}"'),
        )
        .order_by(RequestRow.id)
        .distinct()
    )
    kept = 0
    for request_id, person_id in found.all():
        row = await db.get(RequestRow, request_id, with_for_update=True, populate_existing=True)
        person = await person_with_id(db, person_id)
        if row is None or person is None or row.owner_id is not None:
            continue
        row.owner_id = person_id
        row.revision += 1
        entry_id = await write(db, request_id, person, Step.KEEP, now, STEPPED_DOWN)
        told = {each.id for each in await leads(db)}
        await owe_update(db, told - {person_id, row.person_id}, entry_id, now)
        kept += 1
    return kept


def _still_stands(now: datetime) -> ColumnElement[bool]:
    """A time that is arranged, until it is recorded, or one on offer that is still to come."""
    on_offer = and_(RequestVisitRow.state == VisitState.PROPOSED, RequestVisitRow.starts_at > now)
    return or_(RequestVisitRow.state == VisitState.ARRANGED, on_offer)
