"""The demo: the bot, a stand-in Microsoft 365, and a made-up trust, all on this machine."""

import random
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.clock import Clock, clock_from
from bot.loading.content import load_offer
from bot.loading.demo_lives import demo_busy, demo_profiles
from bot.loading.demo_trust import DemoTrust, demo_trust
from bot.local_tenant.faults import FaultPlan, Rates, Service
from bot.local_tenant.tenant import LocalTenant
from bot.local_tenant.throttle import PUBLISHED
from bot.service import serving
from bot.settings import Settings
from bot.teams.credentials import DEVELOPMENT_TOKEN
from hub.errors import SettingsWrong
from store.database import Database
from store.migrate import migrate
from store.programme import keep_attendance, keep_people, keep_schools, keep_sessions
from store.school_years import keep_year

FOLDER = Path("var")
#: Of all calls to Microsoft 365, the share that fails in a demo of failures.
OFTEN = 0.3


async def load_demo_trust(settings: Settings) -> DemoTrust:
    """Load the demo trust around today into the configured database; again changes nothing."""
    now = clock_from(settings.clock)
    database = Database(settings.database_url, settings.timezone)
    try:
        await migrate(database)
        return await _load(database, settings, now)
    finally:
        await database.close()


async def _load(database: Database, settings: Settings, now: Clock) -> DemoTrust:
    today = now().astimezone(settings.timezone).date()
    trust = demo_trust(today, settings.timezone, load_offer(settings.content_dir))
    async with database.begin() as db:
        await keep_year(db, trust.year)
        await keep_schools(db, trust.schools)
        await keep_people(db, trust.people, now())
        await keep_sessions(db, trust.sessions)
        await keep_attendance(db, trust.attendance(now()), now())
    return trust


async def run_demo(
    settings: Settings,
    *,
    with_playground: bool,
    faults: int | None,
    until: Callable[[], Awaitable[object]],
) -> None:
    """Start everything, print the addresses to open, and end it all when ``until`` returns.

    ``faults`` is the seed by which Microsoft 365 fails; None while it does not. Raises SettingsWrong outside local mode.
    """
    if not settings.is_local:
        raise SettingsWrong("the demo runs in local mode: unset MicrosoftAppId")
    trust = await load_demo_trust(settings)
    names = {person.object_id: person.name for person in trust.people}
    tenant = LocalTenant(
        names,
        token=DEVELOPMENT_TOKEN,
        state_file=FOLDER / "local-tenant.json",
        profiles=demo_profiles(trust),
        limits=PUBLISHED,
    )
    tenant.faults = None if faults is None else _often(faults)
    # The Playground has chats of its own, so the tenant does not see who has the app.
    tenant.state.installed[:] = [trust.teacher.object_id, trust.lead.object_id]
    tenant.state.busy.update(demo_busy(trust, settings.timezone))
    async with tenant.running() as running:
        told = settings.model_copy(
            update={
                "graph_url": running.url,
                "connector_url": running.service_url,
                "mail_from": trust.lead.object_id,
                "leads": frozenset({trust.lead.object_id}),
            }
        )
        async with serving(told, clock_from(settings.clock)) as (_, port):
            bot_url = f"http://127.0.0.1:{port}/api/messages"
            print(f"The bot listens on         {bot_url}")  # noqa: T201
            print(f"Local tenant (see effects) {running.url}/", flush=True)  # noqa: T201
            if with_playground:
                await _with_playgrounds(bot_url, trust, until)
            else:
                await until()


def _often(seed: int) -> FaultPlan:
    share = Rates.evenly(OFTEN)
    rates = {Service.GRAPH: share, Service.CONNECTOR: share}
    return FaultPlan(random.Random(seed), rates, clock_from(None), slow_seconds=1.0)  # noqa: S311


async def _with_playgrounds(
    bot_url: str, trust: DemoTrust, until: Callable[[], Awaitable[object]]
) -> None:
    from bot.local_tenant.playground import NoNode, Seat, playgrounds  # noqa: PLC0415

    seats = [Seat.of(person) for person in (trust.teacher, trust.lead)]
    try:
        async with playgrounds(bot_url, seats, trust.people, FOLDER / "playground") as addresses:
            for seat, address in zip(seats, addresses, strict=True):
                print(f"Playground as {seat.name:<30} {address}", flush=True)  # noqa: T201
            await until()
    except NoNode as why:
        print(f"No Playground: {why}", flush=True)  # noqa: T201
        await until()
