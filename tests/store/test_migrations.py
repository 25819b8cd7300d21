"""The schema: the same by migration as by the tables, on both engines, with data in it."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from store import migrate as migrations
from store.database import Database
from store.tables import PersonRow, Row, SchoolRow
from tests.conftest import LONDON
from tests.databases import on_server

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)


@pytest.fixture
async def database_url(request, database_url):
    """A migrated database that no other test gets: here the schema itself is changed."""
    if database_url.startswith("sqlite"):
        return database_url
    return await on_server(request.getfixturevalue("postgres"))


def differences(connection):
    return compare_metadata(MigrationContext.configure(connection), Row.metadata)


def step(connection, way, revision):
    config = migrations._config()
    config.attributes["connection"] = connection
    way(config, revision)


async def test_the_migrated_schema_is_that_of_the_tables(database):
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    assert await migrations.is_migrated(database)


async def test_a_database_with_data_goes_back_and_comes_forward_whole(database):
    async with database.begin() as db:
        await db.execute(insert(SchoolRow).values(id="a", name="School A"))
        values = {
            "tenant_id": "t",
            "object_id": "o",
            "name": "SENCo",
            "roles": [],
            "school_id": "a",
        }
        await db.execute(insert(PersonRow).values(id=uuid4(), created_at=NOW, **values))

    async with (
        database.engine.connect() as connection,
        migrations._foreign_keys_at_rest(database, connection),
        connection.begin(),
    ):
        await connection.run_sync(step, command.downgrade, "0001")
    assert not await migrations.is_migrated(database)
    await migrations.migrate(database)

    async with database.read() as db:
        person = (await db.execute(text("SELECT name, school_id, is_guest FROM people"))).one()
    assert tuple(person) == ("SENCo", "a", False)


async def test_migrating_twice_changes_nothing(database):
    await migrations.migrate(database)

    assert await migrations.is_migrated(database)


async def test_foreign_keys_hold_after_migrating(database):
    with pytest.raises(IntegrityError):
        async with database.begin() as db:
            values = {"tenant_id": "t", "object_id": "o", "name": "x", "roles": []}
            await db.execute(
                insert(PersonRow).values(id=uuid4(), created_at=NOW, school_id="nowhere", **values)
            )


async def test_an_empty_database_is_not_migrated(empty_database_url):
    empty = Database(empty_database_url, LONDON)

    assert not await migrations.is_migrated(empty)
    await empty.close()
