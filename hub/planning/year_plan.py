"""A proposal for a whole school year that meets every cadence of the offer and explains itself.

The same situation always gives the same plan. Which days is decided in ``hub.planning.days``, who
hosts in ``hub.planning.hosts``; here both become sessions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import NAMESPACE_URL, uuid5

from hub.booking import Session
from hub.cadence import school_of, sessions_in
from hub.offer import INSET_TIER, SCHOOL_MEETING_TIER, Tier
from hub.people import School
from hub.planning.days import days_for, days_out_of_reach
from hub.planning.hosts import goes_round, hosts_for
from hub.planning.occasions import Occasion, occasions_to_plan
from hub.planning.situation import Situation
from hub.planning.strands import strand_sessions
from hub.school_year import SchoolCalendar
from hub.spoken import WEEKDAYS, ordinal, spoken_list

#: What a tier's sessions are called, where the tier's own name would be stiff.
_TITLES = {
    "1": "SENCo meeting",
    "2a": "SENCo training",
    "2b": "SENCo and maths working party",
    "2c": "Curriculum visit",
    "4": "Clinic",
    "5": "School meeting",
}
#: Places: at least so many, and so many for each school of the trust.
_PLACES = {"1": (30, 2), "2a": (24, 2), "2b": (20, 2), "2c": (12, 0), "4": (12, 0), "5": (2, 0)}
_USUAL_PLACES = (20, 0)
_MOST_PLACES = 1000
_LONGEST_TITLE = 200


@dataclass(frozen=True)
class YearPlan:
    """Sessions to propose, soonest first, and what could not be planned, in words."""

    sessions: tuple[Session, ...]
    gaps: tuple[str, ...] = ()


def plan_year(situation: Situation, calendar: SchoolCalendar, specialist_site: str) -> YearPlan:
    """Propose what the year still lacks; INSET days are at the specialist partner's site."""
    timed = [each for each in occasions_to_plan(situation, calendar) if each.tier.hours is not None]
    days = days_for(timed, situation)
    planned = sorted(
        ((each, day) for each, day in zip(timed, days, strict=True) if day is not None),
        key=lambda each: each[1],
    )
    hosts = hosts_for(planned, situation)
    story = _Story(situation)
    sessions: list[Session] = []
    for (occasion, day), host in zip(planned, hosts, strict=True):
        notes = story.tell(occasion, day, host)
        if occasion.tier.key == INSET_TIER:
            nth = story.number(occasion.tier, day) - 1
            sessions += _inset_day(occasion.tier, day, nth, specialist_site, notes, calendar)
        elif host is not None:
            sessions.append(_session(occasion, day, host, notes, situation, calendar))
    left_out = [each for each, day in zip(timed, days, strict=True) if day is None]
    return YearPlan(tuple(sessions), tuple(_gaps(left_out, [day for _, day in planned], situation)))


def _session(
    occasion: Occasion,
    day: date,
    host: School,
    notes: str,
    situation: Situation,
    calendar: SchoolCalendar,
) -> Session:
    tier = occasion.tier
    starts, ends = tier.hours or (time.min, time.max)
    at_least, a_school = _PLACES.get(tier.key, _USUAL_PLACES)
    title = _TITLES.get(tier.key, tier.name)
    if tier.key == SCHOOL_MEETING_TIER:
        title = f"{title}: {host.name}"
    elif tier.cadence.per == "half-term" and occasion.half_term:
        title = f"{title}: {occasion.half_term.name}"
    return Session(
        id=uuid5(NAMESPACE_URL, f"{situation.year.name} {tier.key} {day} {host.id}"),
        tier=tier.key,
        title=title[:_LONGEST_TITLE],
        starts_at=calendar.at(day, starts),
        ends_at=calendar.at(day, ends),
        venue=host.name,
        capacity=min(_MOST_PLACES, max(at_least, a_school * len(situation.trust_schools))),
        leads=tier.leads,
        audience=tier.audience,
        notes=notes,
        school_id=host.id if tier.key == SCHOOL_MEETING_TIER else None,
    )


def _inset_day(
    tier: Tier, day: date, nth: int, site: str, notes: str, calendar: SchoolCalendar
) -> Iterator[Session]:
    for each in strand_sessions(tier, nth):
        yield Session(
            id=uuid5(NAMESPACE_URL, f"{tier.key} {day} {each.strand} {each.slot}"),
            tier=tier.key,
            title=each.title,
            starts_at=calendar.at(day, each.starts),
            ends_at=calendar.at(day, each.ends),
            venue=site,
            capacity=_USUAL_PLACES[0],
            leads=tier.leads,
            audience=tier.audience,
            strand=each.strand,
            slot=each.slot,
            notes=notes,
        )


class _Story:
    """Why each day, told in order of time: who hosted before, and on which weekday."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._days = {
            tier.key: {
                each.starts_at.date()
                for each in sessions_in(situation.year, situation.sessions, tier.key)
            }
            for tier in situation.offer.tiers
        }
        self._hosted = [
            (each.starts_at.date(), school.id)
            for tier in situation.offer.tiers
            if goes_round(tier.key)
            for each in sessions_in(situation.year, situation.sessions, tier.key)
            if (school := school_of(each, situation.trust_schools))
        ]

    def tell(self, occasion: Occasion, day: date, host: School | None) -> str:
        """One line for the notes; days are told soonest first."""
        tier = occasion.tier
        before = [each for each in self._days[tier.key] if each < day]
        self._days[tier.key].add(day)
        parts = [self._which(occasion, day, host)]
        if host is not None and goes_round(tier.key):
            times = sum(school == host.id and on < day for on, school in self._hosted) + 1
            self._hosted.append((day, host.id))
            parts.append(f"{host.name} hosts for the {_time(times)}")
        parts.append(_weekday(day, max(before, default=None)))
        if day in self._situation.edges and day not in self._situation.trust_inset_days:
            parts.append("close to the start or end of the half-term, as nothing else was free")
        return "; ".join(parts)

    def number(self, tier: Tier, day: date) -> int:
        """The day's number among those of its tier so far."""
        return sum(each <= day for each in self._days[tier.key])

    def _which(self, occasion: Occasion, day: date, host: School | None) -> str:
        tier, year = occasion.tier, self._situation.year
        half_term = year.half_term_of(day)
        when = half_term.name if half_term else year.name
        if tier.key == INSET_TIER:
            is_inset = day in self._situation.trust_inset_days
            kind = "an INSET day of the whole trust" if is_inset else self._no_inset_day()
            return f"INSET day {self.number(tier, day)} of the year, in {when}; {kind}"
        if tier.key == SCHOOL_MEETING_TIER and host is not None:
            return f"{host.name}'s one meeting of {year.name}, in {when}"
        if tier.cadence.per == "half-term":
            return f"{when}'s {tier.name.split()[-1].lower()}"
        title = _TITLES.get(tier.key, tier.name)
        return f"{title} {self.number(tier, day)} of {year.name}, in {when}"

    def _no_inset_day(self) -> str:
        if not self._situation.trust_inset_days:
            return "a school day, as the calendar has no INSET day of the whole trust"
        return "a school day, as no other INSET day of the whole trust is free"


def _time(number: int) -> str:
    return "first time" if number == 1 else f"{ordinal(number)} time"


def _weekday(day: date, before: date | None) -> str:
    name = WEEKDAYS[day.weekday()]
    if before is None or before.weekday() == day.weekday():
        return f"a {name}"
    return f"a {name}, for a change from {WEEKDAYS[before.weekday()]}"


def _gaps(
    left_out: Sequence[Occasion], planned: Sequence[date], situation: Situation
) -> Iterator[str]:
    for tier in situation.offer.tiers:
        if tier.cadence.per != "need" and tier.hours is None:
            yield f"Tier {tier.key}, {tier.name}: not planned, as the offer gives it no usual hours."
    for each in left_out:
        reasons = days_out_of_reach(each, planned, situation)
        days = [f"{number} {reason}" for reason, number in sorted(reasons.items())]
        where = f" in {each.half_term.name}" if each.is_bound and each.half_term else ""
        whom = f" for {each.school.name}" if each.school else ""
        why = (
            f"of {sum(reasons.values())} school days, {spoken_list(days)}"
            if days
            else ("there are no school days")
        )
        name = f"Tier {each.tier.key}, {each.tier.name}{whom}{where}"
        yield f"{name}: no day is left for one more; {why}."
