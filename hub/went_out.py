"""What became of everything that is owed to people: sent, waiting, parked or let go, each with why.

Nobody is missing: every nudge that was planned, every answer and every calendar entry is exactly
one of the four at every instant, and owed is the sum of the first three. What still gets stuck is
``hub.reach``.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from hub import reach
from hub.nudge_rules import USEFULNESS
from hub.nudges import Rule
from hub.outbox import Kind
from hub.reach import Barrier
from hub.spoken import short_day

_BY = {
    Kind.CHAT: "card in the chat",
    Kind.MAIL: "mail",
    Kind.CALENDAR: "entry in the calendar",
    Kind.VISIT: "entry in the calendar",
}
_Of = TypeVar("_Of")


class Fate(StrEnum):
    """What became of one thing; in the order in which a lead wants to see them."""

    #: Tried in vain; kept until somebody tries again.
    PARKED = "parked"
    WAITING = "waiting"
    #: Not wanted any more; not owed either.
    LET_GO = "let-go"
    SENT = "sent"


_PLACE = {fate: place for place, fate in enumerate(Fate)}


@dataclass(frozen=True)
class Thing:
    """One thing that is owed to one person, or was until it was let go."""

    #: Of the nudge, or of what stands in the outbox where there is no nudge.
    key: str
    person_id: UUID
    #: None for an entry in the calendar.
    rule: Rule | None
    kind: Kind
    fate: Fate
    #: When it was sent, parked or let go; for one that waits, when it is looked at next.
    at: datetime
    #: Why it stands as it does, in the words of whoever decided it; no personal text.
    reason: str = ""
    barrier: Barrier | None = None

    @property
    def can_be_tried_again(self) -> bool:
        """Whether a lead may hurry it: what waits for its hour is left alone."""
        return self.fate is Fate.PARKED or self.barrier is not None


@dataclass(frozen=True)
class Tally:
    """How many things stand how."""

    sent: int = 0
    waiting: int = 0
    parked: int = 0
    let_go: int = 0

    @property
    def owed(self) -> int:
        """The sum; what was not wanted any more is not owed."""
        return self.sent + self.waiting + self.parked

    @property
    def in_all(self) -> int:
        """Everything that was ever planned."""
        return self.owed + self.let_go


def tally(things: Iterable[Thing]) -> Tally:
    """How these things stand."""
    counts = Counter(each.fate for each in things)
    return Tally(counts[Fate.SENT], counts[Fate.WAITING], counts[Fate.PARKED], counts[Fate.LET_GO])


def by_person(things: Iterable[Thing]) -> dict[UUID, Tally]:
    """The account of each person."""
    return _tallies((each.person_id, each) for each in things)


def by_rule(things: Iterable[Thing]) -> dict[Rule | None, Tally]:
    """How each rule did, in the order of a digest; entries in the calendar come last."""
    found = _tallies((each.rule, each) for each in things)
    return dict(sorted(found.items(), key=lambda pair: _usefulness(pair[0])))


def _tallies(pairs: Iterable[tuple[_Of, Thing]]) -> dict[_Of, Tally]:
    sorted_out: dict[_Of, list[Thing]] = {}
    for of, thing in pairs:
        sorted_out.setdefault(of, []).append(thing)
    return {of: tally(found) for of, found in sorted_out.items()}


def _usefulness(rule: Rule | None) -> int:
    return len(USEFULNESS) if rule is None else USEFULNESS[rule]


def most_pressing_first(things: Iterable[Thing]) -> list[Thing]:
    """What needs somebody first, what went well last."""
    return sorted(things, key=lambda each: (_PLACE[each.fate], not each.barrier, each.at, each.key))


def how_it_stands(thing: Thing) -> str:
    """What became of it and why, as a sentence for the lead."""
    match thing.fate:
        case Fate.SENT:
            return f"Sent at {thing.at:%H:%M}: {_BY[thing.kind]}"
        case Fate.WAITING if thing.barrier:
            return f"Waits: {reach.why(thing.barrier)}"
        case Fate.WAITING:
            return f"Waits: {thing.reason or 'its time has not come'}"
        case Fate.PARKED:
            return f"Parked: {thing.reason or 'it did not go through'}"
        case Fate.LET_GO:
            return f"Let go at {thing.at:%H:%M}: {thing.reason or 'not wanted any more'}"


def what_next(thing: Thing, now: datetime) -> str:
    """What happens by itself, and when; empty when all is done."""
    match thing.fate:
        case Fate.WAITING:
            said = reach.what_next(thing.barrier) if thing.barrier else ""
            return f"{said} {_next_look(thing.at, now)}".strip()
        case Fate.PARKED:
            return "It stays here until you try again."
        case Fate.SENT | Fate.LET_GO:
            return ""


def _next_look(at: datetime, now: datetime) -> str:
    if at <= now:
        return "It goes out within minutes."
    return f"Next try: {short_day(at.date())} at {at:%H:%M}."
