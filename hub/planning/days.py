"""The days that a plan gives to its occasions: all different, and together the cheapest.

A day that will not do at all is never given; of the others the dear ones are kept for when there
is nothing else. Who hosts is next door in ``hub.planning.hosts``.
"""

from collections.abc import Sequence
from datetime import date

from hub.offer import INSET_TIER
from hub.planning.matching import cheapest_matching
from hub.planning.occasions import Occasion
from hub.planning.situation import Situation
from hub.spoken import spoken_day

#: What speaks against a day, in school days away from the best one.
_OTHER_WEEKDAY = 4
_OTHER_HALF_TERM = 500
_HOSTS_AWAY = 600
_AT_THE_EDGE = 1000
_NOT_ON_INSET = 5000
#: Dearer than any day; what the offer only allows is given up before what it promises.
_NO_DAY = 10**7
_BROKEN_PROMISE = 10**9


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
        return f"before {spoken_day(situation.from_day)}"
    if day in situation.busy:
        return "busy"
    if day in situation.taken_days:
        return "with a session already"
    if day in planned:
        return "needed for the rest of the plan"
    hosts = [occasion.school] if occasion.school else situation.hosts_of(occasion.tier)
    return "INSET" if not any(situation.is_at_school(each, day) for each in hosts) else "not free"
