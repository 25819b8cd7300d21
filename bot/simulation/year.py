"""One school year from its first day to its last, on a clock that only this loop moves."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.loading.content import load_offer, load_services
from bot.local_tenant.faults import FaultPlan, Rates
from bot.local_tenant.faults import Service as Service365
from bot.local_tenant.tenant import LocalTenant
from bot.service import Service, assembled
from bot.settings import Settings
from bot.simulation.cast import Cast, cast_of
from bot.simulation.ledger import events_of, lost_or_doubled, never_told
from bot.simulation.lives.day import Lives
from bot.simulation.lives.stage import Stage, chat_of
from bot.simulation.watch import Event, broken_promises
from bot.teams.credentials import DEVELOPMENT_TOKEN
from hub.reminders import ONE_HOUR
from hub.request_standing import TEAMS
from hub.school_year import ONE_DAY, SchoolCalendar
from store import conversations, request_reads, sessions
from store.database import Database
from store.migrate import migrate
from store.programme import keep_people, keep_schools, keep_sessions
from store.school_years import keep_year

#: When the bell rings on a simulated day; between them nothing is due.
RINGS = tuple(
    time.fromisoformat(at) for at in ("07:30", "08:00", "09:00", "12:00", "15:45", "16:30", "19:00")
)
#: What was put off for seconds goes soon after each.
MOST_DRAINS, APART = 4, timedelta(seconds=45)
#: The rings at which people do things.
PEOPLE_ACT_AT = time(12, 0)
#: The trust's staff, as its directory keeps them.
STAFF_GROUP = "c0ffee00-0000-4000-8000-000000000001"
#: What is still owed when the year ends is given these days to arrive.
LAST_DAYS = 5


@dataclass(frozen=True)
class Wanted:
    """What is to be simulated."""

    year: str
    people: int
    seed: int
    #: The first and the last day to live; None for all of the year.
    since: date | None = None
    until: date | None = None
    #: The share of all calls to Microsoft 365 that fails, 0 to 1.
    faults: float = 0.03
    #: How much more than usual happens in a day, so that a term can be as full as a year.
    pace: float = 1.0
    #: When the bell rings on a school day, besides the hour before whatever is on Teams.
    rings: tuple[time, ...] = RINGS


@dataclass
class Outcome:
    """What became of it."""

    cast: Cast
    events: list[Event]
    broken: list[str]


@dataclass
class VirtualClock:
    """The time, as the loop sets it."""

    at: datetime

    def __call__(self) -> datetime:
        """The present simulated instant, in UTC."""
        return self.at


async def simulate(settings: Settings, wanted: Wanted) -> Outcome:
    """Live one year, in a database and a tenant of its own. Raises CannotSimulate."""
    chance = random.Random(wanted.seed)  # noqa: S311 - a year to be lived again by its seed
    offer = load_offer(settings.content_dir)
    cast = cast_of(wanted.year, wanted.people, offer, settings.timezone, chance)
    first = wanted.since or cast.year.starts_on
    cast = cast.since(first)
    calendar = SchoolCalendar.of([cast.year], settings.timezone)
    clock = VirtualClock(calendar.at(first, RINGS[0]).astimezone(UTC))
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'year.sqlite'}"
        async with _running(settings, url, cast, clock) as (service, tenant):
            stage = Stage(
                cast,
                service.database,
                calendar,
                offer,
                load_services(settings.content_dir),
                tuple(sorted(each.slug for each in service.shelf.toolkits)),
                chance,
                wanted.pace,
                tenant.service_url,
                tenant.state.groups[STAFF_GROUP],
                service.staff_group.read,
            )
            lives = Lives(stage)
            await lives.begin()
            tenant.faults = _faults(wanted, clock)
            last = wanted.until or cast.year.ends_on + LAST_DAYS * ONE_DAY
            await _live(service, lives, stage, clock, wanted.rings, (first, last))
            events = await events_of(service.database, stage.everybody)
            noted = stage.noted
            broken = [
                *broken_promises(events, cast.year, settings.timezone, noted.wishes, noted.leads),
                *await lost_or_doubled(service.database, tenant, stage.everybody),
                *await never_told(service.database, stage.everybody, _told_by(calendar, last)),
            ]
            return Outcome(cast, events, broken)


def _told_by(calendar: SchoolCalendar, last: date) -> datetime:
    """What was due before then had a whole school day to arrive."""
    day = calendar.school_day_before(last + ONE_DAY)
    before = calendar.school_day_before(day) if day else None
    return calendar.at(before or last, RINGS[0])


def _faults(wanted: Wanted, clock: VirtualClock) -> FaultPlan:
    """Everything that goes wrong but a token taken back: local mode has only the one."""
    each = wanted.faults / 5
    rates = Rates(busy=each, broken=each, cut_before=each, cut_after=each, page=each)
    chance = random.Random(wanted.seed)  # noqa: S311 - to be met again by the seed
    return FaultPlan(chance, dict.fromkeys(Service365, rates), clock, slow_seconds=0)


async def _live(
    service: Service,
    lives: Lives,
    stage: Stage,
    clock: VirtualClock,
    rings: tuple[time, ...],
    days: tuple[date, date],
) -> None:
    calendar, (day, last) = stage.calendar, days
    while day <= last:
        clock.at = calendar.at(day, rings[0]).astimezone(UTC)
        for ring in await _rings_of(day, stage, rings, clock.at):
            clock.at = calendar.at(day, ring).astimezone(UTC)
            if ring == PEOPLE_ACT_AT and calendar.is_school_day(day):
                await lives.day(calendar.at(day, ring))
            await service.plan()
            await _deliver(service, clock)
        day += ONE_DAY


async def _deliver(service: Service, clock: VirtualClock) -> None:
    """Send what is due, as soon as limits allow; then what was put off for seconds."""
    for _ in range(MOST_DRAINS):
        dealt_with = 0
        while worked := await service.delivery.drain():
            dealt_with += worked
            clock.at += service.delivery.wait or timedelta(0)
        if not dealt_with:
            return
        clock.at += APART


async def _rings_of(day: date, stage: Stage, usual: tuple[time, ...], now: datetime) -> list[time]:
    """The usual ones, and an hour before whatever is on Teams that day."""
    if not stage.calendar.is_school_day(day):
        # Nothing is due then; one look shows that nothing is sent either.
        return [PEOPLE_ACT_AT]
    async with stage.database.read() as db:
        coming = await sessions.open_sessions(db, stage.lead, now)
        asked_for = await request_reads.open_requests(db)
    online = [each.session.starts_at for each in coming if each.session.link]
    calls = [each.arranged for each in asked_for if each.arranged]
    online += [each.starts_at for each in calls if each.how == TEAMS]
    hours = {(each - ONE_HOUR).time() for each in online if each.date() == day}
    return sorted({*usual, *hours})


@asynccontextmanager
async def _running(
    settings: Settings, url: str, cast: Cast, clock: VirtualClock
) -> AsyncIterator[tuple[Service, LocalTenant]]:
    names = {person.object_id: person.name for person in (*cast.people, *cast.newcomers)}
    tenant = LocalTenant(names, token=DEVELOPMENT_TOKEN, now=clock)
    tenant.state.groups[STAFF_GROUP] = []
    async with tenant.running() as running:
        await _load(url, settings, cast, clock, running.service_url)
        own = {
            "database_url": url,
            "graph_url": running.url,
            "content_dir": settings.content_dir,
            "timezone": settings.timezone,
            "leads": frozenset({cast.lead.object_id}),
            "staff_group": STAFF_GROUP,
        }
        async with assembled(Settings.model_validate(own), clock) as service:
            await service.leads.look_up()
            yield service, tenant


async def _load(
    url: str, settings: Settings, cast: Cast, clock: VirtualClock, service_url: str
) -> None:
    database = Database(url, settings.timezone)
    try:
        await migrate(database)
        async with database.begin() as db:
            await keep_year(db, cast.year)
            await keep_schools(db, cast.schools)
            await keep_people(db, cast.people, clock())
            await keep_sessions(db, cast.sessions)
            for person in cast.people:
                chat = chat_of(person, service_url)
                await conversations.remember_place(db, person.id, chat, clock())
    finally:
        await database.close()
