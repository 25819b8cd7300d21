"""How long the bell's work takes for ten thousand people: what is due, and putting it together."""

import time
from pathlib import Path

from sqlalchemy import func, select

from bot.loading.content import load_offer, load_services
from bot.nudges.composer import compose_messages
from bot.nudges.planner import plan
from bot.settings import Settings
from store.database import Database
from store.tables import OutboxRow
from tests.bench.crowd import PLACES_EACH, REMINDER_TIME, cast_for, fill
from tests.conftest import LONDON

PEOPLE = 10_000


async def measure(folder: Path, postgres_url: str, people: int = PEOPLE) -> None:
    cast = cast_for(people)
    for url in (f"sqlite+aiosqlite:///{folder}/planning.sqlite", postgres_url):
        database = Database(url, LONDON)
        try:
            await fill(database, cast)
            await _planned(database, people)
        finally:
            await database.close()


async def _planned(database: Database, people: int) -> None:
    name = "SQLite" if database.is_sqlite else "PostgreSQL"
    print(f"planning for {people} people, {people * PLACES_EACH} places, on {name}:")
    offer, services, promises = (
        load_offer(None),
        load_services(None),
        Settings.model_validate({}).promises,
    )
    at = {"now": REMINDER_TIME}
    for what in ("everything new", "nothing new"):
        planned, words = await _timed(plan(database, offer, lambda: at["now"], services, promises))
        print(f"  planner, {what}: {planned} nudges in {words}")
        composed, words = await _timed(compose_messages(database, lambda: at["now"]))
        print(f"  composer, {what}: {composed} messages in {words}")
    async with database.read() as db:
        print(f"  outbox: {await db.scalar(select(func.count(OutboxRow.id)))} items")


async def _timed(work):
    began, busy = time.perf_counter(), time.process_time()
    result = await work
    took, spent = time.perf_counter() - began, time.process_time() - busy
    return result, f"{took:.1f} s ({spent:.1f} s of this process)"
