"""Calls stay under a limit however many are owed, and those that wait come back spread out."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.nudges.pace import Pace
from tests.conftest import A_MONDAY

SECOND = timedelta(seconds=1)


@given(
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from("ab")), max_size=60).map(sorted),
    st.integers(1, 5),
)
def test_no_second_holds_more_calls_to_one_thing_than_allowed(calls, most):
    pace, made = Pace(most, SECOND), []
    for hundredths, thing in calls:
        now = A_MONDAY + timedelta(milliseconds=10 * hundredths)
        if not pace.wait(now, thing):
            made.append((now, thing))

    for at, thing in made:
        within = [each for each in made if each[1] == thing and at <= each[0] < at + SECOND]
        assert len(within) <= most


@given(st.integers(0, 60), st.integers(1, 5))
def test_of_many_at_once_each_comes_back_at_a_time_with_room_for_it(owed, most):
    pace = Pace(most, SECOND)

    waits = [pace.wait(A_MONDAY) for _ in range(owed)]

    assert waits == [SECOND * (number // most) for number in range(owed)]
