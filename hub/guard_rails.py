"""What a lead must see before a session goes into the programme: cadences, calendar, clashes.

Most are warnings that a person may know better than; what may not be overridden says so.
Source: training offer, "Format/Cadence"; design, promise 6 (never two Tier 5 meetings a year).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.booking import Session, SessionState, overlap
from hub.cadence import meetings_in, occasions, school_of, sessions_in
from hub.offer import INSET_TIER, SCHOOL_MEETING_TIER, Offer, Tier
from hub.people import School
from hub.school_year import SchoolCalendar, SchoolYear
from hub.spoken import counted, short_day, spoken_day, spoken_hours, spoken_list

#: The Trust SEND Lead, "and team", the Trust SEND team: one diary.
_THE_LEAD = "Trust SEND"
#: What lies behind each of the first five half-terms of a year.
_BREAKS = (
    "the October half-term break",
    "the Christmas holidays",
    "the February half-term break",
    "the Easter holidays",
    "the May half-term break",
)
_SATURDAY = 5


class ConcernKind(StrEnum):
    """What a proposed session does not go well with."""

    SECOND_IN_HALF_TERM = "second in half-term"
    TOO_MANY_IN_YEAR = "too many in year"
    SECOND_MEETING = "second meeting"
    UNKNOWN_YEAR = "unknown year"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank holiday"
    INSET_DAY = "INSET day"
    LEAD_IS_BUSY = "lead is busy"


@dataclass(frozen=True)
class Concern:
    """One thing that speaks against a proposed session."""

    kind: ConcernKind
    #: The reason in words, with the fact.
    say: str
    #: Whether a lead may go ahead all the same, with a note that says why.
    may_be_overridden: bool = True


def concerns_about(
    proposed: Session,
    others: Iterable[Session],
    offer: Offer,
    calendar: SchoolCalendar,
    schools: Iterable[School],
) -> list[Concern]:
    """Everything that speaks against ``proposed``; empty when nothing does.

    ``others`` may hold the session itself as it stands (same id) and cancelled ones: neither counts.
    """
    standing = [
        each for each in others if each.id != proposed.id and each.state is SessionState.SCHEDULED
    ]
    on = proposed.starts_at.astimezone(calendar.zone).date()
    known = list(schools)
    school = school_of(proposed, known)
    year = calendar.year_of(on)
    found = [*_clashes(proposed, standing, offer)]
    if year is None:
        return [_unknown_year(proposed, on), *found]
    tier = offer.tier(proposed.tier)
    if proposed.tier == SCHOOL_MEETING_TIER:
        limits = _second_meeting(school, year, standing, calendar, known)
    else:
        limits = _beyond_cadence(tier, on, year, standing) if tier else iter(())
    return [*limits, *_no_day_for(proposed, on, year, school), *found]


def _beyond_cadence(
    tier: Tier, on: date, year: SchoolYear, standing: Sequence[Session]
) -> Iterator[Concern]:
    most, per = tier.cadence.most, tier.cadence.per
    half_term = year.half_term_of(on)
    own = sessions_in(year, standing, tier.key)
    if most is None or (tier.key == INSET_TIER and on in {each.starts_at.date() for each in own}):
        return
    if per == "half-term" and half_term is not None:
        own = [each for each in own if each.starts_at.date() in half_term]
        if len(own) >= most:
            noun = tier.name.split()[-1].lower()
            which = spoken_list([f"{each.title} on {_short(each)}" for each in own])
            say = f"There is already a {noun} in {half_term.name}: {which}."
            yield Concern(ConcernKind.SECOND_IN_HALF_TERM, say)
    elif per == "year" and occasions(tier.key, own) >= most:
        noun = "day" if tier.key == INSET_TIER else "session"
        days = spoken_list(list(dict.fromkeys(_short(each) for each in own)))
        say = (
            f"The offer has {counted(most, noun)} of {tier.name} a year, "
            f"and {year.name} has them already: {days}."
        )
        yield Concern(ConcernKind.TOO_MANY_IN_YEAR, say)


def _second_meeting(
    school: School | None,
    year: SchoolYear,
    standing: Sequence[Session],
    calendar: SchoolCalendar,
    schools: Sequence[School],
) -> Iterator[Concern]:
    for each in meetings_in(year, standing, calendar):
        if school is not None and school_of(each, schools) == school:
            say = (
                f"{school.name} already has its meeting for {year.name}, "
                f"on {spoken_day(each.starts_at.date())}. Move that one instead."
            )
            yield Concern(ConcernKind.SECOND_MEETING, say, may_be_overridden=False)


def _unknown_year(proposed: Session, on: date) -> Concern:
    """A Tier 5 meeting must count for some year, or nobody could tell a second one."""
    return Concern(
        ConcernKind.UNKNOWN_YEAR,
        f"No school year that I know covers {spoken_day(on)}. "
        "Check the year, or have that year's calendar loaded first.",
        may_be_overridden=proposed.tier != SCHOOL_MEETING_TIER,
    )


def _no_day_for(
    proposed: Session, on: date, year: SchoolYear, school: School | None
) -> Iterator[Concern]:
    if year.half_term_of(on) is None:
        say = f"{spoken_day(on)} is in {_name_of_break(on, year)}."
        yield Concern(ConcernKind.HOLIDAY, say)
    if on.weekday() >= _SATURDAY:
        yield Concern(ConcernKind.WEEKEND, f"{spoken_day(on)} is at the weekend.")
    if on in year.bank_holidays:
        yield Concern(ConcernKind.BANK_HOLIDAY, f"{spoken_day(on)} is a bank holiday.")
    if proposed.tier == INSET_TIER:
        return
    kept_by = {each.school for each in year.inset_days if each.on == on}
    if None in kept_by:
        say = f"{spoken_day(on)} is an INSET day for the whole trust."
        yield Concern(ConcernKind.INSET_DAY, say)
    elif school is not None and school.id in kept_by:
        yield Concern(ConcernKind.INSET_DAY, f"{spoken_day(on)} is an INSET day at {school.name}.")


def _name_of_break(on: date, year: SchoolYear) -> str:
    over = sum(each.ends_on < on for each in year.half_terms)
    if over == len(year.half_terms):
        return "the summer holidays"
    before, after = year.half_terms[over - 1], year.half_terms[over]
    name = _BREAKS[over - 1] if len(year.half_terms) == len(_BREAKS) + 1 else "the break"
    return f"{name}, between {before.name} and {after.name}"


def _clashes(proposed: Session, standing: Sequence[Session], offer: Offer) -> Iterator[Concern]:
    wanted = _diaries(proposed, offer)
    for each in standing:
        if not overlap(proposed, each):
            continue
        if each.tier == proposed.tier == INSET_TIER:
            # Strands of one day stand side by side.
            continue
        shared = [name for key, name in _diaries(each, offer).items() if key in wanted]
        if shared:
            hours = spoken_hours(each.starts_at, each.ends_at)
            say = (
                f"{spoken_list(shared)} would be in two places at once: "
                f"{each.title} is on {_short(each)}, {hours}, at {each.venue}."
            )
            yield Concern(ConcernKind.LEAD_IS_BUSY, say)


def _diaries(session: Session, offer: Offer) -> dict[str, str]:
    """Who leads a session, by the diary that they keep.

    Words of the offer that name no one person ("specialist colleagues as required") keep none.
    """
    several = {
        lead.casefold()
        for tier in offer.tiers
        for lead in tier.leads
        if not lead.startswith("Trust ")
    }
    found: dict[str, str] = {}
    for lead in session.leads:
        is_the_lead = lead.casefold().startswith(_THE_LEAD.casefold())
        if is_the_lead:
            found.setdefault(_THE_LEAD, "The Trust SEND Lead")
        elif lead.casefold() not in several:
            found.setdefault(lead.casefold(), lead)
    return found


def _short(session: Session) -> str:
    return short_day(session.starts_at.date())
