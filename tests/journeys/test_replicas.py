"""Several processes on one PostgreSQL share the work; killed at random, they lose nothing.

Promise 3: a card or a bell may come twice for a kill, an event never.
"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from bot.nudges.delivery import BATCH
from hub.booking import BookingState
from hub.nudges import Nudge, Rule
from hub.outbox import LEASE_LASTS, OutboxState
from hub.people import Person
from store import calendar_events, conversations, nudges
from store.conversations import Place
from store.programme import keep_people, keep_schools, keep_sessions
from store.school_years import keep_year
from store.tables import BookingRow, NudgeRow, OutboxRow
from tests.conftest import A_MONDAY
from tests.databases import on_server
from tests.tenants import tenant_running

APP = Path(__file__).parents[2] / "app.py"
#: By hand: SENDHUB_REPLICAS=4 SENDHUB_REPLICA_KILLS=60 SENDHUB_CROWD=2000.
REPLICAS = int(os.environ.get("SENDHUB_REPLICAS", "2"))
KILLS = int(os.environ.get("SENDHUB_REPLICA_KILLS", "1"))
CROWD = int(os.environ.get("SENDHUB_CROWD", "12"))
pytestmark = pytest.mark.timeout(120 + KILLS * 20 + CROWD)


class Cluster:
    """So many replicas over one database, beside a tenant that lives on."""

    def __init__(self, database_url, tenant):
        self.database_url, self.tenant = database_url, tenant
        self.clock_began = asyncio.get_running_loop().time()
        self.processes = {}
        self.outage = timedelta(0)

    async def start_all(self):
        await asyncio.gather(*(self.start(name) for name in range(REPLICAS)))

    @property
    def clock(self):
        """What all their clocks show."""
        passed = timedelta(seconds=asyncio.get_running_loop().time() - self.clock_began)
        return A_MONDAY + passed + self.outage

    async def start(self, name):
        self.processes[name] = process = await asyncio.create_subprocess_exec(
            sys.executable,
            *(str(APP), "serve", "--no-migrate"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={
                **os.environ,
                "PORT": "0",
                "SENDHUB_DATABASE_URL": self.database_url,
                "SENDHUB_GRAPH_URL": self.tenant.url,
                "SENDHUB_CLOCK": self.clock.isoformat(),
            },
        )
        assert (await process.stdout.readline()).startswith(b"Listening on ")

    async def end(self, name, how=signal.SIGKILL):
        process = self.processes.pop(name)
        process.send_signal(how)
        return await process.wait()

    @property
    def events(self):
        return Counter({who: len(each) for who, each in self.tenant.state.calendars.items()})

    @property
    def cards(self):
        return Counter(
            {who.removeprefix("a:"): len(c) for who, c in self.tenant.state.chats.items()}
        )

    @property
    def bells(self):
        return Counter({who: len(feed) for who, feed in self.tenant.state.feeds.items()})


def colleagues(trust):
    known = trust.teacher
    for number in range(CROWD):
        object_id = f"00000000-0000-4000-8000-{number:012d}"
        yield Person(UUID(object_id), known.tenant_id, object_id, f"Colleague {number}")


async def owe_each(database, trust, people, service_url):
    """To each a booking with its calendar event, and the news of a place with card and bell."""
    clinic = next(each.id for each in trust.sessions if "Clinic: language" in each.title)
    async with database.begin() as db:
        for person in people:
            place = Place(
                conversation_id=f"a:{person.object_id}",
                service_url=service_url,
                channel_id="msteams",
                bot_id="28:send-hub",
                user_id=f"29:{person.object_id}",
            )
            await conversations.remember_place(db, person.id, place, A_MONDAY)
            booking = BookingRow(id=uuid4(), person_id=person.id, session_id=clinic)
            booking.state, booking.arrival, booking.since = BookingState.CONFIRMED, 1, A_MONDAY
            booking.created_at = A_MONDAY
            db.add(booking)
            await db.flush()
            await calendar_events.want(db, booking.id, person.id, A_MONDAY)
            key = f"{Rule.SESSION_SOON}:{booking.id}"
            nudge = Nudge(Rule.SESSION_SOON, person.id, booking.id, A_MONDAY, key)
            await nudges.plan(db, nudge, A_MONDAY)


@pytest.fixture
async def database_url(postgres):
    """Only PostgreSQL is shared by processes."""
    return await on_server(postgres)


@pytest.fixture
async def cluster(database, database_url, trust):
    people = list(colleagues(trust))
    async with database.begin() as db:
        await keep_year(db, trust.year)
        await keep_schools(db, trust.schools)
        await keep_people(db, people, A_MONDAY)
        await keep_sessions(db, trust.sessions)
    async with tenant_running({each.object_id: each.name for each in people}) as tenant:
        await owe_each(database, trust, people, tenant.service_url)
        cluster = Cluster(database_url, tenant)
        await cluster.start_all()
        yield cluster
        for name in list(cluster.processes):
            await cluster.end(name)


async def standing(database):
    async with database.read() as db:
        rows = await db.execute(
            select(OutboxRow.state, func.count(OutboxRow.id)).group_by(OutboxRow.state)
        )
        return Counter(dict(rows.all()))


async def all_is_out(database):
    while True:
        async with database.read() as db:
            pending = await db.scalar(
                select(func.count(NudgeRow.key)).where(NudgeRow.state == "pending")
            )
        if not pending and not (await standing(database))[OutboxState.WAITING]:
            return
        await asyncio.sleep(0.2)


async def test_killed_or_stopped_they_lose_nothing_and_repeat_no_event(cluster, database):
    chance = random.Random(KILLS)
    for kills_to_come in reversed(range(KILLS)):
        await asyncio.sleep(chance.random() * 1.5)
        name = chance.choice(list(cluster.processes))
        await cluster.end(name)
        killed_at, others = cluster.clock, len(cluster.processes)
        if kills_to_come:
            await cluster.start(name)
    # Told to stop, they leave nothing claimed: only the killed have.
    stopped = [cluster.end(name, signal.SIGTERM) for name in list(cluster.processes)]
    assert await asyncio.gather(*stopped) == [0] * others
    assert await claimed_after(database, killed_at) == 0
    # The last outage is longer than any lease.
    cluster.outage += timedelta(minutes=10)
    await cluster.start(0)
    await all_is_out(database)

    assert (await standing(database)).keys() == {OutboxState.SENT}
    assert set(cluster.events.values()) == {1}
    assert len(cluster.events) == len(cluster.cards) == len(cluster.bells) == CROWD
    twice = [each.total() - CROWD for each in (cluster.cards, cluster.bells)]
    sys.stdout.write(f"{REPLICAS} replicas, {KILLS} kills: {twice} cards and bells said twice\n")
    # A kill leaves unmarked at most the calls of one batch in flight.
    assert max(twice) <= KILLS * BATCH


async def claimed_after(database, moment):
    """How many items somebody has claimed since then and not marked."""
    async with database.read() as db:
        chosen = select(func.count(OutboxRow.id))
        return await db.scalar(chosen.where(OutboxRow.lease_until > moment + LEASE_LASTS))
