"""What is due about requests, hour by hour: the time to come, the slipped promise, the follow-up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from hub.nudges import Rule
from hub.promises import USUAL_PROMISES
from hub.request_nudges import (
    due_choices,
    due_follow_ups,
    due_stalled,
    due_unrecorded,
    due_visit_reminders,
)
from hub.requests import Entry, State, Step, Visit, VisitKind, VisitState
from hub.rule_book import RuleBook, RuleChange
from hub.visit_times import calls_to_offer, free_calls
from tests.hub.test_requests import LEAD, MONDAY, SERVICES, TEACHER, a_request

BOOK = RuleBook()
STARTS = datetime(2026, 12, 10, 15, 30, tzinfo=UTC)
CALL = Visit(
    UUID(int=11),
    VisitKind.FOLLOW_UP,
    VisitState.ARRANGED,
    "teams",
    STARTS,
    STARTS + timedelta(minutes=30),
    host_id=LEAD.id,
)


def with_times(*visits, state=State.FOLLOW_UP_ARRANGED, arranged_at=MONDAY):
    entry = Entry(UUID(int=12), arranged_at, "x", TEACHER.id, Step.CHOOSE_CALL)
    return replace(a_request(state, entries=(entry,)), visits=visits)


@pytest.mark.parametrize(
    ("now", "change", "rules"),
    [
        (datetime(2026, 12, 9, 15, 44, tzinfo=UTC), {}, set()),
        (datetime(2026, 12, 9, 15, 45, tzinfo=UTC), {}, {Rule.VISIT_SOON}),
        (datetime(2026, 12, 10, 14, 30, tzinfo=UTC), {}, {Rule.VISIT_SOON, Rule.CALL_HOUR}),
        (datetime(2026, 12, 10, 14, 30, tzinfo=UTC), {"how": "in-person"}, {Rule.VISIT_SOON}),
        (STARTS, {}, set()),
        (datetime(2026, 12, 9, 16, 0, tzinfo=UTC), {"state": VisitState.DROPPED}, set()),
    ],
)
def test_a_time_to_come_is_remembered_by_both_sides(calendar, now, change, rules):
    due = due_visit_reminders([with_times(replace(CALL, **change))], BOOK, calendar, now)

    assert {each.rule for each in due} == rules
    assert {each.person_id for each in due} == ({TEACHER.id, LEAD.id} if rules else set())
    assert len({each.key for each in due}) == len(due)


def test_what_was_arranged_a_moment_ago_is_not_remembered_at_once(calendar):
    now = datetime(2026, 12, 9, 17, 0, tzinfo=UTC)
    request = with_times(CALL, arranged_at=now)

    assert due_visit_reminders([request], BOOK, calendar, now) == []


@pytest.mark.parametrize(
    ("state", "day", "is_due"),
    [
        (State.SUBMITTED, 25, False),
        (State.SUBMITTED, 26, True),
        (State.ACKNOWLEDGED, 26, False),
        (State.CLOSED, 26, False),
    ],
)
def test_a_slipped_promise_is_told_to_those_who_deal_with_it(calendar, state, day, is_due):
    now = datetime(2026, 11, day, 9, 0, tzinfo=UTC)
    request = a_request(state)
    known = SERVICES, USUAL_PROMISES, BOOK, calendar

    due = due_stalled([request], {request.id: {LEAD.id}}, *known, now)
    later = due_stalled([request], {request.id: {LEAD.id}}, *known, now + timedelta(hours=5))

    assert [each.person_id for each in due] == ([LEAD.id] if is_due else [])
    assert {each.key for each in due} == {each.key for each in later}


@pytest.mark.parametrize(
    ("days", "change", "is_due"),
    [
        (20, {}, False),
        (21, {}, True),
        (41, {}, True),
        (42, {}, False),
        (22, {"follow_up_wanted_at": STARTS}, False),
        (22, {"state": State.CLOSED}, False),
    ],
)
def test_a_follow_up_is_offered_some_weeks_after_the_visit(days, change, is_due):
    held = replace(CALL, state=VisitState.HELD)
    request = replace(with_times(held, state=State.VISITED), **change)
    now = STARTS + timedelta(days=days)
    off = RuleBook({Rule.FOLLOW_UP_DUE: RuleChange(is_on=False, days=21)})

    assert [each.person_id for each in due_follow_ups([request], BOOK, now)] == (
        [TEACHER.id] if is_due else []
    )
    assert due_follow_ups([request], off, now) == []


def test_calls_on_offer_are_after_school_on_days_of_their_own(calendar):
    offered = calls_to_offer(free_calls(calendar, "school-a", MONDAY, []))

    assert len({each.date() for each in offered}) == len(offered) == 4
    assert {f"{each:%H:%M}" for each in offered} == {"15:30"}
    assert all(calendar.is_school_day(each.date()) for each in offered)


OFFERED = Entry(UUID(int=13), MONDAY, "x", LEAD.id, Step.PROPOSE_TIMES)
OFFER = replace(CALL, kind=VisitKind.VISIT, state=VisitState.PROPOSED)


@pytest.mark.parametrize(
    ("now", "change", "is_due"),
    [
        # Monday 23 November and three school days.
        (datetime(2026, 11, 26, 15, 44, tzinfo=UTC), {}, False),
        (datetime(2026, 11, 26, 15, 45, tzinfo=UTC), {}, True),
        (datetime(2026, 11, 30, 9, 0, tzinfo=UTC), {}, True),
        (STARTS, {}, False),
        (datetime(2026, 11, 26, 15, 45, tzinfo=UTC), {"state": VisitState.DROPPED}, False),
        # Wednesday's time is brought up on Tuesday, and tomorrow's not at all.
        (
            datetime(2026, 11, 24, 15, 45, tzinfo=UTC),
            {"starts_at": datetime(2026, 11, 25, 15, 0, tzinfo=UTC)},
            True,
        ),
        (
            datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
            {"starts_at": datetime(2026, 11, 24, 15, 0, tzinfo=UTC)},
            False,
        ),
    ],
)
def test_times_that_nobody_chooses_are_brought_up_once(calendar, now, change, is_due):
    request = replace(
        a_request(State.ACKNOWLEDGED, entries=(OFFERED,)), visits=(replace(OFFER, **change),)
    )
    off = RuleBook({Rule.TIMES_WAITING: RuleChange(is_on=False, days=3)})
    later = RuleBook({Rule.TIMES_WAITING: RuleChange(is_on=True, days=5)})

    due = due_choices([request], BOOK, calendar, now)

    assert [(each.person_id, each.subject_id) for each in due] == (
        [(TEACHER.id, OFFERED.id)] if is_due else []
    )
    assert due_choices([request], off, calendar, now) == []
    if is_due and not change and now.day == 26:
        assert due_choices([request], later, calendar, now) == []
        assert {each.key for each in due} == {
            each.key for each in due_choices([request], BOOK, calendar, now + timedelta(days=1))
        }


@pytest.mark.parametrize(
    ("now", "change", "told"),
    [
        (datetime(2026, 12, 10, 17, 0, tzinfo=UTC), {}, []),
        (datetime(2026, 12, 11, 7, 59, tzinfo=UTC), {}, []),
        (datetime(2026, 12, 11, 8, 0, tzinfo=UTC), {}, [LEAD.id]),
        (datetime(2026, 12, 14, 8, 0, tzinfo=UTC), {}, [LEAD.id]),
        (datetime(2026, 12, 11, 8, 0, tzinfo=UTC), {"state": VisitState.HELD}, []),
        # Whoever was to come has nothing to do with it any more.
        (datetime(2026, 12, 11, 8, 0, tzinfo=UTC), {"host_id": UUID(int=99)}, [LEAD.id]),
    ],
)
def test_a_visit_that_is_over_and_not_recorded_is_brought_up_once(calendar, now, change, told):
    request = with_times(replace(CALL, **change))
    off = RuleBook({Rule.VISIT_UNRECORDED: RuleChange(is_on=False, days=1)})
    handlers = {request.id: [LEAD.id]}

    due = due_unrecorded([request], handlers, BOOK, calendar, now)

    assert [each.person_id for each in due] == told
    assert due_unrecorded([request], handlers, off, calendar, now) == []
