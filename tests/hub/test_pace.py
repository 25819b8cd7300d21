"""Calls stay under a limit however many are owed, and what must wait is told how long."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.pace import Made, Pace
from tests.conftest import A_MONDAY

SECOND = timedelta(seconds=1)


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 9)), max_size=60).map(sorted),
    st.integers(1, 5),
)
def test_no_second_holds_more_calls_than_allowed(wishes, most):
    pace, made = Pace("calls", most, SECOND), []
    for hundredths, wanted in wishes:
        now = A_MONDAY + timedelta(milliseconds=10 * hundredths)
        if calls := min(wanted, pace.room(made, now).calls):
            made.append(Made(now, calls))

    for first in made:
        within = [each.calls for each in made if first.at <= each.at < first.at + SECOND]
        assert sum(within) <= most


@given(st.integers(1, 60), st.integers(1, 5))
def test_whoever_comes_back_when_told_needs_no_longer_than_the_limit_does(owed, most):
    pace, made, now = Pace("calls", most, SECOND), [], A_MONDAY
    while owed:
        room = pace.room(made, now)
        if calls := min(owed, room.calls):
            made.append(Made(now, calls))
            owed -= calls
        now += room.wait

    assert now == A_MONDAY + SECOND * ((sum(each.calls for each in made) - 1) // most)


def test_a_clock_that_was_set_back_keeps_nothing_waiting():
    pace = Pace("calls", 1, SECOND)

    assert pace.room([Made(A_MONDAY + timedelta(days=1), 1)], A_MONDAY).calls == 1
