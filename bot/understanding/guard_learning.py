"""What the guards have learnt from examples, read once; the rules beside it stay as they are."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.given_names import everyday_names, folded, given_names
from bot.understanding.guard_features import (
    A_NAME,
    AN_EVERYDAY_NAME,
    Sign,
    concern_features,
    name_features,
    signs_of,
    words_of,
)
from bot.understanding.hashed import HashedModel, unpacked
from bot.understanding.name_rules import GIVEN_NAME
from bot.understanding.not_names import NO_NAMES
from bot.understanding.pupil_names import shape_of
from bot.understanding.sightings import Sighting

#: From here on a text is held back; found on the labelled lines that are not held out.
_PUPIL_FROM = 0.5
#: A word that only may be a name must stand among words that speak for it more clearly.
_STRANGER_FROM = 0.75
#: Fewer words than this say too little by themselves; the rules know what matters among them.
_FEWEST_WORDS = 4
#: Shorter words are too easily another word.
_SHORTEST_MISSPELT = 5
_SHORTEST_CAPITAL = 4
#: What follows a name rather than a thing.
_OF_ONE = frozenset(
    """is has was can cant wont doesnt isnt hasnt had keeps needs gets got never still always just
    who struggles refuses hates loves cries bites hits""".split()  # noqa: SIM905
)
#: What ``shape_of`` leaves of a school's or a book's name.
_MASKED = re.compile("x+").fullmatch
_WHY = "a given name in words that are used of pupils"
_WHY_STRANGER = "an unknown word where pupils' names stand"


@dataclass(frozen=True)
class LearntGuards:
    """Both models, and the words that are spelt right, once more by their first letters."""

    concern: HashedModel
    pupil: HashedModel
    known: Mapping[str, Sequence[str]]
    spelt: frozenset[str]


@cache
def as_shipped() -> LearntGuards:
    """The weights that ship; ``guard_training`` writes them."""
    text = files("bot.understanding").joinpath("guard_weights.json").read_text(encoding="utf-8")
    stored = json.loads(text)
    return LearntGuards(
        unpacked(stored["concern"]),
        unpacked(stored["pupil"]),
        _by_first(stored["known"]),
        frozenset(stored["known"]),
    )


def worry_in(text: str) -> float:
    """How much a text reads like a worry about a child, from 0 to 1."""
    words = [_spelt_right(each) for each in words_of(text)]
    if len(words) < _FEWEST_WORDS:
        return 0.0
    return as_shipped().concern.chance(concern_features(words))


def names_of_pupils(text: str, known_names: Collection[str] = ()) -> Iterator[Sighting]:
    """Every name in a text that reads as if a pupil were spoken of."""
    shape = shape_of(text, known_names)
    signs = signs_of(shape, text)
    if any(each.word == A_NAME for each in signs):
        if _chance_of_pupil(signs) >= _PUPIL_FROM:
            for found in GIVEN_NAME.finditer(shape.text):
                yield Sighting("a pupil's name", *shape.place_of(*found.span()), _WHY)
        return
    words = [each.word for each in signs]
    strange = [
        each for at, each in enumerate(signs) if _may_be_a_name(each, beside=words[at + 1 : at + 3])
    ]
    if strange:
        as_names = [replace(each, word=A_NAME) if each in strange else each for each in signs]
        if _chance_of_pupil(as_names) >= _STRANGER_FROM:
            for each in strange:
                yield Sighting("a pupil's name", each.start, each.end, _WHY_STRANGER)


def _chance_of_pupil(signs: list[Sign]) -> float:
    return as_shipped().pupil.chance(name_features([each.word for each in signs]))


def _may_be_a_name(sign: Sign, beside: list[str]) -> bool:
    """Whether nobody knows this word, and it stands as names do.

    With a capital; or first of all, before what follows names only. A name with a slip of the key
    is near many a word: it counts with a class behind it.
    """
    is_by_a_class = "@class" in beside
    if sign.word == AN_EVERYDAY_NAME:
        # A month or a feast has a capital anywhere, and a scheme stands right before a class.
        is_in_a_class = beside in (["in", "@class"], ["from", "@class"])
        return is_in_a_class or (sign.is_capital and not is_by_a_class)
    word = folded(sign.word)
    if not word.isalpha() or _is_known(word) or _MASKED(word):
        return False
    if word in NO_NAMES or word in everyday_names():
        return False
    # A scheme or a book stands by a class as well; rules tell those from names.
    if sign.is_capital:
        return len(word) >= _SHORTEST_CAPITAL and not is_by_a_class
    if len(word) < _SHORTEST_MISSPELT or sign.start:
        return False
    if is_by_a_class:
        return _nearest(word, _names_by_first()) is not None
    return beside[:1] != [] and beside[0] in _OF_ONE and _spelt_right(word) == word


def _spelt_right(word: str) -> str:
    """The word that was meant by a slip of the key; the same where none is near."""
    if len(word) < _SHORTEST_MISSPELT or not word.isalpha() or _is_known(word):
        return word
    return _nearest(word, as_shipped().known) or word


def _is_known(word: str) -> bool:
    return word in as_shipped().spelt or word.rstrip("s") in as_shipped().spelt


def _nearest(word: str, among: Mapping[str, Sequence[str]]) -> str | None:
    # Hardly anybody slips on the first letter, and it keeps the search short.
    near = process.extractOne(word, among.get(word[0], ()), scorer=OSA.distance, score_cutoff=1)
    return str(near[0]) if near else None


@cache
def _names_by_first() -> Mapping[str, Sequence[str]]:
    return _by_first(given_names())


def _by_first(words: Collection[str]) -> Mapping[str, Sequence[str]]:
    """In the order of the alphabet, so that of two that are as near the same one always wins."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words):
        by_first.setdefault(word[0], []).append(word)
    return by_first
