"""What became of all that is owed, read out of the nudges and the outbox together; for leads.

A nudge that is in no message yet speaks for itself. One that is goes as its message goes: as its
card, or as the mail that took the card's place. The bell beside a card tells nothing of its own.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.nudges import NudgeState, Rule
from hub.outbox import Kind, OutboxState, key_for
from hub.reach import Barrier
from hub.went_out import Fate, Thing
from store.database import ROWS_AT_ONCE, zone_of
from store.tables import NudgeRow, OutboxRow

#: What brings something to a person, each thing in one of these ways.
_CARRIED = (Kind.CHAT, Kind.MAIL, Kind.CALENDAR, Kind.VISIT)
_FATES = {
    OutboxState.SENT: Fate.SENT,
    OutboxState.WAITING: Fate.WAITING,
    OutboxState.PARKED: Fate.PARKED,
    OutboxState.DROPPED: Fate.LET_GO,
}


async def of_day(db: AsyncSession, day: date, now: datetime) -> list[Thing]:
    """What was sent, let go or parked on a day; today's also holds all that is owed still."""
    zone = zone_of(db)
    since = datetime.combine(day, time(0), zone)
    until = datetime.combine(day + timedelta(days=1), time(0), zone)
    things, owed = await settled(db, since, until), await still_owed(db)
    if day != now.astimezone(zone).date():
        owed = [e for e in owed if e.fate is Fate.PARKED and since <= e.at < until]
    return [*things, *owed]


async def settled(db: AsyncSession, since: datetime, until: datetime) -> list[Thing]:
    """Everything that was sent or let go in this time."""
    nudges = await _nudges(
        db,
        and_(
            NudgeRow.state == NudgeState.DROPPED,
            NudgeRow.not_before >= since,
            NudgeRow.not_before < until,
        ),
    )
    items = await _items(
        db,
        and_(
            OutboxRow.state.in_([OutboxState.SENT, OutboxState.DROPPED]),
            OutboxRow.finished_at >= since,
            OutboxRow.finished_at < until,
        ),
    )
    # Let go out of a message that went out without it, at the same instant.
    left_out = {each.key for each in nudges}
    return [*nudges, *(each for each in items if each.key not in left_out)]


async def still_owed(db: AsyncSession) -> list[Thing]:
    """Everything that waits or is parked now, however long it has been."""
    nudges = await _nudges(db, NudgeRow.state == NudgeState.PENDING)
    items = await _items(db, OutboxRow.state.in_([OutboxState.WAITING, OutboxState.PARKED]))
    return [*nudges, *items]


async def _nudges(db: AsyncSession, which: ColumnElement[bool]) -> list[Thing]:
    zone = zone_of(db)
    rows = await db.execute(
        select(
            NudgeRow.key,
            NudgeRow.person_id,
            NudgeRow.rule,
            NudgeRow.state,
            NudgeRow.not_before,
            NudgeRow.planned_at,
            NudgeRow.reason,
        ).where(which)
    )
    return [
        Thing(
            key=row.key,
            person_id=row.person_id,
            rule=Rule(row.rule),
            kind=Kind.CHAT,
            fate=Fate.WAITING if row.state == NudgeState.PENDING else Fate.LET_GO,
            at=(row.not_before or row.planned_at).astimezone(zone),
            reason=row.reason,
        )
        for row in rows
    ]


async def _items(db: AsyncSession, which: ColumnElement[bool]) -> list[Thing]:
    zone = zone_of(db)
    found = await db.execute(
        select(
            OutboxRow.key,
            OutboxRow.kind,
            OutboxRow.payload,
            OutboxRow.person_id,
            OutboxRow.state,
            OutboxRow.reason,
            OutboxRow.barrier,
            OutboxRow.not_before,
            OutboxRow.finished_at,
        ).where(which, OutboxRow.kind.in_(_CARRIED), OutboxRow.person_id.is_not(None))
    )
    rows = list(found)
    handed_on = await _handed_on(db, rows)
    things = []
    for row in rows:
        if row.key in handed_on:
            continue
        at = row.not_before if row.state == OutboxState.WAITING else row.finished_at
        for key, rule in _told_in(row.key, row.payload):
            things.append(
                Thing(
                    key=key,
                    person_id=row.person_id,
                    rule=rule,
                    kind=Kind(row.kind),
                    fate=_FATES[OutboxState(row.state)],
                    at=at.astimezone(zone),
                    reason=row.reason,
                    barrier=Barrier(row.barrier) if row.barrier else None,
                )
            )
    return things


async def _handed_on(db: AsyncSession, rows: Iterable[Row[Any]]) -> set[str]:
    """Keys of cards in whose place there is a mail, which speaks for them."""
    by_mail = {
        key_for(Kind.MAIL, row.key): row.key
        for row in rows
        if row.state == OutboxState.DROPPED and row.kind == Kind.CHAT
    }
    keys = list(by_mail)
    found: set[str] = set()
    for at in range(0, len(keys), ROWS_AT_ONCE):
        batch = keys[at : at + ROWS_AT_ONCE]
        there = await db.scalars(select(OutboxRow.key).where(OutboxRow.key.in_(batch)))
        found |= {by_mail[key] for key in there}
    return found


def _told_in(key: str, payload: dict[str, Any]) -> Iterator[tuple[str, Rule | None]]:
    """Each thing in a message, by the key of its nudge."""
    if "rule" not in payload:
        yield key, None
        return
    rules = [payload["rule"], *(rule for rule, _ in payload.get("more", ()))]
    keys = payload.get("keys") or [payload.get("nudge", key)]
    for each, rule in zip_longest(keys, rules, fillvalue=key):
        yield each, Rule(rule)
