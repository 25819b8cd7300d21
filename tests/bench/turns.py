"""How fast a turn is answered and an owed event delivered, over HTTP, on SQLite."""

import asyncio
import resource
import statistics
import time
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.loading.content import load_offer
from bot.loading.demo_trust import demo_trust
from hub.people import Person
from tests.people import SetClock, Somebody, teams_running

#: What a teacher types on the way to a booking, in the mix that a day brings.
SENTENCES = ("hi", "any clinics coming up?", "what's on", "my bookings", "help", "qwertz")
TURNS = 600
CONVERSATIONS = 16
BOOKINGS = 200
A_MONDAY = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)


async def measure(folder: Path) -> None:
    zone = ZoneInfo("Europe/London")
    trust = demo_trust(A_MONDAY.astimezone(zone).date(), zone, load_offer(None))
    url = f"sqlite+aiosqlite:///{folder}/bench.sqlite"
    async with teams_running(url, SetClock(A_MONDAY.astimezone(zone)), trust) as teams:
        crowd = [_stranger(teams, number) for number in range(BOOKINGS)]
        await _turns(crowd[:CONVERSATIONS])
        await _bookings(teams, crowd)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory held, bot and local tenant together: {memory:.0f} MiB")


def _stranger(teams, number: int) -> Somebody:
    known: Person = teams.trust.people[0]
    object_id = f"00000000-0000-4000-8000-{number:012d}"
    teams.tenant.state.names[object_id] = f"Colleague {number}"
    fields = {"tenant_id": known.tenant_id, "object_id": object_id, "name": f"Colleague {number}"}
    return Somebody(teams, Person(id=known.id, **fields))


async def _turns(people: list[Somebody]) -> None:
    took: list[float] = []

    async def chat(person: Somebody) -> None:
        for sentence in islice(cycle(SENTENCES), TURNS // len(people)):
            began = time.perf_counter()
            await person.says(sentence)
            took.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(chat(person) for person in people))
    rate = len(took) / (time.perf_counter() - began)
    _print(f"typed turns, {len(people)} conversations at once", took, rate)


async def _bookings(teams, crowd: list[Somebody]) -> None:
    coming = (s for s in teams.trust.sessions if s.tier == "4" and s.starts_at > A_MONDAY)
    clinic = str(min(coming, key=lambda session: session.starts_at).id)
    took: list[float] = []

    async def book(person: Somebody) -> None:
        began = time.perf_counter()
        await person.acts("book", session=clinic)
        took.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(book(person) for person in crowd))
    _print("200 people book one clinic at once", took, len(took) / (time.perf_counter() - began))
    began = time.perf_counter()
    delivered = await teams.service.delivery.drain()
    print(f"calendar events delivered: {delivered} in {time.perf_counter() - began:.2f} s")


def _print(what: str, took: list[float], rate: float) -> None:
    took.sort()
    p99 = took[int(len(took) * 0.99)]
    print(
        f"{what}: {rate:.0f} a second, median {statistics.median(took) * 1000:.1f} ms, "
        f"99 in 100 under {p99 * 1000:.1f} ms"
    )
