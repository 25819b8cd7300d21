"""What words stand for: wishes, toolkits, things of a school day; and slips of the key put right."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.wording import stem, words_in

#: No phrase of ours is longer, in words.
LONGEST_PHRASE = 4
#: Shorter words are too easily another word.
_SHORTEST_MISSPELT = 4
#: Words of this many letters may have two slips.
_TWO_SLIPS = 7


class Kind(StrEnum):
    """What a concept is; each is a table of ``concepts.toml``."""

    WISH = "wishes"
    TOOLKIT = "topics"
    #: What happens in a school day; several toolkits may be about it.
    THING = "things"


@dataclass(frozen=True)
class Seen:
    """One concept that a message speaks of, and the words by which it does."""

    concept: str
    words: str
    kind: Kind

    @property
    def is_topic(self) -> bool:
        """Whether it is a toolkit."""
        return self.kind is Kind.TOOLKIT


class Lexicon:
    """The concepts by their words, and every word that is spelt right."""

    def __init__(self, concepts: Mapping[str, Mapping[str, str]], known: Iterable[str]) -> None:
        self._concepts: dict[tuple[str, ...], list[tuple[str, Kind]]] = {}
        spelt: set[str] = set(known)
        for group, entries in concepts.items():
            for concept, phrases in entries.items():
                for phrase in phrases.split(","):
                    words = words_in(phrase)
                    spelt.update(word for word in words if word.isalpha())
                    meant = self._concepts.setdefault(tuple(map(stem, words)), [])
                    meant.append((concept, Kind(group)))
        self._spelt = frozenset(spelt)
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(spelt):
            if word.isalpha() and len(word) >= _SHORTEST_MISSPELT:
                self._by_first.setdefault(word[0], []).append(word)

    def is_known(self, word: str) -> bool:
        """Whether a word is spelt as one of ours."""
        return word in self._spelt or stem(word) in self._spelt

    def spelt_right(self, words: Iterable[str]) -> list[str]:
        """The same words, each with its slips put right where one of ours is near enough."""
        return [self._spelt_right(word) for word in words]

    def _spelt_right(self, word: str) -> str:
        if not word.isalpha() or len(word) < _SHORTEST_MISSPELT or self.is_known(word):
            return word
        # Hardly anybody slips on the first letter, and it keeps the search short.
        near = process.extractOne(
            word,
            self._by_first.get(word[0], ()),
            scorer=OSA.distance,
            score_cutoff=1 if len(word) < _TWO_SLIPS else 2,
        )
        return str(near[0]) if near else word

    def seen_in(self, words: list[str]) -> Iterator[Seen]:
        """Every concept of a message, from single words to the longest phrases."""
        stems = [stem(word) for word in words]
        for length in range(1, LONGEST_PHRASE + 1):
            for at in range(len(stems) - length + 1):
                for concept, kind in self._concepts.get(tuple(stems[at : at + length]), ()):
                    yield Seen(concept, " ".join(words[at : at + length]), kind)


@cache
def concepts() -> Mapping[str, Mapping[str, str]]:
    """The concepts as they ship."""
    text = files("bot.understanding").joinpath("concepts.toml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, str]] = tomllib.loads(text)
    return loaded
