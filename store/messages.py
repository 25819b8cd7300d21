"""From nudges to messages: what is due to each person, put into the outbox together."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.manners import Hold, LetGo, Owed
from hub.nudges import ABOUT_A_BOOKING, ABOUT_A_VISIT, NudgeState, Rule
from hub.outbox import Kind
from store import outbox
from store.outbox import Due
from store.tables import BookingRow, NudgeRow, RequestVisitRow, SessionRow

LONGEST_REASON = 400


async def owed_now(db: AsyncSession, now: datetime, most: int) -> dict[UUID, list[Owed]]:
    """What is due and in no message yet, by person, of at most so many people.

    Held until the transaction ends; what another replica holds is left to it.
    """
    due = and_(NudgeRow.state == NudgeState.PENDING, NudgeRow.not_before <= now)
    people = select(NudgeRow.person_id).where(due).group_by(NudgeRow.person_id).limit(most)
    ids = list(await db.scalars(people))
    rows = await db.scalars(
        select(NudgeRow)
        .where(due, NudgeRow.person_id.in_(ids))
        .order_by(NudgeRow.key)
        .with_for_update(skip_locked=True)
    )
    found = list(rows)
    starts = await _starts(db, found)
    owed: dict[UUID, list[Owed]] = {}
    for row in found:
        one = Owed(row.key, Rule(row.rule), row.subject_id, row.due_at, starts.get(row.subject_id))
        owed.setdefault(row.person_id, []).append(one)
    return owed


async def _starts(db: AsyncSession, rows: Iterable[NudgeRow]) -> dict[UUID, datetime]:
    owed = list(rows)
    bookings = [row.subject_id for row in owed if row.rule in ABOUT_A_BOOKING]
    visits = [row.subject_id for row in owed if row.rule in ABOUT_A_VISIT]
    of_sessions = (
        select(BookingRow.id, SessionRow.starts_at)
        .join(SessionRow, SessionRow.id == BookingRow.session_id)
        .where(BookingRow.id.in_(bookings))
    )
    of_visits = select(RequestVisitRow.id, RequestVisitRow.starts_at).where(
        RequestVisitRow.id.in_(visits)
    )
    found = [
        *(await db.execute(of_sessions) if bookings else ()),
        *(await db.execute(of_visits) if visits else ()),
    ]
    return {row[0]: row[1] for row in found}


async def owe_message(
    db: AsyncSession, person_id: UUID, message: Sequence[Owed], now: datetime
) -> None:
    """Owe one message, by bell and by card, that tells all of these, the first one first."""
    first, *others = message
    payload = {
        "rule": first.rule,
        "subject": str(first.subject_id),
        "nudge": first.key,
        "more": [[each.rule, str(each.subject_id)] for each in others],
        "keys": [each.key for each in message],
    }
    # The card goes first: the bell leads to it.
    items = [
        Due(kind, payload, f"{first.key}:{kind}", now, person_id, lane=_lane(first.key))
        for kind in (Kind.CHAT, Kind.ACTIVITY_FEED)
    ]
    await outbox.owe_all(db, items, now)
    await _mark(db, NudgeRow.key.in_([e.key for e in message]), state=NudgeState.COMPOSED)


def _lane(key: str) -> str:
    # Keys may be longer than a lane's name.
    return f"nudge:{hashlib.blake2b(key.encode(), digest_size=16).hexdigest()}"


async def hold(db: AsyncSession, owed: Owed, held: Hold) -> None:
    """Look at a nudge again later, with the reason why it waits."""
    await _mark(
        db,
        NudgeRow.key == owed.key,
        not_before=held.until,
        reason=held.reason[:LONGEST_REASON],
    )


async def let_go(db: AsyncSession, key: str, why: LetGo, now: datetime) -> None:
    """Drop a nudge that nobody wants told, be it in a message already that goes without it."""
    await _mark(
        db,
        NudgeRow.key == key,
        state=NudgeState.DROPPED,
        not_before=now,
        reason=why.reason[:LONGEST_REASON],
    )


async def _mark(db: AsyncSession, which: ColumnElement[bool], **values: object) -> None:
    await db.execute(
        update(NudgeRow).where(which).values(**values).execution_options(synchronize_session=False)
    )
