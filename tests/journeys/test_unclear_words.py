"""A message that is unclear is asked about, and one that asks for two things gets both."""

import pytest

from tests.people import Shown


@pytest.fixture
def teacher(teams):
    return teams.teacher


async def test_an_unclear_message_is_asked_about_with_a_few_buttons(teacher):
    shown = await teacher.says("support clinic")

    assert "not quite sure what you mean" in shown.words
    assert 2 <= len(shown.buttons) <= 4


async def test_the_wish_that_is_chosen_is_done_with_the_words_as_typed(teacher):
    shown = await teacher.says("support clinic")
    chosen = next(each for each in shown.buttons if each["verb"] == "meant")

    answer = await teacher.acts("meant", **{**chosen["data"], "intent": "my_bookings"})

    assert "nothing booked" in answer.words


async def test_the_second_wish_of_a_message_is_a_button_beside_the_first(teacher):
    await teacher.says("what's on in January and also show me my bookings")

    beside = Shown(teacher.chat[-1]["attachments"][-1]["content"])

    assert "something else too" in beside.words
    assert "nothing booked" in (await teacher.presses("See my bookings", on=beside)).words


async def test_a_choice_carries_no_detail_past_the_guard(teacher):
    answer = await teacher.acts("meant", words="Jamie Smith in Y4", intent="whats_on")

    assert "January" not in answer.words
    assert "Jamie" not in answer.words


async def test_a_bare_fragment_is_asked_about_and_done_when_it_is_chosen(teacher):
    asked = await teacher.says("friday")
    assert "not quite sure what you mean" in asked.words
    assert "Nothing to change" in (await teacher.presses("Give up a place")).words

    await teacher.says("autism?")
    assert (await teacher.presses("Find a toolkit")).words.startswith("Autism")
    assert (await teacher.says("autism")).words.startswith("Autism")


async def test_a_yes_to_nothing_does_nothing(teacher):
    assert "didn't quite catch that" in (await teacher.says("yes")).words
