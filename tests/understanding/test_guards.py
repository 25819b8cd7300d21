"""What must never be kept is seen however it is written; what is harmless goes through."""

import pytest

from bot.understanding.reader import OfflineReader
from hub.understanding import Intent

READER = OfflineReader()


@pytest.mark.parametrize(
    "text",
    [
        "Jamie Smith, Year 4",
        "Jamie Smith (Year 4) hits out",
        "Jamie Smith in Y4",
        "Jamie Smith 4B",
        "Jamie Smith\nin 4B",
        "JS\nYear 4",
        "JS (Y4) can't sit still",
        "DOB 3rd April 2016",
        "born 2016-04-03",
        "born\n03/04/2016",
        "D.O.B. 03/04/16",
        "he lives at SW1A 1AA",
        "12 High St",
        "12 Old Mill\tLane",
        "a boy called jamie",
        "his name is Jamie",
        "the child's name is sam",
        "07700\n900123",
    ],
)
def test_a_pupils_details_are_seen_however_they_are_written(text: str) -> None:
    guarded = READER.guard(text)
    assert guarded is not None
    assert guarded.intent is Intent.PUPIL_DETAILS


@pytest.mark.parametrize(
    "text", ["there was a\nbruise on his arm", "a safeguarding\nconcern", "self\tharm"]
)
def test_a_line_break_hides_no_safeguarding_concern(text: str) -> None:
    guarded = READER.guard(text)
    assert guarded is not None
    assert guarded.intent is Intent.SAFEGUARDING_CONCERN


@pytest.mark.parametrize(
    "text",
    [
        "I teach Year 4",
        "I'm a TA in Year 4",
        "Class Teacher, Year 4",
        "Teaching Assistant Year 2",
        "Clinic: Autism Support, Year 4",
        "book Maths Working Party Year 4",
        "School B Year 4 class",
        "move it to B2 3pm",
        "room B2 3rd floor",
        "a clinic on 3 April 2027",
        "INSET day in Year 3",
        "tier 2b at 2pm",
        "what do you know about St Mary's",
    ],
)
def test_harmless_words_go_through(text: str) -> None:
    assert READER.guard(text) is None
