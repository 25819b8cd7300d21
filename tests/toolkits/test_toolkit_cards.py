"""Every page that ships, as a card on a phone."""

import json

import pytest

from bot.loading.toolkits import load_shelf
from cards.as_sent import as_json
from cards.toolkit import more_card, shared_toolkit_card, toolkit_card
from hub.toolkits.own import Own
from hub.toolkits.page import Heading
from tests.people import Shown

SHELF = load_shelf(None)
DOCUMENT = "https://sendhub.example/documents/page.docx"
#: A quarter of what Teams takes, so that it opens quickly on a train.
MOST_BYTES = 12 * 1024


@pytest.mark.parametrize("toolkit", SHELF.toolkits, ids=lambda page: page.slug)
def test_a_toolkit_is_useful_at_a_glance_and_whole_when_unfolded(toolkit):
    card = as_json(toolkit_card(toolkit, Own(), DOCUMENT))
    in_sight = [each for each in card["body"] if each.get("isVisible", True)]
    tomorrow = toolkit.section(Heading.TRY_TOMORROW).items

    assert Shown({"body": in_sight}).words.startswith(f"{toolkit.title} | {toolkit.summary}")
    assert all(move in Shown({"body": in_sight}).words for move in tomorrow)
    words = Shown(card).words
    assert all(block.text in words for each in toolkit.sections for block in each.blocks)
    assert "more of this in the Word document" not in words
    for shown in (card, as_json(shared_toolkit_card(toolkit, DOCUMENT)), _more(toolkit)):
        assert len(json.dumps(shown).encode()) < MOST_BYTES
        assert len(shown["actions"]) <= 6


def _more(toolkit):
    return as_json(more_card(toolkit, Own(), SHELF.templates_for(toolkit)))
