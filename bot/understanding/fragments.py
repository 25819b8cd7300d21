"""Bare fragments: "friday", "maths", "autism?" name a thing and no wish, so they are asked about.

What the likeliest wish is stays as it was read; here is told only that it is a guess, and which
other wishes are worth a button.
"""

import re

from bot.understanding.features import Features
from bot.understanding.lexicon import Kind
from hub.understanding import TOPICS, Intent

#: With more telling words somebody says what they want.
_MOST_WORDS = 2
_SAYS_NOTHING = frozenset(
    "a an and the on in at for of to my our please it is im this that pls any some one next".split()  # noqa: SIM905
)
#: The words by which each wish is said.
_SAID_BY = {
    Intent.WHATS_ON: {"whats_on", "event"},
    Intent.BOOK_SESSION: {"book", "want_to_come"},
    Intent.CANCEL_BOOKING: {"give_up"},
    Intent.MY_BOOKINGS: {"mine", "booked"},
    Intent.MY_REQUESTS: {"request", "any_news"},
    Intent.NUDGE_SETTINGS: {"remind", "stop", "start"},
    Intent.PRIVACY: {"my_data"},
    Intent.LEAD_QUEUE: {"queue", "request"},
    Intent.LEAD_PROGRAMME: {"new_session"},
    Intent.LEAD_REGISTER: {"register"},
    Intent.LEAD_ANNOUNCE: {"tell"},
    Intent.LEAD_REPORT: {"report"},
    Intent.FIND_TOOLKIT: {"toolkit"},
}
#: A single noun of these starts a form too easily.
_ASKED_FOR = frozenset({Intent.REQUEST_SUPPORT, Intent.REQUEST_SERVICE})
#: These only answer, and answer nothing wrong.
_HARMLESS = frozenset({Intent.UNKNOWN, Intent.SMALLTALK, Intent.HELP})
_ON_A_DAY = (Intent.WHATS_ON, Intent.MY_BOOKINGS, Intent.CANCEL_BOOKING)
_ON_A_SUBJECT = (Intent.FIND_TOOLKIT, Intent.WHATS_ON, Intent.REQUEST_SUPPORT)
_DAY = re.compile(
    r"\W*(?:(?:on|this|next|the|of) )*(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sun)(?:day)?s?\b"
    r"(?:,? (?:at )?\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)?)?\W*|\W*(?:today|tomorrow|tonight|next week)\W*"
)
_NAMES = frozenset(slug.replace("-", " ") for slug in TOPICS)
#: One to one is a word of its own, however it is written.
_TIER_WORDS = frozenset({"tier", "inset", "1:1"})


def may_want(said: str, seen: Features, likeliest: Intent) -> tuple[Intent, ...]:
    """The wishes that a bare fragment may stand for, likeliest first; none where it says its wish.

    ``said`` is the message in lower case.
    """
    if _DAY.fullmatch(said):
        return _ON_A_DAY
    telling = [word for word in seen.words if word.isalpha() and word not in _SAYS_NOTHING]
    if len(telling) > _MOST_WORDS or _TIER_WORDS & set(seen.words) or likeliest in _HARMLESS:
        return ()
    wishes = {each.concept for each in seen.seen if each.kind is Kind.WISH}
    if likeliest in _ASKED_FOR:
        return _asked_for(telling, likeliest, wishes)
    if wishes & _SAID_BY.get(likeliest, set()):
        return ()
    if likeliest is Intent.FIND_TOOLKIT:
        is_named = " ".join(telling) in _NAMES and "?" not in said
        is_of_several_words = len(telling) == _MOST_WORDS and seen.topics_seen
        return () if is_named or is_of_several_words else _ON_A_SUBJECT
    named = [each for each, words in _SAID_BY.items() if words & wishes]
    return tuple(dict.fromkeys([likeliest, *named]))


def _asked_for(telling: list[str], likeliest: Intent, wishes: set[str]) -> tuple[Intent, ...]:
    if len(telling) > 1:
        return (likeliest, Intent.WHATS_ON) if "event" in wishes else ()
    both = (likeliest, *(each for each in sorted(_ASKED_FOR) if each is not likeliest))
    return (*both, Intent.MY_REQUESTS)
