"""What people have to do with toolkits, on both engines."""

import asyncio
from datetime import timedelta

from hub.toolkits.own import Usefulness, for_leads
from store import people, toolkits
from tests.conftest import A_MONDAY


async def somebody(database, name):
    async with database.begin() as db:
        return await people.meet(db, "t", name, name, A_MONDAY)


async def test_only_the_last_ten_opened_are_remembered_and_what_was_saved_stays(database):
    person = await somebody(database, "teacher")
    async with database.begin() as db:
        await toolkits.save(db, person, "page-0", A_MONDAY)
    for number in range(12):
        async with database.begin() as db:
            at = A_MONDAY + timedelta(minutes=number)
            own = await toolkits.opened(db, person, f"page-{number}", at)
            assert own.is_saved is (number == 0)

    async with database.read() as db:
        assert await toolkits.recent(db, person) == [f"page-{at}" for at in range(11, 1, -1)]
        since = A_MONDAY + timedelta(minutes=11)
        assert await toolkits.recent(db, person, since) == ["page-11"]
        assert await toolkits.saved(db, person) == ["page-0"]


async def test_an_answer_counts_once_for_each_person_however_often_they_tap(database):
    crowd = [await somebody(database, f"person {at}") for at in range(5)]

    async def rates(person, useful):
        async with database.begin() as db:
            await toolkits.rate(db, person, "dyslexia", is_useful=useful)

    await asyncio.gather(*(rates(each, False) for each in crowd * 2))
    await asyncio.gather(*(rates(each, True) for each in crowd[:3]))

    async with database.read() as db:
        found = await toolkits.usefulness(db, ["dyslexia", "autism"])
    assert found == [Usefulness("dyslexia", 3, 5)]
    assert for_leads(found) == found
    assert for_leads([Usefulness("autism", 4, 4)]) == []
