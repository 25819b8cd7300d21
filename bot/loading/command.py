"""``load``: files into the database, all of them or nothing."""

from collections.abc import Sequence
from pathlib import Path

from bot.clock import clock_from
from bot.loading.content import load_offer
from bot.loading.rows import Loaded, read_sheets
from bot.loading.sheets import Sheet, Unreadable, sheets_of
from bot.settings import Settings
from hub.errors import LoadingFailed
from store import programme, school_years
from store.database import Database
from store.migrate import migrate
from store.programme import Kept


async def load_into(settings: Settings, files: Sequence[Path]) -> str:
    """Load these files in one transaction and say what changed.

    Raises LoadingFailed with every mistake in every file; then nothing was taken.
    """
    sheets, problems = _read(files)
    database = Database(settings.database_url, settings.timezone)
    try:
        await migrate(database)
        async with database.begin() as db:
            schools = await programme.schools(db)
            offer = load_offer(settings.content_dir)
            loaded = read_sheets(sheets, schools, offer, settings.timezone)
            if problems := problems + loaded.problems:
                raise LoadingFailed(problems)
            kept = {
                "schools": await programme.keep_schools(db, loaded.schools.values()),
                "school years": await school_years.keep_years(db, loaded.years),
                "people": await programme.load_people(
                    db, loaded.people, loaded.sign_in_names, clock_from(settings.clock)()
                ),
                "sessions": await programme.keep_sessions(db, loaded.sessions),
            }
    finally:
        await database.close()
    return _summary(loaded, kept)


def _read(files: Sequence[Path]) -> tuple[list[Sheet], list[str]]:
    sheets, problems = [], []
    for path in files:
        try:
            sheets += sheets_of(path)
        except Unreadable as error:
            problems.append(str(error))
    return sheets, problems


def _summary(loaded: Loaded, kept: dict[str, Kept]) -> str:
    counts = [loaded.schools, loaded.years, loaded.people, loaded.sessions]
    lines = [
        f"{name}: {each.added} added, {each.changed} changed, {each.unchanged} as before"
        for (name, each), found in zip(kept.items(), counts, strict=True)
        if found
    ]
    return "\n".join(lines or ["There was nothing in these files to load."])
