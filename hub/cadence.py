"""What a school year's programme holds, and what it still owes, against the offer's cadences.

The year of one person (booked, attended, still to come) is next door in ``hub.my_year``; whether a
proposed session fits is ``hub.guard_rails``'.
Source: training offer, "Format/Cadence".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hub.booking import Session, SessionState
from hub.offer import INSET_TIER, SCHOOL_MEETING_TIER, Offer, Tier
from hub.people import School
from hub.school_year import SchoolCalendar, SchoolYear


@dataclass(frozen=True)
class Standing:
    """How a tier stands in one year, one half-term of it, or at one school."""

    tier: Tier
    #: The name of the school year, half-term or school that the cadence speaks of.
    within: str
    planned: int

    @property
    def owed(self) -> int:
        """How many are still missing to what the offer promises at least."""
        return max(0, self.tier.cadence.least - self.planned)

    @property
    def room(self) -> int | None:
        """How many more the offer allows; None where it sets no limit."""
        most = self.tier.cadence.most
        return None if most is None else max(0, most - self.planned)


def sessions_in(year: SchoolYear, sessions: Iterable[Session], tier: str) -> list[Session]:
    """The sessions of one tier that go ahead between the year's first day and its last, in order."""
    found = [
        each
        for each in sessions
        if each.tier == tier
        and each.state is SessionState.SCHEDULED
        and year.starts_on <= each.starts_at.date() <= year.ends_on
    ]
    return sorted(found, key=lambda each: (each.starts_at, each.title, str(each.id)))


def occasions(tier: str, sessions: Iterable[Session]) -> int:
    """How often a tier comes together: the strands of one INSET day are one occasion."""
    days = [each.starts_at.date() for each in sessions]
    return len(set(days)) if tier == INSET_TIER else len(days)


def school_of(session: Session, schools: Iterable[School]) -> School | None:
    """The school that a session is for or at; None for an online one, or one at another place."""
    venue = session.venue.casefold()
    known = list(schools)
    if session.school_id is not None:
        return next((each for each in known if each.id == session.school_id), None)
    return next((each for each in known if each.name.casefold() == venue), None)


def meetings_in(
    year: SchoolYear, sessions: Iterable[Session], calendar: SchoolCalendar
) -> list[Session]:
    """The school meetings that go ahead and count for this year.

    One in the summer holiday counts for the year that ends, so that no school has two of a year
    (design, promise 6).
    """
    return [
        each
        for each in sessions
        if each.tier == SCHOOL_MEETING_TIER
        and each.state is SessionState.SCHEDULED
        and calendar.year_of(each.starts_at.date()) == year
    ]


def year_standing(
    year: SchoolYear,
    sessions: Iterable[Session],
    offer: Offer,
    schools: Sequence[School],
    calendar: SchoolCalendar,
) -> list[Standing]:
    """How every tier stands in the year, in the offer's order.

    One standing for a tier counted by the year, one for each half-term for clinics, one for each
    school of the trust for the individual meeting; partner schools are owed none.
    """
    known = list(sessions)
    found: list[Standing] = []
    for tier in offer.tiers:
        own = sessions_in(year, known, tier.key)
        if tier.key == SCHOOL_MEETING_TIER:
            found += _for_each_school(tier, meetings_in(year, known, calendar), schools)
        elif tier.cadence.per == "half-term":
            found += _for_each_half_term(tier, own, year)
        elif tier.cadence.per == "year":
            found.append(Standing(tier, year.name, occasions(tier.key, own)))
    return found


def _for_each_school(
    tier: Tier, own: Sequence[Session], schools: Sequence[School]
) -> list[Standing]:
    met = [school.id for each in own if (school := school_of(each, schools))]
    return [
        Standing(tier, school.name, met.count(school.id))
        for school in schools
        if not school.is_partner
    ]


def _for_each_half_term(tier: Tier, own: Sequence[Session], year: SchoolYear) -> list[Standing]:
    return [
        Standing(
            tier,
            half_term.name,
            occasions(tier.key, [each for each in own if each.starts_at.date() in half_term]),
        )
        for half_term in year.half_terms
    ]
