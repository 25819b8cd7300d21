"""What to read before a session: for whoever has a place, in good time, and only where there is a page."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.booking import Booking, BookingState
from hub.nudges import Rule
from hub.reading import due_reading, no_toolkit
from hub.rule_book import RuleBook, RuleChange
from tests.conftest import LONDON
from tests.hub.test_rules import STARTS, session
from tests.hub.test_school_year import CALENDAR

#: STARTS is a Thursday; three days before it is a Monday.
DUE = datetime(2026, 11, 30, 15, 45, tzinfo=LONDON)
A_PAGE = object()


def place(state=BookingState.CONFIRMED, since=STARTS - timedelta(days=20), **changes):
    return Booking(uuid4(), uuid4(), session(**changes), state, since=since)


def a_page(of):
    return A_PAGE if "sensory" in of.title else None


def due(*places, at=DUE, book=None):
    return due_reading(places, a_page, book or RuleBook(), CALENDAR, at)


@given(st.sampled_from(BookingState), st.integers(-40 * 24, 48), st.integers(-40 * 24, 0))
def test_only_whoever_has_a_place_hears_and_on_that_day_alone(state, hours, booked):
    own = place(state, STARTS + timedelta(hours=booked), title="Clinic: sensory needs")
    at = STARTS + timedelta(hours=hours)

    found = due(own, at=at)

    is_time = DUE <= at < DUE + timedelta(days=1)
    expected = state is BookingState.CONFIRMED and is_time and own.since <= DUE
    assert bool(found) == expected
    assert found == due(own, at=at)


def test_nothing_is_said_of_a_session_without_a_page_nor_with_the_rule_off():
    on_it = place(title="Clinic: sensory needs")

    assert due(place(title="SENCo meeting")) == []
    assert due_reading([on_it], no_toolkit, RuleBook(), CALENDAR, DUE) == []
    assert due(on_it, book=RuleBook({Rule.READ_AHEAD: RuleChange(is_on=False, days=3)})) == []


@pytest.mark.parametrize(("days", "day"), [(3, 30), (2, 1), (8, 25)])
def test_a_lead_sets_how_many_days_before(days, day):
    book = RuleBook({Rule.READ_AHEAD: RuleChange(is_on=True, days=days)})
    moments = [STARTS - timedelta(hours=hours) for hours in range(24 * 20)]

    own = place(title="Clinic: sensory needs")
    found = {nudge.due_at.day for at in moments for nudge in due(own, at=at, book=book)}

    assert found == {day}


def test_the_strands_of_an_inset_day_are_one_thing_to_read_for():
    morning = place(title="INSET: sensory needs (morning)", tier="3")
    afternoon = replace(
        place(title="INSET: sensory needs (afternoon)", tier="3"), person_id=morning.person_id
    )
    without = replace(place(title="INSET: AAC", tier="3"), person_id=morning.person_id)

    assert len(due(morning, afternoon, without)) == 1
