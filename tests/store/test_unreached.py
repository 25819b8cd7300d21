"""What does not get through: handed on once, counted person by person, and tried again once."""

import asyncio
from datetime import UTC, datetime

import pytest

from hub.outbox import Kind, OutboxState
from hub.reach import Account, Barrier
from store import outbox, unreached
from store.people import meet

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)


@pytest.fixture
async def person(database):
    async with database.begin() as db:
        return await meet(db, "tenant", "object", "Class teacher", NOW)


@pytest.fixture
async def card(database, person):
    """A card and its bell are owed, and a worker holds the card."""
    async with database.begin() as db:
        for kind in (Kind.CHAT, Kind.ACTIVITY_FEED):
            key, lane = f"nudge-1:{kind}", "nudge:1"
            await outbox.owe(db, kind, {}, key=key, now=NOW, person_id=person.id, lane=lane)
    (held,) = await claimed(database)
    assert held.kind is Kind.CHAT
    return held


async def claimed(database):
    async with database.begin() as db:
        return await outbox.claim(db, NOW, set(Kind), 10)


async def handed_on(database, item):
    async with database.begin() as db:
        return await outbox.hand_on(db, item, Kind.MAIL, NOW, "goes by mail")


async def test_a_card_handed_on_becomes_one_mail_and_its_bell_is_silent(database, person, card):
    assert await handed_on(database, card)
    # A worker whose lease is gone hands nothing on again.
    assert not await handed_on(database, card)

    (mail,) = await claimed(database)
    assert (mail.kind, mail.key, mail.person_id) == (Kind.MAIL, "nudge-1:mail", person.id)
    async with database.read() as db:
        assert await unreached.accounts(db) == {person.id: Account(waiting=1)}


async def test_only_what_people_can_mend_counts_as_not_reached(database, person, card):
    async with database.begin() as db:
        await outbox.postpone(db, card, NOW, "outside the hours", counts=False)
        assert await unreached.how_many(db) == 0
        assert await unreached.unreached(db, 10) == []

    (card,) = await claimed(database)
    async with database.begin() as db:
        await outbox.postpone(db, card, NOW, "x", counts=False, barrier=Barrier.BLOCKED)
        assert await unreached.how_many(db) == 1
        (found,) = await unreached.unreached(db, 10)
        assert found.name == "Class teacher"
        assert [each.barrier for each in found.things] == [Barrier.BLOCKED]
        assert await unreached.unreached(db, 10, 1) == []


async def test_what_is_parked_is_tried_again_once_however_many_press(database, person, card):
    async with database.begin() as db:
        await outbox.finish(db, card, OutboxState.PARKED, NOW, "mail: Graph answered 404")
        assert await unreached.accounts(db) == {person.id: Account(waiting=1, parked=1)}

    async def again():
        async with database.begin() as db:
            return await unreached.try_again(db, person.id, NOW)

    assert sorted(await asyncio.gather(again(), again(), again())) == [0, 0, 1]
    (card,) = await claimed(database)
    assert (card.attempts, card.kind) == (0, Kind.CHAT)
    # One that is being sent this moment is left to whoever sends it.
    assert await again() == 0


async def test_newer_news_takes_back_a_mail_as_well(database, person, card):
    from uuid import uuid4

    from hub.nudges import Nudge, Rule
    from store import nudges

    nudge = Nudge(Rule.SESSION_MOVED, person.id, uuid4(), NOW, "session-moved:1")
    async with database.begin() as db:
        await outbox.finish(db, card, OutboxState.SENT, NOW)
        await nudges.plan(db, nudge, NOW)
    for item in await claimed(database):
        if item.kind is Kind.CHAT:
            await handed_on(database, item)

    async with database.begin() as db:
        await nudges.take_back(db, Rule.SESSION_MOVED, [nudge.subject_id], NOW)

    assert Kind.MAIL not in {each.kind for each in await claimed(database)}
