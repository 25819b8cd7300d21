"""What must never be kept is seen however it is written; what is harmless goes through."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.reader import OfflineReader
from hub.understanding import Intent
from hub.unique_pupil_number import is_pupil_number
from tests.understanding.labelled_lines import (
    CONCERN,
    DETAILS,
    FRESH,
    NONE,
    judged,
    labelled_lines,
    precision,
    recall,
)

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


@pytest.mark.parametrize("held_out", [False, True])
def test_hardly_a_concern_or_a_detail_goes_unseen_and_hardly_anything_else_is_held_back(held_out):
    lines = [each for each in labelled_lines() if each.is_held_out == held_out]

    counts = judged(READER.guard, lines)

    assert recall(counts, CONCERN) >= 0.97
    assert recall(counts, DETAILS) >= 0.95
    assert precision(counts) >= 0.95


def test_lines_that_nothing_was_changed_for_are_seen_as_well():
    counts = judged(READER.guard, labelled_lines(FRESH))

    assert recall(counts, CONCERN) >= 0.92
    assert recall(counts, DETAILS) >= 0.95
    assert precision(counts) >= 0.93


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("she flinched when i raised my hand", Intent.SAFEGUARDING_CONCERN),
        ("says he doesnt want to go home fridays", Intent.SAFEGUARDING_CONCERN),
        ("dad lost it with him in the car park", Intent.SAFEGUARDING_CONCERN),
        ("no food in the fridge again so she tells us", Intent.SAFEGUARDING_CONCERN),
        ("rohan gets very upset when we change the timetable", Intent.PUPIL_DETAILS),
        ("maisie and poppy both need toe by toe", Intent.PUPIL_DETAILS),
        ("is ehsan allowed a scribe", Intent.PUPIL_DETAILS),
        ("jaydn in yr4 kepes runing out", Intent.PUPIL_DETAILS),
        ("we all call him smudge", Intent.PUPIL_DETAILS),
        ("date of birth third of april", Intent.PUPIL_DETAILS),
        ("oh seven seven double oh nine hundred one two three", Intent.PUPIL_DETAILS),
        ("T823432113019 is his number on sims", Intent.PUPIL_DETAILS),
    ],
)
def test_what_no_rule_foresaw_is_told_by_what_was_learnt_from_how_staff_write(text, intent):
    assert READER.guard(text).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        "abuse of the booking system",
        "suicide mission getting across town for 4",
        "a few of mine are always hungry by 11",
        "can grace from the trust lead it",
        "priya is doing her nasenco this year",
        "we are in the florence building",
        "he bruises easily because of a condition",
    ],
)
def test_what_sounds_alike_goes_through(text):
    assert READER.guard(text) is None


def test_half_of_the_labelled_lines_are_harmless_and_no_line_stands_twice():
    lines = labelled_lines()

    assert len({each.text for each in lines}) == len(lines) >= 400
    assert sum(each.label == NONE for each in lines) * 2 >= len(lines) * 0.95


def test_no_line_is_given_back_by_what_the_guard_says():
    for line in labelled_lines():
        if guarded := READER.guard(line.text):
            said = " ".join([*guarded.seen, *guarded.why])
            assert not {w for w in line.text.split() if any(c.isdigit() for c in w)} & {
                *said.split()
            }
            assert line.text not in said


def test_what_is_left_without_the_detail_may_be_kept():
    without = [
        g.without for each in labelled_lines() if (g := READER.guard(each.text)) and g.without
    ]

    assert len(without) > 100
    assert [each for each in without if READER.guard(each)] == []
    assert READER.guard("Tommy (Y4) can't sit still").without == "a pupil (Y4) can't sit still"


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("B801200005001", True),
        ("P207000016049", True),
        ("B207000016049", False),
        ("b801200005001", True),
        ("H80120000103A", True),
        ("A80120000103A", False),
        ("I801200005001", False),
        ("B80120000500", False),
        ("B8012000050O1", False),
    ],
)
def test_a_pupil_number_is_told_by_its_check_letter(number, is_one):
    assert is_pupil_number(number) is is_one
    assert bool(READER.guard(f"it says {number} there")) is is_one


def test_a_safeguarding_concern_wins_over_a_pupils_details():
    assert READER.guard("Kai Example in 4B has bruises").intent is Intent.SAFEGUARDING_CONCERN
    assert READER.understand("book Kai Example in 4B on a clinic").intent is Intent.PUPIL_DETAILS


def test_a_colleagues_whole_name_goes_through_and_a_given_name_alone_does_not():
    known = ("Tommy Marsh", "@trust.example.com")

    assert READER.guard("Tommy Marsh in Year 4 keeps the list") is not None
    assert READER.guard("Tommy Marsh in Year 4 keeps the list", known) is None
    assert READER.guard("Tommy in Y4 bites", known) is not None
    assert READER.guard("write to jo@trust.example.com", known) is None
    assert READER.guard("write to jo@gmail.com", known) is not None


def test_a_detail_far_down_a_long_text_is_seen():
    assert (
        READER.guard("we teach phonics. " * 600 + "tommy in y4 bites").intent
        is Intent.PUPIL_DETAILS
    )


@settings(deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from("Tommy y4'.,-(@1 "), max_size=200))
def test_any_text_can_be_read(text):
    guarded = READER.guard(text)

    assert guarded is None or not guarded.without or READER.guard(guarded.without) is None


@pytest.mark.parametrize(
    "word", ["a-", "dad is ", "1 ", "Tommy . docx ", "a.b@c.", "'s x", "12 old mill "]
)
def test_no_text_takes_long_to_read(word):
    READER.guard("Tommy in y4")
    began = time.perf_counter()

    READER.guard((word * 4000)[:4000])

    assert time.perf_counter() - began < 1.5
