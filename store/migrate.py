"""Bring a database to the newest schema, and say whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from store.database import Database

#: Replicas that start together take turns; any fixed number will do.
MIGRATION_LOCK = 7_363_648


async def migrate(database: Database) -> None:
    """Run every migration that has not run yet; replicas starting together wait for one another."""
    async with database.engine.connect() as connection:
        connection = await connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")  # noqa: PLW2901
        async with connection.begin():
            if not database.is_sqlite:
                await connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK}
                )
            await connection.run_sync(_upgrade)


async def is_migrated(database: Database) -> bool:
    """Whether the schema is the newest this code knows."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_is_newest)


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _is_newest(connection: Connection) -> bool:
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
