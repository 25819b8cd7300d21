"""Somewhere to load into."""

import asyncio
import shutil

import pytest
from sqlalchemy import func, select

from bot.loading.command import load_into
from bot.settings import Settings
from hub.errors import LoadingFailed
from store.database import Database
from store.migrate import migrate
from tests.conftest import LONDON


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
            database = Database(self.settings.database_url, LONDON)
            async with database.read() as db:
                found = await db.scalar(select(func.count()).select_from(table))
            await database.close()
            return found

        async def problems(self, *paths):
            with pytest.raises(LoadingFailed) as refused:
                await load_into(self.settings, paths)
            return refused.value.problems

    return Hub()
