"""Bring a database to the newest schema, and say whether it is there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from asyncpg import PostgresError
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.errors import SettingsWrong
from store.database import Database

#: Replicas that start together take turns; any fixed number will do.
MIGRATION_LOCK = 7_363_648


async def migrate(database: Database) -> None:
    """Run every migration that has not run yet; replicas starting together wait for one another.

    Raises SettingsWrong when there is no database where the settings say.
    """
    try:
        await _migrate(database)
    except (OSError, PostgresError, OperationalError) as error:
        where = database.url.render_as_string(hide_password=True)
        raise SettingsWrong(f"the database cannot be reached at {where}: {error}") from error


async def _migrate(database: Database) -> None:
    async with database.engine.connect() as connection, _foreign_keys_at_rest(database, connection):
        connection = await connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")  # noqa: PLW2901
        async with connection.begin():
            if not database.is_sqlite:
                await connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK}
                )
            await connection.run_sync(_upgrade)


@asynccontextmanager
async def _foreign_keys_at_rest(
    database: Database, connection: AsyncConnection
) -> AsyncIterator[None]:
    """Let SQLite rebuild a table that others point at.

    It changes a table by copying it, and would take the drop of the old one for a deletion of
    every row. The switch only works outside a transaction, hence past SQLAlchemy.
    """
    if not database.is_sqlite:
        yield
        return
    raw = (await connection.get_raw_connection()).driver_connection
    if raw is None:
        raise RuntimeError("SQLite gave no connection")
    await raw.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        await raw.execute("PRAGMA foreign_keys = ON")


async def is_migrated(database: Database) -> bool:
    """Whether the schema is the newest this code knows."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_is_newest)


def _upgrade(connection: Connection) -> None:
    if _is_newest(connection):
        return
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise RuntimeError(f"the migration left {len(orphans)} rows that point nowhere")


def _is_newest(connection: Connection) -> bool:
    return MigrationContext.configure(connection).get_current_revision() == _newest()


@cache
def _newest() -> str | None:
    """The newest revision that this process's code knows: to find it, every migration is imported."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
