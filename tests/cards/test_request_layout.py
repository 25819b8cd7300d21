"""How cards of requests read on a phone: what belongs together stands together, nothing twice."""

from dataclasses import replace

from cards.as_sent import as_json
from cards.request import question_card, request_card, told
from cards.services import services_card
from hub.requests import Entry, Step
from tests.cards.request_samples import AN_ID, FULL, NOW, SERVICES, STANDING
from tests.people import Shown


def test_a_group_of_one_service_says_what_it_does_and_not_its_name_twice():
    words = Shown(as_json(services_card(SERVICES.every))).words

    assert "1:1 support** – 1:1 support" not in words
    assert "1:1 support** – The Trust SEND Lead visits you" in words
    assert "Rapid advice, Case consultation" in words


def test_times_for_a_call_stand_below_the_words_that_offer_them():
    body = as_json(question_card(STANDING, Step.ASK_FOLLOW_UP, calls=[NOW]))["body"]
    offers = next(at for at, each in enumerate(body) if "both free at" in each.get("text", ""))

    assert [each["title"] for each in body[offers + 1]["actions"]] == ["Tue 24 Nov, 15:40"]


def test_steps_noted_in_lines_stay_apart_in_the_history():
    entry = Entry(AN_ID, NOW, "Lead", AN_ID, Step.RECORD_VISIT, "A timer\nA quiet start")

    assert told(entry).endswith("recorded the visit: A timer; A quiet start")


def test_one_quick_reference_is_one():
    waiting = replace(STANDING, request=replace(FULL, visits=()))
    card = request_card(waiting, frozenset(), toolkits=[("semh", "SEMH")])

    assert "this quick reference may help" in Shown(as_json(card)).words
