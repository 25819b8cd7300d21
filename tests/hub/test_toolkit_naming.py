"""Pages that are named outright, and the needs by which people browse."""

import pytest

from bot.loading.toolkits import load_shelf
from hub.toolkits.areas import OWN, areas_of
from hub.toolkits.naming import heading_named, named_in, says_nothing
from hub.toolkits.page import Heading

SHELF = load_shelf(None)


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("Dyslexia toolkit please", ["dyslexia"]),
        ("the TA-deployment one", ["ta-deployment"]),
        ("adhd and working memory", ["working-memory", "adhd"]),
        ("speech, language & communication", []),
        ("Graduated approach?", ["graduated-approach"]),
        ("my dyslexias", []),
        ("", []),
    ],
)
def test_a_page_is_named_by_its_title_or_slug_as_whole_words(words, slugs):
    assert [each.slug for each in named_in(words, SHELF.toolkits)] == slugs


@pytest.mark.parametrize("words", ["find a toolkit", "Toolkits, please!", "any tips for me?", ""])
def test_a_wish_for_any_toolkit_names_none(words):
    assert says_nothing(words)


def test_a_subject_is_never_taken_for_nothing():
    assert not any(says_nothing(each.title) for each in SHELF.toolkits)


def test_a_heading_is_known_however_it_is_typed():
    assert heading_named("did it work") is Heading.DID_IT_WORK
    assert heading_named("Ask the hub when...") is Heading.ASK_THE_HUB
    assert heading_named("words") is None


def test_every_page_that_ships_stands_under_one_need():
    areas = areas_of(SHELF.toolkits)

    assert OWN[0] not in {each.key for each in areas}
    slugs = [page.slug for each in areas for page in each.toolkits]
    assert sorted(slugs) == sorted(each.slug for each in SHELF.toolkits)
