"""Promise 3: kill the process anywhere, and what was owed still comes, once."""

import asyncio
import os
import random
import signal
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from hub.people import Person
from store.database import Database
from store.migrate import migrate
from store.programme import keep_people, keep_schools, keep_sessions
from store.school_years import keep_year
from tests.conftest import (
    A_MONDAY,
    LONDON,
)
from tests.people import Somebody, Teams
from tests.tenants import tenant_running

APP = Path(__file__).parents[2] / "app.py"
#: How many times to kill at a random moment; by hand, SENDHUB_KILLS=300.
KILLS = int(os.environ.get("SENDHUB_KILLS", "5"))
pytestmark = pytest.mark.timeout(60 + KILLS * 20)


class Killable:
    """The service as a process of its own, beside a tenant that lives on."""

    def __init__(self, database_url, tenant, http, trust):
        self.database_url, self.tenant = database_url, tenant
        self.teams = Teams(tenant, None, "", http, trust)
        self.process = None
        self.starts = 0

    async def start(self):
        # Each life begins ten minutes on, so that no lease of the dead one is waited for.
        clock = A_MONDAY + self.starts * timedelta(minutes=10)
        self.starts += 1
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            *(str(APP), "serve"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={
                **os.environ,
                "PORT": "0",
                "SENDHUB_DATABASE_URL": self.database_url,
                "SENDHUB_GRAPH_URL": self.tenant.url,
                "SENDHUB_CLOCK": clock.isoformat(),
            },
        )
        said = (await self.process.stdout.readline()).decode()
        assert said.startswith("Listening on ")
        self.teams.url = said.split()[-1].removesuffix("/api/messages")

    async def kill(self):
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    def stranger(self, number) -> Somebody:
        name = f"Colleague {number}"
        object_id = f"00000000-0000-4000-8000-{number:012d}"
        self.tenant.state.names[object_id] = name
        known = self.teams.trust.teacher
        return Somebody(self.teams, Person(known.id, known.tenant_id, object_id, name))


@pytest.fixture
async def service(database_url, trust):
    database = Database(database_url, LONDON)
    await migrate(database)
    async with database.begin() as db:
        await keep_year(db, trust.year)
        await keep_schools(db, trust.schools)
        await keep_people(db, trust.people, A_MONDAY)
        # Room for everybody: this is about kills, not about places.
        await keep_sessions(db, [replace(each, capacity=KILLS) for each in trust.sessions])
    await database.close()
    names = {person.object_id: person.name for person in trust.people}
    async with tenant_running(names) as tenant, aiohttp.ClientSession() as http:
        killable = Killable(database_url, tenant, http, trust)
        yield killable
        if killable.process.returncode is None:
            await killable.kill()


async def comes_true(promise, seconds=20):
    async with asyncio.timeout(seconds):
        while not promise():
            await asyncio.sleep(0.05)


@asynccontextmanager
async def graph_away(tenant):
    tenant.graph.refusals = [503] * 1000
    yield
    tenant.graph.refusals = []


async def test_killed_between_booking_and_event_the_event_comes_after_restart(service):
    await service.start()
    teacher = service.teams.teacher
    async with graph_away(service.tenant):
        booked = await teacher.says("book me on the next clinic")
        assert "You're booked" in booked.words
        await service.kill()
    assert teacher.events == []

    await service.start()
    await comes_true(lambda: teacher.events)

    assert "Confirmed" in (await teacher.says("my bookings")).words
    assert len(teacher.events) == 1


async def test_killed_at_any_moment_of_a_booking_nothing_is_lost_or_doubled(service):
    chance = random.Random(KILLS)
    crowd = [service.stranger(number) for number in range(KILLS)]
    clinic = str(service.teams.session("Clinic: language"))
    await service.start()
    for person in crowd:
        press = person.activity(
            type="invoke",
            name="adaptiveCard/action",
            value={"action": {"verb": "book", "data": {"session": clinic}}},
        )
        pressed = asyncio.create_task(service.teams.post(press))
        await asyncio.sleep(chance.random() * 0.06)
        await service.kill()
        await asyncio.gather(pressed, return_exceptions=True)

        await service.start()
        # As Teams does when it got no answer: the same activity again.
        status, body = await service.teams.post(press)
        assert (status, body["statusCode"]) == (200, 200)

    for person in crowd:
        await comes_true(lambda each=person: each.events)
        assert "Confirmed" in (await person.says("my bookings")).words
    assert [len(person.events) for person in crowd] == [1] * len(crowd)
