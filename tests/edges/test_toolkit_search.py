"""Looking for a toolkit from the compose box, letter by letter, and sending it on."""

import json

import pytest

from bot.teams.message_extension import SEARCH_TEXT, SEARCH_TOOLKITS
from tests.conftest import A_MONDAY
from tests.people import SetClock, Shown, teams_running


@pytest.fixture
async def teams(tmp_path, trust):
    url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
    async with teams_running(url, SetClock(A_MONDAY), trust) as running:
        yield running


async def searched(somebody, *parameters, **options):
    value = {
        "commandId": SEARCH_TOOLKITS,
        "parameters": list(parameters),
        "queryOptions": options,
    }
    status, body = await somebody.sends(type="invoke", name="composeExtension/query", value=value)
    assert status == 200
    return body["composeExtension"]


async def found(somebody, text, **options):
    answer = await searched(somebody, {"name": SEARCH_TEXT, "value": text}, **options)
    assert answer["type"] == "result", answer
    return [each["preview"]["content"]["title"] for each in answer["attachments"]]


async def test_a_word_begun_finds_it_and_so_does_what_somebody_sees(teams):
    teacher = teams.teacher

    assert (await found(teacher, "dys"))[0] == "Dyslexia"
    assert (await found(teacher, "work mem"))[0] == "Working memory"
    assert (await found(teacher, "can't sit still"))[0] == "ADHD"
    assert (await found(teacher, "sensery"))[0] == "Sensory needs"


async def test_nothing_found_is_said_with_what_to_try(teams):
    typed = {"name": SEARCH_TEXT, "value": "flibbertigibbet"}

    assert "Try “dyslexia”" in (await searched(teams.teacher, typed))["text"]


async def test_before_anything_is_typed_ones_own_come_first_and_nobody_elses(teams):
    teacher, senco = teams.teacher, teams.senco
    opening = {"name": "initialRun", "value": "true"}
    await teacher.says("maths gaps toolkit")

    first = [
        (await searched(each, opening))["attachments"][0]["preview"]["content"]["title"]
        for each in (teacher, senco)
    ]

    assert first == ["Gaps in maths", "Autism"]
    assert len(await found(teacher, "")) == 10
    assert len(await found(teacher, "", skip=10, count=25)) == 8


async def test_what_is_sent_is_the_page_for_everybody(teams):
    teacher = teams.teacher
    await teacher.says("dyslexia toolkit")
    await teacher.says("save")

    answer = await searched(teacher, {"name": SEARCH_TEXT, "value": "dyslexia"})

    card = Shown(answer["attachments"][0]["content"])
    assert "Teach letters and sounds" in card.words
    assert card.buttons[0]["title"] == "Save for me"
    assert teacher.person.name not in json.dumps(answer)
