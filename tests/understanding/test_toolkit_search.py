"""Toolkits are found by the words staff use, a trust's own too; what is on no page finds none."""

from dataclasses import replace

import pytest

from bot.loading.toolkits import load_shelf
from bot.understanding.examples import shipped_examples
from bot.understanding.toolkit_search import ToolkitSearch
from hub.understanding import Intent

TOOLKITS = load_shelf(None).toolkits
SEARCH = ToolkitSearch(TOOLKITS)


def slugs(text: str, search: ToolkitSearch = SEARCH) -> list[str]:
    return [each.toolkit.slug for each in search.find(text)]


def test_questions_that_nothing_was_learnt_from_find_their_page():
    asked = [
        each
        for each in shipped_examples()
        if each.is_held_out and each.topic and each.intent == Intent.FIND_TOOLKIT
    ]
    pages = [(each.topic, slugs(each.text)) for each in asked]

    assert sum(found[:1] == [topic] for topic, found in pages) / len(pages) >= 0.90
    assert sum(topic in found for topic, found in pages) / len(pages) >= 0.97


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("can't cope with the dinner hall noise", "sensory"),
        ("dislexia", "dyslexia"),
        ("TAs", "ta-deployment"),
        ("wobble cushion", "sensory"),
        ("ehcps", "ehcp"),
        ("chn who cant sit still", "adhd"),
        ("won't come in from the playground", "semh"),
    ],
)
def test_everyday_words_find_the_page_and_say_why(text, slug):
    best = SEARCH.find(text)[0]

    assert best.toolkit.slug == slug
    assert best.why


@pytest.mark.parametrize("text", ["minibus keys", "asdf", "the", "", "?"])
def test_what_is_on_no_page_finds_none(text):
    assert slugs(text) == []


def test_a_trusts_own_page_is_found_by_its_own_words():
    own = replace(
        TOOLKITS[0],
        slug="forest-school",
        title="Forest school",
        tags=("forest school", "den building"),
    )
    search = ToolkitSearch([*TOOLKITS, own])

    assert slugs("den bulding", search)[0] == "forest-school"
    assert slugs("autism", search)[0] == "autism"


def test_at_most_three_are_shown_best_first():
    found = SEARCH.find("reading writing spelling noise memory attention anxiety maths")

    assert len(found) == 3
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
