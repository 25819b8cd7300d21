"""A message as the features that the models weigh: words, neighbours, concepts, parts of words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from bot.understanding.lexicon import Kind, Lexicon, Seen
from bot.understanding.wording import stem, words_in

#: How much each kind of feature counts before training; found by cross-validation.
_WORD, _NEIGHBOURS, _CONCEPT, _PAIR, _PART, _SHAPE = 1.0, 0.8, 1.2, 0.5, 0.4, 0.7
#: Things of a school day, each and two together: what is left where no word was ever met before.
_THING, _THINGS, _MOST_OF_A_THING = 2.0, 0.3, 2.5
#: A phrase of several words says more than one of its words.
_PHRASE = 1.56
_PARTS = (2, 3, 4)
#: More unknown words than this tell no more.
_MOST_COUNTED = 3


@dataclass(frozen=True)
class Features:
    """What a message shows; ``weights`` are of length one together."""

    words: tuple[str, ...]
    seen: tuple[Seen, ...]
    weights: Mapping[str, float]

    @property
    def topics_seen(self) -> frozenset[str]:
        """The toolkits whose words it has."""
        return frozenset(each.concept for each in self.seen if each.is_topic)


def features_of(text: str, lexicon: Lexicon) -> Features:
    """Look at a message."""
    words = lexicon.spelt_right(words_in(text))
    seen = tuple(lexicon.seen_in(words))
    weights = dict(_word_features(words))
    named = tuple(each for each in seen if each.kind is not Kind.THING)
    for each in named:
        name = f"about {each.concept}" if each.is_topic else f"says {each.concept}"
        strength = _PHRASE if " " in each.words else _CONCEPT
        weights[name] = weights.get(name, 0.0) + strength
    wishes = sorted({each.concept for each in named if not each.is_topic})
    for at, wish in enumerate(wishes):
        weights.update((f"says {wish}+{other}", _PAIR) for other in wishes[at + 1 :])
    weights.update(_things(seen))
    weights.update(_shape(words, named, len(wishes), lexicon))
    length = sum(weight * weight for weight in weights.values()) ** 0.5
    scaled = {name: weight / length for name, weight in weights.items()}
    return Features(tuple(words), seen, scaled)


def _word_features(words: list[str]) -> Iterator[tuple[str, float]]:
    stems = [stem(word) for word in words]
    yield from ((f"“{each}”", _WORD) for each in stems)
    framed = ["^", *stems, "$"]
    yield from ((f"“{one} {two}”", _NEIGHBOURS) for one, two in pairwise(framed))
    for at in range(len(framed) - 2):
        yield f"“{' '.join(framed[at : at + 3])}”", _NEIGHBOURS
    for word in words:
        if word.isalpha():
            whole = f"_{word}_"
            for size in _PARTS:
                for at in range(len(whole) - size + 1):
                    yield f"…{whole[at : at + size]}…", _PART


def _things(seen: tuple[Seen, ...]) -> Iterator[tuple[str, float]]:
    found: dict[str, float] = {}
    for each in seen:
        if each.kind is Kind.THING:
            more = _PHRASE / _CONCEPT if " " in each.words else 1.0
            found[each.concept] = found.get(each.concept, 0.0) + more
    for thing, times in found.items():
        yield f"of {thing}", _THING * min(times, _MOST_OF_A_THING)
    for one, other in combinations(sorted(found), 2):
        yield f"of {one}+{other}", _THINGS


def _shape(
    words: list[str], seen: tuple[Seen, ...], wishes: int, lexicon: Lexicon
) -> Iterator[tuple[str, float]]:
    topics = len({each.concept for each in seen if each.is_topic})
    yield f"{min(topics, 2)} topics, {min(wishes, 3)} wishes", _SHAPE
    yield f"length {min(len(words) // 3, 4)}", _SHAPE
    unknown = sum(word.isalpha() and not lexicon.is_known(word) for word in words)
    if unknown:
        yield f"{min(unknown, _MOST_COUNTED)} unknown words", _SHAPE
