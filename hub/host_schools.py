"""Who hosts: the schools of the trust in turn, none more than once oftener than another."""

from collections.abc import Sequence
from datetime import date

from hub.booking import SessionState
from hub.cadence import INSET_TIER, SCHOOL_MEETING_TIER, school_of
from hub.occasions import Occasion
from hub.offer import Tier
from hub.people import School
from hub.situation import Situation


def hosts_for(
    planned: Sequence[tuple[Occasion, date]], situation: Situation
) -> list[School | None]:
    """The host of each planned day; None for INSET days, which have a place of their own.

    A school hosts nothing on its own INSET day. Whoever has hosted least is next, first over the
    whole programme, then in the tier; tiers with few schools to choose from choose first.
    """
    hosted = hosted_so_far(situation)
    in_tier: dict[tuple[str, str], int] = {}
    found: list[School | None] = [occasion.school for occasion, _ in planned]
    turns = [n for n, (occasion, _) in enumerate(planned) if goes_round(occasion.tier.key)]
    turns.sort(key=lambda n: _turn(planned[n][0].tier, n, situation))
    for number in turns:
        occasion, day = planned[number]
        host = min(
            _able(occasion, day, situation),
            key=lambda each: (
                hosted[each.id],
                in_tier.get((occasion.tier.key, each.id), 0),
                each.name,
                each.id,
            ),
        )
        hosted[host.id] += 1
        in_tier[occasion.tier.key, host.id] = in_tier.get((occasion.tier.key, host.id), 0) + 1
        found[number] = host
    _even_out(found, turns, planned, hosted, situation)
    return found


def _turn(tier: Tier, number: int, situation: Situation) -> tuple[int, int, int]:
    """A tier at a time, so that each goes round the schools by itself as well."""
    return len(situation.hosts_of(tier)), situation.offer.tiers.index(tier), number


def goes_round(tier: str) -> bool:
    """Whether a tier is hosted by one school after another."""
    return tier not in {INSET_TIER, SCHOOL_MEETING_TIER}


def hosted_so_far(situation: Situation) -> dict[str, int]:
    """How often each school of the trust hosts already this year, by id."""
    hosted = {each.id: 0 for each in situation.trust_schools}
    for each in situation.sessions:
        on = each.starts_at.date()
        if each.state is not SessionState.SCHEDULED or not goes_round(each.tier):
            continue
        if situation.year.starts_on <= on <= situation.year.ends_on:
            school = school_of(each, situation.trust_schools)
            if school is not None:
                hosted[school.id] += 1
    return hosted


def _able(occasion: Occasion, day: date, situation: Situation) -> list[School]:
    return [each for each in situation.hosts_of(occasion.tier) if situation.is_at_school(each, day)]


def _even_out(
    found: list[School | None],
    turns: Sequence[int],
    planned: Sequence[tuple[Occasion, date]],
    hosted: dict[str, int],
    situation: Situation,
) -> None:
    """Pass turns on from who hosts most while somebody hosts two fewer and could take one."""
    while True:
        for number in turns:
            host = found[number]
            able = _able(*planned[number], situation)
            taker = min(able, key=lambda each: (hosted[each.id], each.name, each.id))
            if host is not None and hosted[host.id] - hosted[taker.id] > 1:
                hosted[host.id] -= 1
                hosted[taker.id] += 1
                found[number] = taker
                break
        else:
            return
