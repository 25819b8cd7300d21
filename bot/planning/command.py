"""``plan-year``: calendar, schools and programme out of the database, a proposal in return."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.clock import clock_from
from bot.loading.cells import Cells
from bot.loading.content import load_offer
from bot.loading.sheets import sheets_of
from bot.planning.proposal import as_csv
from bot.settings import Settings
from hub.errors import CannotPlan, LoadingFailed
from hub.people import School
from hub.planning.situation import Situation
from hub.planning.year_plan import plan_year
from hub.school_year import ONE_DAY, SchoolCalendar, SchoolYear
from hub.spoken import spoken_list
from store import programme, school_years
from store.database import Database
from store.migrate import migrate

BUSY = ("date", "reason")

#: As long as a venue may be in a programme.
LONGEST_VENUE = 200


@dataclass(frozen=True)
class PlanWishes:
    """What somebody asked for on the command line."""

    year: str
    #: A file of days on which the lead is busy.
    busy: Path | None = None
    #: Names or ids of schools with hub classes, parted by ``;``.
    hub_schools: str = ""
    specialist_site: str = ""
    #: Nothing is proposed before this day, and never anything before tomorrow.
    from_day: date | None = None


async def proposal_for(settings: Settings, wishes: PlanWishes) -> tuple[str, tuple[str, ...]]:
    """The proposal as CSV, and what could not be planned, in words.

    Raises CannotPlan or LoadingFailed, which say what to put right.
    """
    busy = _busy_days(wishes.busy) if wishes.busy else {}
    database = Database(settings.database_url, settings.timezone)
    try:
        await migrate(database)
        async with database.read() as db:
            calendar = await school_years.calendar(db)
            schools = await programme.schools(db)
            sessions = await programme.sessions(db)
    finally:
        await database.close()
    situation = Situation(
        year=_year_named(wishes.year, calendar),
        offer=load_offer(settings.content_dir),
        schools=tuple(schools),
        sessions=tuple(sessions),
        busy=busy,
        hub_schools=_hub_schools(wishes.hub_schools, schools),
        from_day=_first_day(settings, wishes),
    )
    if not situation.trust_schools:
        raise CannotPlan(
            "there is no school of the trust to host anything; load the schools first: "
            "python app.py load schools.csv (docs/loading.md shows one)"
        )
    if not wishes.specialist_site.strip():
        raise CannotPlan("--specialist-site is empty; name the place where the INSET days are")
    if len(wishes.specialist_site) > LONGEST_VENUE:
        raise CannotPlan(f"--specialist-site is longer than {LONGEST_VENUE} characters; shorten it")
    plan = plan_year(situation, calendar, " ".join(wishes.specialist_site.split()))
    return as_csv(plan.sessions), plan.gaps


def _first_day(settings: Settings, wishes: PlanWishes) -> date:
    """Tomorrow at the soonest: what is left of today is too late to tell anybody."""
    now = clock_from(settings.clock)()
    tomorrow = now.astimezone(settings.timezone).date() + ONE_DAY
    return max(wishes.from_day or tomorrow, tomorrow)


def _year_named(name: str, calendar: SchoolCalendar) -> SchoolYear:
    for year in calendar.years:
        if year.name == name.strip().replace("/", "-"):
            return year
    known = spoken_list([each.name for each in calendar.years])
    raise CannotPlan(
        f"I don't know the school year {name}; load its calendar first: "
        f"python app.py load calendar.toml (docs/loading.md shows one). "
        f"I know {known or 'no year yet'}."
    )


def _hub_schools(names: str, schools: Sequence[School]) -> tuple[School, ...]:
    own = [each for each in schools if not each.is_partner]
    found: dict[str, School] = {}
    for name in filter(None, (each.strip() for each in names.split(";"))):
        called = name.lower()
        school = next((s for s in own if called in {s.name.lower(), s.id.lower()}), None)
        if school is None:
            known = spoken_list([each.name for each in own])
            raise CannotPlan(f"“{name}” is no school of the trust; I know {known}")
        found[school.id] = school
    return tuple(sorted(found.values(), key=lambda each: (each.name, each.id)))


def _busy_days(path: Path) -> dict[date, str]:
    """Days and reasons out of a file.

    Raises LoadingFailed that names every mistake by row and column.
    """
    problems: list[str] = []
    found: dict[date, str] = {}
    for sheet in sheets_of(path, problems):
        if "date" not in sheet.columns or not {*sheet.columns} <= {*BUSY}:
            problems.append(f"{sheet.where}, row 1: the columns must be {','.join(BUSY)}")
            continue
        for row in sheet.rows:
            cells = Cells(row, problems)
            cells.only(BUSY)
            day = cells.day("date", required=True)
            reason = cells.text("reason", longest=200)
            if day is not None:
                found[day] = reason
    if problems:
        raise LoadingFailed(problems)
    return found
