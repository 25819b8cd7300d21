"""What was sent, what waits and what is parked, person by person: owed is the sum of the three."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.booking import HOLDS_A_PLACE, BookingState
from hub.nudges import ABOUT_A_BOOKING, NudgeState, Rule
from hub.outbox import Kind, OutboxState
from store.tables import (
    BookingRow,
    CalendarEventRow,
    MeetingRow,
    NudgeRow,
    OutboxRow,
    RequestVisitRow,
    SessionRow,
    VisitEventRow,
)


@dataclass(frozen=True)
class Delivered:
    """One nudge that reached one person, in one way."""

    at: datetime
    person_id: UUID
    rule: Rule
    subject_id: UUID
    kind: Kind


async def delivered(db: AsyncSession, since: datetime, until: datetime) -> list[Delivered]:
    """Everything told in this time, oldest first; what went out together has the same instant."""
    rows = await db.execute(
        select(OutboxRow.finished_at, OutboxRow.person_id, OutboxRow.payload, OutboxRow.kind)
        .where(
            OutboxRow.state == OutboxState.SENT,
            OutboxRow.kind.not_in([Kind.CALENDAR, Kind.VISIT]),
            OutboxRow.finished_at >= since,
            OutboxRow.finished_at < until,
            OutboxRow.person_id.is_not(None),
        )
        .order_by(OutboxRow.finished_at, OutboxRow.id)
    )
    return [each for row in rows for each in _things_in(*row)]


def _things_in(
    at: datetime, person_id: UUID, payload: dict[str, Any], kind: str
) -> Iterator[Delivered]:
    for rule, subject in ((payload["rule"], payload["subject"]), *payload.get("more", ())):
        yield Delivered(at, person_id, Rule(rule), UUID(subject), Kind(kind))


async def session_of_each(
    db: AsyncSession, told: Collection[Delivered]
) -> dict[UUID, tuple[UUID, datetime]]:
    """By subject, the session that it is about and when that starts; others are left out."""
    bookings = {each.subject_id for each in told if each.rule in ABOUT_A_BOOKING}
    found = await db.execute(
        select(BookingRow.id, SessionRow.id, SessionRow.starts_at).join(
            SessionRow, SessionRow.id == BookingRow.session_id
        )
    )
    by_booking = {row[0]: (row[1], row[2]) for row in found if row[0] in bookings}
    others = await db.execute(select(SessionRow.id, SessionRow.starts_at))
    subjects = {each.subject_id for each in told} - bookings
    return by_booking | {row[0]: (row[0], row[1]) for row in others if row[0] in subjects}


async def visit_starts(db: AsyncSession) -> dict[UUID, datetime]:
    """When each visit and call of a request starts or would have."""
    found = await db.execute(select(RequestVisitRow.id, RequestVisitRow.starts_at))
    return {row[0]: row[1] for row in found}


async def not_sent(db: AsyncSession) -> dict[tuple[Kind, OutboxState, str], int]:
    """What waits and what is parked, in figures, with the reason."""
    rows = await db.execute(
        select(OutboxRow.kind, OutboxRow.state, OutboxRow.reason, func.count(OutboxRow.id))
        .where(OutboxRow.state.in_([OutboxState.WAITING, OutboxState.PARKED]))
        .group_by(OutboxRow.kind, OutboxRow.state, OutboxRow.reason)
    )
    return {(Kind(kind), OutboxState(state), why): count for kind, state, why, count in rows}


async def still_pending(
    db: AsyncSession, rules: Collection[Rule], due_before: datetime
) -> list[tuple[Rule, UUID]]:
    """Nudges by these rules that were due before then and are in no message yet, and to whom."""
    rows = await db.execute(
        select(NudgeRow.rule, NudgeRow.person_id)
        .where(
            NudgeRow.state == NudgeState.PENDING,
            NudgeRow.due_at < due_before,
            NudgeRow.rule.in_(list(rules)),
        )
        .order_by(NudgeRow.due_at, NudgeRow.key)
    )
    return [(Rule(rule), person_id) for rule, person_id in rows]


async def events_wanted(db: AsyncSession) -> Counter[UUID]:
    """How many calendar events each person ought to have: places, visits, meetings they hold."""
    places = select(BookingRow.person_id, func.count(CalendarEventRow.id)).join(
        BookingRow, BookingRow.id == CalendarEventRow.booking_id
    )
    asked = (
        places.where(CalendarEventRow.is_wanted).group_by(BookingRow.person_id),
        select(VisitEventRow.person_id, func.count(VisitEventRow.id))
        .where(VisitEventRow.is_wanted)
        .group_by(VisitEventRow.person_id),
        select(MeetingRow.organiser_id, func.count(MeetingRow.id))
        .where(MeetingRow.is_wanted, MeetingRow.organiser_id.is_not(None))
        .group_by(MeetingRow.organiser_id),
    )
    wanted: Counter[UUID] = Counter()
    for each in asked:
        wanted.update({row[0]: row[1] for row in await db.execute(each) if row[0] is not None})
    return wanted


async def overbooked(db: AsyncSession) -> list[str]:
    """Titles of sessions in which more places are held than there are (promise 1: none)."""
    holds = [*HOLDS_A_PLACE, BookingState.MISSED]
    rows = await db.execute(
        select(SessionRow.title)
        .join(BookingRow, BookingRow.session_id == SessionRow.id)
        .where(BookingRow.state.in_(holds))
        .group_by(SessionRow.id, SessionRow.title, SessionRow.capacity)
        .having(func.count(BookingRow.id) > SessionRow.capacity)
    )
    return list(rows.scalars())


async def messages_sent(db: AsyncSession) -> dict[UUID, int]:
    """How many cards each person was sent."""
    rows = await db.execute(
        select(OutboxRow.person_id, func.count(OutboxRow.id))
        .where(OutboxRow.state == OutboxState.SENT, OutboxRow.kind == Kind.CHAT)
        .group_by(OutboxRow.person_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}
