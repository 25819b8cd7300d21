"""Half-days for a school meeting: possible, free and spread, whatever the calendar and the diaries."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.loading.content import load_offer
from bot.loading.demo_trust import demo_trust
from hub.directory import Busy
from hub.half_days import (
    APART,
    NOTICE_SCHOOL_DAYS,
    Half,
    earliest_day,
    free_half_days,
    half_day_named,
    half_day_on,
    half_day_said,
    hours_of,
    is_possible,
    possible_half_days,
    spread,
    window,
    years_to_plan,
)
from hub.school_year import InsetDay, SchoolCalendar, SchoolYear
from tests.conftest import LONDON
from tests.hub.test_school_year import CALENDAR, TRUST, moments

HOURS = hours_of((time(9), time(12)))
A_MONDAY = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
stretches = st.builds(
    lambda starts, minutes: Busy(starts, starts + timedelta(minutes=minutes)),
    moments,
    st.integers(5, 3 * 24 * 60),
)


def with_inset(*days):
    year = TRUST.year
    told = SchoolYear(year.name, year.half_terms, year.bank_holidays, frozenset(days))
    return SchoolCalendar.of([told], LONDON)


def all_possible(now, page=0, calendar=CALENDAR):
    ahead = window(calendar, calendar.years[0], now, page)
    return possible_half_days(ahead, calendar, HOURS, "school-b", now) if ahead else []


@given(moments, st.integers(0, 6), st.lists(stretches, max_size=12))
def test_what_is_offered_is_a_school_half_day_to_come_when_everybody_is_free(now, page, busy):
    free = free_half_days(all_possible(now, page), busy)
    offered = spread(free, 4)

    assert offered == spread(free_half_days(all_possible(now, page), busy), 4)
    assert len({each.on for each in offered}) == len(offered) <= 4
    for each in free:
        assert each.starts_at > now
        assert CALENDAR.is_school_day(each.on)
        assert each.on >= earliest_day(CALENDAR, now)
        assert (each.ends_at - each.starts_at) == timedelta(hours=3)
        assert f"{each.starts_at.astimezone(LONDON):%H:%M}" in {"09:00", "13:00"}
        assert not any(
            one.starts_at < each.ends_at and each.starts_at < one.ends_at for one in busy
        )
    # Nothing free is kept back: somebody is busy on all the others.
    for other in set(all_possible(now, page)) - set(free):
        assert any(other.overlaps(one) for one in busy)


@given(moments)
def test_there_are_three_school_days_of_notice(now):
    earliest, today = earliest_day(CALENDAR, now), now.astimezone(LONDON).date()

    if earliest:
        between = (earliest - today).days
        days = [today + timedelta(days=at) for at in range(1, between + 1)]
        assert sum(CALENDAR.is_school_day(day) for day in days) == NOTICE_SCHOOL_DAYS


@given(moments)
def test_looking_ahead_page_by_page_meets_every_half_day_of_the_year_once(now):
    pages = [all_possible(now, page) for page in range(8)]
    met = [each for page in pages for each in page]

    assert met == sorted(set(met), key=lambda each: each.starts_at)
    if met:
        assert met[0].on == earliest_day(CALENDAR, now)
        assert met[-1].on == date(2027, 7, 21)
    assert window(CALENDAR, CALENDAR.years[0], now, 7) is None


def test_an_inset_day_of_the_school_or_the_whole_trust_is_left_out():
    own, other, trust = date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 7)
    calendar = with_inset(InsetDay(own, "school-b"), InsetDay(other, "school-c"), InsetDay(trust))

    days = {each.on for each in all_possible(A_MONDAY, calendar=calendar)}

    assert own not in days
    assert trust not in days
    assert other in days


def test_those_offered_first_are_some_days_apart_and_change_halves():
    offered = spread(all_possible(A_MONDAY), 4)

    assert [each.name for each in offered] == [
        "2026-11-26 morning",
        "2026-11-30 afternoon",
        "2026-12-03 morning",
        "2026-12-07 afternoon",
    ]
    gaps = [after.on - before.on for before, after in pairwise(offered)]
    assert all(gap >= APART for gap in gaps)


def test_when_little_is_free_days_in_between_are_offered_too():
    one_week = [each for each in all_possible(A_MONDAY) if each.on <= date(2026, 11, 30)]

    assert [each.on.day for each in spread(one_week, 4)] == [26, 27, 30]


@pytest.mark.parametrize("day", [date(2026, 10, 23), date(2026, 11, 2), date(2027, 4, 12)])
def test_nine_oclock_stays_nine_oclock_when_the_clocks_change(day):
    half_day = half_day_on(day, Half.MORNING, CALENDAR, HOURS)

    assert half_day.starts_at.astimezone(LONDON).time() == time(9)
    assert half_day_named(half_day.name, CALENDAR, HOURS) == half_day


@pytest.mark.parametrize(
    "name", ["", "morning", "2026-12-03", "2026-12-03 night", "2026-13-03 morning", "x" * 36]
)
def test_a_card_that_names_no_half_day_is_not_believed(name):
    assert half_day_named(name, CALENDAR, HOURS) is None


@pytest.mark.parametrize(
    "name",
    [
        "2026-11-20 morning",
        "2026-11-24 morning",
        "2026-11-25 afternoon",
        "2026-11-28 morning",
        "2026-12-25 morning",
        "2027-08-03 morning",
        "2031-02-03 morning",
    ],
)
def test_the_past_too_soon_weekends_and_holidays_are_not_possible(name):
    assert not is_possible(half_day_named(name, CALENDAR, HOURS), CALENDAR, "school-b", A_MONDAY)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("book our school meeting on 3 December, morning", "2026-12-03 morning"),
        ("the afternoon of the 14th of January please", "2027-01-14 afternoon"),
        ("on 3 December 2027, morning", "2027-12-03 morning"),
        ("3 Dec, morning", "2026-12-03 morning"),
        ("3/12 in the morning", "2026-12-03 morning"),
        (
            "Good morning! Please book our school meeting on 10 December, afternoon",
            "2026-12-10 afternoon",
        ),
        ("Good afternoon, on 10 December please", ""),
        ("w/c 7 December, morning", ""),
        ("on 3 December", ""),
        ("some morning", ""),
        ("31 February, morning", ""),
    ],
)
def test_a_half_day_in_a_sentence(said, name):
    assert half_day_said(said, CALENDAR, HOURS, A_MONDAY) == name


def test_a_trusts_own_hours_are_used_for_the_half_they_are_in():
    own = (time(13, 30), time(16, 30))
    assert hours_of(own) == {Half.MORNING: (time(9), time(12)), Half.AFTERNOON: own}
    assert hours_of(None)[Half.AFTERNOON] == (time(13), time(16))


@pytest.mark.parametrize(
    ("today", "first", "names"),
    [
        (date(2026, 11, 23), "", ["2026-27", "2027-28"]),
        (date(2026, 11, 23), "2027-28", ["2027-28"]),
        (date(2026, 11, 23), "1999-00", ["2026-27", "2027-28"]),
        (date(2027, 8, 10), "", ["2026-27", "2027-28"]),
        (date(2027, 9, 14), "", ["2027-28"]),
        (date(2026, 6, 1), "", ["2026-27", "2027-28"]),
    ],
)
def test_the_running_year_is_planned_first_and_then_the_next(today, first, names):
    following = demo_trust(date(2027, 11, 23), LONDON, load_offer(None)).year
    both = SchoolCalendar.of([TRUST.year, following], LONDON)
    now = datetime.combine(today, time(12), LONDON)

    assert [year.name for year in years_to_plan(both, now, first)] == names


def test_at_the_end_of_a_year_only_the_next_has_half_days_left():
    following = demo_trust(date(2027, 11, 23), LONDON, load_offer(None)).year
    both = SchoolCalendar.of([TRUST.year, following], LONDON)
    now = datetime(2027, 7, 20, 12, tzinfo=LONDON)

    assert window(both, TRUST.year, now) is None
    assert window(both, following, now).starts_on == date(2027, 9, 2)
