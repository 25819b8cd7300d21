"""Why somebody cannot be reached, in words, and what happens next.

Never silence: what is owed and cannot be sent waits with one of these, and the lead sees it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from hub.outbox import Kind

#: After an install, Teams may take a while to give a chat; how long we wait before the first look.
FIRST_LOOK = timedelta(seconds=10)
#: No chat after this long is a fault, not a delay.
CHAT_COMES_WITHIN = timedelta(hours=1)
#: Somebody who had no Teams may have been given it since.
ASK_AGAIN_AFTER = timedelta(days=1)


class Barrier(StrEnum):
    """What stands between the Hub and a person."""

    BLOCKED = "blocked"
    NO_TEAMS = "no-teams"
    NO_CHAT = "no-chat"
    NOT_IN_CATALOGUE = "not-in-catalogue"
    MAY_NOT_INSTALL = "may-not-install"
    ELSEWHERE = "elsewhere"
    NO_ADDRESS = "no-address"
    MAY_NOT_MAIL = "may-not-mail"


#: Barriers that say something about one person and hold until something changes for them.
OF_A_PERSON = frozenset({Barrier.NO_TEAMS, Barrier.NO_CHAT})

_WHY = {
    Barrier.BLOCKED: "has blocked the SEND Hub in Teams, or taken it off",
    Barrier.NO_TEAMS: "has no Teams",
    Barrier.NO_CHAT: "was given the SEND Hub in Teams, but Teams opened no chat",
    Barrier.NOT_IN_CATALOGUE: "never opened the chat, and the app is not in the Teams catalogue",
    Barrier.MAY_NOT_INSTALL: "never opened the chat, and the bot may not install the app for people",
    Barrier.ELSEWHERE: "belongs to another organisation and never opened the chat",
    Barrier.NO_ADDRESS: "can't be reached in Teams, and has no mail address",
    Barrier.MAY_NOT_MAIL: "can't be reached in Teams, and the bot may not send mail",
}
_NEXT = {
    Barrier.BLOCKED: "It goes out by itself as soon as they write to the SEND Hub again.",
    Barrier.NO_TEAMS: "I look again every day; your IT gives out Teams licences.",
    Barrier.NO_CHAT: "I look again every day; it also goes out when they open the chat.",
    Barrier.NOT_IN_CATALOGUE: "I look again every few hours; your IT uploads the app.",
    Barrier.MAY_NOT_INSTALL: "I look again every few hours; your IT grants the permission.",
    Barrier.ELSEWHERE: "It goes out by itself when they open the chat.",
    Barrier.NO_ADDRESS: "I look again every few hours; your IT gives out mailboxes.",
    Barrier.MAY_NOT_MAIL: "I look again every few hours; your IT grants the permission.",
}


def why(barrier: Barrier) -> str:
    """What is in the way, as the end of a sentence that begins with the person."""
    return _WHY[barrier]


def what_next(barrier: Barrier) -> str:
    """What happens by itself, and who can mend it."""
    return _NEXT[barrier]


def look_again_after(asked_at: datetime, now: datetime) -> timedelta | None:
    """How long to wait for a chat that an install should have brought; None when for too long.

    Twice as long each time, so that a slow day is not hammered.
    """
    waited = now - asked_at
    return max(FIRST_LOOK, waited) if waited < CHAT_COMES_WITHIN else None


@dataclass(frozen=True)
class Stuck:
    """One thing that is owed to somebody and does not get through by itself soon."""

    kind: Kind
    #: What is known to be in the way; None for a failure that was given up.
    barrier: Barrier | None
    #: The failure in the words of the log.
    reason: str
    #: When it is tried again by itself; None when it is not.
    next_at: datetime | None


@dataclass(frozen=True)
class Unreached:
    """One person to whom something is owed that does not get through."""

    person_id: UUID
    name: str
    school: str
    things: Sequence[Stuck]


@dataclass(frozen=True)
class Account:
    """What one person is owed in all: sent, waiting or parked, and nothing besides."""

    sent: int = 0
    waiting: int = 0
    parked: int = 0

    @property
    def owed(self) -> int:
        """The sum; what was not wanted any more when its turn came is not owed."""
        return self.sent + self.waiting + self.parked
