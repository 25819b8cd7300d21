"""Who may book, what is due, when to try again: pure rules, by tables and by random cases."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.loading.content import load_offer
from hub.booking import Booking, BookingState, Session, SessionState, may_book
from hub.nudges import Rule, no_longer_wanted
from hub.outbox import LONGEST_RETRY, next_try
from hub.people import Person, Role, School
from hub.refusals import Reason
from hub.reminders import due_reminders
from hub.rule_book import RuleBook
from hub.spoken import counted, ordinal, relative_day, spoken_day
from tests.conftest import LONDON
from tests.hub.test_school_year import CALENDAR

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=LONDON)
STARTS = datetime(2026, 12, 3, 10, tzinfo=LONDON)


def person(*roles, partner=False):
    return Person(uuid4(), "t", "o", "Somebody", frozenset(roles), School("s", "S", partner))


def session(**changes):
    fields = {
        "id": uuid4(),
        "tier": "1",
        "title": "SENCo meeting",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=2),
        "venue": "School B",
        "capacity": 12,
    }
    return Session(**fields | changes)


@pytest.mark.parametrize(
    ("who", "what", "reason"),
    [
        (person(Role.SENCO), session(audience=frozenset({Role.SENCO})), None),
        (person(Role.CLASS_TEACHER), session(), None),
        (person(), session(audience=frozenset({Role.SENCO})), Reason.AUDIENCE),
        (person(), session(starts_at=NOW), Reason.STARTED),
        (person(), session(state=SessionState.CANCELLED), Reason.CANCELLED),
        (person(partner=True), session(), Reason.NOT_RELEASED),
        (
            person(partner=True),
            session(released_to_partners_at=NOW + timedelta(seconds=1)),
            Reason.NOT_RELEASED,
        ),
        (person(partner=True), session(released_to_partners_at=NOW), None),
    ],
)
def test_who_may_book(who, what, reason):
    refusal = may_book(who, what, NOW)

    assert (refusal.reason if refusal else None) == reason
    assert refusal is None or refusal.say.endswith(".")


def test_the_offer_holds_every_tier_as_it_was_written():
    offer = load_offer(None)

    told = {
        tier.key: (tier.cadence.least, tier.cadence.most, tier.cadence.per) for tier in offer.tiers
    }
    assert told == {
        "1": (3, 3, "year"),
        "2a": (3, 6, "year"),
        "2b": (3, 6, "year"),
        "2c": (3, 6, "year"),
        "3": (3, 3, "year"),
        "4": (0, 1, "half-term"),
        "5": (1, 1, "year"),
        "6": (0, None, "need"),
    }
    assert offer.tier("2b").audience == {Role.SENCO, Role.MATHS_LEAD}
    assert [f"{each:%H:%M}" for each in offer.tier("4").hours] == ["10:00", "13:00"]
    assert [f"{each:%H:%M}" for each in offer.tier("1").hours] == ["14:00", "16:00"]


states = st.sampled_from(list(BookingState))
minutes = st.integers(-20 * 24 * 60, 20 * 24 * 60)


@given(states, minutes, minutes)
def test_a_reminder_is_owed_once_in_school_hours_and_only_for_a_place(state, from_start, booked):
    now = STARTS + timedelta(minutes=from_start)
    own = Booking(uuid4(), uuid4(), session(), state, since=STARTS + timedelta(minutes=booked))

    due = due_reminders([own], RuleBook(), CALENDAR, now)

    assert due == due_reminders([own], RuleBook(), CALENDAR, now)
    assert len(due) <= 1
    for nudge in due:
        assert state is BookingState.CONFIRMED
        days = {Rule.SESSION_SOON: 2, Rule.SESSION_WEEK: 26}
        assert (nudge.due_at.day, f"{nudge.due_at:%H:%M}") == (days[nudge.rule], "15:45")
        assert own.since <= nudge.due_at <= now < STARTS


@given(states, minutes)
def test_nothing_is_said_about_a_session_that_has_begun_or_is_off(state, from_start):
    now = STARTS + timedelta(minutes=from_start)
    for rule in (Rule.SESSION_SOON, Rule.PLACE_OFFERED, Rule.SESSION_MOVED):
        for what in (session(), session(state=SessionState.CANCELLED)):
            own = Booking(uuid4(), uuid4(), what, state)
            wanted = no_longer_wanted(rule, own, now) is None
            assert not wanted or (now < STARTS and what.state is SessionState.SCHEDULED)


@given(st.integers(0, 500), st.integers(0, 7200), st.floats(0, 1, exclude_max=True))
def test_a_retry_waits_as_long_as_asked_and_never_for_ever(attempts, asked, chance):
    now = datetime(2026, 11, 23, tzinfo=UTC)

    wait = next_try(now, attempts, timedelta(seconds=asked), chance) - now

    assert wait >= timedelta(seconds=asked)
    assert timedelta(0) < wait <= max(LONGEST_RETRY, timedelta(seconds=asked))


def test_words_for_days_and_numbers():
    assert spoken_day(date(2026, 12, 3)) == "Thursday 3 December 2026"
    assert relative_day(date(2026, 12, 3), date(2026, 12, 2)) == "tomorrow"
    assert [ordinal(each) for each in (1, 2, 3, 4, 11, 12, 21, 112)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "112th")
    ]
    assert [counted(each, "place") for each in (0, 1, 2)] == ["no places", "1 place", "2 places"]
