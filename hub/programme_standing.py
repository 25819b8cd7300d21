"""How the year's programme stands against the offer, in a few lines for the lead."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from hub.booking import Session
from hub.cadence import Standing, year_standing
from hub.offer import SCHOOL_MEETING_TIER, Offer
from hub.people import School
from hub.school_year import SchoolCalendar
from hub.spoken import spoken_list

#: More names than this are counted instead.
MOST_NAMES = 3


def programme_standing(
    sessions: Iterable[Session],
    offer: Offer,
    calendar: SchoolCalendar,
    schools: Sequence[School],
    today: date,
) -> list[str]:
    """One line for each tier that falls short of the offer or goes beyond it, in its order.

    Empty when the year is as it should be, or not known.
    """
    year = calendar.year_of(today)
    if year is None:
        return []
    over = {each.name for each in year.half_terms if each.ends_on < today}
    found = year_standing(year, sessions, offer, schools, calendar)
    lines = [
        _line(list(own), over) for _, own in groupby(found, key=lambda standing: standing.tier.key)
    ]
    return [each for each in lines if each]


def _line(own: Sequence[Standing], over: set[str]) -> str:
    tier = own[0].tier
    if tier.key == SCHOOL_MEETING_TIER or tier.cadence.per == "half-term":
        without = [each.within for each in own if not each.planned and each.within not in over]
        return f"{tier.name}: none set yet for {_named(without)}." if without else ""
    (standing,) = own
    if standing.owed:
        return f"{tier.name}: {standing.planned} of {tier.cadence.least} set for this year."
    if tier.cadence.most is not None and standing.planned > tier.cadence.most:
        return (
            f"{tier.name}: {standing.planned} set for this year; the offer says at most "
            f"{tier.cadence.most}."
        )
    return ""


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return spoken_list([*names[:MOST_NAMES], f"{more} more"] if more > 0 else names)
