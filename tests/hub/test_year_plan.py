"""A year is planned by the offer's rules: checked by rules of its own over random years and trusts."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.loading.content import load_offer
from hub.booking import SessionState
from hub.guard_rails import concerns_about
from hub.people import School
from hub.planning.matching import cheapest_matching
from hub.planning.situation import Situation
from hub.planning.year_plan import plan_year
from hub.school_year import HalfTerm, InsetDay, SchoolCalendar, SchoolYear
from tests.conftest import LONDON
from tests.hub.test_school_year import TRUST

OFFER = load_offer(None)
NAMES = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
SITE = "Hebden Green School"


a_usual_length = st.integers(4, 8)


@st.composite
def years(draw, weeks):
    """Six half-terms of some weeks, with breaks between them, bank holidays and INSET days."""
    first = date(draw(st.integers(2025, 2030)), 9, 1) + timedelta(days=draw(st.integers(0, 6)))
    half_terms, begins = [], first
    for name in NAMES:
        ends = begins + timedelta(weeks=draw(weeks), days=draw(st.integers(-3, 3)))
        half_terms.append(HalfTerm(name, begins, ends))
        begins = ends + timedelta(days=draw(st.integers(3, 16)))
    any_day = st.dates(first, half_terms[-1].ends_on)
    inset = st.builds(InsetDay, any_day, st.sampled_from([None, None, "s0", "s1", "s2"]))
    name = f"{first.year}-{(first.year + 1) % 100:02d}"
    return SchoolYear(
        name,
        tuple(half_terms),
        frozenset(draw(st.lists(any_day, max_size=8))),
        frozenset(draw(st.lists(inset, max_size=12))),
    )


@st.composite
def situations(draw, weeks=a_usual_length):
    year = draw(years(weeks))
    schools = [School(f"s{n}", f"School {n}") for n in range(draw(st.integers(1, 25)))]
    busy = draw(st.lists(st.dates(year.starts_on, year.ends_on), max_size=25))
    partner = School("p", "Partner", is_partner=True)
    return Situation(year, OFFER, (*schools, partner), busy=dict.fromkeys(busy, "away day"))


def planned(situation):
    return plan_year(situation, SchoolCalendar.of([situation.year], LONDON), SITE)


def days_by_tier(sessions):
    """The distinct days of each tier, in order."""
    found = {}
    for each in sessions:
        found.setdefault(each.tier, set()).add(each.starts_at.date())
    return {tier: sorted(days) for tier, days in found.items()}


def check(situation, plan):
    """Every rule, as the offer and the calendar have it, and none of the planner's own code."""
    year, busy = situation.year, situation.busy
    own = [each for each in situation.schools if not each.is_partner]
    by_name = {each.name: each for each in own}
    taken = {
        each.starts_at.date() for each in situation.sessions if each.state is SessionState.SCHEDULED
    }
    diary = Counter()
    for each in plan.sessions:
        day = each.starts_at.date()
        assert any(term.starts_on <= day <= term.ends_on for term in year.half_terms)
        assert day.weekday() < 5
        assert day not in year.bank_holidays
        assert day not in busy
        assert day not in taken
        assert each.notes
        hours = OFFER.tier(each.tier).hours
        if each.tier == "3":
            assert each.venue == SITE
            continue
        assert (each.starts_at.time(), each.ends_at.time()) == hours
        host = by_name[each.venue]
        assert InsetDay(day) not in year.inset_days
        assert InsetDay(day, host.id) not in year.inset_days
        diary[day] += 1
    for day in days_by_tier(plan.sessions).get("3", []):
        diary[day] += 1
    assert set(diary.values()) <= {1}
    calendar = SchoolCalendar.of([year], LONDON)
    everything = [*situation.sessions, *plan.sessions]
    for each in plan.sessions:
        assert concerns_about(each, everything, OFFER, calendar, situation.schools) == []


@settings(max_examples=60, deadline=None)
@given(situations())
def test_every_cadence_is_met_and_every_day_is_a_good_one(situation):
    plan = planned(situation)
    check(situation, plan)

    assert plan.gaps == ()
    days = days_by_tier(plan.sessions)
    own = [each for each in situation.schools if not each.is_partner]
    for tier in ("1", "2a", "2b", "2c", "3"):
        cadence = OFFER.tier(tier).cadence
        assert cadence.least <= len(days[tier]) <= cadence.most
    assert len([each for each in plan.sessions if each.tier == "3"]) == 18
    for term in situation.year.half_terms:
        assert sum(day in term for day in days["4"]) == 1
    meetings = [each for each in plan.sessions if each.tier == "5"]
    assert sorted(each.venue for each in meetings) == sorted(each.name for each in own)
    assert all(each.school_id for each in meetings)
    for tier in ("1", "2a", "2b", "2c"):
        terms = [
            next(n for n, term in enumerate(situation.year.half_terms) if day in term)
            for day in days[tier]
        ]
        assert len(set(terms)) == len(terms)


@settings(max_examples=40, deadline=None)
@given(situations())
def test_schools_host_in_turn(situation):
    plan = planned(situation)
    own = [each.name for each in situation.schools if not each.is_partner]

    hosted = Counter(
        each.venue for each in plan.sessions if each.tier in {"1", "2a", "2b", "2c", "4"}
    )
    counts = [hosted[name] for name in own]
    assert max(counts) - min(counts) <= 1


@settings(max_examples=40, deadline=None)
@given(situations(), st.randoms(use_true_random=False))
def test_the_same_situation_gives_the_same_plan_in_whatever_order_it_is_told(situation, chance):
    schools = list(situation.schools)
    chance.shuffle(schools)
    again = replace(situation, schools=tuple(schools), busy=dict(reversed(situation.busy.items())))

    assert planned(again) == planned(situation)


@settings(max_examples=40, deadline=None)
@given(situations(), st.data())
def test_what_is_in_the_programme_is_not_proposed_again(situation, data):
    first = planned(situation)
    assume(first.sessions)
    kept = data.draw(st.lists(st.sampled_from(first.sessions), unique_by=lambda each: each.id))
    # A part of an INSET day stands for the day: the rest of its strands is the lead's to say.
    again = replace(situation, sessions=tuple(kept))
    plan = planned(again)

    check(again, plan)
    before, after = days_by_tier(kept), days_by_tier(plan.sessions)
    for tier in ("1", "2a", "2b", "2c", "3"):
        assert len(before.get(tier, [])) + len(after.get(tier, [])) == 3
    meetings = [each.venue for each in (*kept, *plan.sessions) if each.tier == "5"]
    assert len(meetings) == len(set(meetings)) == len(situation.schools) - 1
    assert planned(replace(situation, sessions=first.sessions)).sessions == ()


@settings(max_examples=60, deadline=None)
@given(situations(weeks=st.integers(0, 1)))
def test_a_year_too_short_is_planned_as_far_as_it_goes_and_the_rest_is_named(situation):
    plan = planned(situation)
    check(situation, plan)

    days = days_by_tier(plan.sessions)
    missing = {}
    for tier in ("1", "2a", "2b", "2c", "3"):
        missing[tier] = 3 - len(days.get(tier, []))
    missing["4"] = 6 - len(days.get("4", []))
    missing["5"] = len(situation.schools) - 1 - len(days.get("5", []))
    assert len(plan.gaps) == sum(missing.values())
    for tier, count in missing.items():
        assert sum(each.startswith(f"Tier {tier},") for each in plan.gaps) == count
    assert all("no day is left" in each for each in plan.gaps)
    assert planned(situation) == plan


@settings(max_examples=40, deadline=None)
@given(situations())
def test_the_ends_of_a_half_term_are_left_alone_while_others_are_free(situation):
    plan = planned(situation)
    used = {each.starts_at.date() for each in plan.sessions}
    for term in situation.year.half_terms:
        length = (term.ends_on - term.starts_on).days + 1
        days = [term.starts_on + timedelta(days=n) for n in range(length)]
        school_days = [day for day in days if situation.year.is_school_day(day)]
        edges = {*school_days[:2], *school_days[-2:]}
        good = [
            day
            for day in school_days
            if day not in edges
            and day not in situation.busy
            and not any(each.on == day for each in situation.year.inset_days)
        ]
        for each in plan.sessions:
            day = each.starts_at.date()
            if day in edges and InsetDay(day) not in situation.year.inset_days:
                assert set(good) <= used


def test_inset_training_is_on_the_trusts_inset_days_where_there_are_three():
    inset = [date(2026, 9, 1), date(2026, 10, 23), date(2027, 1, 4), date(2027, 6, 7)]
    schools = tuple(School(each, f"School {each}") for each in "AB")
    year = replace(TRUST.year, inset_days=frozenset(map(InsetDay, inset)))

    plan = planned(Situation(year, OFFER, schools))
    assert days_by_tier(plan.sessions)["3"] == [inset[1], inset[2], inset[3]]

    one = replace(year, inset_days=frozenset({InsetDay(inset[2])}))
    plan = planned(Situation(one, OFFER, schools))
    told = {each.starts_at.date(): each.notes for each in plan.sessions if each.tier == "3"}
    assert inset[2] in told
    assert sum("a school day, as no other INSET day" in each for each in told.values()) == 2


def test_hub_classes_are_visited_where_they_are():
    schools = tuple(School(each, f"School {each}") for each in "ABCDE")

    plan = planned(Situation(TRUST.year, OFFER, schools, hub_schools=schools[:2]))

    visited = Counter(each.venue for each in plan.sessions if each.tier == "2c")
    assert sorted(visited.values()) == [1, 2]
    assert visited.keys() == {"School A", "School B"}


def test_nothing_is_proposed_before_the_day_to_start_from():
    first = date(2027, 1, 11)
    situation = Situation(TRUST.year, OFFER, TRUST.schools, from_day=first)

    plan = planned(situation)

    assert min(each.starts_at.date() for each in plan.sessions) >= first
    assert [each[:42] for each in plan.gaps] == [
        "Tier 4, Targeted Clinic in Autumn 1: no da",
        "Tier 4, Targeted Clinic in Autumn 2: no da",
    ]


def test_a_meeting_in_the_summer_after_the_year_is_that_years_meeting():
    (first, *_), calendar = TRUST.schools, SchoolCalendar.of([TRUST.year], LONDON)
    whole = planned(Situation(TRUST.year, OFFER, TRUST.schools))
    meeting = next(each for each in whole.sessions if each.tier == "5" and each.venue == first.name)
    in_summer = calendar.at(TRUST.year.ends_on + timedelta(days=5), meeting.starts_at.time())
    late = replace(meeting, starts_at=in_summer, ends_at=in_summer + timedelta(hours=3))

    def venues(held):
        plan = planned(Situation(TRUST.year, OFFER, TRUST.schools, sessions=(held,)))
        return {each.venue for each in plan.sessions if each.tier == "5"}

    assert first.name not in venues(late)
    assert first.name in venues(replace(late, state=SessionState.CANCELLED))


@given(st.integers(0, 4), st.integers(0, 3), st.data())
def test_a_matching_gives_everyone_a_place_of_their_own_and_no_swap_is_cheaper(rows, more, data):
    row = st.lists(st.integers(0, 30), min_size=rows + more, max_size=rows + more)
    costs = data.draw(st.lists(row, min_size=rows, max_size=rows))
    found = cheapest_matching(costs)

    assert len(set(found)) == rows
    for one in range(rows):
        for other in range(rows):
            before = costs[one][found[one]] + costs[other][found[other]]
            assert before <= costs[one][found[other]] + costs[other][found[one]]
