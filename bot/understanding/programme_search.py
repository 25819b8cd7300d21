"""Finding sessions by a few typed words: kind, school, month, strand, role; slips of the key too."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from hub.booking import OpenSession, Session
from hub.offer import Offer
from hub.spoken import MONTHS, WEEKDAYS

#: Nobody describes a session in more words; the rest of a pasted text is left out.
MOST_WORDS = 8
#: From 0 to 100: one slip in a word of five letters is forgiven, two are not.
ALIKE = 80
#: Shorter words are too easily like others; so are numbers.
SHORTEST_ALIKE = 4
#: Words that tell no session from another.
_NOT_TELLING = re.compile(
    r"a|an|and|any|are|at|book|coming|for|in|is|me|my|next|of|on|s|sessions?|share|show|the|to|up"
    r"|what|whats|when|with"
)
_TIER = re.compile(r"\btier\s+([1-6])\s?([abc])?\b")


def matching(text: str, sessions: Sequence[OpenSession], offer: Offer) -> list[OpenSession]:
    """The sessions of which every telling word of ``text`` speaks, in the order given.

    A word may be begun only, as it is while somebody types.
    """
    asked = [word for word in _words(text) if not _NOT_TELLING.fullmatch(word)][:MOST_WORDS]
    about = [_words_about(shown.session, offer) for shown in sessions]
    known = frozenset().union(*about)
    meant = [_meant_by(word, known, is_alone=len(asked) == 1) for word in asked]
    return [
        shown
        for shown, words in zip(sessions, about, strict=True)
        if all(words & each for each in meant)
    ]


def _words(text: str) -> list[str]:
    joined = _TIER.sub(r"tier\1\2", text.casefold().replace("’", "'"))
    return re.findall(r"[^\W_]+", joined)


def _words_about(session: Session, offer: Offer) -> frozenset[str]:
    tier, day = offer.tier(session.tier), session.starts_at.date()
    texts = [
        session.title,
        session.strand,
        session.slot,
        session.venue,
        f"{session.tier} tier{session.tier} {tier.name if tier else ''}",
        " ".join(session.audience),
        f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}",
    ]
    return frozenset(_words(" ".join(texts)))


def _meant_by(said: str, known: Iterable[str], *, is_alone: bool) -> set[str]:
    """The words that this one may stand for; a likeness only where none matches to the letter."""
    # A letter by itself begins a word; beside others it names something, as in "School B".
    if said.isdigit() or (len(said) == 1 and not is_alone):
        return {said}
    if begun := {word for word in known if word.startswith(said)}:
        return begun
    if len(said) < SHORTEST_ALIKE or not said.isalpha():
        return set()
    return {word for word in known if fuzz.ratio(said, word) >= ALIKE}
