"""What nobody found is counted by its words, so that the lead knows what to write; never who asked."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text as sql

from tests.conftest import A_MONDAY
from tests.journeys.test_sharing import Shared
from tests.people import SetClock, teams_running


@pytest.fixture
def clock():
    return SetClock(A_MONDAY)


@pytest.fixture
async def teams(tmp_path, clock, trust):
    async with teams_running(f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite", clock, trust) as running:
        yield running


async def counted(teams):
    async with teams.service.database.read() as db:
        rows = await db.execute(sql("SELECT word, times FROM missed_searches ORDER BY word"))
        return {row.word: row.times for row in rows}


async def test_a_lead_sees_what_people_looked_for_and_did_not_find(teams):
    lead, teacher, senco = teams.somebody(1), teams.teacher, teams.senco
    assert "found a toolkit every time" in (await lead.says("what did people not find")).words
    await teacher.says("a toolkit on flibbertigibbets please")
    await teacher.says("dyslexia toolkit")
    await senco.says("hi")
    shared = await Shared(teams).hears(senco, "Flibbertigibbets toolkit")
    assert "No toolkit" in shared.words
    await teacher.says("zumpelquotz toolkit")

    shown = await lead.says("what did people not find")

    assert "flibbertigibbets: 2 times" in shown.words
    assert "zumpelquotz" not in shown.words
    assert "1 more word was looked for once" in shown.words
    assert teacher.person.name not in shown.words
    again = await lead.presses("Not found", on=await lead.says("how useful are the toolkits"))
    assert again.words == shown.words
    assert "for the leads" in (await teacher.acts("missed-searches")).words


async def test_only_single_words_are_kept_and_none_that_could_be_somebody(teams):
    teacher = teams.teacher
    for said in (
        "flibbertigibbet toolkit for Jamie Smith in Y4",
        "flibbertigibbet toolkit for kayleigh",
        "toolkit flibbertigibbet 07700 900123",
        "flibbertigibbet toolkit 42 please",
        "quuxify toolkit 2018 x9z9 begum",
    ):
        await teacher.says(said)

    assert await counted(teams) == {"flibbertigibbet": 1, "quuxify": 1}
    async with teams.service.database.read() as db:
        row = (await db.execute(sql("SELECT * FROM missed_searches LIMIT 1"))).mappings().one()
    assert set(row) == {"month", "word", "times"}


async def test_the_words_go_with_the_school_year_and_a_number_stays(teams, clock):
    await teams.teacher.says("flibbertigibbet toolkit")
    clock.at = datetime(2028, 8, 31, 12, tzinfo=UTC)
    await teams.service.tidy()
    assert await counted(teams) == {"flibbertigibbet": 1}

    clock.at = datetime(2028, 9, 1, 12, tzinfo=UTC)
    for _ in range(2):
        await teams.service.tidy()

    assert await counted(teams) == {}
    async with teams.service.database.read() as db:
        left = await db.execute(sql("SELECT kind, about, outcome, total FROM yearly_counts"))
        assert [tuple(each) for each in left] == [("missed searches", "", "no toolkit", 1)]
