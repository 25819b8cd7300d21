"""Learns the guards' weights: ``python -m bot.understanding.guard_training LINES`` writes them.

LINES are the guards' labelled lines; those held out are not learnt from. Everything else comes from
``guard_examples`` and from what the reader learns from, whose pupils and askers are given names for the
model that tells pupils from colleagues. Logistic regression by AdaGrad, in the order of the
examples' hashes: the same numbers on every machine. To be run after a change of the examples,
the concepts, the names or the features; it needs a minute.
"""

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from itertools import islice
from pathlib import Path

from bot.understanding.alternatives import lines_of
from bot.understanding.examples import indirect_examples, shipped_examples
from bot.understanding.guard_features import A_NAME, concern_features, name_features, words_of
from bot.understanding.hashed import packed, place_of
from bot.understanding.plain_text import visible
from hub.understanding import Intent

_CONCERN_PLACES, _PUPIL_PLACES = 2**16, 2**15
_EPOCHS, _RATE, _DECAY = 20, 0.7, 3e-6
#: How many lines each written one gives.
_OF_CONCERNS, _OF_HARMLESS, _OF_NAMES = 30, 50, 40
#: How much an example counts.
_WRITTEN, _LABELLED, _UTTERANCE, _RENAMED = 1.0, 4.0, 2.0, 0.5
_HELD_OUT_OF = 5
_GUARDED = frozenset({Intent.SAFEGUARDING_CONCERN, Intent.PUPIL_DETAILS})
_OF_PUPILS = frozenset({Intent.FIND_TOOLKIT, Intent.REQUEST_SUPPORT})
_OF_WORK = frozenset(
    {
        Intent.BOOK_SESSION,
        Intent.CANCEL_BOOKING,
        Intent.WHATS_ON,
        Intent.MY_BOOKINGS,
        Intent.MY_REQUESTS,
        Intent.LEAD_REGISTER,
        Intent.LEAD_PROGRAMME,
        Intent.LEAD_ANNOUNCE,
    }
)
_A_PUPIL = re.compile(
    r"\b(?:he|she|they|him|her|(?:a|the|this|my|one) (?:child|pupil|boy|girl|kid|student|learner"
    r"|little one|y\d|year \d)|pupils?|(?:one|some) of my (?:pupils|kids|class))\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:i|we|me|my ta|a colleague|my colleague|our senco|the head)\b", re.IGNORECASE
)
#: A proper name, or anything else with a capital in the middle of a line.
_CAPITAL = re.compile(r"(?<=\w )[A-Z][a-z]{3,}\b")
_MARKS = re.compile(r"^[\s>#*|\-\d.]+|[*|\[\]]+")
_OF_PROSE, _FEWEST_WORDS = 3, 4
_BEGINS_WITH_WHO = re.compile(r"(?:he|she|child|pupil) (?=\w+ \w+ \w+)")
#: Any would do: a name becomes a sign before anything is learnt.
_NAMES = ("jayden", "Aisha", "oliver", "Zofia", "Mohammed", "Niamh", "kwame", "Sarah", "helen")

_Example = tuple[str, bool, float]
_Row = tuple[list[tuple[int, float]], bool, float]


def learnt(labelled: Sequence[Mapping[str, str]]) -> dict[str, object]:
    """Both models, and the words that are spelt right."""
    told = [(each["text"], each["label"]) for each in labelled if not is_held_out(each["text"])]
    common = Counter(
        word for text, *_ in _of_concern(told) for word in set(words_of(visible(text)))
    )
    return {
        "known": sorted(word for word, times in common.items() if word.isalpha() and times > 1),
        "concern": _fitted(_seen(_of_concern(told), concern_features), _CONCERN_PLACES),
        "pupil": _fitted(_seen(_of_names(told), name_features, only_with=A_NAME), _PUPIL_PLACES),
    }


def is_held_out(text: str) -> bool:
    """Told by the text alone, so that no line changes sides."""
    return sha256(text.encode()).digest()[0] % _HELD_OUT_OF == 0


def _of_concern(told: Sequence[tuple[str, str]]) -> Iterator[_Example]:
    for name, is_concern, most in (
        ("concerns", True, _OF_CONCERNS),
        ("harmless", False, _OF_HARMLESS),
    ):
        for text in lines_of(_written(name), most):
            yield text, is_concern, _WRITTEN
            # Many leave out who it is about.
            if found := _BEGINS_WITH_WHO.match(text):
                yield text[found.end() :], is_concern, _WRITTEN
    for text, label in told:
        yield text, label == Intent.SAFEGUARDING_CONCERN, _LABELLED
    for each in (*shipped_examples(), *indirect_examples()):
        if each.intent not in _GUARDED:
            yield each.text, False, _UTTERANCE
    for text in _prose():
        yield text, False, _UTTERANCE


def _of_names(told: Sequence[tuple[str, str]]) -> Iterator[_Example]:
    for name, is_pupil in (("pupils", True), ("colleagues", False)):
        for text in lines_of(_written(name), _OF_NAMES):
            yield text.replace("@", _name_for(text)), is_pupil, _WRITTEN
    for text in lines_of(_written("harmless"), _OF_HARMLESS // 3):
        if found := _A_PUPIL.match(text):
            yield _name_for(text) + text[found.end() :], True, _RENAMED
    for text, label in told:
        if label != Intent.SAFEGUARDING_CONCERN:
            yield text, label == Intent.PUPIL_DETAILS, _LABELLED
    for each in shipped_examples():
        if each.intent in _OF_PUPILS and _A_PUPIL.search(each.text):
            yield _A_PUPIL.sub(_name_for(each.text), each.text, count=1), True, _RENAMED
        elif each.intent in _OF_WORK and _ASKS.search(each.text):
            yield _ASKS.sub(_name_for(each.text), each.text, count=1), False, _RENAMED

    for text in _prose():
        for found in islice(_CAPITAL.finditer(text), _OF_PROSE):
            yield text[: found.start()] + _name_for(text) + text[found.end() :], False, _RENAMED


def _prose() -> Iterator[str]:
    """What the Hub itself writes: about children in general, and full of proper names."""
    for folder in ("hub.toolkits", "hub.toolkits.templates"):
        for page in sorted(files(folder).iterdir(), key=lambda each: each.name):
            if page.name.endswith(".md"):
                lines = (_MARKS.sub("", each) for each in page.read_text("utf-8").splitlines())
                yield from (each for each in lines if len(each.split()) >= _FEWEST_WORDS)


def _written(name: str) -> str:
    return files("bot.understanding.guard_examples").joinpath(f"{name}.txt").read_text("utf-8")


def _name_for(text: str) -> str:
    return _NAMES[sha256(text.encode()).digest()[1] % len(_NAMES)]


def _seen(
    examples: Iterator[_Example],
    features_of: Callable[[Sequence[str]], Mapping[str, float]],
    only_with: str | None = None,
) -> list[tuple[Mapping[str, float], bool, float]]:
    rows = []
    for text, is_one, worth in sorted(examples, key=lambda each: sha256(each[0].encode()).digest()):
        words = words_of(visible(text))
        if only_with is None or only_with in words:
            rows.append((features_of(words), is_one, worth))
    return rows


def _fitted(
    seen: Sequence[tuple[Mapping[str, float], bool, float]], places: int
) -> dict[str, str | float]:
    weights, squares, start = [0.0] * places, [1e-2] * places, 0.0
    rows: list[_Row] = [
        ([(place_of(name, places), each) for name, each in features.items()], is_one, worth)
        for features, is_one, worth in seen
    ]
    for epoch in range(_EPOCHS):
        rate = _RATE / (1 + epoch / 4)
        for row, is_one, worth in rows:
            said = start + sum(weights[place] * each for place, each in row)
            error = (1 / (1 + math.exp(-max(-30.0, min(30.0, said)))) - is_one) * worth
            start -= rate * error * 0.02
            for place, each in row:
                slope = error * each + _DECAY * weights[place]
                squares[place] += slope * slope
                weights[place] -= rate * slope / math.sqrt(squares[place])
    return packed(weights, round(start, 4))


if __name__ == "__main__":
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    Path(str(files("bot.understanding").joinpath("guard_weights.json"))).write_text(
        json.dumps(learnt([json.loads(line) for line in lines]), separators=(",", ":")) + "\n",
        encoding="utf-8",
    )
