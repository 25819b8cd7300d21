"""``export-person`` and ``forget-person``: by our id, the directory's object id, or sign-in name."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import clock_from
from bot.settings import Settings
from hub.errors import NobodyFound, NotConfirmed
from store import erasing, held, school_years
from store.database import Database
from store.migrate import migrate


async def exported(settings: Settings, known_as: str) -> str:
    """Every row about somebody, as JSON. Raises NobodyFound."""
    async with _opened(settings) as database, database.read() as db:
        found = await held.held_about(db, await _whoever(db, known_as))
    if found is None:
        raise NobodyFound(known_as)
    now = clock_from(settings.clock)().astimezone(settings.timezone)
    told = {"exported_at": now.isoformat(), **found.as_json()}
    return json.dumps(told, ensure_ascii=False, indent=2)


async def forgotten(settings: Settings, known_as: str, *, confirmed: bool) -> str:
    """Erase somebody, and say what the service does next. Raises NobodyFound or NotConfirmed."""
    async with _opened(settings) as database:
        async with database.read() as db:
            person_id = await _whoever(db, known_as)
            calendar = await school_years.calendar(db)
        if not confirmed:
            raise NotConfirmed(f"this erases everything about {known_as}; add --yes to do it")
        now = clock_from(settings.clock)()
        async with database.begin() as db:
            await erasing.erase(db, person_id, calendar, now)
        await database.wipe()
    return (
        "Erased. Places that became free are offered, and events to come are taken out of the "
        "calendar, by the running service."
    )


async def _whoever(db: AsyncSession, known_as: str) -> UUID:
    person_id = await held.person_known_as(db, known_as)
    if person_id is None:
        raise NobodyFound(f"nobody is known by {known_as}; give an object id or a sign-in name")
    return person_id


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.database_url, settings.timezone)
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()
