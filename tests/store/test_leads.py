"""Who is a lead, as the store keeps it: exactly those who were found, on both engines."""

import asyncio
from datetime import UTC, datetime

from hub.directory import Profile
from hub.people import Standing
from store import people
from store.database import Database
from tests.conftest import LONDON

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
ANN = Profile(name="Ann", object_id="o-ann", sign_in_name="ann@trust.example")
BOB = Profile(name="Bob", object_id="o-bob", sign_in_name="bob@trust.example", is_guest=True)


async def appoint(database, *found, tenant="t"):
    async with database.begin() as db:
        await people.appoint(db, tenant, found, NOW)
        await people.appoint_nobody_but(db, {each.object_id for each in found})


async def person(database, object_id, tenant="t"):
    async with database.read() as db:
        return await people.person_of(db, tenant, object_id)


async def test_those_who_are_found_lead_and_the_others_do_not(database):
    await appoint(database, ANN)
    await appoint(database, BOB)

    ann, bob = [await person(database, each) for each in ("o-ann", "o-bob")]
    assert (ann.is_lead, ann.name, ann.sign_in_name, ann.is_guest) == (
        False,
        "Ann",
        "ann@trust.example",
        False,
    )
    assert (bob.is_lead, bob.is_guest) == (True, True)


async def test_somebody_met_before_keeps_their_name_and_their_rows(database):
    async with database.begin() as db:
        met = await people.meet(db, "t", "o-ann", "Ann Example", NOW)

    await appoint(database, ANN)

    ann = await person(database, "o-ann")
    assert (ann.id, ann.name, ann.is_lead) == (met.id, "Ann Example", True)


async def test_the_same_object_id_in_another_tenant_is_somebody_else(database):
    async with database.begin() as db:
        await people.meet(db, "elsewhere", "o-ann", "Ann", NOW)

    await appoint(database, ANN)

    assert not (await person(database, "o-ann", "elsewhere")).is_lead
    assert (await person(database, "o-ann")).is_lead


async def test_local_mode_meets_nobody_and_leads_are_leads_in_any_tenant(database):
    async with database.begin() as db:
        await people.meet(db, "any", "o-ann", "Ann", NOW)

    await appoint(database, ANN, BOB, tenant="")

    assert (await person(database, "o-ann", "any")).is_lead
    assert await person(database, "o-bob", "") is None


async def test_two_replicas_that_look_up_at_once_meet_each_lead_once(database, database_url):
    other = Database(database_url, LONDON)
    try:
        await asyncio.gather(*(appoint(each, ANN, BOB) for each in (database, other) * 3))
    finally:
        await other.close()

    assert [(await person(database, each)).is_lead for each in ("o-ann", "o-bob")] == [True, True]


async def test_a_lead_by_setting_stays_one_when_something_else_is_noted(database):
    await appoint(database, ANN)
    ann = await person(database, "o-ann")

    async with database.begin() as db:
        await people.note_standing(db, ann, Standing("new@trust.example", False, False))

    noted = await person(database, "o-ann")
    assert (noted.is_lead, noted.sign_in_name) == (True, "new@trust.example")
