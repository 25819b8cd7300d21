"""What a calendar file by mail needs to know of somebody's own event."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from store.tables import CalendarEventRow


@dataclass(frozen=True)
class CalendarEntry:
    """One booking's event: the name it always has, and whether Graph keeps it."""

    id: UUID
    #: Whether the event is, or was, in the person's calendar by Graph's word.
    is_kept: bool


async def entry_of(db: AsyncSession, booking_id: UUID) -> CalendarEntry | None:
    """The event of a booking, the wanted one first; None for a place that was never theirs."""
    row = await db.scalar(
        select(CalendarEventRow)
        .where(CalendarEventRow.booking_id == booking_id)
        .order_by(CalendarEventRow.is_wanted.desc(), CalendarEventRow.attempted_at.desc())
        .limit(1)
    )
    return CalendarEntry(row.id, row.graph_event_id is not None) if row else None
