"""Somewhere to load into."""

import asyncio
import shutil
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from bot.loading.command import load_into
from bot.settings import Settings
from hub.errors import LoadingFailed
from store import booking_reads, bookings, people, programme
from store.database import Database
from store.migrate import migrate
from tests.conftest import LONDON
from tests.loading.hub import HEADER, SCHOOLS, YEAR


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """A database of no rows, made once."""
    file = tmp_path_factory.mktemp("empty") / "hub.sqlite"

    async def make():
        database = Database(f"sqlite+aiosqlite:///{file}", LONDON)
        await migrate(database)
        await database.close()

    asyncio.run(make())
    return file


@pytest.fixture
def hub(tmp_path, empty_database):
    """Somewhere to load into; ``write`` puts a file there."""
    shutil.copy(empty_database, tmp_path / "hub.sqlite")

    class Hub:
        settings = Settings.model_validate(
            {"database_url": f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"}
        )

        def write(self, name, content):
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            return path

        async def count(self, table):
            (found,) = await self.all(func.count(), table)
            return found

        async def all(self, column, *tables):
            database = Database(self.settings.database_url, LONDON)
            async with database.read() as db:
                found = await db.scalars(select(column).select_from(*tables))
            await database.close()
            return list(found)

        async def problems(self, *paths):
            with pytest.raises(LoadingFailed) as refused:
                await load_into(self.settings, paths)
            return refused.value.problems

    return Hub()


NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
COLUMNS = HEADER.strip() + ",moved_from,cancelled,reason\n"


@pytest.fixture
def desk(database, tmp_path):
    """A Hub with a calendar; ``load`` takes rows, ``book`` puts somebody on a session."""

    class Desk:
        settings = Settings.model_validate(
            {
                "database_url": database.url.render_as_string(hide_password=False),
                "clock": NOW.isoformat(),
            }
        )

        async def load(self, *rows):
            file = tmp_path / "s.csv"
            file.write_text(COLUMNS + "".join(rows))
            return (await load_into(self.settings, [file])).splitlines()

        async def problems(self, *rows):
            with pytest.raises(LoadingFailed) as refused:
                await self.load(*rows)
            return refused.value.problems

        async def begin(self):
            schools = SCHOOLS + "school-b,School B,no\n"
            for name, content in (("schools.csv", schools), ("year.toml", YEAR)):
                (tmp_path / name).write_text(content)
            await load_into(self.settings, [tmp_path / "schools.csv", tmp_path / "year.toml"])

        async def book(self, session_id, name="Teacher"):
            async with database.begin() as db:
                person = await people.meet(db, "t", f"{name} {uuid4()}", name, NOW)
                return person, (await bookings.book(db, person, session_id, NOW)).booking

        async def sessions(self):
            async with database.read() as db:
                return await programme.sessions(db)

        async def booking(self, person, booking):
            async with database.read() as db:
                return await booking_reads.booking_of(db, person, booking.id)

        async def all(self, column):
            async with database.read() as db:
                return list(await db.scalars(select(column)))

    return Desk()
