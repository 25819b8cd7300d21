"""Staff ask for what suits them: some weekday, a part of the day, online; and hear what else there is."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests.conftest import A_MONDAY, LONDON
from tests.journeys.test_sharing import Shared
from tests.people import SetClock, teams_running


@pytest.fixture
def clock():
    return SetClock(A_MONDAY)


@pytest.fixture
async def teams(tmp_path, clock, trust):
    """The demo trust, with three more clinics: on a Friday, after school on a Tuesday, online."""
    clinic = next(each for each in trust.sessions if each.tier == "4" and "sensory" in each.title)

    def another(title, *when, venue=clinic.venue):
        starts = datetime(*when, tzinfo=LONDON)
        hours = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
        return replace(clinic, id=uuid4(), title=f"Clinic: {title}", venue=venue, **hours)

    more = [
        another("reading", 2026, 12, 4, 10),
        another("friendships", 2026, 12, 8, 15, 45),
        another("worries", 2026, 12, 10, 13, 30, venue="Online"),
    ]
    told = replace(trust, sessions=(*trust.sessions, *more))
    async with teams_running(f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite", clock, told) as running:
        yield running


def offered(card):
    found = ("sensory needs", "reading", "friendships", "worries")
    return [each for each in found if f"Clinic: {each}" in card.words]


@pytest.mark.parametrize(
    ("asked", "title", "found"),
    [
        ("any clinics on fridays?", "Next clinics on Fridays", ["reading"]),
        ("clinics on a Friday", "Next clinics on Fridays", ["reading"]),
        ("any clinics on Tuesdays after school", "on Tuesdays after school", ["friendships"]),
        ("clinics in the mornings", "in the morning", ["sensory needs", "reading"]),
        ("any afternoon clinics", "in the afternoon", ["friendships", "worries"]),
        ("clinics online only", "online", ["worries"]),
        ("any clinics after school before christmas", "after school", ["friendships"]),
    ],
)
async def test_what_is_on_is_narrowed_to_what_suits(teams, asked, title, found):
    card = await teams.teacher.says(asked)

    assert title in card.words.split(" | ")[0]
    assert offered(card) == found
    refreshed = await teams.teacher.acts("whats-on", **card.content["refresh"]["action"]["data"])
    assert offered(refreshed) == found


@pytest.mark.parametrize("words", ["Tuesdays after school", "mornings", "online only"])
async def test_the_words_alone_are_enough(teams, words):
    assert "What's on" in (await teams.teacher.says(words)).words.split(" | ")[0]
    shared = await Shared(teams).hears(teams.teacher, words)
    assert shared.words.startswith("What's on")


async def test_good_morning_narrows_nothing(teams):
    card = await teams.teacher.says("good morning, any clinics coming up?")

    assert offered(card) == ["sensory needs", "reading", "friendships"]


async def test_an_empty_list_says_what_else_there_is(teams):
    card = await teams.teacher.says("any clinics on Wednesdays after school?")

    assert "nothing coming up on Wednesdays after school" in card.words
    assert "what else there is" in card.words
    assert offered(card) == ["sensory needs", "reading", "friendships"]
    assert "Book my place" in [each["title"] for each in card.buttons]
    shared = await Shared(teams).hears(teams.teacher, "any clinics on Wednesdays after school")
    assert "what else there is" in shared.words
    assert offered(shared) == ["sensory needs", "reading", "friendships"]


async def test_a_booking_in_words_keeps_to_what_suits(teams):
    card = await teams.teacher.says("book me on a clinic on fridays")

    assert "You're booked" in card.words
    assert "Clinic: reading" in card.words


async def test_when_it_suits_is_an_answer_while_a_request_asks_for_times(teams):
    await teams.teacher.says("I need 1:1 support")

    assert "What's on" not in (await teams.teacher.says("Tuesdays after school")).words
