"""What is owed: once by key, claimed by one, in lanes, never lost; and the dialog state's ETags."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.teams.state_storage import StateStorage
from hub.outbox import LEASE_LASTS, Kind, OutboxState
from store import outbox
from store.database import Database
from store.dialog_state import StaleState
from store.turns import SavedAnswer, Turns
from tests.conftest import LONDON

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
ALL = set(Kind)


async def owe(database, key, **more):
    async with database.begin() as db:
        return await outbox.owe(db, Kind.CHAT, {"key": key}, key=key, now=NOW, **more)


async def claim(database, now=NOW, limit=10):
    async with database.begin() as db:
        return await outbox.claim(db, now, ALL, limit)


async def finish(database, item, state=OutboxState.SENT):
    async with database.begin() as db:
        return await outbox.finish(db, item, state, NOW)


async def test_the_same_thing_is_owed_once(database):
    assert await owe(database, "a")
    assert not await owe(database, "a")
    assert len(await claim(database)) == 1


async def test_two_workers_never_hold_the_same_item(database, database_url):
    for number in range(20):
        await owe(database, f"item-{number}")
    other = Database(database_url, LONDON)

    claims = await asyncio.gather(*(claim(each, limit=3) for each in [database, other] * 4))
    await other.close()

    held = [item.id for items in claims for item in items]
    assert len(held) == len(set(held))
    assert len(held) + len(await claim(database, limit=20)) == 20


async def test_what_a_dead_worker_held_is_claimed_again_and_its_mark_no_longer_counts(database):
    await owe(database, "a")
    (held,) = await claim(database)

    assert await claim(database) == []
    (again,) = await claim(database, NOW + LEASE_LASTS)
    assert again.attempts == 1
    assert not await finish(database, held)
    assert await finish(database, again)


async def test_a_lane_goes_one_after_another(database):
    for key in ("first", "second"):
        await owe(database, key, lane="calendar:x")
    await owe(database, "elsewhere")

    held = await claim(database)
    assert [item.payload["key"] for item in held] == ["first", "elsewhere"]
    assert await claim(database) == []
    await finish(database, held[0])
    assert [item.payload["key"] for item in await claim(database)] == ["second"]


async def test_a_postponed_item_waits_and_a_parked_one_stays(database):
    await owe(database, "later")
    await owe(database, "never")
    later, never = await claim(database)
    async with database.begin() as db:
        await outbox.postpone(db, later, NOW + timedelta(hours=1), "throttled")
    await finish(database, never, OutboxState.PARKED)

    assert await claim(database, NOW + timedelta(minutes=59)) == []
    (found,) = await claim(database, NOW + timedelta(hours=1))
    assert found.payload["key"] == "later"


@pytest.fixture
def storage(database):
    return StateStorage(database, lambda: NOW)


async def test_state_comes_back_fresh_and_missing_keys_are_left_out(storage):
    await storage.write({"a": {"step": 1}})

    one, other = await storage.read(["a", "b"]), await storage.read(["a"])
    one["a"]["step"] = 2

    assert one.keys() == {"a"}
    assert other["a"]["step"] == 1
    assert other["a"]["e_tag"]


async def test_a_stale_or_empty_etag_is_refused_and_a_star_overwrites(storage):
    await storage.write({"a": {"step": 1}})
    stale = (await storage.read(["a"]))["a"]
    fresh = dict(stale)
    fresh["step"] = 2
    await storage.write({"a": fresh})

    for wrong in (stale, {"step": 3, "e_tag": ""}):
        with pytest.raises((StaleState, ValueError)):
            await storage.write({"a": wrong})
    await storage.write({"a": fresh | {"step": 4}})
    await storage.write({"a": {"step": 5, "e_tag": "*"}})
    assert (await storage.read(["a"]))["a"]["step"] == 5
    await storage.delete(["a"])
    assert await storage.read(["a"]) == {}


async def test_an_activity_already_answered_keeps_its_first_answer(database):
    turns = Turns(database, lambda: NOW)
    await turns.remember("key", SavedAnswer(200, {"said": "booked"}))

    assert await turns.answered("key") == SavedAnswer(200, {"said": "booked"})
    assert await turns.answered("other") is None


async def test_one_turn_at_a_time_in_a_conversation_even_across_replicas(database, database_url):
    replicas = [database]
    if not database.is_sqlite:
        replicas.append(Database(database_url, LONDON))
    busy = 0

    async def turn(at):
        nonlocal busy
        async with replicas[at % len(replicas)].turn("chat"):
            busy += 1
            assert busy == 1
            await asyncio.sleep(0)
            busy -= 1

    await asyncio.gather(*(turn(at) for at in range(20)))
    for replica in replicas[1:]:
        await replica.close()
