"""What is due about requests, hour by hour: the time to come, the slipped promise, the follow-up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from hub.nudges import Rule
from hub.promises import USUAL_PROMISES
from hub.request_nudges import due_follow_ups, due_stalled, due_visit_reminders
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
