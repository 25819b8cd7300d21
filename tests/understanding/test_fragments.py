"""A bare fragment names a thing and no wish: it is asked about, with the wishes it may stand for."""

import pytest

from bot.understanding.reader import OfflineReader
from hub.understanding import Intent

READER = OfflineReader()
ON_A_DAY = (Intent.WHATS_ON, Intent.MY_BOOKINGS, Intent.CANCEL_BOOKING)
ON_A_SUBJECT = (Intent.FIND_TOOLKIT, Intent.WHATS_ON, Intent.REQUEST_SUPPORT)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("friday", ON_A_DAY),
        ("On Friday?", ON_A_DAY),
        ("thursday 2pm", ON_A_DAY),
        ("tomorrow", ON_A_DAY),
        ("maths", ON_A_SUBJECT),
        ("autism?", ON_A_SUBJECT),
        ("reading", ON_A_SUBJECT),
        ("support clinic", (Intent.REQUEST_SUPPORT, Intent.WHATS_ON)),
    ],
)
def test_a_fragment_is_asked_about(text, asked):
    meaning = READER.understand(text)

    assert meaning.asked == asked
    assert not meaning.is_sure


@pytest.mark.parametrize("text", ["support", "visit", "audit", "coaching", "review"])
def test_one_noun_starts_no_form(text):
    meaning = READER.understand(text)

    assert {Intent.REQUEST_SUPPORT, Intent.REQUEST_SERVICE} <= set(meaning.asked)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("autism", Intent.FIND_TOOLKIT),
        ("ehcp", Intent.FIND_TOOLKIT),
        ("dyslexia toolkit", Intent.FIND_TOOLKIT),
        ("times tables", Intent.FIND_TOOLKIT),
        ("clinics?", Intent.WHATS_ON),
        ("tier 6 please", Intent.REQUEST_SUPPORT),
        ("one to one support please", Intent.REQUEST_SUPPORT),
        ("ta audit", Intent.REQUEST_SERVICE),
        ("my bookings", Intent.MY_BOOKINGS),
        ("cancel my place", Intent.CANCEL_BOOKING),
        ("hiya", Intent.SMALLTALK),
        ("reminders", Intent.NUDGE_SETTINGS),
        ("privacy", Intent.PRIVACY),
        ("queue", Intent.LEAD_QUEUE),
    ],
)
def test_what_names_its_wish_or_a_toolkit_is_sure(text, intent):
    meaning = READER.understand(text)

    assert (meaning.intent, meaning.asked, meaning.is_sure) == (intent, (), True)
