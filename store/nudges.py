"""Nudges that were planned, each once; into messages they go next door (``store.messages``)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.booking import Booking
from hub.nudges import Nudge, NudgeState, Rule
from hub.outbox import TELLING, Kind, OutboxState
from store import outbox
from store.database import insert_all_once
from store.tables import NudgeRow, OutboxRow


async def plan(db: AsyncSession, nudge: Nudge, now: datetime) -> bool:
    """Owe a nudge, unless it is owed already; tell whether it was new."""
    return bool(await plan_all(db, [nudge], now))


async def plan_all(db: AsyncSession, nudges: Iterable[Nudge], now: datetime) -> set[str]:
    """Owe many nudges, each unless it is owed already; give the keys of those that were new.

    They wait to be put into messages (``store.messages``). A few statements, however many people.
    """
    by_key = {nudge.key: nudge for nudge in nudges}
    rows = [
        {
            "key": nudge.key,
            "rule": nudge.rule,
            "person_id": nudge.person_id,
            "subject_id": nudge.subject_id,
            "due_at": nudge.due_at,
            "planned_at": now,
            "state": NudgeState.PENDING,
            "not_before": max(now, nudge.due_at),
            "reason": "",
        }
        for nudge in by_key.values()
    ]
    return await insert_all_once(db, NudgeRow, rows, "key")


async def standing_in_line(db: AsyncSession, late_before: datetime) -> outbox.Standing:
    """Nudges that are in no message yet, in figures, for metrics."""
    row = await db.execute(
        select(
            func.count(NudgeRow.key),
            func.min(NudgeRow.not_before),
            func.count(NudgeRow.key).filter(NudgeRow.not_before < late_before),
        ).where(NudgeRow.state == NudgeState.PENDING)
    )
    count, oldest, late = row.one()
    return outbox.Standing("nudge", OutboxState.WAITING, count, oldest, late)


async def note_card(db: AsyncSession, key: str, card_id: str) -> None:
    """Remember what Teams calls the card of a nudge."""
    changed = update(NudgeRow).where(NudgeRow.key == key).values(card_id=card_id)
    await db.execute(changed)


async def card_of(db: AsyncSession, key: str) -> str | None:
    """What Teams calls the card of a nudge; None when none was sent."""
    return await db.scalar(select(NudgeRow.card_id).where(NudgeRow.key == key))


async def answer_in_chat(db: AsyncSession, booking: Booking, now: datetime) -> None:
    """Owe the person a card of their booking in their own chat, once for each time it was made.

    No bell: the card answers what they have just done, and Teams announces it by itself.
    """
    made_at = (booking.since or now).isoformat()
    await outbox.owe(
        db,
        Kind.CHAT,
        {"rule": Rule.PRESSED_IN_PUBLIC, "subject": str(booking.id)},
        key=f"{Rule.PRESSED_IN_PUBLIC}:{booking.id}:{made_at}",
        now=now,
        person_id=booking.person_id,
    )


async def take_back(
    db: AsyncSession, rule: Rule, subject_ids: Sequence[UUID], now: datetime
) -> None:
    """Drop what has not been sent yet of a rule about these subjects: newer news takes its place."""
    await db.execute(
        update(NudgeRow)
        .where(
            NudgeRow.rule == rule,
            NudgeRow.subject_id.in_(subject_ids),
            NudgeRow.state == NudgeState.PENDING,
        )
        .values(state=NudgeState.DROPPED, not_before=now, reason="newer news is told")
        .execution_options(synchronize_session=False)
    )
    for kind in TELLING:
        keys = select(NudgeRow.key + f":{kind}").where(
            NudgeRow.rule == rule, NudgeRow.subject_id.in_(subject_ids)
        )
        await db.execute(
            update(OutboxRow)
            .where(
                OutboxRow.key.in_(keys),
                OutboxRow.state == OutboxState.WAITING,
                # One that is being sent this moment is marked by whoever sends it.
                OutboxRow.lease.is_(None),
            )
            .values(state=OutboxState.DROPPED, reason="newer news is told", finished_at=now)
            .execution_options(synchronize_session=False)
        )
