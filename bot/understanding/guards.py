"""The guard: what must never be kept, seen before anything is stored or logged.

By rules, and by weights learnt from examples for what no rule foresees; each can only hold back
more. Deterministic, offline and explainable; a safeguarding concern wins over a pupil's details, and both
over anything else a message may mean. Measured on ``tests/understanding/guard_lines.jsonl``.
"""

import re
from collections.abc import Collection
from itertools import chain, islice

from bot.understanding.concern_words import HARMLESS
from bot.understanding.guard_learning import names_of_pupils, worry_in
from bot.understanding.plain_text import stretches, visible
from bot.understanding.pupil_details import details
from bot.understanding.pupil_names import names
from bot.understanding.safeguarding import concern_in
from bot.understanding.sightings import Sighting
from hub.understanding import Guarded, Intent

#: More of them say no more.
MOST_SIGHTINGS = 20
#: From here on, what was learnt tells a worry; beside a pupil's name, whose need is told in much
#: the same words, it must be clearer. Found on the labelled lines, and on those of tired people who worry about nothing but a lesson.
_WORRY, _CLEAR_WORRY = 0.6, 0.75
_HARMLESS = re.compile(HARMLESS.pattern, re.IGNORECASE)
#: What stands in place of a detail that was taken out.
_INSTEAD = {"a pupil's name": "a pupil", "initials with a class or year": "a pupil"}
#: What may stand after a name so that it surely ends there; no file's name tells that.
_ENDS = re.compile(
    r"\s*(?:$|[,;:?!()-]|\.(?:\s|$)|'s\b|y(?:ea)?r? ?\d|\d|(?:in|from|who|is|has|had|was|and|keeps|can'?t|won'?t"
    r"|doesn'?t|isn'?t|cannot|needs?|to|with|on|for|at|of|struggles|refuses|a pupil|bites|hits|throws|he|she"
    r"|they|please|about|brother|sister|mum|dad)\b)",
    re.IGNORECASE,
)


def guard(text: str, known_names: Collection[str] = ()) -> Guarded | None:
    """Say why this free text must not be kept, or None when it may be.

    ``known_names`` are whole names of colleagues, and domains of the trust's own mail with an
    ``@`` before them; neither is a pupil's. A given name alone is not let through by it: a pupil
    may have the same.
    """
    seen_by_eye = visible(text)
    parts = stretches(seen_by_eye)
    found: list[Sighting] = []
    for part in parts:
        in_part = _details(part, known_names)
        if kind := _concern_in(part, _CLEAR_WORRY if in_part else _WORRY):
            return Guarded(Intent.SAFEGUARDING_CONCERN, why=(kind,))
        found += in_part
    if not found:
        return None
    seen = tuple(dict.fromkeys(each.what for each in found))
    why = tuple(dict.fromkeys(each.why for each in found))
    without = _without(seen_by_eye, found) if len(parts) == 1 else ""
    if without and (_concern_in(without, _WORRY) or any(_details(without, known_names))):
        without = ""
    return Guarded(Intent.PUPIL_DETAILS, seen, why, without)


def _concern_in(text: str, enough: float) -> str | None:
    if kind := concern_in(text.lower()):
        return kind
    return (
        "a worry about a child, as staff put it"
        if worry_in(_harmless_out(text)) >= enough
        else None
    )


def _harmless_out(text: str) -> str:
    return _HARMLESS.sub(" ", text)


def _details(text: str, known_names: Collection[str]) -> list[Sighting]:
    domains = frozenset(each[1:].lower() for each in known_names if each.startswith("@"))
    found = chain(
        details(text, domains), names(text, known_names), names_of_pupils(text, known_names)
    )
    return list(islice(found, MOST_SIGHTINGS))


def _without(text: str, found: list[Sighting]) -> str:
    """The text with general words in place of the details; empty where one may run on."""
    end_of_last = len(text)
    widest = [
        each
        for each in found
        if not any(
            one.start <= each.start
            and each.end <= one.end
            and one.end - one.start > each.end - each.start
            for one in found
        )
    ]
    for each in sorted(widest, key=lambda sighting: (sighting.start, -sighting.end), reverse=True):
        if each.end > end_of_last:
            continue
        # A family name that nobody knows would be left behind.
        if each.what in _INSTEAD and not _ENDS.match(text, each.end):
            return ""
        text = text[: each.start] + _INSTEAD.get(each.what, "…") + text[each.end :]
        end_of_last = each.start
    return re.sub(r"\b(a pupil)(?: a pupil)+\b", r"\1", text)
