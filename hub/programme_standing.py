"""How the year's programme stands against the offer, in a few lines for the lead."""

from collections.abc import Iterable, Sequence
from datetime import date

from hub.booking import Session, SessionState
from hub.offer import Offer, Tier
from hub.people import School
from hub.school_year import SchoolCalendar, SchoolYear
from hub.spoken import spoken_list

#: More names than this are counted instead.
MOST_NAMES = 3
MEETINGS = "5"


def programme_standing(
    sessions: Iterable[Session],
    offer: Offer,
    calendar: SchoolCalendar,
    schools: Iterable[School],
    today: date,
) -> list[str]:
    """One line for each tier that falls short of the offer or goes beyond it, in its order.

    Empty when the year is as it should be, or not known.
    """
    year = calendar.year_of(today)
    if year is None:
        return []
    in_year = [
        each
        for each in sessions
        if each.state is SessionState.SCHEDULED
        and year.starts_on <= each.starts_at.date() <= year.ends_on
    ]
    lines = []
    for tier in offer.tiers:
        own = [each for each in in_year if each.tier == tier.key]
        if tier.key == MEETINGS:
            lines.append(_without_a_meeting(tier, own, schools))
        elif tier.cadence.per == "half-term":
            lines.append(_without_one(tier, own, year, today))
        elif tier.cadence.per == "year":
            lines.append(_in_number(tier, own))
    return [each for each in lines if each]


def _in_number(tier: Tier, own: Sequence[Session]) -> str:
    # Parallel strands of one INSET day count once.
    days = len({each.starts_at.date() for each in own})
    least, most = tier.cadence.least, tier.cadence.most
    if days < least:
        return f"{tier.name}: {days} of {least} set for this year."
    if most is not None and days > most:
        return f"{tier.name}: {days} set for this year; the offer says at most {most}."
    return ""


def _without_one(tier: Tier, own: Sequence[Session], year: SchoolYear, today: date) -> str:
    empty = [
        half_term.name
        for half_term in year.half_terms
        if half_term.ends_on >= today
        and not any(each.starts_at.date() in half_term for each in own)
    ]
    return f"{tier.name}: none set yet for {spoken_list(empty)}." if empty else ""


def _without_a_meeting(tier: Tier, own: Sequence[Session], schools: Iterable[School]) -> str:
    met = {each.school_id for each in own}
    left = [each.name for each in schools if not each.is_partner and each.id not in met]
    if not left:
        return ""
    more = len(left) - MOST_NAMES
    names = [*left[:MOST_NAMES], f"{more} more"] if more > 0 else left
    return f"{tier.name}: none set yet for {spoken_list(names)}."
