"""What was learnt from the examples, read once: the words, and the models for wishes and toolkits."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.understanding.lexicon import Lexicon, concepts
from bot.understanding.linear import LinearModel, PackedWeights


@dataclass(frozen=True)
class Learnt:
    """All that reading a message needs."""

    lexicon: Lexicon
    intents: LinearModel
    #: Which toolkit, if any.
    topics: LinearModel
    #: Whether a message is about any.
    about: LinearModel


@cache
def as_shipped() -> Learnt:
    """The weights that ship; ``training.py`` writes them."""
    text = files("bot.understanding").joinpath("weights.json").read_text(encoding="utf-8")
    return learnt_in(json.loads(text))


def learnt_in(stored: Mapping[str, Any]) -> Learnt:
    """The models out of what training gave."""
    return Learnt(
        Lexicon(concepts(), stored["known"]),
        _model(stored["intents"]),
        _model(stored["topics"]),
        _model(stored["about"]),
    )


def _model(stored: Mapping[str, Any]) -> LinearModel:
    return LinearModel(tuple(stored["labels"]), PackedWeights(stored["weights"]))
