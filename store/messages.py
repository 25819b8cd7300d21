"""From nudges to messages: what is due to each person, put into the outbox together."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.manners import Composition, Hold, LetGo, Owed
from hub.nudges import ABOUT_A_BOOKING, ABOUT_A_VISIT, TOLD_TO_MANY, NudgeState, Rule
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


async def keep(db: AsyncSession, made: Mapping[UUID, Composition], now: datetime) -> int:
    """Keep what becomes of everything that is due to these people; tell how many messages.

    A few statements, however many people.
    """
    items: list[Due] = []
    told: list[str] = []
    held: dict[Hold, list[str]] = {}
    dropped: dict[LetGo, list[str]] = {}
    for person_id, each in made.items():
        if each.message:
            items += _owed(person_id, each.message, now)
            told += [owed.key for owed in each.message]
        for owed, hold in each.held:
            held.setdefault(hold, []).append(owed.key)
        for owed, why in each.let_go:
            dropped.setdefault(why, []).append(owed.key)
    await outbox.owe_all(db, items, now)
    await _mark(db, told, state=NudgeState.COMPOSED)
    for hold, keys in held.items():
        await _mark(db, keys, not_before=hold.until, reason=hold.reason[:LONGEST_REASON])
    for why, keys in dropped.items():
        await let_go(db, keys, why, now)
    return sum(bool(each.message) for each in made.values())


def _owed(person_id: UUID, message: Sequence[Owed], now: datetime) -> list[Due]:
    """One message, by bell and by card, that tells all of these, the first one first."""
    first, *others = message
    payload = {
        "rule": first.rule,
        "subject": str(first.subject_id),
        "nudge": first.key,
        "more": [[each.rule, str(each.subject_id)] for each in others],
        "keys": [each.key for each in message],
    }
    card = Due(
        Kind.CHAT, payload, f"{first.key}:{Kind.CHAT}", now, person_id, lane=_lane(first.key)
    )
    bell = replace(
        card,
        kind=Kind.ACTIVITY_FEED,
        key=f"{first.key}:{Kind.ACTIVITY_FEED}",
        is_shared=first.rule in TOLD_TO_MANY and not others,
    )
    # The card goes first: the bell leads to it.
    return [card, bell]


def _lane(key: str) -> str:
    # Keys may be longer than a lane's name.
    return f"nudge:{hashlib.blake2b(key.encode(), digest_size=16).hexdigest()}"


async def let_go(db: AsyncSession, keys: Sequence[str], why: LetGo, now: datetime) -> None:
    """Drop nudges that nobody wants told, be it in a message already that goes without them."""
    await _mark(
        db, keys, state=NudgeState.DROPPED, not_before=now, reason=why.reason[:LONGEST_REASON]
    )


async def _mark(db: AsyncSession, keys: Sequence[str], **values: object) -> None:
    if keys:
        await db.execute(
            update(NudgeRow)
            .where(NudgeRow.key.in_(keys))
            .values(**values)
            .execution_options(synchronize_session=False)
        )
