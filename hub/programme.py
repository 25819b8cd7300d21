"""What somebody is looking for on the programme, and what they find: sessions and INSET days."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from hub.booking import Booking, OpenSession, Session
from hub.inset_day import InsetDay, inset_days
from hub.offer import INSET_TIER
from hub.people import Role
from hub.understanding import Understanding
from hub.when_it_suits import ANYTHING_SUITS, Suits


@dataclass(frozen=True)
class Sought:
    """Which sessions somebody asks for; everything left out means all."""

    tier: str | None = None
    #: Only what is meant for this role.
    role: Role | None = None
    starts_on: date | None = None
    #: The last day asked for, included.
    ends_on: date | None = None
    #: Part of a venue's or a school's name.
    place: str = ""
    #: Also what is meant for roles that the asker does not hold.
    for_all: bool = False
    #: Weekdays, a part of the day, online or not.
    suits: Suits = ANYTHING_SUITS

    @property
    def is_mine_only(self) -> bool:
        """Whether what is meant for others is left out: when nothing says whom it is for."""
        return not (self.for_all or self.tier or self.role)


def wider(sought: Sought) -> Iterator[Sought]:
    """The same with ever less that narrows it down, for when there is none of what was asked for."""
    everything = Sought(for_all=True)
    steps = (
        replace(sought, suits=ANYTHING_SUITS),
        Sought(tier=sought.tier, for_all=sought.for_all or sought.tier is None),
        everything,
    )
    narrower = sought
    for each in steps:
        if each != narrower:
            yield each
            narrower = each


#: One line of the programme.
Entry = OpenSession | InsetDay


def entries_of(shown: Iterable[OpenSession]) -> list[Entry]:
    """Sessions in the order of time, with the strands of an INSET day as one entry."""
    found = list(shown)
    plain: list[Entry] = [each for each in found if each.session.tier != INSET_TIER]
    days = inset_days(each for each in found if each.session.tier == INSET_TIER)
    return sorted([*plain, *days], key=starts_at)


def starts_at(entry: Entry) -> datetime:
    """When an entry begins."""
    session = entry.session if isinstance(entry, OpenSession) else entry.slots[0].first
    return session.starts_at


#: Words that every other session's title has as well.
_USUAL = frozenset(
    re.findall(
        r"\w+",
        "able about afternoon book booking class clinic clinics coming could curriculum days from "
        "good have inset into join joint like maths meeting meetings morning need next party place "
        "places please remaining school send senco sencos session sessions sign some that this "
        "training visit visits want what when with working would your",
    )
)
_SHORTEST_WORD = 4


def named_in(words: str, entries: Iterable[Entry]) -> list[OpenSession]:
    """The sessions whose own title, strand or venue is spoken of; those named best, in order.

    Words that fit many sessions ("clinic", "meeting") name none.
    """
    said = set(_words(words))
    scored = [
        (len(said & set(_words(_names(each.session)))), each)
        for each in entries
        if isinstance(each, OpenSession)
    ]
    best = max((score for score, _ in scored), default=0)
    return [each for score, each in scored if score == best and best > 0]


def meant_to_give_up(
    live: Sequence[Booking], meaning: Understanding, sought: Sought
) -> Sequence[Booking]:
    """The bookings that "I can't make the April meeting" can mean; none where its day has none."""
    first, last = sought.starts_on, sought.ends_on
    if first and last:
        live = [each for each in live if first <= each.session.starts_at.date() <= last]
    named = named_in(meaning.text, [OpenSession(each.session, 0, 0) for each in live])
    sessions = {each.session.id for each in named}
    for fits in (
        [each for each in live if each.session.id in sessions],
        [each for each in live if each.session.tier == meaning.tier],
    ):
        live = fits or live
    return live


def _names(session: Session) -> str:
    return f"{session.title} {session.strand}"


def _words(text: str) -> list[str]:
    found = re.findall(r"[a-z']+", text.lower())
    return [each for each in found if len(each) >= _SHORTEST_WORD and each not in _USUAL]


def page_of(entries: Sequence[Entry], page: int, size: int) -> Sequence[Entry]:
    """One page of a list, counted from 0; empty past the end."""
    return entries[page * size : (page + 1) * size]
