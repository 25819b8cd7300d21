"""Outside their working hours people are not free, by the clock on their wall."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from hub.half_days import Half, free_half_days, half_day_on, hours_of
from hub.school_year import SchoolCalendar
from hub.working_hours import WorkingHours
from tests.conftest import LONDON

MONDAY = date(2026, 11, 23)
WEEK = {Half.MORNING, Half.AFTERNOON}


def hours(days=range(5), starts=8, ends=17):
    return WorkingHours(frozenset(days), time(starts), time(ends), LONDON)


def free(worked, monday=MONDAY):
    """The half-days of one week, weekend too, that these hours leave free."""
    calendar = SchoolCalendar.of([], LONDON)
    days = [monday + timedelta(days=at) for at in range(7)]
    every = [half_day_on(day, half, calendar, hours_of(None)) for day in days for half in Half]
    span = every[0].starts_at, every[-1].ends_at
    found = free_half_days(every, list(worked.off(*span)))
    return [f"{each.on:%a} {each.half}" for each in found]


@pytest.mark.parametrize(
    "monday", [MONDAY, date(2026, 10, 19), date(2026, 10, 26), date(2027, 3, 22)]
)
@pytest.mark.parametrize(
    ("worked", "expected"),
    [
        (
            hours(),
            [f"{day} {half}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri") for half in Half],
        ),
        (hours((0, 1)), ["Mon morning", "Mon afternoon", "Tue morning", "Tue afternoon"]),
        (hours((2,), 8, 13), ["Wed morning"]),
        (hours((3,), 12, 17), ["Thu afternoon"]),
        (hours((4,), 9, 16), ["Fri morning", "Fri afternoon"]),
        (hours((4,), 10, 15), []),
        (hours(()), []),
        (hours((0,), 17, 8), []),
    ],
    ids=["full time", "two days", "a morning", "an afternoon", "just", "too short", "none", "odd"],
)
def test_only_half_days_inside_working_hours_are_free(worked, expected, monday):
    assert free(worked, monday) == expected


def test_hours_are_those_of_the_wall_clock_on_both_sides_of_a_change():
    friday, monday = datetime(2027, 3, 26, tzinfo=LONDON), datetime(2027, 3, 30, tzinfo=LONDON)

    off = list(hours((0, 4)).off(friday, monday))

    edges = [(each.starts_at, each.ends_at) for each in off]
    assert edges == [
        (datetime(2027, 3, 26, 0, tzinfo=UTC), datetime(2027, 3, 26, 8, tzinfo=UTC)),
        (datetime(2027, 3, 26, 17, tzinfo=UTC), datetime(2027, 3, 29, 7, tzinfo=UTC)),
        (datetime(2027, 3, 29, 16, tzinfo=UTC), datetime(2027, 3, 29, 23, tzinfo=UTC)),
    ]
