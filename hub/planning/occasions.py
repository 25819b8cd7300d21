"""What a year's programme still lacks, and when each missing occasion would be best.

Which day it gets in the end is decided in ``hub.planning.days``, for all of them at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, pairwise

from hub.cadence import Standing, sessions_in, year_standing
from hub.offer import INSET_TIER, SCHOOL_MEETING_TIER, Tier
from hub.people import School
from hub.planning.situation import Situation
from hub.school_year import HalfTerm, SchoolCalendar

_WORKING_WEEK = 5


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


def occasions_to_plan(situation: Situation, calendar: SchoolCalendar) -> list[Occasion]:
    """What the year still lacks, each with the half-term, the day and the weekday to aim at."""
    return _with_weekdays(_with_aims(_in_half_terms(situation, calendar), situation), situation)


def _in_half_terms(situation: Situation, calendar: SchoolCalendar) -> list[Occasion]:
    year, schools = situation.year, situation.trust_schools
    standing = year_standing(year, situation.sessions, situation.offer, schools, calendar)
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
