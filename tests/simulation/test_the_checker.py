"""The checker of promises sees each way in which one can be broken, and nothing where none is."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.simulation.watch import KINDS, Event, Leads, OffTime, Wishes, broken_promises
from hub.manners import CAN_BE_STOPPED
from hub.nudge_rules import ALL_TERMS, Family
from hub.nudges import Rule
from tests.conftest import LONDON

WEDNESDAY = datetime(2026, 11, 25, 15, 45, tzinfo=UTC)
A_DAY = timedelta(days=1)
NIGHT = WEDNESDAY.replace(hour=22)


def event(at=WEDNESDAY, rule=Rule.TIER_2A_OPEN, subject="s", **more):
    return Event(at, "staff-1", rule, subject, "chat", more.get("session"), more.get("starts_at"))


def seen_in(events, trust, wishes=None, leads=None):
    told = {"staff-1": wishes or Wishes()}
    return broken_promises(events, trust.year, LONDON, told, leads or Leads())


@pytest.mark.parametrize(
    ("events", "seen"),
    [
        ([event()], ""),
        ([event(WEDNESDAY.replace(hour=7))], "outside 08:00 to 18:00"),
        ([event(WEDNESDAY.replace(hour=18))], "outside 08:00 to 18:00"),
        ([event(datetime(2026, 11, 28, 12, tzinfo=UTC))], "no school day"),
        ([event(datetime(2026, 10, 28, 12, tzinfo=UTC))], "no school day"),
        ([event(), event()], "2 times for one thing"),
        ([event(subject=str(at)) for at in range(3)], "3 nudges on"),
        (
            [event(WEDNESDAY.replace(day=23 + at // 2), subject=str(at)) for at in range(6)],
            "6 nudges in the week",
        ),
        # A request's replies: any number, each once, within the hours.
        ([event(rule=Rule.REQUEST_UPDATE, subject=str(at)) for at in range(9)], ""),
        ([event(rule=Rule.REQUEST_UPDATE)] * 2, "2 times for one thing"),
        ([event(NIGHT, Rule.REQUEST_UPDATE)], "outside 08:00 to 18:00"),
        ([event(rule=Rule.REQUEST_NEW)] * 2, ""),
        ([event(rule=Rule.REQUEST_NEW)] * 3, "3 times for one thing"),
        ([event(rule=Rule.VISIT_SOON, subject=str(at)) for at in range(3)], "3 nudges on"),
        ([event(rule=Rule.TIMES_WAITING)] * 2, "2 times for one thing"),
        ([event(rule=Rule.PLACE_OFFERED)] * 2, "2 times on 2026-11-25"),
        # An hour before, to the minute, and never after the start.
        ([event(NIGHT, Rule.CALL_HOUR, starts_at=NIGHT + timedelta(hours=1))], ""),
        ([event(NIGHT, Rule.CALL_HOUR, starts_at=NIGHT)], "not in the hour before"),
        ([event(NIGHT, Rule.CALL_HOUR, starts_at=NIGHT + 2 * A_DAY)], "not in the hour before"),
    ],
)
def test_hours_caps_and_repeats_are_seen(trust, events, seen):
    found = seen_in(events, trust)

    assert any(seen in each for each in found) if seen else found == []


@pytest.mark.parametrize(
    ("wishes", "rule", "seen"),
    [
        (Wishes(stopped_at=WEDNESDAY - A_DAY), Rule.TIER_2A_OPEN, "after opting out"),
        (Wishes(stopped_at=WEDNESDAY - A_DAY), Rule.REQUEST_UPDATE, ""),
        (Wishes(days_off=frozenset({2})), Rule.VISIT_SOON, "on a day off"),
        (Wishes(days_off=frozenset({2})), Rule.REQUEST_UPDATE, ""),
        (Wishes(stopped={Family.NEWS: WEDNESDAY - A_DAY}), Rule.ANNOUNCEMENT, "after stopping"),
        (Wishes(stopped={Family.NEWS: WEDNESDAY + A_DAY}), Rule.ANNOUNCEMENT, ""),
        (Wishes(quiet=((WEDNESDAY - A_DAY, WEDNESDAY + A_DAY),)), Rule.FEEDBACK, "quiet"),
        (Wishes(quiet=((WEDNESDAY - A_DAY, WEDNESDAY + A_DAY),)), Rule.SESSION_SOON, ""),
        (Wishes(left_at=WEDNESDAY - A_DAY), Rule.REQUEST_UPDATE, "after leaving the trust"),
        (Wishes(), Rule.PRESSED_IN_PUBLIC, "1 answers to 0 presses"),
        (Wishes(presses=1), Rule.PRESSED_IN_PUBLIC, ""),
    ],
)
def test_what_somebody_asked_for_is_held(trust, wishes, rule, seen):
    found = seen_in([event(rule=rule)], trust, wishes)

    assert any(seen in each for each in found) if seen else found == []


@pytest.mark.parametrize(
    ("leads", "rule", "seen"),
    [
        (Leads(), Rule.SESSION_MOVED, "did not change so often"),
        (Leads(changes={(Rule.SESSION_MOVED, "clinic"): 1}), Rule.SESSION_MOVED, ""),
        (Leads((OffTime(Rule.FEEDBACK, WEDNESDAY - A_DAY, None),)), Rule.FEEDBACK, "turned off"),
        (Leads((OffTime(Rule.FEEDBACK, WEDNESDAY - A_DAY, WEDNESDAY),)), Rule.FEEDBACK, ""),
    ],
)
def test_what_leads_did_is_held(trust, leads, rule, seen):
    found = seen_in([event(rule=rule, session="clinic")], trust, leads=leads)

    assert any(seen in each for each in found) if seen else found == []


def test_the_checker_knows_every_rule_of_the_kinds_that_can_be_stopped():
    for family in CAN_BE_STOPPED - {Family.REMINDERS, Family.HUB}:
        assert KINDS[family] == {each.rule for each in ALL_TERMS if each.family is family}
