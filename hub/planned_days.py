"""Which days a year's programme could have: what is still to be planned, and the best day for each.

A day that is right for nobody is left out; of the others the dearest are kept for when there is
nothing else. Who hosts is next door in ``hub.host_schools``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations, pairwise

from hub.booking import Session, SessionState
from hub.cadence import INSET_TIER, SCHOOL_MEETING_TIER, Standing, sessions_in, year_standing
from hub.matching import cheapest_matching
from hub.offer import Offer, Tier
from hub.people import School
from hub.school_year import HalfTerm, SchoolYear

#: The first and the last days of a half-term are left alone where possible.
EDGE = 2
_WORKING_WEEK = 5
#: What speaks against a day, in school days away from the best one.
_OTHER_WEEKDAY = 4
_OTHER_HALF_TERM = 500
_HOSTS_AWAY = 600
_AT_THE_EDGE = 1000
_NOT_ON_INSET = 5000
#: Dearer than any day; what the offer only allows is given up before what it promises.
_NO_DAY = 10**7
_BROKEN_PROMISE = 10**9


@dataclass(frozen=True)
class Situation:
    """What a plan starts from."""

    year: SchoolYear
    offer: Offer
    schools: tuple[School, ...]
    #: Everything that is in the programme already.
    sessions: tuple[Session, ...] = ()
    #: Days on which the lead is busy, with the reason.
    busy: Mapping[date, str] = field(default_factory=dict)
    #: Schools with hub classes, where tier 2c goes; empty means any school of the trust.
    hub_schools: tuple[School, ...] = ()
    #: Nothing is proposed before this day.
    from_day: date | None = None

    @cached_property
    def trust_schools(self) -> tuple[School, ...]:
        """Schools of the trust, by name; partners host nothing and are owed no meeting."""
        own = [each for each in self.schools if not each.is_partner]
        return tuple(sorted(own, key=lambda each: (each.name, each.id)))

    @cached_property
    def school_days(self) -> list[date]:
        """Every school day of the year, in order."""
        length = (self.year.ends_on - self.year.starts_on).days + 1
        days = [self.year.starts_on + timedelta(days=number) for number in range(length)]
        return [day for day in days if self.year.is_school_day(day)]

    @cached_property
    def taken_days(self) -> frozenset[date]:
        """Days on which something is in the programme already."""
        return frozenset(
            each.starts_at.date() for each in self.sessions if each.state is SessionState.SCHEDULED
        )

    @cached_property
    def trust_inset_days(self) -> frozenset[date]:
        """INSET days of the whole trust."""
        return frozenset(day for day, kept_by in self._inset_kept_by.items() if None in kept_by)

    @cached_property
    def open_days(self) -> list[date]:
        """School days that are nobody's yet."""
        first = self.from_day or self.year.starts_on
        return [
            day
            for day in self.school_days
            if day >= first and day not in self.taken_days and day not in self.busy
        ]

    @cached_property
    def edges(self) -> frozenset[date]:
        """The first two and the last two school days of each half-term."""
        found: set[date] = set()
        for half_term in self.year.half_terms:
            days = [day for day in self.school_days if day in half_term]
            found |= {*days[:EDGE], *days[-EDGE:]}
        return frozenset(found)

    def is_at_school(self, school: School, day: date) -> bool:
        """Whether a school has its learners in on a school day."""
        return self._inset_kept_by.get(day, frozenset()).isdisjoint({None, school.id})

    @cached_property
    def _inset_kept_by(self) -> dict[date, frozenset[str | None]]:
        days = {each.on for each in self.year.inset_days}
        return {
            day: frozenset(each.school for each in self.year.inset_days if each.on == day)
            for day in days
        }

    def hosts_of(self, tier: Tier) -> tuple[School, ...]:
        """The schools among which a tier goes round."""
        if tier.key == "2c" and self.hub_schools:
            return self.hub_schools
        return self.trust_schools


@dataclass(frozen=True)
class Occasion:
    """One day of the programme that is still to be planned."""

    tier: Tier
    #: The half-term that it is meant for; None where only the time of year matters.
    half_term: HalfTerm | None = None
    #: Whether no other half-term will do.
    is_bound: bool = False
    #: The school whose meeting it is.
    school: School | None = None
    #: The best day, counted in school days of the year.
    aim: int = 0
    weekday: int = 0

    @property
    def is_promised(self) -> bool:
        """Whether the offer promises it, rather than allows it."""
        return self.tier.cadence.least > 0


def occasions_to_plan(situation: Situation) -> list[Occasion]:
    """What the year still lacks, each with the half-term, the day and the weekday to aim at."""
    return _with_weekdays(_with_aims(_in_half_terms(situation), situation), situation)


def _in_half_terms(situation: Situation) -> list[Occasion]:
    year = situation.year
    standing = year_standing(year, situation.sessions, situation.offer, situation.trust_schools)
    room = [len(_good_days(situation, each)) for each in year.half_terms]
    load = [0] * len(room)
    by_tier: dict[str, list[Occasion]] = {each.key: [] for each in situation.offer.tiers}
    # Clinics have no choice of half-term, meetings the widest: so the widest choose last.
    for each in sorted(standing, key=_freedom):
        tier, missing = each.tier, _missing(each)
        if tier.cadence.per == "half-term":
            at = next(n for n, term in enumerate(year.half_terms) if term.name == each.within)
            chosen = [at] * missing
        elif tier.key == INSET_TIER:
            by_tier[tier.key] += [Occasion(tier)] * missing
            continue
        elif tier.key == SCHOOL_MEETING_TIER:
            chosen = [_least_used(room, load)] * missing
        else:
            chosen = _spread(missing, _already(situation, tier), room, load)
        school = next((s for s in situation.trust_schools if s.name == each.within), None)
        for number in chosen:
            load[number] += 1
            by_tier[tier.key].append(
                Occasion(
                    tier,
                    year.half_terms[number],
                    is_bound=tier.cadence.per == "half-term",
                    school=school if tier.key == SCHOOL_MEETING_TIER else None,
                )
            )
    return [each for own in by_tier.values() for each in own]


def _least_used(room: Sequence[int], load: Sequence[int]) -> int:
    return max(range(len(room)), key=lambda n: (1000 * room[n] // (load[n] + 1), -n))


def _freedom(standing: Standing) -> int:
    if standing.tier.cadence.per == "half-term":
        return 0
    return 2 if standing.tier.key == SCHOOL_MEETING_TIER else 1


def _missing(standing: Standing) -> int:
    """What the offer promises at least; where it only allows, all that it allows."""
    return standing.owed if standing.tier.cadence.least else standing.room or 0


def _good_days(situation: Situation, half_term: HalfTerm) -> list[date]:
    return [
        day
        for day in situation.open_days
        if day in half_term and day not in situation.edges and day not in situation.trust_inset_days
    ]


def _already(situation: Situation, tier: Tier) -> list[int]:
    own = sessions_in(situation.year, situation.sessions, tier.key)
    return [
        sum(each.starts_at.date() in half_term for each in own)
        for half_term in situation.year.half_terms
    ]


def _spread(
    count: int, taken: Sequence[int], room: Sequence[int], load: Sequence[int]
) -> list[int]:
    """Half-terms for ``count`` occasions of one tier: free ones, far apart, and little used."""
    everywhere = range(len(room))
    rounds, rest = divmod(count, len(room))

    def drawback(chosen: tuple[int, ...]) -> tuple[int, int, int, int]:
        used = sorted({*chosen, *(number for number in everywhere if taken[number])})
        gaps = [after - before for before, after in pairwise(used)]
        full = sum(load[number] >= room[number] for number in chosen)
        busy = sum(1000 * load[number] // max(1, room[number]) for number in chosen)
        return full, sum(taken[number] for number in chosen), -min(gaps, default=0), busy

    return [*everywhere] * rounds + [*min(combinations(everywhere, rest), key=drawback)]


def _with_aims(occasions: list[Occasion], situation: Situation) -> list[Occasion]:
    """Days evenly through each half-term; INSET days evenly through the year."""
    position = {day: number for number, day in enumerate(situation.school_days)}
    found = list(occasions)
    inset = [n for n, each in enumerate(occasions) if each.half_term is None]
    for nth, number in enumerate(inset):
        aim = len(position) * (2 * nth + 1) // (2 * len(inset))
        found[number] = replace(occasions[number], aim=aim)
    for turn, half_term in enumerate(situation.year.half_terms):
        own = [n for n, each in enumerate(occasions) if each.half_term == half_term]
        days = _good_days(situation, half_term) or [
            day for day in situation.school_days if day in half_term
        ]
        # Another tier goes first each time, so that none is always early or late.
        turned = own[turn % len(own) :] + own[: turn % len(own)] if own else []
        for nth, number in enumerate(turned):
            if days:
                day = days[len(days) * (2 * nth + 1) // (2 * len(turned))]
                found[number] = replace(occasions[number], aim=position[day])
    return found


def _with_weekdays(occasions: list[Occasion], situation: Situation) -> list[Occasion]:
    """The weekday that a tier, and then the whole programme, has had least."""
    used: dict[str, list[int]] = {}
    overall = [0] * _WORKING_WEEK
    found = []
    for each in occasions:
        if each.tier.key not in used:
            own = sessions_in(situation.year, situation.sessions, each.tier.key)
            days = [session.starts_at.weekday() for session in own]
            used[each.tier.key] = [days.count(weekday) for weekday in range(_WORKING_WEEK)]
        count = used[each.tier.key]
        weekday = min(range(_WORKING_WEEK), key=lambda n: (count[n], overall[n], n))
        count[weekday] += 1
        overall[weekday] += 1
        found.append(replace(each, weekday=weekday))
    return found


def days_for(occasions: Sequence[Occasion], situation: Situation) -> list[date | None]:
    """The best day for each, all different; None where there is none left."""
    days = situation.open_days
    position = {day: number for number, day in enumerate(situation.school_days)}
    costs = []
    for each in occasions:
        nowhere = _BROKEN_PROMISE if each.is_promised else _NO_DAY
        row = []
        for day in days:
            drawback = _drawback(each, day, position[day], situation)
            row.append(2 * _BROKEN_PROMISE if drawback is None else drawback)
        # One way out for each: no day at all.
        costs.append(row + [nowhere] * len(occasions))
    return [days[at] if at < len(days) else None for at in cheapest_matching(costs)]


def _drawback(occasion: Occasion, day: date, position: int, situation: Situation) -> int | None:
    """What speaks against a day; None when it will not do at all."""
    far = abs(position - occasion.aim)
    is_inset = day in situation.trust_inset_days
    at_the_edge = _AT_THE_EDGE if day in situation.edges else 0
    if occasion.tier.key == INSET_TIER:
        return far if is_inset else _NOT_ON_INSET + at_the_edge + far
    hosts = [occasion.school] if occasion.school else situation.hosts_of(occasion.tier)
    at_home = sum(situation.is_at_school(each, day) for each in hosts)
    elsewhere = occasion.half_term is not None and day not in occasion.half_term
    if is_inset or not at_home or (elsewhere and occasion.is_bound):
        return None
    drawback = far + at_the_edge + _HOSTS_AWAY * (len(hosts) - at_home) // len(hosts)
    drawback += _OTHER_HALF_TERM if elsewhere else 0
    return drawback + (0 if day.weekday() == occasion.weekday else _OTHER_WEEKDAY)


def days_out_of_reach(
    occasion: Occasion, planned: Sequence[date], situation: Situation
) -> dict[str, int]:
    """How many school days of the time in question went to what, for an occasion without a day."""
    within = occasion.half_term if occasion.is_bound else None
    days = [day for day in situation.school_days if within is None or day in within]
    reasons: dict[str, int] = {}
    for day in days:
        reason = _why_not(occasion, day, planned, situation)
        reasons[reason] = reasons.get(reason, 0) + 1
    return reasons


def _why_not(occasion: Occasion, day: date, planned: Sequence[date], situation: Situation) -> str:
    if situation.from_day and day < situation.from_day:
        return "before the day to start from"
    if day in situation.busy:
        return "busy"
    if day in situation.taken_days:
        return "with a session already"
    if day in planned:
        return "needed for the rest of the plan"
    hosts = [occasion.school] if occasion.school else situation.hosts_of(occasion.tier)
    return "INSET" if not any(situation.is_at_school(each, day) for each in hosts) else "not free"
