"""Whether words speak of harm to a child; if so, of what kind, and never of more than that.

A subject that staff learn about ("self-harm training", "the safeguarding policy") is none, as long
as nobody in particular is spoken of. In doubt it is one: the answer costs a reader three lines.
"""

import re

from rapidfuzz import fuzz, process

from bot.understanding.concern_words import (
    ABOUT_A_CHILD,
    ALARMING,
    HARMLESS,
    NAMED,
    OFTEN_MISSPELT,
    SUBJECT,
)
from bot.understanding.concerns_at_home import AT_HOME
from bot.understanding.concerns_of_harm import HARM

#: From 0 to 100: two letters changed places, or one is wrong, in a long word.
ALIKE = 85
SHORTEST = 6
_KNOWN = frozenset(OFTEN_MISSPELT)
_FIRST_LETTERS = frozenset(each[0] for each in OFTEN_MISSPELT)
_NOT_MISSPELT = frozenset(
    [
        "safeguard",
        "safeguards",
        "disclose",
        "grouping",
        "grooming",
        "discussed",
        "absurd",
        "amused",
        "abuses",
        "accused",
        "cruised",
        "braised",
        "bruising",
        "neglects",
        "assaults",
        "extremely",
    ]
)
_SLIPS = (
    (re.compile(r"\bsl[ef]{2} ?-?harm"), "self harm"),
    (re.compile(r"\bself? ?-?ham(?=ing|ed|s|\b)"), "self harm"),
    (re.compile(r"\bno ?one\b"), "noone"),
    (re.compile(r"\bsu[is]{1,2}cid"), "suicid"),
)


def concern_in(said: str) -> str | None:
    """The kind of concern that this lower-case text speaks of, in general words; None for none."""
    text = HARMLESS.sub(" ", _as_meant(said))
    for each in (*HARM, *AT_HOME):
        if each.pattern.search(text):
            return each.kind
    for each in NAMED:
        if each.pattern.search(text) and (not SUBJECT.search(text) or ABOUT_A_CHILD.search(text)):
            return each.kind
    if ALARMING.search(text) and ABOUT_A_CHILD.search(text) and not SUBJECT.search(text):
        return "a worry about somebody"
    return None


def _as_meant(said: str) -> str:
    """Without apostrophes, and with the commonest slips of the key put right."""
    text = said.replace("'", "").replace("_", " ")
    for slip, meant in _SLIPS:
        text = slip.sub(meant, text)
    return re.sub(r"[a-z]{6,}", _put_right, text)


def _put_right(found: re.Match[str]) -> str:
    word = found[0]
    if word[0] not in _FIRST_LETTERS or word in _KNOWN or word in _NOT_MISSPELT:
        return word
    meant = process.extractOne(word, OFTEN_MISSPELT, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return meant[0] if meant and meant[0][0] == word[0] else word
