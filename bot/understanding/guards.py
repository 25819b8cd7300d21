"""The guard: what must never be kept, seen before anything is stored or logged.

Deterministic, offline and explainable; a safeguarding concern wins over a pupil's details, and both
over anything else a message may mean. Measured on ``tests/understanding/guard_lines.jsonl``.
"""

import re
from collections.abc import Collection
from itertools import chain, islice

from bot.understanding.plain_text import stretches, visible
from bot.understanding.pupil_details import details
from bot.understanding.pupil_names import names
from bot.understanding.safeguarding import concern_in
from bot.understanding.sightings import Sighting
from hub.understanding import Guarded, Intent

#: More of them say no more.
MOST_SIGHTINGS = 20
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
    for part in parts:
        if kind := concern_in(part.lower()):
            return Guarded(Intent.SAFEGUARDING_CONCERN, why=(kind,))
    found = [each for part in parts for each in _details(part, known_names)]
    if not found:
        return None
    seen = tuple(dict.fromkeys(each.what for each in found))
    why = tuple(dict.fromkeys(each.why for each in found))
    without = _without(seen_by_eye, found) if len(parts) == 1 else ""
    if without and (concern_in(without.lower()) or any(_details(without, known_names))):
        without = ""
    return Guarded(Intent.PUPIL_DETAILS, seen, why, without)


def _details(text: str, known_names: Collection[str]) -> list[Sighting]:
    domains = frozenset(each[1:].lower() for each in known_names if each.startswith("@"))
    found = chain(details(text, domains), names(text, known_names))
    return list(islice(found, MOST_SIGHTINGS))


def _without(text: str, found: list[Sighting]) -> str:
    """The text with general words in place of the details; empty where one may run on."""
    end_of_last = len(text)
    for each in sorted(found, key=lambda sighting: (sighting.start, -sighting.end), reverse=True):
        if each.end > end_of_last:
            continue
        # A family name that nobody knows would be left behind.
        if each.what in _INSTEAD and not _ENDS.match(text, each.end):
            return ""
        text = text[: each.start] + _INSTEAD.get(each.what, "…") + text[each.end :]
        end_of_last = each.start
    return re.sub(r"\b(a pupil)(?: a pupil)+\b", r"\1", text)
