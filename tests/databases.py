"""Databases at the newest schema: migrated once in a run, then copied, since that takes a while."""

import shutil
import tempfile
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import asyncpg
from sqlalchemy import make_url

from store.database import Database
from store.migrate import migrate

LONDON = ZoneInfo("Europe/London")
_TEMPLATE = "hub_migrated"
#: By engine, or by the address of a server, what is copied.
_made: dict[str, str] = {}


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
        await _run(uri, f"CREATE DATABASE {_TEMPLATE}")
        await _migrated(_named(uri, _TEMPLATE))
        _made[uri] = _TEMPLATE
    name = f"hub_{uuid4().hex}"
    await _run(uri, f"CREATE DATABASE {name}" + (f" TEMPLATE {_TEMPLATE}" if is_migrated else ""))
    return _named(uri, name)


async def _run(uri: str, statement: str) -> None:
    connection = await asyncpg.connect(uri)
    await connection.execute(statement)
    await connection.close()


def _named(uri: str, name: str) -> str:
    return uri.replace("/postgres?", f"/{name}?")


async def _migrated(database_url: str) -> None:
    database = Database(database_url, LONDON)
    await migrate(database)
    await database.close()
