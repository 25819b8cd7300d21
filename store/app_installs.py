"""For whom the app was to be installed through Graph, since when, and what spoke against it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.reach import Barrier
from store.database import insert_once
from store.tables import AppInstallRow


@dataclass(frozen=True)
class Install:
    """One person's install: asked for since then, and perhaps refused."""

    asked_at: datetime
    barrier: Barrier | None


async def install_of(db: AsyncSession, person_id: UUID) -> Install | None:
    """Somebody's install; None when it was never asked for, or is to be asked for afresh."""
    row = await db.get(AppInstallRow, person_id)
    if row is None:
        return None
    return Install(row.asked_at, Barrier(row.barrier) if row.barrier else None)


async def note_asked(
    db: AsyncSession, person_id: UUID, now: datetime, barrier: Barrier | None = None
) -> None:
    """Remember that it was asked for, and what came of it; the first time of asking stays."""
    await insert_once(db, AppInstallRow, person_id=person_id, asked_at=now, barrier=barrier)
    if barrier:
        await db.execute(
            update(AppInstallRow)
            .where(AppInstallRow.person_id == person_id)
            .values(asked_at=now, barrier=barrier)
        )


async def forget(db: AsyncSession, person_id: UUID) -> None:
    """Ask for it afresh next time."""
    await db.execute(delete(AppInstallRow).where(AppInstallRow.person_id == person_id))
