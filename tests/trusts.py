"""The made-up trust in a database: loaded once in a run, then copied where nothing stands yet."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from bot.loading.demo_trust import DemoTrust
from store.database import Database
from store.programme import keep_people, keep_schools, keep_sessions
from store.school_years import keep_year
from tests.databases import contents, fill, is_untouched, with_schema


@dataclass
class _Loaded:
    """What loading a trust at an instant gave."""

    trust: DemoTrust
    now: datetime
    #: A database of SQLite.
    file: Path | None = None
    #: What stands in the tables of a PostgreSQL.
    tables: dict[str, bytes] | None = None


_before: list[_Loaded] = []


async def with_trust(database_url: str, trust: DemoTrust, now: datetime) -> None:
    """Load this trust into a database, whatever stands in it."""
    await with_schema(database_url)
    if not await is_untouched(database_url):
        await _load(database_url, trust, now)
    elif make_url(database_url).get_backend_name() == "sqlite":
        await _copy_file(Path(make_url(database_url).database), _as_before(trust, now))
    else:
        await _copy_tables(database_url, _as_before(trust, now))


def _as_before(trust: DemoTrust, now: datetime) -> _Loaded:
    for each in _before:
        if (each.trust, each.now) == (trust, now):
            return each
    _before.append(_Loaded(trust, now))
    return _before[-1]


async def _copy_file(file: Path, loaded: _Loaded) -> None:
    if loaded.file is None:
        made = Path(tempfile.mkdtemp()) / "loaded.sqlite"
        await with_schema(f"sqlite+aiosqlite:///{made}")
        await _load(f"sqlite+aiosqlite:///{made}", loaded.trust, loaded.now)
        loaded.file = made
    shutil.copyfile(loaded.file, file)


async def _copy_tables(database_url: str, loaded: _Loaded) -> None:
    if loaded.tables is None:
        await _load(database_url, loaded.trust, loaded.now)
        loaded.tables = await contents(database_url)
    else:
        await fill(database_url, loaded.tables)


async def _load(database_url: str, trust: DemoTrust, now: datetime) -> None:
    database = Database(database_url, now.tzinfo)
    async with database.begin() as db:
        await keep_year(db, trust.year)
        await keep_schools(db, trust.schools)
        await keep_people(db, trust.people, now)
        await keep_sessions(db, trust.sessions)
    await database.close()
