"""Who is to be at a school's meeting, and what else these people have on."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub.booking import BookingState, Session, SessionState
from hub.directory import Busy
from hub.people import Person, Role, School
from hub.school_meetings import ATTENDING, Party, is_led_by
from store.people import as_person
from store.sessions import as_session
from store.tables import BookingRow, PersonRow, SchoolRow, SessionRow


async def school_with_id(db: AsyncSession, school_id: str) -> School | None:
    """One school; None when the Hub does not know it."""
    row = await db.get(SchoolRow, school_id)
    return School(row.id, row.name, row.is_partner) if row else None


async def locked_school(db: AsyncSession, school_id: str) -> School | None:
    """A school, held until the transaction ends: its meetings are arranged one after another.

    It stays open to rows that only refer to it.
    """
    row = await db.get(
        SchoolRow, school_id, with_for_update={"key_share": True}, populate_existing=True
    )
    return School(row.id, row.name, row.is_partner) if row else None


async def party_of(db: AsyncSession, person: Person, school: School) -> Party:
    """Everybody who is to be there when this person arranges the meeting of a school.

    A lead who arranges it comes along; otherwise the first of the Trust SEND Leads does.
    """
    if person.is_lead:
        return Party(school, await attendees(db, school.id), person)
    return Party(school, await attendees(db, school.id), next(iter(await leads(db)), None))


async def attendees(db: AsyncSession, school_id: str) -> tuple[Person, ...]:
    """SENCos and headteachers of a school, by name."""
    rows = await db.scalars(_by_name().where(PersonRow.school_id == school_id))
    staff = [as_person(row) for row in rows]
    return tuple(each for each in staff if not each.roles.isdisjoint(ATTENDING))


async def leads(db: AsyncSession) -> list[Person]:
    """Everybody who leads the Hub, by name; whom the trust's own file calls a lead comes first."""
    # Roles are a JSON list, which the two engines search differently; a trust has few people.
    rows = await db.scalars(_by_name())
    found = sorted(rows, key=lambda row: Role.LEAD not in row.roles)
    return [each for each in map(as_person, found) if each.is_lead]


def _by_name() -> Select[PersonRow]:
    return (
        select(PersonRow)
        .options(joinedload(PersonRow.school))
        .where(PersonRow.left_at.is_(None))
        .order_by(PersonRow.name, PersonRow.id)
    )


async def lock_people(db: AsyncSession, people: Iterable[Person]) -> None:
    """Hold people until the transaction ends, so that two schools cannot have one lead at once.

    Always in the same order, and open to rows that only refer to them (their bookings).
    """
    ids = sorted({each.id for each in people})
    await db.execute(
        select(PersonRow.id)
        .where(PersonRow.id.in_(ids))
        .order_by(PersonRow.id)
        .with_for_update(key_share=True)
    )


async def engagements(
    db: AsyncSession,
    people: Sequence[Person],
    starts_at: datetime,
    ends_at: datetime,
    *,
    besides: UUID | None = None,
) -> list[Busy]:
    """When these people have something else of the Hub's on: what they booked or what they lead.

    ``besides`` is the session that is being moved, and does not count.
    """
    on = [
        session
        for session in await _sessions_between(db, starts_at, ends_at)
        if session.id != besides
    ]
    booked = await _booked(db, people, [session.id for session in on])
    return [
        Busy(session.starts_at, session.ends_at)
        for session in on
        if session.id in booked or any(each.is_lead and is_led_by(session, each) for each in people)
    ]


async def _sessions_between(
    db: AsyncSession, starts_at: datetime, ends_at: datetime
) -> list[Session]:
    rows = await db.scalars(
        select(SessionRow).where(
            SessionRow.state == SessionState.SCHEDULED,
            SessionRow.starts_at < ends_at,
            SessionRow.ends_at > starts_at,
        )
    )
    return [as_session(db, row) for row in rows]


async def _booked(
    db: AsyncSession, people: Iterable[Person], session_ids: Iterable[UUID]
) -> set[UUID]:
    rows = await db.scalars(
        select(BookingRow.session_id).where(
            BookingRow.person_id.in_([each.id for each in people]),
            BookingRow.session_id.in_(list(session_ids)),
            BookingRow.state.in_([BookingState.CONFIRMED, BookingState.OFFERED]),
        )
    )
    return set(rows)
