"""Clocks go forward and back on a Sunday; the school day on either side of it stays as it was.

Half-terms here run across both Sundays, as they do in many schools.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.booking import Booking, BookingState, Session, offer_until
from hub.nudges import Rule
from hub.reminders import due_reminders, reminder_due_at
from hub.rule_book import RuleBook
from hub.school_year import HalfTerm, SchoolCalendar
from tests.conftest import LONDON
from tests.hub.test_school_year import TRUST

#: The last Sundays of October and March.
BACK, FORWARD = date(2026, 10, 25), date(2027, 3, 28)
ACROSS = SchoolCalendar.of(
    [
        replace(
            TRUST.year,
            half_terms=(
                HalfTerm("Autumn 1", date(2026, 9, 1), date(2026, 11, 6)),
                HalfTerm("Autumn 2", date(2026, 11, 16), date(2026, 12, 18)),
                HalfTerm("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
                HalfTerm("Spring 2", date(2027, 2, 22), date(2027, 4, 9)),
                HalfTerm("Summer 1", date(2027, 4, 26), date(2027, 5, 28)),
                HalfTerm("Summer 2", date(2027, 6, 7), date(2027, 7, 21)),
            ),
            bank_holidays=frozenset(),
        )
    ],
    LONDON,
)
both_changes = pytest.mark.parametrize("sunday", [BACK, FORWARD], ids=["back", "forward"])
sundays = st.sampled_from([BACK, FORWARD])
minutes = st.integers(-6 * 24 * 60, 6 * 24 * 60)


BOOK = RuleBook()


def soon(due):
    return [each for each in due if each.rule is Rule.SESSION_SOON]


def london(day, clock_time):
    return datetime.combine(day, clock_time, LONDON)


def on(sunday, days, clock_time):
    return london(sunday + timedelta(days=days), clock_time)


def around(sunday, minutes):
    """A moment some minutes of real time from the Sunday's noon."""
    return (on(sunday, 0, time(12)).astimezone(UTC) + timedelta(minutes=minutes)).astimezone(LONDON)


def booked_on(starts_at):
    session = Session(
        uuid4(), "4", "Clinic", starts_at, starts_at + timedelta(hours=3), "School B", 12
    )
    since = starts_at - timedelta(days=20)
    return Booking(uuid4(), uuid4(), session, BookingState.CONFIRMED, since=since)


def test_the_clocks_do_change_where_these_rules_say_so():
    for sunday, hours in ((BACK, 25), (FORWARD, 23)):
        day = on(sunday, 1, time(0)).astimezone(UTC) - on(sunday, 0, time(0)).astimezone(UTC)
        assert day == timedelta(hours=hours)


@both_changes
def test_24_school_hours_from_friday_at_three_end_on_monday_at_three(sunday):
    end = ACROSS.after_school_hours(on(sunday, -2, time(15)), 24)

    assert end == on(sunday, 1, time(15))
    assert f"{end:%a %H:%M}" == "Mon 15:00"


@both_changes
def test_a_place_that_frees_up_on_saturday_is_offered_from_monday_at_eight(sunday):
    now, starts = on(sunday, -1, time(21)), on(sunday, 5, time(10))
    clinic = booked_on(starts).session

    assert ACROSS.next_disturbable(now) == on(sunday, 1, time(8))
    assert offer_until(clinic, ACROSS, now) == on(sunday, 2, time(8))


@both_changes
def test_a_monday_session_is_reminded_of_on_friday_at_a_quarter_to_four(sunday):
    own = booked_on(on(sunday, 1, time(10)))
    due_at = on(sunday, -2, time(15, 45))

    assert reminder_due_at(own.session.starts_at, ACROSS) == due_at
    before = soon(due_reminders([own], BOOK, ACROSS, due_at - timedelta(minutes=1)))
    at_last = soon(due_reminders([own], BOOK, ACROSS, due_at.astimezone(UTC)))
    assert (len(before), [each.due_at for each in at_last]) == (0, [due_at])


@both_changes
def test_a_tuesday_session_is_reminded_of_on_monday_by_the_new_clock(sunday):
    due_at = reminder_due_at(on(sunday, 2, time(14)), ACROSS)

    hour = 15 if sunday == BACK else 14
    assert due_at.astimezone(UTC) == datetime.combine(
        sunday + timedelta(days=1), time(hour, 45), UTC
    )


@both_changes
def test_nobody_is_disturbed_at_seven_because_it_was_eight_last_week(sunday):
    for days in (-2, 1):
        assert not ACROSS.may_disturb(on(sunday, days, time(7, 59)).astimezone(UTC))
        assert ACROSS.may_disturb(on(sunday, days, time(8)).astimezone(UTC))
        assert ACROSS.may_disturb(on(sunday, days, time(17, 59)).astimezone(UTC))
        assert not ACROSS.may_disturb(on(sunday, days, time(18)).astimezone(UTC))


@given(sundays, minutes, st.integers(1, 72))
def test_school_hours_are_those_of_the_clock_on_the_wall(sunday, off, hours):
    start = around(sunday, off)

    end = ACROSS.after_school_hours(start, hours)

    assert end is not None
    days = [
        start.date() + timedelta(days=each)
        for each in range((end.date() - start.date()).days + 1)
        if ACROSS.is_school_day(start.date() + timedelta(days=each))
    ]
    passed = timedelta()
    for day in days:
        midnight = datetime.combine(day, time(0))
        first = max(start.replace(tzinfo=None), midnight)
        last = min(end.replace(tzinfo=None), midnight + timedelta(days=1))
        passed += max(last - first, timedelta())
    assert passed == timedelta(hours=hours)


@given(sundays, minutes, st.integers(60, 9 * 24 * 60))
def test_an_offer_is_made_in_the_day_and_ends_before_the_session(sunday, off, ahead):
    now = around(sunday, off)
    starts = (now.astimezone(UTC) + timedelta(minutes=ahead)).astimezone(LONDON)

    until = offer_until(booked_on(starts).session, ACROSS, now)

    told = ACROSS.next_disturbable(now)
    if until is None:
        assert told >= starts
    else:
        assert time(8) <= told.astimezone(LONDON).time() < time(18)
        assert told.astimezone(UTC) < until.astimezone(UTC) <= starts.astimezone(UTC)


@given(sundays, minutes)
def test_a_reminder_is_due_once_at_the_same_time_of_day_whatever_the_clock_did(sunday, off):
    own = booked_on(around(sunday, off))

    due_at = reminder_due_at(own.session.starts_at, ACROSS)

    assert f"{due_at:%H:%M}" == "15:45"
    assert due_at.date() < own.session.starts_at.date()
    (first,) = soon(due_reminders([own], BOOK, ACROSS, due_at))
    (again,) = soon(due_reminders([own], BOOK, ACROSS, due_at + timedelta(minutes=1)))
    assert first.key == again.key
