"""Requests as values: one's own, those to deal with, and one with all its history."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub.people import Person
from hub.request_life import parties_of
from hub.requests import OPEN, Entry, Request, State, Step, Visit, VisitKind, VisitState
from store.database import zone_of
from store.people import as_person
from store.tables import PersonRow, RequestEntryRow, RequestRow, RequestVisitRow, SchoolRow

#: Nobody reads further down a list of what is over.
MOST_ENDED = 20
#: A search shows no more than this.
MOST_FOUND = 60


def whole() -> Select[RequestRow]:
    """A request's row with the people whose value needs them."""
    return select(RequestRow).options(
        joinedload(RequestRow.person).joinedload(PersonRow.school),
        joinedload(RequestRow.owner).joinedload(PersonRow.school),
        joinedload(RequestRow.continues_in),
    )


async def request_of(db: AsyncSession, person: Person, request_id: UUID) -> Request | None:
    """One request that is this person's business; None for anybody else's, as for none."""
    return await _one(db, person, RequestRow.id == request_id)


async def request_with_reference(
    db: AsyncSession, person: Person, reference: str
) -> Request | None:
    """One request by its reference, if it is this person's business."""
    return await _one(db, person, RequestRow.reference == reference)


async def _one(db: AsyncSession, person: Person, which: ColumnElement[bool]) -> Request | None:
    found = await _requests(db, whole().where(which, _visible_to(person)))
    return next((each for each in found if parties_of(person, each)), None)


def _visible_to(person: Person) -> ColumnElement[bool]:
    own = _own(person)
    handed = RequestRow.owner_id == person.id
    if person.is_lead:
        return or_(own, RequestRow.state != State.DRAFT)
    return or_(own, handed & (RequestRow.state != State.DRAFT))


async def request_to_tell(db: AsyncSession, request_id: UUID) -> Request | None:
    """A request as it stands, for delivery, which acts for nobody."""
    found = await _requests(db, whole().where(RequestRow.id == request_id))
    return next(iter(found), None)


async def request_of_entry(db: AsyncSession, entry_id: UUID) -> tuple[Request, Entry] | None:
    """One line of a history with its request, for delivery, which acts for nobody."""
    row = await db.get(RequestEntryRow, entry_id)
    request = await request_to_tell(db, row.request_id) if row else None
    if request is None:
        return None
    return next(((request, each) for each in request.entries if each.id == entry_id), None)


async def request_of_visit(db: AsyncSession, visit_id: UUID) -> tuple[Request, Visit] | None:
    """One time with its request, for delivery, which acts for nobody."""
    row = await db.get(RequestVisitRow, visit_id)
    request = await request_to_tell(db, row.request_id) if row else None
    if request is None:
        return None
    return next(((request, each) for each in request.visits if each.id == visit_id), None)


async def own_requests(db: AsyncSession, person: Person) -> list[Request]:
    """What this person asked for: drafts and open ones, oldest first, then what is over."""
    mine = RequestRow.person_id == person.id
    live = [State.DRAFT, *OPEN]
    first = RequestRow.begun_at
    found = await _requests(db, whole().where(mine, RequestRow.state.in_(live)).order_by(first))
    over = whole().where(mine, RequestRow.state.not_in(live))
    ended = await _requests(db, over.order_by(first.desc()).limit(MOST_ENDED))
    return [*found, *ended]


async def drafts_of(db: AsyncSession, person: Person) -> list[Request]:
    """What this person has begun and not sent, the newest first."""
    wanted = (RequestRow.person_id == person.id, RequestRow.state == State.DRAFT)
    return await _requests(db, whole().where(*wanted).order_by(RequestRow.begun_at.desc()))


async def queue(db: AsyncSession, person: Person) -> list[Request]:
    """Open requests that this person deals with: all of them for a lead; oldest first."""
    mine = (
        RequestRow.state.in_(OPEN)
        if person.is_lead
        else (RequestRow.state.in_(OPEN) & (RequestRow.owner_id == person.id))
    )
    return await _requests(db, whole().where(mine).order_by(RequestRow.submitted_at, RequestRow.id))


async def visited(db: AsyncSession, person: Person, reference: str = "") -> list[Request]:
    """Requests of visits and calls that this person had or made, the newest of them first."""
    held = (
        select(RequestVisitRow.request_id, func.max(RequestVisitRow.starts_at).label("last"))
        .where(RequestVisitRow.state == VisitState.HELD)
        .group_by(RequestVisitRow.request_id)
        .subquery()
    )
    came = exists().where(
        RequestVisitRow.request_id == RequestRow.id,
        RequestVisitRow.state == VisitState.HELD,
        RequestVisitRow.proposed_by_id == person.id,
    )
    # Named by its reference, it may be one that a colleague visited.
    which = RequestRow.reference == reference if reference else or_(_own(person), came)
    wanted = (
        whole()
        .join(held, held.c.request_id == RequestRow.id)
        .where(_visible_to(person), which)
        .order_by(held.c.last.desc(), RequestRow.id)
        .limit(MOST_ENDED)
    )
    return [each for each in await _requests(db, wanted) if parties_of(person, each)]


def _own(person: Person) -> ColumnElement[bool]:
    return RequestRow.person_id == person.id


async def open_requests(db: AsyncSession) -> list[Request]:
    """Every open request, for the planner, which acts for nobody."""
    wanted = whole().where(RequestRow.state.in_(OPEN))
    return await _requests(db, wanted.order_by(RequestRow.submitted_at, RequestRow.id))


async def search(
    db: AsyncSession, person: Person, words: str, services: Collection[str]
) -> list[Request]:
    """Requests to deal with, open or over, that speak of these words; the newest first.

    ``services`` are the keys of those whose names speak of them.
    """
    said = [
        RequestRow.reference.icontains(words, autoescape=True),
        RequestRow.service.in_(services),
        cast(RequestRow.answers, String).icontains(words, autoescape=True),
        RequestRow.person.has(PersonRow.name.icontains(words, autoescape=True)),
        RequestRow.person.has(
            PersonRow.school.has(SchoolRow.name.icontains(words, autoescape=True))
        ),
    ]
    wanted = whole().where(_visible_to(person), RequestRow.state != State.DRAFT, or_(*said))
    found = await _requests(
        db, wanted.order_by(RequestRow.submitted_at.desc(), RequestRow.id).limit(MOST_FOUND)
    )
    return [each for each in found if parties_of(person, each)]


async def _requests(db: AsyncSession, wanted: Select[RequestRow]) -> list[Request]:
    rows = (await db.scalars(wanted.execution_options(populate_existing=True))).all()
    ids = [row.id for row in rows]
    visits = await _visits(db, ids)
    entries = await _entries(db, ids)
    return [as_request(row, visits.get(row.id, ()), entries.get(row.id, ())) for row in rows]


async def _visits(db: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Visit]]:
    rows = await db.scalars(
        select(RequestVisitRow)
        .where(RequestVisitRow.request_id.in_(ids))
        .order_by(RequestVisitRow.starts_at, RequestVisitRow.id)
        .execution_options(populate_existing=True)
    )
    zone = zone_of(db)
    found: dict[UUID, list[Visit]] = {}
    for row in rows:
        visit = Visit(
            row.id,
            VisitKind(row.kind),
            VisitState(row.state),
            row.how,
            row.starts_at.astimezone(zone),
            row.ends_at.astimezone(zone),
            row.minutes,
            row.online_url,
            row.proposed_by_id,
        )
        found.setdefault(row.request_id, []).append(visit)
    return found


async def _entries(db: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Entry]]:
    rows = await db.scalars(
        select(RequestEntryRow)
        .options(joinedload(RequestEntryRow.person))
        .where(RequestEntryRow.request_id.in_(ids))
        .order_by(RequestEntryRow.at, RequestEntryRow.id)
    )
    found: dict[UUID, list[Entry]] = {}
    for row in rows:
        entry = Entry(row.id, row.at, row.person.name, row.person_id, Step(row.step), row.words)
        found.setdefault(row.request_id, []).append(entry)
    return found


def as_request(row: RequestRow, visits: Iterable[Visit], entries: Iterable[Entry]) -> Request:
    """The value for a row that ``whole`` has read."""
    moments: dict[str, datetime | None] = {
        name: getattr(row, name)
        for name in (
            "submitted_at",
            "acknowledged_at",
            "visit_arranged_at",
            "visited_at",
            "closed_at",
            "offered_at",
            "follow_up_wanted_at",
            "lapsed_at",
        )
    }
    told: dict[str, Any] = {**moments}
    return Request(
        id=row.id,
        reference=row.reference or "",
        service=row.service,
        asker=as_person(row.person),
        state=State(row.state),
        answers={str(key): str(value) for key, value in row.answers.items()},
        page=row.page,
        revision=row.revision,
        begun_at=row.begun_at,
        owner=as_person(row.owner) if row.owner else None,
        continues_in=(row.continues_in.reference or "") if row.continues_in else "",
        helped=row.helped,
        visits=tuple(visits),
        entries=tuple(entries),
        **told,
    )
