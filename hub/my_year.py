"""One person's school year against the offer: came, booked, and still to book, tier by tier.

Source: training offer, column "Cadence"; domain, section 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hub.booking import LIVE, BookingState, OpenSession
from hub.offer import INSET_TIER, Offer, Tier
from hub.people import Person

#: Tiers whose sessions make a series: whoever it is for is expected at each.
SERIES = ("1", "2a", "2b", "2c")
PER_NEED = "need"


@dataclass(frozen=True)
class TierYear:
    """How one person stands with one tier in one school year; INSET strands count by the day."""

    tier: Tier
    attended: int
    #: Confirmed, also those that are over while the register has not been taken.
    booked: int
    waiting: int
    missed: int
    #: Everything of this tier that is still to come and has nothing to do with this person yet.
    to_book: tuple[OpenSession, ...]

    @property
    def counted(self) -> int:
        """What counts against the cadence: came, or will."""
        return self.attended + self.booked

    @property
    def is_series(self) -> bool:
        """Whether "book all remaining" makes sense."""
        return self.tier.key in SERIES


def my_year(
    person: Person, offer: Offer, sessions: Iterable[OpenSession], now: datetime
) -> list[TierYear]:
    """One line for each tier that is meant for this person, or in which they have a place."""
    shown = list(sessions)
    lines = [
        tier_year(tier, [each for each in shown if each.session.tier == tier.key], now)
        for tier in offer.tiers
        if tier.cadence.per != PER_NEED
    ]
    return [each for each in lines if _is_shown(each, person)]


def _is_shown(line: TierYear, person: Person) -> bool:
    is_for = not line.tier.audience or not line.tier.audience.isdisjoint(person.roles)
    return is_for or bool(line.counted + line.waiting + line.missed)


def tier_year(tier: Tier, sessions: Sequence[OpenSession], now: datetime) -> TierYear:
    """The standing in one tier; ``sessions`` are all of that tier in the year."""
    days_taken = {each.session.starts_at.date() for each in sessions if each.own in LIVE}
    return TierYear(
        tier=tier,
        attended=_count(sessions, BookingState.ATTENDED),
        booked=_count(sessions, BookingState.CONFIRMED),
        waiting=_count(sessions, BookingState.WAITING) + _count(sessions, BookingState.OFFERED),
        missed=_count(sessions, BookingState.MISSED),
        to_book=tuple(
            each
            for each in sessions
            if each.session.starts_at > now
            and each.is_for_me
            and each.own not in LIVE
            and not (tier.key == INSET_TIER and each.session.starts_at.date() in days_taken)
        ),
    )


def _count(sessions: Iterable[OpenSession], state: BookingState) -> int:
    units: set[date | object] = {
        each.session.starts_at.date() if each.session.tier == INSET_TIER else each.session.id
        for each in sessions
        if each.own is state
    }
    return len(units)
