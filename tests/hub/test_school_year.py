"""School days and school hours: never in a holiday, at night, or an hour off after a clock change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.loading.content import load_offer
from bot.loading.demo_trust import demo_trust
from hub.booking import Session, offer_until
from hub.reminders import reminder_due_at
from hub.school_year import SchoolCalendar, school_year_from
from tests.conftest import LONDON

TRUST = demo_trust(date(2026, 11, 23), LONDON, load_offer(None))
CALENDAR = SchoolCalendar.of([TRUST.year], LONDON)
moments = st.datetimes(datetime(2026, 9, 1), datetime(2027, 7, 10), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
        (date(2026, 10, 28), False),
        (date(2026, 12, 25), False),
        (date(2027, 3, 26), False),
        (date(2027, 5, 3), False),
        (date(2031, 5, 6), False),
    ],
)
def test_school_days(day, is_one):
    assert CALENDAR.is_school_day(day) is is_one


@given(moments)
def test_nobody_is_disturbed_outside_the_hours_and_the_next_moment_is_never_earlier(now):
    told = CALENDAR.next_disturbable(now)

    if told is not None:
        local = told.astimezone(LONDON)
        assert told >= now
        assert time(8) <= local.time() < time(18)
        assert CALENDAR.is_school_day(local.date())


@given(moments, st.integers(1, 60))
def test_school_hours_stand_still_on_days_without_school(now, hours):
    end = CALENDAR.after_school_hours(now, hours)

    if end is not None:
        assert end - now >= timedelta(hours=hours) - timedelta(hours=1)
        assert CALENDAR.is_school_day((end - timedelta(seconds=1)).astimezone(LONDON).date())
        later = CALENDAR.after_school_hours(now, hours + 1)
        assert later is None or later > end


def test_from_friday_afternoon_24_school_hours_end_on_monday_afternoon():
    friday = datetime(2026, 11, 20, 15, tzinfo=LONDON)

    assert CALENDAR.after_school_hours(friday, 24) == datetime(2026, 11, 23, 15, tzinfo=LONDON)


def test_the_reminder_before_a_holiday_monday_comes_on_the_last_school_day():
    after_half_term = datetime(2027, 2, 22, 10, tzinfo=LONDON)

    due = reminder_due_at(after_half_term, CALENDAR)

    assert due == datetime(2027, 2, 12, 15, 45, tzinfo=LONDON)


@pytest.mark.parametrize("day", [date(2026, 10, 23), date(2026, 11, 2), date(2027, 3, 25)])
def test_a_quarter_to_four_is_a_quarter_to_four_on_both_sides_of_a_clock_change(day):
    assert f"{CALENDAR.at(day, time(15, 45)):%H:%M}" == "15:45"


@given(moments, st.integers(1, 60))
def test_an_offer_never_outlasts_the_session_nor_begins_before_anybody_can_be_told(now, ahead):
    starts = now.astimezone(LONDON) + timedelta(days=ahead)
    session = Session(
        TRUST.sessions[0].id, "4", "Clinic", starts, starts + timedelta(hours=3), "B", 1
    )

    until = offer_until(session, CALENDAR, now)

    if until is not None:
        told = CALENDAR.next_disturbable(now)
        assert told < until <= starts


def test_a_year_survives_the_store():
    assert school_year_from(TRUST.year.as_data()) == TRUST.year
