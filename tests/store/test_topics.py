"""Topics on both engines: however many press at once, one topic and one voice each."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from hub.refusals import Reason, Refusal
from hub.topics import Part
from store import people, topics
from store.database import Database
from store.school_years import keep_year
from tests.conftest import LONDON

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
WORDS = "selective mutism"


@pytest.fixture
async def crowd(database, trust):
    """Twelve people in a running school year."""
    async with database.begin() as db:
        await keep_year(db, trust.year)
        return [await people.meet(db, "t", f"o-{at}", f"Person {at:02}", NOW) for at in range(12)]


async def propose(database, person, words=WORDS, now=NOW):
    async with database.begin() as db:
        return await topics.propose(db, person, uuid4(), words, "slcn", now)


async def support(database, person, idea_id, now=NOW):
    async with database.begin() as db:
        return await topics.support(db, person, idea_id, now)


async def take_back(database, person, idea_id):
    async with database.begin() as db:
        return await topics.take_back(db, person, idea_id, NOW)


async def listed(database, person, now=NOW):
    async with database.read() as db:
        return await topics.topics(db, person, now)


async def test_many_who_ask_for_the_same_at_once_make_one_topic(database, database_url, crowd):
    replicas = [database, Database(database_url, LONDON)]

    kept = await asyncio.gather(
        *(propose(replicas[at % 2], person) for at, person in enumerate(crowd))
    )
    await replicas[1].close()

    assert sum(each.is_new for each in kept) == 1
    assert len(await listed(database, crowd[0])) == 1


async def test_many_who_support_at_once_and_twice_count_once_each(database, database_url, crowd):
    replicas = [database, Database(database_url, LONDON)]
    idea = (await propose(database, crowd[0])).topic

    await asyncio.gather(
        *(support(replicas[at % 2], person, idea.id) for person in crowd for at in range(2))
    )
    await replicas[1].close()

    (topic,) = await listed(database, crowd[1])
    assert (topic.people, topic.own) == (12, Part.SUPPORTS)


async def test_a_topic_lives_as_long_as_somebody_asks_for_it(database, crowd):
    proposer, supporter, late = crowd[:3]
    idea = (await propose(database, proposer)).topic
    await support(database, supporter, idea.id)

    await take_back(database, proposer, idea.id)
    await take_back(database, proposer, idea.id)
    (topic,) = await listed(database, supporter)
    assert (topic.people, topic.own) == (1, Part.SUPPORTS)

    await take_back(database, supporter, idea.id)
    assert await listed(database, supporter) == []
    refused = await support(database, late, idea.id)
    assert isinstance(refused, Refusal)
    assert refused.reason is Reason.GONE
    assert (await support(database, proposer, idea.id)).own is Part.PROPOSED


async def test_the_lead_reads_who_asks_now_and_no_longer_who_took_it_back(database, crowd):
    idea = (await propose(database, crowd[0])).topic
    await support(database, crowd[1], idea.id)
    await support(database, crowd[2], idea.id)
    await take_back(database, crowd[0], idea.id)

    async with database.read() as db:
        (wanted,) = await topics.wanted(db, NOW)
        same = await topics.wanted_topic(db, idea.id)
        none = await topics.wanted_topic(db, uuid4())

    assert [asker.name for asker in wanted.askers] == ["Person 01", "Person 02"]
    assert (same, none) == (wanted, None)


async def test_topics_count_for_the_year_in_which_they_were_proposed(database, crowd, trust):
    starts = datetime.combine(trust.year.starts_on, datetime.min.time(), LONDON)
    await propose(database, crowd[0], "packed lunches", starts - timedelta(minutes=1))
    await propose(database, crowd[0], "quiet corners", starts)

    assert [topic.words for topic in await listed(database, crowd[0])] == ["quiet corners"]


async def test_without_a_calendar_topics_reach_back_a_year(database):
    async with database.begin() as db:
        person = await people.meet(db, "t", "o", "Somebody", NOW)
    await propose(database, person, "packed lunches", NOW - timedelta(days=366))
    await propose(database, person, "quiet corners", NOW - timedelta(days=364))

    assert [topic.words for topic in await listed(database, person)] == ["quiet corners"]
