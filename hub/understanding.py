"""What a message can mean: the values that understanding gives and conversations act on.

Working it out is the edge's job (bot/understanding); dialogs get a ``Reader`` handed in.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Intent(StrEnum):
    """What somebody wants. The names are a contract (``app.py understand`` prints them)."""

    HELP = "help"
    WHATS_ON = "whats_on"
    BOOK_SESSION = "book_session"
    MY_BOOKINGS = "my_bookings"
    CANCEL_BOOKING = "cancel_booking"
    REQUEST_SUPPORT = "request_support"
    REQUEST_SERVICE = "request_service"
    MY_REQUESTS = "my_requests"
    FIND_TOOLKIT = "find_toolkit"
    NUDGE_SETTINGS = "nudge_settings"
    PRIVACY = "privacy"
    SAFEGUARDING_CONCERN = "safeguarding_concern"
    PUPIL_DETAILS = "pupil_details"
    SMALLTALK = "smalltalk"
    UNKNOWN = "unknown"
    LEAD_QUEUE = "lead_queue"
    LEAD_PROGRAMME = "lead_programme"
    LEAD_REGISTER = "lead_register"
    LEAD_ANNOUNCE = "lead_announce"
    LEAD_REPORT = "lead_report"


#: What only leads may ask for.
LEAD_INTENTS = frozenset(each for each in Intent if each.startswith("lead_"))

#: Toolkit slugs, in the order people browse them.
TOPICS = (
    "autism",
    "slcn",
    "semh",
    "adhd",
    "dcd",
    "dyslexia",
    "sensory",
    "cognition-learning",
    "assistive-technology",
    "reasonable-adjustments",
    "adaptive-teaching",
    "ta-deployment",
    "graduated-approach",
    "ehcp",
    "aac-symbols",
    "maths-gaps",
    "working-memory",
    "attendance",
)


@dataclass(frozen=True)
class Understanding:
    """One message, understood. ``text`` is as it was typed and must not be stored or logged."""

    text: str
    intent: Intent
    #: Toolkit slugs, best first, at most three.
    topics: tuple[str, ...] = ()
    #: A tier of the offer ("1" "2a" "2b" "2c" "3" "4" "5" "6"), when one is meant.
    tier: str | None = None
    #: 0 to 1: how likely the intent is, among all.
    confidence: float = 0.0
    #: Other intents worth asking about, best first, when the message is unclear.
    others: tuple[Intent, ...] = ()
    #: What a bare fragment may stand for, likeliest first; it names a thing and no wish.
    asked: tuple[Intent, ...] = ()
    #: What decided it, in words, for ``understand --explain``.
    why: tuple[str, ...] = ()
    #: Whether the intent is more than a guess; where it is one, somebody is asked.
    is_sure: bool = True
    #: Further wishes in the same message, each by its own words.
    also: tuple["Understanding", ...] = ()

    @property
    def topic(self) -> str | None:
        """The best toolkit, if any."""
        return self.topics[0] if self.topics else None


@dataclass(frozen=True)
class Guarded:
    """A message that must not be kept: why, in general words that never repeat the detail."""

    intent: Intent
    #: What was seen, such as "a date of birth"; empty for a safeguarding concern.
    seen: tuple[str, ...] = ()
    #: By what it was told, also in general words.
    why: tuple[str, ...] = ()
    #: The words with general ones in place of each detail; empty where that can't be done safely.
    without: str = ""


class Reader(Protocol):
    """Understands messages; deterministic, offline, and quick enough for every turn."""

    def understand(self, text: str) -> Understanding:
        """Give the message's meaning; the guards win over any other intent."""
        ...

    def guard(self, text: str, known_names: Collection[str] = ()) -> Guarded | None:
        """Say why this free text must not be kept, or None when it may be.

        ``known_names`` are whole names of colleagues, which are no pupil's.
        """
        ...
