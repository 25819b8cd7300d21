"""The one Teams meeting of an online session: wanted or not, tried or not, there or not.

It lives in the calendar of a lead and has no attendees; everybody booked has an event of their own
(``calendar_events``), which carries the link.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import String, cast, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub.booking import ONLINE_VENUES, Session, SessionState
from hub.outbox import Kind
from hub.people import Person, Role
from store import calendar_events, outbox
from store.people import as_person
from store.sessions import as_session, locked_session
from store.tables import MeetingRow, PersonRow, SessionRow


@dataclass(frozen=True)
class Meeting:
    """What should be, and what is known to be, of one session's Teams meeting."""

    id: UUID
    session: Session
    #: In whose calendar it is or is to be; None while no lead can keep one.
    organiser: Person | None
    is_wanted: bool
    was_attempted: bool
    #: Graph's ``transactionId``.
    transaction_id: UUID
    graph_event_id: str | None
    #: The fingerprint of the entry that Graph was last told.
    told: str


async def follow(
    db: AsyncSession, row: SessionRow, now: datetime, set_by: Person | None = None
) -> None:
    """Owe whatever a session's Teams meeting needs after a change; the session must be locked.

    ``set_by`` is the lead in whose calendar a new one is kept.
    """
    needed = as_session(db, row).needs_meeting
    meeting = await db.scalar(select(MeetingRow).where(MeetingRow.session_id == row.id))
    if meeting is None:
        if not needed:
            return
        meeting = MeetingRow(id=uuid4(), session_id=row.id, told="")
        meeting.organiser_id = set_by.id if set_by else None
        db.add(meeting)
    meeting.is_wanted = needed
    await db.flush()
    await outbox.owe(
        db,
        Kind.MEETING,
        {"meeting": str(meeting.id)},
        key=f"meeting:{meeting.id}:{uuid4().hex}",
        now=now,
        # A call-off never overtakes the creation that it undoes.
        lane=f"meeting:{meeting.id}",
    )


async def follow_new(db: AsyncSession, now: datetime) -> None:
    """Owe a Teams meeting to every session still to come that needs one and was never given any.

    Such are those that were on the programme before the Hub set up meetings, or came another way.
    """
    rows = await db.scalars(
        select(SessionRow)
        .outerjoin(MeetingRow, MeetingRow.session_id == SessionRow.id)
        .where(
            MeetingRow.id.is_(None),
            SessionRow.state == SessionState.SCHEDULED,
            SessionRow.starts_at > now,
            SessionRow.online_url == "",
            func.lower(SessionRow.venue).in_(ONLINE_VENUES),
        )
        .order_by(SessionRow.id)
        .with_for_update(of=SessionRow, skip_locked=True)
    )
    for row in rows.all():
        await follow(db, row, now)


async def meeting_to_reconcile(db: AsyncSession, meeting_id: UUID, now: datetime) -> Meeting | None:
    """Read a meeting just before calling Graph for it, and note that the call is being made."""
    row = await db.scalar(
        select(MeetingRow)
        .options(
            joinedload(MeetingRow.session),
            joinedload(MeetingRow.organiser).joinedload(PersonRow.school),
        )
        .where(MeetingRow.id == meeting_id)
    )
    if row is None:
        return None
    organiser = row.organiser
    if row.is_wanted and row.attempted_at is None and (organiser is None or organiser.left_at):
        organiser = await _first_lead(db)
        row.organiser_id = organiser.id if organiser else None
    was_attempted = row.attempted_at is not None
    if row.is_wanted and organiser and not was_attempted:
        row.attempted_at = now
    return Meeting(
        id=row.id,
        session=as_session(db, row.session),
        organiser=as_person(organiser) if organiser else None,
        is_wanted=row.is_wanted,
        was_attempted=was_attempted,
        transaction_id=row.transaction_id or row.id,
        graph_event_id=row.graph_event_id,
        told=row.told,
    )


async def _first_lead(db: AsyncSession) -> PersonRow | None:
    """The lead who has been one longest and has a mailbox, those named in the settings first."""
    # Roles are a JSON list of names; a whole name is found between its quotation marks.
    named = cast(PersonRow.roles, String).contains(f'"{Role.LEAD}"')
    return await db.scalar(
        select(PersonRow)
        .options(joinedload(PersonRow.school))
        .where(
            or_(PersonRow.is_appointed, named),
            PersonRow.no_mailbox_at.is_(None),
            PersonRow.left_at.is_(None),
        )
        .order_by(PersonRow.is_appointed.desc(), PersonRow.created_at, PersonRow.id)
        .limit(1)
    )


async def note_meeting(db: AsyncSession, meeting_id: UUID, graph_event_id: str, told: str) -> None:
    """Remember what Graph calls the meeting's event, and what it was told of it."""
    await _note(db, meeting_id, graph_event_id=graph_event_id, told=told)


async def note_link(db: AsyncSession, meeting: Meeting, join_url: str, now: datetime) -> None:
    """Keep the link with the session, and owe it to everybody booked: in calendars, not as news."""
    row = await locked_session(db, meeting.session.id)
    if row is not None and row.join_url != join_url:
        row.join_url = join_url
        await db.flush()
        await calendar_events.look_again(db, row.id, now)


async def note_gone(db: AsyncSession, meeting: Meeting, now: datetime) -> None:
    """Note that there is no meeting any more; the next is a new one, with a link of its own."""
    # The session is locked before the meeting, here as everywhere.
    await note_link(db, meeting, "", now)
    await _note(
        db,
        meeting.id,
        graph_event_id=None,
        attempted_at=None,
        told="",
        transaction_id=uuid4(),
    )


async def look_elsewhere(db: AsyncSession, meeting_id: UUID) -> None:
    """Note that the organiser's calendar can't keep it: another lead's is asked next."""
    await _note(db, meeting_id, organiser_id=None, attempted_at=None, transaction_id=uuid4())


async def _note(db: AsyncSession, meeting_id: UUID, **values: Any) -> None:
    await db.execute(update(MeetingRow).where(MeetingRow.id == meeting_id).values(**values))
