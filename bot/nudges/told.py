"""What telling a nudge goes by, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from microsoft_teams.cards import AdaptiveCard

from bot.graph.activity_feed import Bell
from hub.offer import Offer
from hub.promises import USUAL_PROMISES, Promises
from hub.reading import ToolkitOn, no_toolkit
from hub.rule_book import RuleBook
from hub.school_year import SchoolCalendar
from hub.services import NO_SERVICES, Services


@dataclass(frozen=True)
class Telling:
    """What telling goes by, besides the truth in the database."""

    offer: Offer
    book: RuleBook
    calendar: SchoolCalendar
    now: datetime
    #: What can be asked for, and how soon something is to happen then.
    services: Services = NO_SERVICES
    promises: Promises = USUAL_PROMISES
    toolkit_on: ToolkitOn = no_toolkit


@dataclass(frozen=True)
class Told:
    """One nudge in words, for both ways it goes."""

    #: The entry in the activity feed: what, when, where, useful by itself.
    bell: Bell
    #: The card in the chat, with the one button that does the thing.
    card: AdaptiveCard
    #: When the session it is about starts: told later than that, it helps nobody.
    starts_at: datetime | None = None


def digest_bell(told: Sequence[Told]) -> Bell:
    """The one entry in the feed for a message: its first thing, and how much more there is."""
    bell, more = told[0].bell, len(told) - 1
    return replace(bell, preview=f"{bell.preview}, and {more} more") if more else bell


@dataclass(frozen=True)
class Unwanted:
    """The truth has moved while the nudge waited; ``reason`` is for the log."""

    reason: str
