"""Finding toolkits by the words that staff use: everyday phrases, short forms, slips of the key.

Two things speak for a page. Its own words do, each for as much as it tells pages apart (BM25), so
that a trust's own pages are found the day they are added. For the pages that ship, what was learnt
from examples does too: "can't cope with the dinner hall" need not be on the page.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.features import Features, features_of
from bot.understanding.learning import as_shipped
from bot.understanding.lexicon import Lexicon
from bot.understanding.linear import NO_TOPIC
from bot.understanding.wording import stem, words_in
from hub.toolkits.page import Toolkit

MOST_FOUND = 3
#: How soon a repeated word stops adding, and how far a long page counts for less (the usual values).
_SATURATES, _LENGTH = 1.2, 0.5
#: A word of the title or the tags says more than one in the text below.
_TITLE, _TAG, _TEXT = 4, 3, 1
#: What being surely the right page is worth, beside the words it shares with the question.
_LEARNT = 6.0
#: Less is a chance likeness.
_LEAST = 1.5
#: Where no word of the question is the page's own, less is a guess (found on the examples).
_LEAST_BY_LIKENESS = 0.3
#: From here on it is likelier that a question is about no page that ships.
_ABOUT_NONE = 0.85
#: As many pages as a trust is likely to have.
_REMEMBERED = 256
_FILLERS = frozenset(
    map(
        stem,
        words_in(
            "a about all an and any are as at be but can child children class classroom could do "
            "does for from get give got has have he help her him his how i in is it its like me my "
            "need of on one or our page please pupil pupils she show some support that the them "
            "they this tips to toolkit toolkits up us use want we what when who will with you your"
        ),
    )
)


@dataclass(frozen=True)
class Found:
    """One page that answers a question."""

    toolkit: Toolkit
    #: Words of the question that speak for it, for people to see; never empty.
    why: tuple[str, ...]
    score: float


class ToolkitSearch:
    """Searches the pages it is given: those that ship and a trust's own."""

    def __init__(self, toolkits: Sequence[Toolkit]) -> None:
        self._toolkits = tuple(toolkits)
        self._pages = [_counted(each) for each in self._toolkits]
        self._lengths = [sum(page.values()) for page in self._pages]
        self._usual_length = sum(self._lengths) / max(len(self._lengths), 1)
        held_by = Counter(word for page in self._pages for word in page)
        # A slip in a word that only a trust's own page has is put right by that page.
        own = (f"{each.title} {' '.join(each.tags)}" for each in self._toolkits)
        self._spelt = Lexicon({}, (word for text in own for word in words_in(text)))
        many = len(self._pages)
        self._telling = {
            word: math.log(1 + (many - pages + 0.5) / (pages + 0.5))
            for word, pages in held_by.items()
        }

    def find(self, text: str) -> tuple[Found, ...]:
        """The best three pages, best first; none when nothing speaks for any."""
        shipped = as_shipped()
        seen = features_of(text, shipped.lexicon)
        typed = self._spelt.spelt_right(words_in(text))
        asked = _asked(seen.words, typed, self._telling)
        learnt = shipped.topics.chances(seen.weights)
        unsaid = shipped.about.chances(seen.weights)[NO_TOPIC]
        told = any(shipped.lexicon.is_known(word) for word in seen.words if _may_tell(word))
        # Where no telling word was ever met, what was learnt would only guess.
        trust = _LEARNT * (1 - unsaid) if told and unsaid < _ABOUT_NONE else 0.0
        found = [
            Found(toolkit, why, score)
            for place, toolkit in enumerate(self._toolkits)
            if (score := self._shares(place, asked) + trust * learnt.get(toolkit.slug, 0.0))
            >= _LEAST
            and (why := self._why(place, seen, asked, learnt.get(toolkit.slug, 0.0)))
        ]
        return tuple(sorted(found, key=lambda each: -each.score)[:MOST_FOUND])

    def _shares(self, place: int, asked: Iterable[str]) -> float:
        page = self._pages[place]
        long = 1 - _LENGTH + _LENGTH * self._lengths[place] / self._usual_length
        return sum(
            self._telling[word] * page[word] * (_SATURATES + 1) / (page[word] + _SATURATES * long)
            for word in asked
            if word in page
        )

    def _why(
        self, place: int, seen: Features, asked: Iterable[str], chance: float
    ) -> tuple[str, ...]:
        slug = self._toolkits[place].slug
        shared = {word for word in asked if word in self._pages[place]}
        phrases = [each.words for each in seen.seen if each.concept == slug]
        words = [word for word in seen.words if stem(word) in shared]
        if not phrases and not words and chance >= _LEAST_BY_LIKENESS:
            # What was learnt is in no one word; all that were weighed are the reason.
            words = [word for word in seen.words if stem(word) not in _FILLERS]
        longest_first = sorted(dict.fromkeys([*phrases, *words]), key=lambda each: -len(each))
        kept: list[str] = []
        for each in longest_first:
            if not any(f" {each} " in f" {longer} " for longer in kept):
                kept.append(each)
        return tuple(kept[:MOST_FOUND])


def _may_tell(word: str) -> bool:
    return word.isalpha() and stem(word) not in _FILLERS


@lru_cache(maxsize=_REMEMBERED)
def _counted(toolkit: Toolkit) -> Counter[str]:
    """How much each word of a page counts; pages that ship are counted once in a process."""
    counted: Counter[str] = Counter()
    for text, worth in (
        (f"{toolkit.title} {toolkit.slug.replace('-', ' ')}", _TITLE),
        (" ".join(toolkit.tags), _TAG),
        (f"{toolkit.summary} {toolkit.markdown}", _TEXT),
    ):
        for word in map(stem, words_in(text)):
            if word not in _FILLERS and (word.isalpha() or not word.isascii()):
                counted[word] += worth
    return counted


def _asked(right: Iterable[str], typed: Iterable[str], known: Iterable[str]) -> list[str]:
    """The telling words of a question; as typed where a page has them so."""
    pages = frozenset(known)
    stems = [stem(word) for word in (*right, *typed)]
    return [word for word in dict.fromkeys(stems) if word in pages and word not in _FILLERS]
