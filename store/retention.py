"""What has been kept long enough: old school years become numbers, and the machinery's notes go.

How long is decided in ``hub/retention.py``. Everything may be done again: counts are added in the
transaction that deletes what was counted.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub import retention
from hub.outbox import OutboxState
from hub.requests import OPEN
from store import erasing
from store.database import insert_once, zone_of
from store.held import columns_about_people
from store.tables import (
    AnnouncementRow,
    BookingRow,
    CalendarEventRow,
    ConversationRow,
    DialogStateRow,
    FeedbackRow,
    MeetingRow,
    MissedSearchRow,
    NextStepRow,
    NudgeRow,
    OutboxRow,
    PersonRow,
    QuickAnswerRow,
    RequestEntryRow,
    RequestRow,
    RequestVisitRow,
    SessionRow,
    SuggestionRow,
    TopicIdeaRow,
    TopicSupportRow,
    YearlyCountRow,
)

#: As many people as one transaction lets go of.
PEOPLE_AT_ONCE = 50
#: Year, kind, tier or service, school, state or rating.
Counted = tuple[str, str, str, str, str]


def kept_from(db: AsyncSession, now: datetime) -> datetime:
    """The first instant that is still kept whole."""
    zone = zone_of(db)
    first = retention.kept_from(now.astimezone(zone).date())
    return datetime.combine(first, time(), zone)


async def drop_notes(db: AsyncSession, now: datetime) -> None:
    """Drop what was sent or let go weeks ago, and where long-silent conversations stood."""
    settled = OutboxRow.state.in_([OutboxState.SENT, OutboxState.DROPPED, OutboxState.PARKED])
    sent_before = now - retention.OUTBOX_KEPT
    await _run(db, delete(OutboxRow).where(settled, OutboxRow.finished_at < sent_before))
    silent_since = now - retention.CONVERSATION_STATE_KEPT
    await _run(db, delete(DialogStateRow).where(DialogStateRow.updated_at < silent_since))


async def reduce_to_counts(db: AsyncSession, now: datetime) -> int:
    """Turn what is older than the previous school year into numbers; how many rows were counted."""
    before = kept_from(db, now)
    counts: Counter[Counted] = Counter()
    counts += await _old_bookings(db, before)
    counts += await _old_requests(db, before, now)
    counts += await _old_news_and_ideas(db, before)
    counts += await _old_searches(db, before)
    await _run(db, delete(NudgeRow).where(NudgeRow.planned_at < before))
    await _keep(db, counts)
    await _drop_nameless(db)
    return counts.total()


async def _old_bookings(db: AsyncSession, before: datetime) -> Counter[Counted]:
    """Bookings, and what was said of them, of sessions that ended before this."""
    old = SessionRow.ends_at < before
    counts: Counter[Counted] = Counter()
    rows = await db.execute(
        select(SessionRow.ends_at, SessionRow.tier, PersonRow.school_id, BookingRow.state)
        .join(BookingRow.session)
        .join(BookingRow.person)
        .where(old)
    )
    for ends_at, tier, school, state in rows:
        counts[_year(db, ends_at), "bookings", tier, school or "", state] += 1
    said = await db.execute(
        select(SessionRow.ends_at, SessionRow.tier, PersonRow.school_id, FeedbackRow.rating)
        .join(BookingRow, FeedbackRow.booking_id == BookingRow.id)
        .join(BookingRow.session)
        .join(BookingRow.person)
        .where(old)
    )
    for ends_at, tier, school, rating in said:
        outcome = "in words" if rating is None else str(rating)
        counts[_year(db, ends_at), "feedback", tier, school or "", outcome] += 1
    sessions = select(SessionRow.id).where(old)
    places = select(BookingRow.id).where(BookingRow.session_id.in_(sessions))
    for said_of in (FeedbackRow, CalendarEventRow):
        await _run(db, delete(said_of).where(said_of.booking_id.in_(places)))
    for row in (BookingRow, SuggestionRow, NextStepRow, MeetingRow):
        await _run(db, delete(row).where(row.session_id.in_(sessions)))
    # The programme itself stays; who led it and what was noted does not.
    was_led = or_(SessionRow.notes != "", SessionRow.reason != "", SessionRow.override_note != "")
    await _run(
        db,
        update(SessionRow).where(old, was_led).values(notes="", reason="", override_note=""),
    )
    for session in await db.scalars(select(SessionRow).where(old)):
        if session.leads:
            session.leads = []
    return counts


async def _old_requests(db: AsyncSession, before: datetime, now: datetime) -> Counter[Counted]:
    """Requests that were over before this, drafts among them; one that is open is never old."""
    began = func.coalesce(RequestRow.closed_at, RequestRow.submitted_at, RequestRow.begun_at)
    rows = await db.execute(
        select(RequestRow.id, began, RequestRow.service, PersonRow.school_id, RequestRow.state)
        .join(RequestRow.person)
        .where(RequestRow.state.not_in(list(OPEN)), began < before, RequestRow.page >= 0)
    )
    counts: Counter[Counted] = Counter()
    ids: list[UUID] = []
    for request_id, moment, service, school, state in rows:
        ids.append(request_id)
        counts[_year(db, moment), "requests", service, school or "", state] += 1
    if not ids:
        return counts
    await _run(db, delete(RequestEntryRow).where(RequestEntryRow.request_id.in_(ids)))
    await _run(db, delete(RequestVisitRow).where(RequestVisitRow.request_id.in_(ids)))
    # What others still refer to stays as an empty shell, and is not counted again.
    later = RequestRow.__table__.alias()
    needed = or_(
        exists().where(QuickAnswerRow.request_id == RequestRow.id),
        exists().where(later.c.continues_in_id == RequestRow.id, later.c.id.not_in(ids)),
    )
    shells = list(await db.scalars(select(RequestRow.id).where(RequestRow.id.in_(ids), needed)))
    await _run(db, update(RequestRow).where(RequestRow.id.in_(ids)).values(continues_in_id=None))
    if shells:
        nobody = await erasing.nameless(db, now)
        await _run(
            db,
            update(RequestRow)
            .where(RequestRow.id.in_(shells))
            .values(person_id=nobody, owner_id=None, answers={}, page=-1),
        )
    await _run(db, delete(RequestRow).where(RequestRow.id.in_(ids), RequestRow.id.not_in(shells)))
    return counts


async def _old_news_and_ideas(db: AsyncSession, before: datetime) -> Counter[Counted]:
    counts: Counter[Counted] = Counter()
    for (sent_at,) in await db.execute(
        select(AnnouncementRow.sent_at).where(AnnouncementRow.sent_at < before)
    ):
        counts[_year(db, sent_at), "announcements", "", "", "sent"] += 1
    await _run(db, delete(AnnouncementRow).where(AnnouncementRow.sent_at < before))
    old = select(TopicIdeaRow.id).where(TopicIdeaRow.proposed_at < before)
    for moment, topic in await db.execute(
        select(TopicIdeaRow.proposed_at, TopicIdeaRow.topic).where(TopicIdeaRow.id.in_(old))
    ):
        counts[_year(db, moment), "topic ideas", topic or "", "", "proposed"] += 1
    await _run(db, delete(TopicSupportRow).where(TopicSupportRow.idea_id.in_(old)))
    await _run(db, delete(TopicIdeaRow).where(TopicIdeaRow.proposed_at < before))
    return counts


async def _old_searches(db: AsyncSession, before: datetime) -> Counter[Counted]:
    """How often nothing was found; the words go."""
    old = MissedSearchRow.month < before.date()
    counts: Counter[Counted] = Counter()
    for month, times in await db.execute(
        select(MissedSearchRow.month, MissedSearchRow.times).where(old)
    ):
        counts[retention.year_name(month), "missed searches", "", "", "no toolkit"] += times
    await _run(db, delete(MissedSearchRow).where(old))
    return counts


def _year(db: AsyncSession, moment: datetime) -> str:
    return retention.year_name(moment.astimezone(zone_of(db)).date())


async def _keep(db: AsyncSession, counts: Counter[Counted]) -> None:
    for (year, kind, about, school, outcome), count in sorted(counts.items()):
        named = {
            "school_year": year,
            "kind": kind,
            "about": about,
            "school": school,
            "outcome": outcome,
        }
        if await insert_once(db, YearlyCountRow, **named, total=count):
            continue
        same = [getattr(YearlyCountRow, name) == value for name, value in named.items()]
        added = YearlyCountRow.total + count
        await _run(db, update(YearlyCountRow).where(*same).values(total=added))


async def _drop_nameless(db: AsyncSession) -> None:
    """Drop the rows that stood for somebody erased, once nothing refers to them."""
    erased = PersonRow.object_id.startswith("erased:", autoescape=True)
    await _run(db, delete(PersonRow).where(erased, PersonRow.tenant_id == "", *_unreferred()))


async def gone_for_long(db: AsyncSession, now: datetime) -> list[UUID]:
    """People to let go of: left before the time that is kept, or unheard of since.

    Whoever is on the trust's list or leads the Hub stays.
    """
    before = kept_from(db, now)
    seen = select(ConversationRow.person_id).where(ConversationRow.seen_at >= before)
    unheard = [
        PersonRow.is_listed.is_(False),
        PersonRow.is_appointed.is_(False),
        PersonRow.created_at < before,
        PersonRow.id.not_in(seen),
        *_unreferred(
            but={"conversations", "app_installs", "nudge_choices", "outbox", "toolkit_notes"}
        ),
    ]
    left = PersonRow.left_at < before
    is_known = PersonRow.tenant_id != ""
    found = await db.scalars(
        select(PersonRow.id)
        .where(is_known, or_(left, _all(unheard)))
        .order_by(PersonRow.id)
        .limit(PEOPLE_AT_ONCE)
    )
    return list(found)


def _all(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    first, *others = conditions
    for each in others:
        first &= each
    return first


def _unreferred(but: Iterable[str] = ()) -> list[ColumnElement[bool]]:
    """That no row of any table, but those of some, refers to a person."""
    left_out = set(but)
    return [
        ~exists().where(column == PersonRow.id)
        for column in columns_about_people()
        if column.table.name not in left_out
    ]


async def _run(db: AsyncSession, statement: Any) -> None:
    await db.execute(statement.execution_options(synchronize_session=False))
