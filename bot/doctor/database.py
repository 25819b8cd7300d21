"""Whether the database can be reached, has the newest schema, and knows this school year."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.doctor.findings import Finding, ok, problem, warning
from bot.doctor.staff_group import look_at_staff_group
from bot.settings import Settings
from hub.errors import SettingsWrong
from store import school_years
from store.database import Database
from store.migrate import is_migrated

ABOUT = "database"
#: A database that takes longer than this is as good as away.
ANSWERS_WITHIN = timedelta(seconds=15)


async def look_at_database(settings: Settings, now: datetime) -> list[Finding]:
    """Reach it, and look at its schema and school calendar. Creates and changes nothing."""
    missing = _missing_file(settings.database_url)
    if missing:
        return [
            warning(
                ABOUT,
                f"there is no database at {missing} yet",
                "nothing to do: the first `python app.py serve` creates it",
            )
        ]
    try:
        database = Database(settings.database_url, settings.timezone)
    except (SettingsWrong, OSError, ModuleNotFoundError) as error:
        return [problem(ABOUT, str(error), "put SENDHUB_DATABASE_URL right")]
    try:
        async with asyncio.timeout(ANSWERS_WITHIN.total_seconds()):
            return await _look_inside(database, settings.staff_group, now)
    except (SQLAlchemyError, OSError) as error:
        return [_unreachable(database, error)]
    finally:
        await database.close()


def _missing_file(url: str) -> Path | None:
    """The SQLite file that is not there: connecting would create it."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        return None
    path = Path(str(parsed.database))
    return None if path.exists() else path


async def _look_inside(database: Database, staff_group: str, now: datetime) -> list[Finding]:
    if not await is_migrated(database):
        return [
            problem(
                ABOUT,
                f"{_where(database)} answers, but its tables are not this version's",
                "`python app.py serve` brings them up to date when it starts; back up first",
            )
        ]
    findings = [ok(ABOUT, f"{_where(database)} answers and its tables are up to date")]
    today = now.astimezone(database.zone).date()
    async with database.read() as db:
        calendar = await school_years.calendar(db)
        about_staff = await look_at_staff_group(db, staff_group, now)
    year = calendar.year_of(today)
    if year is None:
        findings.append(
            warning(
                ABOUT,
                "no school calendar covers today, so no reminder knows which days are school days",
                "load your calendar: see python app.py load --help",
            )
        )
    else:
        findings.append(ok(ABOUT, f"the school calendar of {year.name} is loaded"))
    return [*findings, about_staff]


def _where(database: Database) -> str:
    """Which database, without its password."""
    if database.is_sqlite:
        return f"SQLite ({database.url.database})"
    return f"PostgreSQL ({database.url.host or 'this machine'}/{database.url.database})"


def _unreachable(database: Database, error: Exception) -> Finding:
    if isinstance(error, TimeoutError):
        why = f"no answer within {ANSWERS_WITHIN.total_seconds():.0f} seconds"
    else:
        # A driver's first line says what happened; the rest repeats the statement.
        why = str(getattr(error, "orig", None) or error).partition("\n")[0]
    return problem(
        ABOUT,
        f"{_where(database)} cannot be reached: {why}",
        "check the host, name, user and password in SENDHUB_DATABASE_URL, and that the database "
        "lets this machine in",
    )
