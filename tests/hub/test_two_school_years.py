"""From 2026-27 into 2027-28: which year a day is of, and what is said and owed across the summer."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.asked import span_in
from hub.booking import Session, offer_until
from hub.introduction import is_to_be_asked
from hub.people import Person
from hub.reminders import reminder_due_at
from hub.school_year import HalfTerm, InsetDay, SchoolCalendar, school_year_from
from tests.conftest import LONDON
from tests.hub.test_school_year import TRUST

THIS_YEAR = TRUST.year
A_YEAR = timedelta(days=364)
NEXT_YEAR = replace(
    THIS_YEAR,
    name="2027-28",
    half_terms=tuple(
        HalfTerm(each.name, each.starts_on + A_YEAR, each.ends_on + A_YEAR)
        for each in THIS_YEAR.half_terms
    ),
    bank_holidays=frozenset(),
)
#: Given in the wrong order, as a file may.
BOTH = SchoolCalendar.of([NEXT_YEAR, THIS_YEAR], LONDON)
FIRST_DAY, LAST_DAY = NEXT_YEAR.starts_on, THIS_YEAR.ends_on


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 8, 31), None),
        (date(2026, 9, 1), "2026-27"),
        (date(2026, 12, 25), "2026-27"),
        (LAST_DAY, "2026-27"),
        (LAST_DAY + timedelta(days=1), "2026-27"),
        (FIRST_DAY - timedelta(days=1), "2026-27"),
        (FIRST_DAY, "2027-28"),
        (date(2028, 7, 18), "2027-28"),
        (date(2028, 8, 30), "2027-28"),
        (date(2028, 12, 1), None),
    ],
)
def test_the_summer_belongs_to_the_year_it_ends(day, year):
    found = BOTH.year_of(day)

    assert (found.name if found else None) == year


def test_years_are_in_order_and_the_old_one_stays_to_look_at():
    assert [each.name for each in BOTH.years] == ["2026-27", "2027-28"]
    assert [each.name for each in BOTH.begun_by(LAST_DAY)] == ["2026-27"]
    assert [each.name for each in BOTH.begun_by(FIRST_DAY)] == ["2026-27", "2027-28"]


@given(st.dates(date(2026, 9, 1), date(2028, 7, 18)))
def test_every_day_is_of_one_year_and_a_school_day_is_in_it(day):
    year = BOTH.year_of(day)

    assert year is not None
    assert BOTH.is_school_day(day) == year.is_school_day(day)


def test_school_days_follow_one_another_across_the_summer():
    assert BOTH.school_day_from(LAST_DAY + timedelta(days=1)) == FIRST_DAY
    assert BOTH.school_day_before(FIRST_DAY) == LAST_DAY
    late = datetime.combine(LAST_DAY, time(18), LONDON)
    assert BOTH.next_disturbable(late) == datetime.combine(FIRST_DAY, time(8), LONDON)


def test_an_offer_made_on_the_last_day_waits_for_september():
    now = datetime.combine(LAST_DAY, time(15), LONDON)
    starts = datetime.combine(FIRST_DAY + timedelta(days=20), time(10), LONDON)
    clinic = Session(uuid4(), "4", "Clinic", starts, starts + timedelta(hours=3), "B", 1)

    assert offer_until(clinic, BOTH, now) == datetime.combine(FIRST_DAY, time(15), LONDON)


def test_with_one_year_known_an_offer_is_kept_until_the_session():
    now = datetime.combine(LAST_DAY, time(15), LONDON)
    starts = datetime.combine(FIRST_DAY + timedelta(days=20), time(10), LONDON)
    clinic = Session(uuid4(), "4", "Clinic", starts, starts + timedelta(hours=3), "B", 1)

    only_this = SchoolCalendar.of([THIS_YEAR], LONDON)
    assert offer_until(clinic, only_this, now) == starts


def test_a_session_early_in_september_is_reminded_of_the_school_day_before():
    starts = datetime.combine(FIRST_DAY + timedelta(days=1), time(10), LONDON)

    assert reminder_due_at(starts, BOTH) == datetime.combine(FIRST_DAY, time(15, 45), LONDON)


@pytest.mark.parametrize(
    ("introduced", "now", "is_asked"),
    [
        (date(2026, 9, 3), date(2027, 7, 20), False),
        (date(2026, 9, 3), date(2027, 8, 20), False),
        (date(2026, 9, 3), FIRST_DAY, True),
        (date(2027, 8, 20), FIRST_DAY, True),
        (FIRST_DAY, FIRST_DAY + timedelta(days=1), False),
        (None, FIRST_DAY, True),
    ],
)
def test_who_somebody_is_is_asked_once_in_each_school_year(introduced, now, is_asked):
    at = datetime.combine(introduced, time(12), LONDON) if introduced else None
    somebody = Person(uuid4(), "t", "o", "Somebody", introduced_at=at)

    assert is_to_be_asked(somebody, BOTH, datetime.combine(now, time(12), LONDON)) is is_asked


@pytest.mark.parametrize(
    ("text", "first", "words"),
    [
        ("next half-term", FIRST_DAY, "next half-term"),
        ("next term", FIRST_DAY, "next term"),
        ("autumn 1", FIRST_DAY, "in Autumn 1"),
        ("after the summer", FIRST_DAY, "after the summer"),
        ("in september", date(2027, 9, 1), "in September 2027"),
        ("in the spring term", date(2028, 1, 3), "in the spring term"),
        ("before christmas", date(2027, 7, 12), "before Christmas"),
    ],
)
def test_in_july_people_ask_about_the_year_to_come(text, first, words):
    span = span_in(text, BOTH, date(2027, 7, 12))

    assert (span.starts_on, span.words) == (first, words)


def test_inset_days_are_those_of_a_school_and_staff_are_at_work_on_them():
    own, everybodys = date(2026, 10, 23), date(2026, 9, 1)
    year = replace(
        THIS_YEAR, inset_days=frozenset({InsetDay(own, "school-a"), InsetDay(everybodys)})
    )
    known = SchoolCalendar.of([year], LONDON)

    assert known.is_school_day(own)
    assert known.is_school_day(everybodys)
    assert school_year_from(year.as_data()) == year
