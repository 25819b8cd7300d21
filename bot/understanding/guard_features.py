"""A text as what the learnt part of the guards weighs: words, neighbours, and what words stand for.

Names, classes and colleagues have been made signs before (``pupil_names.shape_of``), so that
nothing is learnt about one name.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise

from bot.understanding.name_rules import BEGINS, CAPITAL, CLASS, EVERYDAY, FAMILY_NAME, NAME, STAFF
from bot.understanding.pupil_names import Shape, shape_of
from bot.understanding.wording import stem

A_NAME, AN_EVERYDAY_NAME = "@name", "@everyday"
_SIGNS = {NAME: A_NAME, EVERYDAY: AN_EVERYDAY_NAME, FAMILY_NAME: "@family"}
_WORD, _BEGINNING, _NEIGHBOURS, _THREE = 1.0, 0.4, 0.8, 0.6
_CONCEPT, _BOTH, _NEAR = 1.2, 0.8, 0.6
_BESIDE = 1.2
#: Concepts so few words apart say more than two anywhere in a text.
_NEAR_BY = 3
_SHORTEST_WITH_BEGINNING = 5


@dataclass(frozen=True)
class Sign:
    """One word in small letters, or a sign such as ``@name``; and where in the text it is."""

    word: str
    start: int
    end: int
    #: A capital that may be a name's: in the middle of a sentence, or an everyday word's.
    is_capital: bool = False
    #: A capital that any first word has.
    begins: bool = False


def signs_of(shape: Shape, text: str) -> list[Sign]:
    """The words of a text, with signs where names, classes and colleagues were."""
    signs = []
    for start, end, begins, ends in shape.places:
        sign = shape.text[start:end].partition(" ")[0]
        word = text[begins:ends].lower().replace("'", "")
        if sign[:1] in (STAFF, CLASS):
            word = "@staff" if sign[:1] == STAFF else "@class"
        word = _SIGNS.get(sign, word)
        if word.isalnum() or word.startswith("@"):
            may_be = sign == CAPITAL or (sign == EVERYDAY and begins > 0)
            signs.append(Sign(word, begins, ends, may_be, begins=sign == BEGINS))
    return signs


def words_of(text: str) -> list[str]:
    """The words and signs of a text by themselves."""
    return [each.word for each in signs_of(shape_of(text), text)]


def concern_features(words: Sequence[str]) -> Mapping[str, float]:
    """What may tell a worry about a child from what is said of teaching every day."""
    stems = [_form(word) for word in words]
    found = dict(_of_words(stems))
    for one, two, three in zip(framed := ["^", *stems, "$"], framed[1:], framed[2:], strict=False):
        found[f"t {one} {two} {three}"] = _THREE
    for word in words:
        if len(word) >= _SHORTEST_WITH_BEGINNING:
            found[f"x {word[:4]}"] = found[f"x {word[:5]}"] = _BEGINNING
    found.update(_of_concepts([_concepts_of(word) for word in words]))
    return _of_length_one(found)


def name_features(words: Sequence[str]) -> Mapping[str, float]:
    """What may tell a pupil's name from a colleague's: above all, what stands beside it."""
    stems = [_form(word) for word in words]
    found = dict(_of_words(stems))
    for word in words:
        found.update((f"c {each}", _WORD) for each in _concepts_of(word))
    for at, word in enumerate(words):
        if word in (A_NAME, AN_EVERYDAY_NAME):
            found.update(_beside(at, stems, words))
    return _of_length_one(found)


def _of_words(stems: Sequence[str]) -> Iterator[tuple[str, float]]:
    yield from ((f"w {each}", _WORD) for each in stems)
    yield from ((f"b {one} {two}", _NEIGHBOURS) for one, two in pairwise(["^", *stems, "$"]))


def _of_concepts(seen: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, float]]:
    where: dict[str, list[int]] = {}
    for at, concepts in enumerate(seen):
        for each in concepts:
            where.setdefault(each, []).append(at)
    yield from ((f"c {each}", _CONCEPT) for each in where)
    for one, two in combinations(sorted(where), 2):
        apart = min(abs(here - there) for here in where[one] for there in where[two])
        if apart:
            yield f"p {one} {two}", _BOTH
        if 0 < apart <= _NEAR_BY:
            yield f"n {one} {two}", _NEAR
    for gap in (1, 2):
        for first, second in zip(seen, seen[gap:], strict=False):
            yield from ((f"s {one} {two}", _NEAR) for one in first for two in second)


def _beside(at: int, stems: Sequence[str], words: Sequence[str]) -> Iterator[tuple[str, float]]:
    for away in (-3, -2, -1, 1, 2, 3):
        there = at + away
        if 0 <= there < len(words):
            yield f"r{away} {stems[there]}", _BESIDE
            yield from ((f"rc{away} {each}", _WORD) for each in _concepts_of(words[there]))
        else:
            yield f"r{away} {'^' if there < 0 else '$'}", _BESIDE
    around = ["^", "^", *stems, "$", "$"]
    yield f"after {around[at + 3]} {around[at + 4]}", _WORD
    yield f"before {around[at]} {around[at + 1]}", _WORD
    yield f"between {around[at + 1]} {around[at + 3]}", _WORD


def _form(word: str) -> str:
    return "#" if word.isdigit() else word if word.startswith("@") else stem(word)


def _of_length_one(features: Mapping[str, float]) -> Mapping[str, float]:
    length = sum(each * each for each in features.values()) ** 0.5 or 1.0
    return {name: each / length for name, each in features.items()}


def _concepts_of(word: str) -> tuple[str, ...]:
    return _concepts().get(word, ())


@cache
def _concepts() -> Mapping[str, tuple[str, ...]]:
    text = files("bot.understanding").joinpath("guard_concepts.toml").read_text(encoding="utf-8")
    by_word: dict[str, tuple[str, ...]] = {A_NAME: ("child",)}
    for concept, words in tomllib.loads(text).items():
        for word in dict.fromkeys(words.split()):
            by_word[word] = (*by_word.get(word, ()), concept)
    return by_word
