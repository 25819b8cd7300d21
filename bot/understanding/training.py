"""Learns the weights from the examples: ``python -m bot.understanding.training`` writes weights.json.

To be run after a change of the examples, the concepts, a toolkit's tags or how features are made.
Multinomial logistic regression by AdaGrad, in the order of the examples' hashes: the same numbers
on every machine. It needs a few minutes; reading a message needs none of this.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from bot.loading.toolkits import load_shelf
from bot.understanding.examples import Example, learnt_examples
from bot.understanding.features import features_of
from bot.understanding.lexicon import Lexicon, concepts
from bot.understanding.linear import ABOUT, NO_TOPIC, LinearModel, packed
from bot.understanding.wording import words_in
from hub.toolkits.page import Heading
from hub.understanding import Intent

EPOCHS = 18
_RATE = 1.2
#: Keeps a weight from growing on one example alone.
_DECAY = 2e-5
#: A feature of fewer examples says nothing general; parts of words are many and need more.
_FEWEST, _FEWEST_OF_PART = 2, 3
#: Errors below this are not worth a step.
_CLOSE = 0.003
#: Weights are kept to two places, and what is next to nothing not at all.
_NEXT_TO_NOTHING = 0.04

#: Right as they are, though near to words that mean something here.
_SPELT = (
    "remaining remained contain container maintain complain board boards bored chain chair brain "
    "plant plane plain grand brand stand planet market basket packet ticket pocket matter letter "
    "better butter batter water later longer older younger wonder under other others mother father "
    "brother sister weather leather feather heather house mouse horse course source force space "
    "place plate slate state stage store story study sturdy storm start stark spark share shape "
    "shake shade shame shave shore short shirt sheet sheep sleep steep sweep street stream cream "
    "dream steam team term form from farm warm worm word wood world would could should cloud crowd "
    "clown crown brown drown down town train brain rain drain grain gain again against agree great "
    "greet green screen queen seen scene since sense tense dense fence pence hence whence where "
    "there these those whose close chose loose goose noose nose rose hose post host most cost lost "
    "last fast past paste taste waste haste chase phase phrase praise raise rise wise size prize "
    "price slice spice twice once ounce pounce bounce minute minutes hours money honey monkey"
)

#: How many of the indirect examples about toolkits also teach wishes.
_ONE_IN = 3

_GUARDED = frozenset({Intent.SAFEGUARDING_CONCERN, Intent.PUPIL_DETAILS})
_Seen = list[tuple[Mapping[str, float], str]]


def learnt() -> dict[str, object]:
    """Everything that reading needs, from the examples that are not held out."""
    return learnt_from(list(learnt_examples()))


def learnt_from(examples: Sequence[Example]) -> dict[str, object]:
    """The words that are spelt right, and the models."""
    wishes = [each for each in examples if each.intent not in _GUARDED]
    counts = Counter(word for each in wishes for word in set(words_in(each.text)))
    tags = [(tag, kit.slug) for kit in load_shelf(None).toolkits for tag in kit.tags]
    counts.update(words_in(" ".join(kit.markdown for kit in load_shelf(None).toolkits)) * _FEWEST)
    counts.update(_SPELT.split() * _FEWEST)
    known = sorted(word for word, times in counts.items() if times >= _FEWEST and word.isalpha())
    lexicon = Lexicon(concepts(), known)

    def seen(pairs: Sequence[tuple[str, str]]) -> _Seen:
        ordered = sorted(pairs, key=lambda pair: sha256(pair[0].encode()).digest())
        return [(features_of(text, lexicon).weights, label) for text, label in ordered]

    signs = [
        (item, kit.slug)
        for kit in load_shelf(None).toolkits
        for item in kit.section(Heading.AT_A_GLANCE).items
    ]
    named = [(tag, str(Intent.FIND_TOOLKIT)) for tag, _ in tags]
    about = [(each.text, each.topic) for each in wishes if each.topic]
    named_or_not = [(each.text, ABOUT if each.topic else NO_TOPIC) for each in wishes]
    return {
        "known": known,
        "intents": _as_json(_fitted(_without_things(seen([*_wishes_in(wishes), *named])))),
        "topics": _as_json(_fitted(seen([*about, *tags, *signs]))),
        "about": _as_json(_fitted(seen([*named_or_not, *((tag, ABOUT) for tag, _ in tags)]))),
    }


def _wishes_in(examples: Sequence[Example]) -> Iterator[tuple[str, str]]:
    """What each example wants; of the many indirect ones about toolkits some, or they drown the rest."""
    for each in examples:
        is_left_out = sha256(each.text.encode()).digest()[0] % _ONE_IN
        if not (each.is_indirect and each.topic and is_left_out):
            yield each.text, each.intent


def _without_things(examples: _Seen) -> _Seen:
    """The same without the things of a school day, which tell toolkits apart and blur wishes."""
    return [
        ({name: x for name, x in seen.items() if not name.startswith("of ")}, label)
        for seen, label in examples
    ]


def _fitted(examples: _Seen) -> LinearModel:
    labels = tuple(sorted({label for _, label in examples}))
    kept = _common(examples)
    # A rare wish counts for more, so that the many questions about toolkits do not drown it.
    times = Counter(label for _, label in examples)
    worth = {each: (len(examples) / len(labels) / times[each]) ** 0.5 for each in labels}
    weights = {feature: [0.0] * len(labels) for feature in kept}
    squares = {feature: [1e-8] * len(labels) for feature in kept}
    rows = [
        ([(weights[f], squares[f], x) for f, x in seen.items() if f in kept], label)
        for seen, label in examples
    ]
    for epoch in range(EPOCHS):
        rate = _RATE / (1 + epoch / 4)
        for row, label in rows:
            for place, error in _errors(row, labels.index(label), len(labels), worth[label]):
                for weight, square, x in row:
                    slope = error * x + _DECAY * weight[place]
                    square[place] += slope * slope
                    weight[place] -= rate * slope / math.sqrt(square[place] + 1e-2)
    return LinearModel(
        labels,
        {
            feature: pairs
            for feature in sorted(kept)
            if (pairs := list(_worth_keeping(weights[feature])))
        },
    )


def _errors(
    row: Sequence[tuple[list[float], list[float], float]], right: int, many: int, worth: float
) -> Iterator[tuple[int, float]]:
    sums = [0.0] * many
    for weight, _, x in row:
        for place in range(many):
            sums[place] += weight[place] * x
    top = max(sums)
    raised = [math.exp(each - top) for each in sums]
    total = sum(raised)
    for place in range(many):
        error = raised[place] / total - (place == right)
        if abs(error) > _CLOSE:
            yield place, error * worth


def _common(examples: _Seen) -> set[str]:
    times = Counter(feature for seen, _ in examples for feature in seen)
    return {
        feature
        for feature, count in times.items()
        if count >= (_FEWEST_OF_PART if feature.startswith("…") else _FEWEST)
        or feature.startswith(("about ", "says ", "of "))
        or (feature.startswith("“") and " " not in feature)
    }


def _worth_keeping(weights: Sequence[float]) -> Iterator[tuple[int, float]]:
    for place, weight in enumerate(weights):
        if abs(weight) >= _NEXT_TO_NOTHING:
            yield place, round(weight, 2)


def _as_json(model: LinearModel) -> dict[str, object]:
    return {"labels": model.labels, "weights": packed(model.weights)}


def sources() -> str:
    """A fingerprint of all that the weights are learnt from, so that a test tells stale ones."""
    room = files("bot.understanding")
    names = ("utterances.jsonl", "indirect.jsonl", "concepts.toml")
    parts = [room.joinpath(name).read_text(encoding="utf-8") for name in names]
    for kit in load_shelf(None).toolkits:
        parts += [kit.slug, *kit.tags, kit.markdown]
    return sha256("\n".join(parts).encode()).hexdigest()


if __name__ == "__main__":
    Path(str(files("bot.understanding").joinpath("weights.json"))).write_text(
        json.dumps({"sources": sources(), **learnt()}, ensure_ascii=False, separators=(",", ":"))
        + "\n",
        encoding="utf-8",
    )
