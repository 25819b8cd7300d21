"""``load``: files into the database, all of them or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.clock import clock_from
from bot.loading.content import load_offer
from bot.loading.programme_loading import Hub, load_programme, look_at_programme
from bot.loading.rows import Loaded, read_sheets
from bot.loading.sheets import sheets_of
from bot.loading.year_rows import overlaps
from bot.settings import Settings
from hub.errors import LoadingFailed
from hub.offer import Offer
from hub.people import School
from hub.school_year import SchoolCalendar
from store import programme, school_years
from store.database import Database
from store.migrate import migrate
from store.programme import Kept


async def load_into(settings: Settings, files: Sequence[Path]) -> str:
    """Load these files in one transaction and say what changed.

    Raises LoadingFailed with every mistake in every file; then nothing was taken.
    """
    problems: list[str] = []
    sheets = [sheet for path in files for sheet in sheets_of(path, problems)]
    offer = load_offer(settings.content_dir)
    database = Database(settings.database_url, settings.timezone)
    try:
        await migrate(database)
        async with database.begin() as db:
            schools = await programme.schools(db)
            known = await school_years.calendar(db)
            loaded = read_sheets(sheets, schools, offer, settings.timezone)
            hub = _hub(loaded, schools, known, offer, clock_from(settings.clock)())
            sessions = await look_at_programme(db, loaded.sessions, hub)
            problems += [*loaded.problems, *overlaps(loaded.years, known.years)]
            _stop_at(problems + sessions.problems)
            kept = {
                "schools": await programme.keep_schools(db, loaded.schools.values()),
                "school years": await school_years.keep_years(db, loaded.years.values()),
                "people": await programme.load_people(
                    db, loaded.people, loaded.sign_in_names, hub.now
                ),
                "sessions": await load_programme(db, sessions, hub),
            }
            _stop_at(sessions.problems)
    finally:
        await database.close()
    return _summary(loaded, kept, sessions.notes)


def _hub(
    loaded: Loaded,
    schools: Sequence[School],
    known: SchoolCalendar,
    offer: Offer,
    now: datetime,
) -> Hub:
    """The Hub as it is once schools and years are loaded."""
    years = {each.name: each for each in (*known.years, *loaded.years.values())}
    by_id = {each.id: each for each in schools} | loaded.schools
    calendar = SchoolCalendar.of(years.values(), known.zone)
    return Hub(offer, calendar, tuple(by_id.values()), now)


def _stop_at(problems: list[str]) -> None:
    if problems:
        raise LoadingFailed(problems)


def _summary(loaded: Loaded, kept: Mapping[str, Kept], notes: Sequence[str]) -> str:
    counts = [loaded.schools, loaded.years, loaded.people, loaded.sessions]
    lines = [
        f"{name}: {each.added} added, {each.changed} changed, {each.unchanged} as before"
        for (name, each), found in zip(kept.items(), counts, strict=True)
        if found
    ]
    if not lines:
        return "There was nothing in these files to load."
    return "\n".join([*lines, *(f"Please note: {each}" for each in notes)])
