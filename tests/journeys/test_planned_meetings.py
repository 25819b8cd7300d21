"""School meetings that a year's plan brings: those who are to be there are, whoever they are by then."""

from datetime import timedelta

import pytest

from bot.loading.command import load_into
from bot.settings import Settings

ROWS = (
    "tier,title,date,venue,capacity\n"
    "5,School meeting: School B,02/02/2027,School B,2\n"
    "5,School meeting: School C,09/02/2027,School C,2\n"
)


@pytest.fixture
async def planned(teams, database_url, clock, tmp_path):
    """A plan of two school meetings is loaded, as ``plan-year`` writes it."""
    file = tmp_path / "plan.csv"
    file.write_text(ROWS)
    await load_into(settings(database_url, clock), [file])
    return file


def settings(database_url, clock):
    # The command's clock runs; the test's stands still a little later.
    earlier = clock() - timedelta(minutes=1)
    return Settings.model_validate({"database_url": database_url, "clock": earlier.isoformat()})


async def test_a_planned_meeting_is_in_everybodys_calendar_and_all_three_hear_of_it(teams, planned):
    senco, head, lead = teams.senco, teams.somebody(9), teams.somebody(1)
    for person in (senco, head, lead):
        await person.says("hi")

    await teams.service.delivery.drain()

    for person in (senco, head):
        assert "The SEND Hub has arranged your school meeting" in person.reads().words
        assert len(person.events) == 1
    assert len(lead.events) == 2
    assert "Tuesday 2 February 2027" in (await senco.says("our school meeting")).words
    assert "1 of 1" in (await senco.says("my year")).words


async def test_whoever_becomes_senco_later_is_brought_in_once(teams, planned):
    newcomer = teams.assistant
    await newcomer.says("hi")

    for _ in range(2):
        await newcomer.says("I'm the SENCo at School C now")
    await teams.service.delivery.drain()

    assert "The SEND Hub has arranged your school meeting" in newcomer.reads().words
    assert len(newcomer.events) == 1
    assert "Tuesday 9 February 2027" in (await newcomer.says("our school meeting")).words


async def test_loading_the_plan_again_books_nobody_twice(teams, planned, database_url, clock):
    senco = teams.senco
    await senco.says("hi")

    again = await load_into(settings(database_url, clock), [planned])
    await teams.service.delivery.drain()

    assert "0 added, 0 changed, 2 as before" in again
    assert len(senco.events) == 1
