"""Every card against the Adaptive Card 1.5 schema, Teams' limits, and our promises of looks."""

import importlib
import json
import pkgutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

import tests.cards
from cards import booking as bookings
from cards import booking_news as news
from cards import greeting, my_bookings
from cards import session as sessions
from cards.as_sent import as_json
from cards.parts import plain
from hub import refusals
from hub.booking import BookingState, OpenSession
from hub.people import Person, Role, School
from hub.programme import Sought
from tests.cards.made_up import AN_ID, HARD_WORDS, STARTS, a_booking, a_session

SCHEMA = Path(__file__).parents[3] / "shared" / "schemas" / "adaptive-card-1.5.0.schema.json"
#: Teams refuses a message of 28 KB; a card leaves room for the rest of it.
MOST_BYTES = 20 * 1024
MOST_BUTTONS = 6
UNFOLD = "Action.ToggleVisibility"
#: Where the samples have their documents.
DOCUMENT = "https://sendhub.example/documents/"
PERSON = Person(AN_ID, "tenant", "object", HARD_WORDS, frozenset({Role.SENCO}), School("a", "A"))
MANY = [
    OpenSession(a_session(HARD_WORDS), left, 2, own)
    for left, own in [(3, None), (0, None), (0, BookingState.OFFERED)]
]
REFUSALS = [
    refusals.session_gone(),
    refusals.session_cancelled(HARD_WORDS),
    refusals.already_started(HARD_WORDS),
    refusals.meant_for(HARD_WORDS, list(Role)),
    refusals.not_released(),
    refusals.nothing_booked(),
    refusals.no_offer(HARD_WORDS),
    refusals.offer_lapsed(HARD_WORDS),
    refusals.not_understood(),
    refusals.topic_gone(),
    refusals.person_gone(),
    refusals.person_changed(HARD_WORDS),
]
CARDS = {
    "welcome": greeting.welcome_card(PERSON, [School("a", "A")]),
    "hello": greeting.hello_card(PERSON),
    "hello for leads": greeting.hello_card(replace(PERSON, roles=frozenset({Role.LEAD}))),
    "hello again for leads": greeting.hello_card(
        replace(PERSON, roles=frozenset({Role.LEAD})), str(AN_ID)
    ),
    "help": greeting.help_card(),
    "help for leads": greeting.lead_help_card(),
    "what's on": sessions.whats_on_card("What's on", MANY, Sought(tier="4"), page=1, has_more=True),
    "nothing on": sessions.nothing_on_card("Next clinics"),
    "a session": sessions.session_card(MANY[0], "The next one."),
    "no bookings": my_bookings.my_bookings_card([]),
    "sixty bookings": my_bookings.my_bookings_card(
        [a_booking(BookingState.CONFIRMED, HARD_WORDS)] * 60
    ),
    "give up?": bookings.give_up_question_card(a_booking(BookingState.CONFIRMED, HARD_WORDS)),
    "invitation": bookings.invitation_card(a_booking(BookingState.OFFERED, HARD_WORDS)),
    "moved": news.session_moved_card(a_booking(BookingState.CONFIRMED, HARD_WORDS)),
    "moved while waiting": news.session_moved_card(a_booking(BookingState.WAITING, HARD_WORDS)),
    "cancelled": news.session_cancelled_card(a_booking(BookingState.CANCELLED, HARD_WORDS)),
    "reminder": news.reminder_card(
        a_booking(BookingState.CONFIRMED, HARD_WORDS), STARTS.date() - timedelta(days=1)
    ),
    **{
        f"booking {state}": bookings.booking_card(a_booking(state, HARD_WORDS, "y" * 500))
        for state in BookingState
    },
    **{f"no, {each.reason} {at}": greeting.refusal_card(each) for at, each in enumerate(REFUSALS)},
}
# Other rooms of cards bring their own samples: ``<subject>_samples.py`` with a CARDS of its own.
for found in pkgutil.iter_modules(tests.cards.__path__, "tests.cards."):
    if found.name.endswith("_samples"):
        CARDS |= importlib.import_module(found.name).CARDS
every_card = pytest.mark.parametrize(
    "content", [as_json(shown) for shown in CARDS.values()], ids=list(CARDS)
)


@pytest.fixture(scope="module")
def schema():
    if not SCHEMA.exists():
        pytest.skip("the Adaptive Card schema is not beside this checkout")
    return Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@every_card
def test_a_card_keeps_the_published_schema(schema, content):
    problems = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in schema.iter_errors(content)
    ]
    assert problems == []


@every_card
def test_a_card_fits_teams_and_a_phone(content):
    assert len(json.dumps(content).encode()) < MOST_BYTES
    assert len(_buttons(content)) <= MOST_BUTTONS
    assert all(len(button["title"]) <= 24 for button in _buttons(content))
    assert all(text["wrap"] for text in _elements(content, "TextBlock"))


@every_card
def test_a_card_reads_well_aloud(content):
    assert content["fallbackText"]
    assert content["lang"] == "en-GB"
    assert all(field["label"] for field in _elements(content, "Input.Text"))


@every_card
def test_every_button_carries_a_verb_and_ids_only(content):
    taps = [each["selectAction"] for each in _all(content) if "selectAction" in each]
    for button in [*_buttons(content), *(each for each in taps if each["type"] != UNFOLD)]:
        if button["type"] == "Action.OpenUrl":
            # What only Teams itself can do, such as sending a link on, or a file of ours.
            assert button["url"].startswith(("https://teams.microsoft.com/", DOCUMENT))
            continue
        assert button["type"] == "Action.Execute"
        assert button["verb"]
        assert all(len(value) <= 36 for value in button["data"].values())


@every_card
def test_what_unfolds_is_there_and_says_so(content):
    ids = [each["id"] for each in _all(content) if "id" in each]
    unfolds = _elements(content, UNFOLD)
    assert len(ids) == len(set(ids))
    for each in unfolds:
        assert each["title"]
        assert set(each["targetElements"]) <= set(ids)
    hidden = {each["id"] for each in _all(content) if each.get("isVisible") is False}
    assert hidden <= {target for each in unfolds for target in each["targetElements"]}


def test_the_words_of_people_never_act_as_markdown():
    assert plain("*[a](b)_") == "\\*\\[a\\](b)\\_"


def _elements(content, kind):
    return [each for each in _all(content) if each.get("type") == kind]


def _buttons(content):
    """What a person counts as a button; a heading that unfolds, or words to tap, are none."""
    return [
        each
        for each in _all(_without_taps(content.get("body")))
        if each.get("type", "").startswith("Action.")
    ] + (content.get("actions") or [])


def _without_taps(found):
    if isinstance(found, list):
        return [_without_taps(each) for each in found]
    if not isinstance(found, dict):
        return found
    return {name: _without_taps(each) for name, each in found.items() if name != "selectAction"}


def _all(found):
    if isinstance(found, dict):
        yield found
        found = list(found.values())
    if isinstance(found, list):
        for each in found:
            yield from _all(each)
