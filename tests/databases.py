"""Databases at the newest schema: migrated once in a run, then copied, since that takes a while.

A database on a server is lent to one test after the other, emptied in between: to make one takes
longer than most tests.
"""

import filecmp
import io
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import asyncpg
from sqlalchemy import make_url

from store.database import Database
from store.migrate import migrate

LONDON = ZoneInfo("Europe/London")
_TEMPLATE = "hub_migrated"
#: What a server of tests need not do: nobody pulls its plug. Killed clients lose nothing by it.
_UNSAFE = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
#: By engine, or by the address of a server, what is copied.
_made: dict[str, str] = {}
#: By the address of a server, databases that no test holds.
_free: dict[str, list[str]] = {}
#: By the address of a server, what stands in a database that was only migrated.
_as_migrated: dict[str, dict[str, bytes]] = {}


async def with_schema(database_url: str) -> None:
    """Put a migrated SQLite file where this address says, unless there is one; others stay."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or Path(url.database).exists():
        return
    if "sqlite" not in _made:
        _made["sqlite"] = str(Path(tempfile.mkdtemp()) / "migrated.sqlite")
        await _migrated(f"sqlite+aiosqlite:///{_made['sqlite']}")
    shutil.copyfile(_made["sqlite"], url.database)


async def on_server(uri: str, *, is_migrated: bool = True) -> str:
    """The address of a new PostgreSQL database on this server."""
    if is_migrated and uri not in _made:
        await _hurry(uri)
        await _run(uri, f"CREATE DATABASE {_TEMPLATE}")
        await _migrated(_named(uri, _TEMPLATE))
        _made[uri] = _TEMPLATE
    name = f"hub_{uuid4().hex}"
    await _run(uri, f"CREATE DATABASE {name}" + (f" TEMPLATE {_TEMPLATE}" if is_migrated else ""))
    return _named(uri, name)


async def _hurry(uri: str) -> None:
    for each in _UNSAFE:
        await _run(uri, f"ALTER SYSTEM SET {each} = off")
    await _run(uri, "SELECT pg_reload_conf()")


@asynccontextmanager
async def lent_by(uri: str) -> AsyncIterator[str]:
    """The address of a migrated database on this server with nothing in it, for a while."""
    free = _free.setdefault(uri, [])
    address = free.pop() if free else await on_server(uri)
    async with _connected(address) as connection:
        if uri not in _as_migrated:
            _as_migrated[uri] = await _contents(connection)
    yield address
    async with _connected(address) as connection:
        await _clean(connection)
        await _fill(connection, _as_migrated[uri])
    free.append(address)


async def contents(database_url: str) -> dict[str, bytes]:
    """What stands in the tables of a server's database, by table."""
    async with _connected(database_url) as connection:
        return await _contents(connection)


async def fill(database_url: str, held: dict[str, bytes]) -> None:
    """Put this in place of what stands in the tables of a server's database."""
    async with _connected(database_url) as connection:
        await _fill(connection, held)


async def is_untouched(database_url: str) -> bool:
    """Whether a database is as a migration left it."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return await contents(database_url) in _as_migrated.values()
    is_at_rest = not Path(f"{url.database}-wal").exists()
    return is_at_rest and filecmp.cmp(url.database, _made.get("sqlite", ""), shallow=False)


async def _contents(connection: asyncpg.Connection) -> dict[str, bytes]:
    held = {}
    for table in await _filled(connection):
        copied = io.BytesIO()
        await connection.copy_from_table(table, output=copied)
        held[table] = copied.getvalue()
    return held


async def _fill(connection: asyncpg.Connection, held: dict[str, bytes]) -> None:
    emptied = "; ".join(f"DELETE FROM {table}" for table in await _filled(connection))
    async with connection.transaction():
        # References are held together by what is put in, not by the order in which it is.
        await connection.execute(f"SET LOCAL session_replication_role = replica; {emptied}")
        for table, rows in held.items():
            await connection.copy_to_table(table, source=io.BytesIO(rows))


async def _clean(connection: asyncpg.Connection) -> None:
    """Leave nobody connected, no row, and no trace of one in the order of the next."""
    await connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    filled = await _filled(connection)
    await _fill(connection, {})
    await connection.execute(f"VACUUM {', '.join(filled)}")
    for each in await connection.fetch(
        "SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL"
    ):
        await connection.execute(f"ALTER SEQUENCE {each['sequencename']} RESTART")


async def _filled(connection: asyncpg.Connection) -> list[str]:
    """The tables that hold anything."""
    found = await connection.fetch(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND pg_relation_size(oid) > 0 "
        "AND relnamespace = 'public'::regnamespace ORDER BY relname"
    )
    return [each["relname"] for each in found]


async def _run(uri: str, statement: str) -> None:
    async with _connected(uri) as connection:
        await connection.execute(statement)


@asynccontextmanager
async def _connected(uri: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(uri.replace("+asyncpg", ""))
    try:
        yield connection
    finally:
        await connection.close()


def _named(uri: str, name: str) -> str:
    return uri.replace("/postgres?", f"/{name}?")


async def _migrated(database_url: str) -> None:
    database = Database(database_url, LONDON)
    await migrate(database)
    await database.close()
