"""Putting roles right on both engines: two leads at once never overwrite each other unseen."""

import asyncio
from datetime import UTC, datetime

import pytest

from hub.people import Role
from hub.refusals import Reason, Refusal
from hub.staff import PutRight, StaffSearch, mark_of
from store import staff
from store.database import Database
from store.people import person_with_id
from store.programme import keep_people, keep_schools
from store.tables import PersonRow
from tests.conftest import LONDON

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)


@pytest.fixture
async def staffed(database, trust):
    """The schools and the people of the made-up trust."""
    async with database.begin() as db:
        await keep_schools(db, trust.schools)
        await keep_people(db, trust.people, NOW)
    return database


async def put_right(database, person, roles, school_id, seen):
    async with database.begin() as db:
        return await staff.put_right(db, person.id, frozenset(roles), school_id, seen=seen, now=NOW)


async def test_of_two_leads_at_once_one_saves_and_the_other_is_told(staffed, database_url, trust):
    senco, seen = trust.people[2], mark_of(trust.people[2])
    replicas = [staffed, Database(database_url, LONDON)]

    outcomes = await asyncio.gather(
        put_right(replicas[0], senco, {Role.HEADTEACHER}, "school-b", seen),
        put_right(replicas[1], senco, {Role.PASTORAL}, "school-b", seen),
    )
    await replicas[1].close()

    (saved,) = [each for each in outcomes if isinstance(each, PutRight)]
    (told,) = [each for each in outcomes if isinstance(each, Refusal)]
    assert told.reason is Reason.CHANGED_MEANWHILE
    async with staffed.read() as db:
        assert await person_with_id(db, senco.id) == saved.person


async def test_an_appointed_lead_is_not_written_down_as_one(staffed, trust):
    teacher = trust.people[0]
    async with staffed.begin() as db:
        (await db.get(PersonRow, teacher.id)).is_appointed = True
    async with staffed.read() as db:
        seen = mark_of(await person_with_id(db, teacher.id))

    saved = await put_right(staffed, teacher, {Role.SENCO, Role.LEAD}, None, seen)

    assert saved.person.is_lead
    async with staffed.read() as db:
        assert (await db.get(PersonRow, teacher.id)).roles == ["SENCo"]


@pytest.mark.parametrize(
    ("search", "count"),
    [
        (StaffSearch(), 10),
        (StaffSearch(role="class teacher"), 2),
        (StaffSearch(role="teacher"), 0),
        (StaffSearch(role='x" or "1"="1'), 0),
        (StaffSearch(role="Trust SEND Lead"), 1),
        (StaffSearch(role="none"), 0),
        (StaffSearch(school_id="school-b"), 3),
        (StaffSearch(school_id="none"), 1),
        (StaffSearch(name="senco"), 2),
        (StaffSearch(name="_"), 0),
        (StaffSearch("senco", "SENCo", "school-b"), 1),
    ],
)
async def test_a_search_finds_whole_roles_and_parts_of_names(staffed, search, count):
    async with staffed.read() as db:
        found, total = await staff.found(db, search, limit=3)

    assert total == count
    assert len(found) == min(3, count)
