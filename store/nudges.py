"""Nudges that were planned, each once, and the outbox items that carry them."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from hub.booking import Booking
from hub.nudges import Nudge, Rule
from hub.outbox import Kind
from store import outbox
from store.database import insert_once
from store.tables import NudgeRow


async def plan(db: AsyncSession, nudge: Nudge, now: datetime) -> bool:
    """Owe a nudge by bell and by card, unless it is owed already; tell whether it was new."""
    is_new = await insert_once(
        db,
        NudgeRow,
        key=nudge.key,
        rule=nudge.rule,
        person_id=nudge.person_id,
        subject_id=nudge.subject_id,
        due_at=nudge.due_at,
        planned_at=now,
    )
    if is_new:
        payload = {"rule": nudge.rule, "subject": str(nudge.subject_id)}
        for kind in (Kind.ACTIVITY_FEED, Kind.CHAT):
            await outbox.owe(
                db,
                kind,
                payload,
                key=f"{nudge.key}:{kind}",
                now=now,
                person_id=nudge.person_id,
                not_before=max(now, nudge.due_at),
            )
    return is_new


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
