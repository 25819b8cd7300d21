"""A few typed words find the sessions that they speak of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.loading.content import load_offer
from bot.understanding.programme_search import matching
from hub.booking import OpenSession
from tests.conftest import A_MONDAY

OFFER = load_offer(None)


@pytest.fixture(scope="module")
def coming(trust):
    found = sorted(trust.sessions, key=lambda session: (session.starts_at, session.title))
    return [OpenSession(each, 1, 0) for each in found if each.starts_at > A_MONDAY]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("clinic", "Clinic: anxiety and coming into school"),
        ("Clinics", "Clinic: anxiety and coming into school"),
        ("clinc", "Clinic: anxiety and coming into school"),
        ("cli", "Clinic: anxiety and coming into school"),
        ("c", "Clinic: anxiety and coming into school"),
        ("any clinics in January?", "Clinic: anxiety and coming into school"),
        ("tier 4", "Clinic: anxiety and coming into school"),
        ("anxeity", "Clinic: anxiety and coming into school"),
        ("senco meeting", "SENCo meeting"),
        ("senko meetings", "SENCo meeting"),
        ("tier 1", "SENCo meeting"),
        ("2b", "SENCo and maths working party"),
        ("Tier 2 B", "SENCo and maths working party"),
        ("maths lead", "SENCo and maths working party"),
        ("inset technology afternoon", "INSET: Technology for communication (afternoon)"),
        ("aac", "INSET: AAC and symbols (morning)"),
        ("hebden green", "INSET: AAC and symbols (morning)"),
        ("3 december", "Clinic: sensory needs in the classroom"),
        ("thursday 3 dec 2026", "Clinic: sensory needs in the classroom"),
        ("school b clinic", "Clinic: sensory needs in the classroom"),
        ("the next session", "SENCo training: graduated approach in practice"),
    ],
)
def test_words_find_what_they_speak_of(coming, text, expected):
    titles = [each.session.title for each in matching(text, coming, OFFER)]

    assert expected in titles


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("january", lambda session: session.starts_at.month == 1),
        ("School B", lambda session: session.venue == "School B"),
        ("2b", lambda session: session.tier == "2b"),
        ("clinic", lambda session: session.tier == "4"),
        ("senco meeting", lambda session: session.tier == "1"),
        ("hebden adaptive", lambda session: session.strand == "Adaptive teaching"),
    ],
)
def test_words_find_all_of_it_and_nothing_else_in_the_order_given(coming, text, holds):
    assert matching(text, coming, OFFER) == [each for each in coming if holds(each.session)]


@pytest.mark.parametrize("text", ["", "  ", "what's on", "the next sessions", "🎒 !"])
def test_words_that_tell_nothing_leave_everything(coming, text):
    assert matching(text, coming, OFFER) == coming


@pytest.mark.parametrize(
    "text", ["football", "clinic football", "tier 6", "zz", "clinic in August"]
)
def test_what_no_session_speaks_of_finds_none(coming, text):
    assert matching(text, coming, OFFER) == []


def test_nothing_is_found_in_an_empty_programme():
    assert matching("clinic", [], OFFER) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_finds_some_of_the_programme_in_its_order(coming, text):
    found = matching(text, coming, OFFER)

    assert found == [each for each in coming if each in found]
