"""News from leads: who could get it, sent once, what was sent, and what one person is to be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub.announcements import Addressee, Announcement, chosen_from
from hub.booking import BookingState, Session
from hub.nudges import Nudge, Rule
from hub.people import School
from hub.school_year import SchoolCalendar
from store import nudges, school_years
from store.database import insert_once, zone_of
from store.people import as_person
from store.programme import schools
from store.sessions import as_session
from store.tables import AnnouncementRow, BookingRow, ConversationRow, PersonRow, SessionRow


@dataclass(frozen=True)
class Reach:
    """All that decides who gets news and when it goes out, read at one moment."""

    everybody: tuple[Addressee, ...]
    schools: tuple[School, ...]
    calendar: SchoolCalendar


async def reach(db: AsyncSession, session: Session | None) -> Reach:
    """Everybody the bot knows and who has not left, by name, with their standing in one session; for leads only.

    A few queries, however many people.
    """
    return Reach(
        everybody=await _everybody(db, session.id if session else None),
        schools=tuple(await schools(db)),
        calendar=await school_years.calendar(db),
    )


async def _everybody(db: AsyncSession, session_id: UUID | None) -> tuple[Addressee, ...]:
    found = await db.execute(
        select(PersonRow, ConversationRow.person_id, BookingRow.state)
        .outerjoin(ConversationRow, ConversationRow.person_id == PersonRow.id)
        .outerjoin(
            BookingRow,
            and_(BookingRow.person_id == PersonRow.id, BookingRow.session_id == session_id),
        )
        .options(joinedload(PersonRow.school))
        .where(PersonRow.left_at.is_(None))
        .order_by(PersonRow.name, PersonRow.id)
    )
    return tuple(
        Addressee(as_person(row), chat is not None, BookingState(state) if state else None)
        for row, chat, state in found
    )


async def send(
    db: AsyncSession,
    announcement: Announcement,
    people: Sequence[Addressee],
    due_at: datetime,
) -> bool:
    """Owe this news to these people; False when it was sent before, and nothing is owed again.

    The announcement's id is made with the form, so that a second tap, an old card and a second
    replica all find the first.
    """
    session = announcement.session
    meant_for = announcement.chosen.as_data() | {
        "words": announcement.for_whom,
        "session": str(session.id) if session else None,
    }
    is_new = await insert_once(
        db,
        AnnouncementRow,
        id=announcement.id,
        author_id=announcement.author_id,
        words=announcement.words,
        meant_for=meant_for,
        recipients=len(people),
        sent_at=announcement.sent_at,
    )
    if is_new:
        owed = [_nudge(announcement, each, due_at) for each in people]
        await nudges.plan_all(db, owed, announcement.sent_at)
    return is_new


def _nudge(announcement: Announcement, addressee: Addressee, due_at: datetime) -> Nudge:
    person_id = addressee.person.id
    key = f"{Rule.ANNOUNCEMENT}:{announcement.id}:{person_id}"
    return Nudge(Rule.ANNOUNCEMENT, person_id, announcement.id, due_at, key)


async def sent(db: AsyncSession, limit: int, offset: int = 0) -> list[Announcement]:
    """What leads have announced, the newest first; for leads only."""
    chosen = _with_author().order_by(AnnouncementRow.sent_at.desc(), AnnouncementRow.id)
    found = await db.execute(chosen.limit(limit).offset(offset))
    return [_as_announcement(db, *row, session=None) for row in found]


async def sent_as(db: AsyncSession, announcement_id: UUID) -> Announcement | None:
    """The announcement with this id; None while it has not been sent. For leads only."""
    found = (await db.execute(_with_author().where(AnnouncementRow.id == announcement_id))).first()
    return _as_announcement(db, *found, session=None) if found else None


@dataclass(frozen=True)
class News:
    """An announcement, and how one person stands to the session that it is about."""

    announcement: Announcement
    standing: BookingState | None


async def news_to_tell(db: AsyncSession, announcement_id: UUID, person_id: UUID) -> News | None:
    """One announcement for one person, for delivery, which acts for nobody."""
    found = (await db.execute(_with_author().where(AnnouncementRow.id == announcement_id))).first()
    if found is None:
        return None
    row, author = found
    session_id = row.meant_for.get("session")
    session_row = await db.get(SessionRow, UUID(session_id)) if session_id else None
    state = None
    if session_row:
        state = await db.scalar(
            select(BookingRow.state).where(
                BookingRow.person_id == person_id, BookingRow.session_id == session_row.id
            )
        )
    announcement = _as_announcement(db, row, author, session=session_row)
    return News(announcement, BookingState(state) if state else None)


def _with_author() -> Select[AnnouncementRow, str]:
    return select(AnnouncementRow, PersonRow.name).join(
        PersonRow, PersonRow.id == AnnouncementRow.author_id
    )


def _as_announcement(
    db: AsyncSession, row: AnnouncementRow, author: Any, *, session: SessionRow | None
) -> Announcement:
    return Announcement(
        id=row.id,
        author_id=row.author_id,
        author_name=author,
        words=row.words,
        for_whom=row.meant_for["words"],
        chosen=chosen_from(row.meant_for),
        recipients=row.recipients,
        sent_at=row.sent_at.astimezone(zone_of(db)),
        session=as_session(db, session) if session else None,
    )
