"""How much longer a mass of notifications takes than Microsoft's limits alone make it take.

Time is a number that the limits move on, so that half an hour of them passes in minutes.
"""

import random
import time
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select

from bot.local_tenant.faults import FaultPlan, Rates, Service
from bot.local_tenant.throttle import PUBLISHED
from bot.service import assembled
from bot.settings import Settings
from hub.nudges import Nudge, Rule
from hub.outbox import OutboxState
from store import nudges
from store.database import Database
from store.tables import AnnouncementRow, OutboxRow
from tests.bench.crowd import REMINDER_TIME, cast_for, fill
from tests.conftest import LONDON
from tests.people import SetClock
from tests.tenants import tenant_running

NOTIFICATIONS = 10_000
#: Half an hour of limits must not run into the evening.
NINE = REMINDER_TIME.replace(hour=9, minute=0)
#: Bells one by one, bells in one call, and messages that Microsoft takes a second.
BELLS, BULK, RECIPIENTS, MESSAGES = 5, 2, 100, 50
#: 5 in 100 calls are answered 429 with Retry-After, 1 in 100 with a server's error.
SOME_FAIL = Rates(busy=0.05, broken=0.01)
#: When nothing may go and no limit says for how long, the bell rings again.
RING = timedelta(seconds=2)


async def measure(folder: Path, notifications: int = NOTIFICATIONS) -> None:
    # Each their own: the bells one by one are the narrowest way.
    alone = timedelta(seconds=(notifications - 1) // BELLS)
    # The same for all: the cards are.
    together = timedelta(seconds=(notifications - 1) // MESSAGES)
    await _drained(folder, "reminders, each their own", reminders, notifications, alone)
    await _drained(folder, "news, the same for all", news, notifications, together)
    await _drained(
        folder, "reminders, 5% 429 and 1% 5xx", reminders, notifications, alone, SOME_FAIL
    )


async def reminders(db, cast, booked):
    for person in cast.staff:
        booking = booked[person.id][0]
        key = f"{Rule.SESSION_SOON}:{booking}"
        yield Nudge(Rule.SESSION_SOON, person.id, booking, NINE, key)


async def news(db, cast, booked):
    row = AnnouncementRow(id=uuid4(), author_id=cast.lead.id, words="Room 2 is open again.")
    row.meant_for, row.recipients, row.sent_at = {"words": "everybody"}, len(cast.staff), NINE
    db.add(row)
    await db.flush()
    for person in cast.staff:
        key = f"{Rule.ANNOUNCEMENT}:{row.id}:{person.id}"
        yield Nudge(Rule.ANNOUNCEMENT, person.id, row.id, NINE, key)


async def _drained(folder, name, owe, people, needed, rates=None):
    clock = SetClock(NINE)
    cast = cast_for(people)
    url = f"sqlite+aiosqlite:///{folder}/{uuid4().hex}.sqlite"
    began, busy = time.perf_counter(), time.process_time()
    async with _running(url, cast, clock, owe) as (service, tenant):
        if rates:
            both = {Service.GRAPH: rates, Service.CONNECTOR: rates}
            tenant.faults = FaultPlan(random.Random(1), both, clock)
        started = clock.at
        last = started
        while await _waiting(service.database):
            wait = await service.delivery.ring()
            last = clock.at
            clock.at += RING if wait is None else wait
        took = last - started
        states = await _states(service.database)
        cards = sum(len(each) for each in tenant.state.chats.values())
        bells = sum(len(each) for each in tenant.state.feeds.values())
    print(
        f"{people} {name}: {took.total_seconds():.0f} s of limits, which need "
        f"{needed.total_seconds():.0f} s alone: ratio {took / needed:.3f}"
    )
    print(
        f"  {cards} cards, {bells} bells, outbox {states}; over a limit of Microsoft's: "
        f"{tenant.throttle.refused.total()}; {time.process_time() - busy:.0f} s of work, "
        f"{time.perf_counter() - began:.0f} s by the wall"
    )


async def _waiting(database):
    return (await _states(database)).get(OutboxState.WAITING, 0) or not await _states(database)


async def _states(database):
    async with database.read() as db:
        chosen = select(OutboxRow.state, func.count(OutboxRow.id)).group_by(OutboxRow.state)
        return dict((await db.execute(chosen)).all())


@asynccontextmanager
async def _running(url, cast, clock, owe):
    names = {each.object_id: each.name for each in cast.people}
    async with tenant_running(names, now=clock, limits=PUBLISHED) as tenant:
        database = Database(url, LONDON)
        booked = await fill(database, cast, tenant.service_url)
        async with database.begin() as db:
            owed = [each async for each in owe(db, cast, booked)]
            await nudges.plan_all(db, owed, clock())
        await database.close()
        settings = Settings.model_validate({"database_url": url, "graph_url": tenant.url})
        async with assembled(settings, clock, migrates=False) as service:
            yield service, tenant
