"""The hourly tidying up: nothing is kept longer than ``hub/retention.py`` says."""

import structlog

from bot.clock import Clock
from store import erasing, retention, school_years
from store.database import Database
from store.turns import Turns

_log = structlog.get_logger(__name__)


async def tidy_up(database: Database, turns: Turns, now: Clock) -> None:
    """Drop notes of the machinery, reduce old school years to numbers, let go of the long gone."""
    await turns.forget_old()
    at = now()
    async with database.begin() as db:
        await retention.drop_notes(db, at)
    async with database.begin() as db:
        counted = await retention.reduce_to_counts(db, at)
    async with database.read() as db:
        gone = await retention.gone_for_long(db, at)
        calendar = await school_years.calendar(db)
    for person_id in gone:
        async with database.begin() as db:
            await erasing.erase(db, person_id, calendar, at)
    await database.wipe()
    if counted or gone:
        _log.info("tidied up", counted=counted, people=len(gone))
