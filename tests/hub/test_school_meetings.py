"""The rules of tier 5: who may arrange it, whom it needs, what is kept, when to ask again."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given

from hub.booking import Booking, BookingState, Session, may_book, may_give_up, may_see
from hub.nudges import Rule, no_longer_wanted
from hub.people import Person, Role, School
from hub.refusals import Reason
from hub.rule_book import RuleBook
from hub.school_meetings import (
    MOST_STEPS,
    NextStep,
    OpenSteps,
    Party,
    check_in_at,
    due_check_ins,
    fingerprint,
    is_led_by,
    may_arrange,
    may_keep,
    may_meet,
    steps_in,
)
from tests.conftest import LONDON
from tests.hub.test_school_year import CALENDAR, moments

SCHOOL_B, SCHOOL_C, PARTNER = (
    School("school-b", "School B"),
    School("school-c", "School C"),
    School("school-h", "School H", is_partner=True),
)
MET_AT = datetime(2026, 12, 3, 9, tzinfo=LONDON)


SIX_WEEKS = timedelta(weeks=6)


def person(*roles, school=SCHOOL_B, name="Somebody"):
    return Person(uuid4(), "t", "o", name, frozenset(roles), school)


def meeting(**changes):
    fields = {"tier": "5", "title": "School meeting: School B", "venue": "School B", "capacity": 3}
    fields |= {"starts_at": MET_AT, "ends_at": MET_AT + timedelta(hours=3), "school_id": "school-b"}
    return Session(uuid4(), **fields | changes)


@pytest.mark.parametrize(
    ("who", "school", "reason"),
    [
        (person(Role.SENCO), SCHOOL_B, None),
        (person(Role.HEADTEACHER), SCHOOL_B, None),
        (person(Role.HEADTEACHER, Role.SENCO), SCHOOL_B, None),
        (person(Role.LEAD, school=None), SCHOOL_C, None),
        (person(Role.LEAD, school=None), PARTNER, Reason.AUDIENCE),
        (person(Role.LEAD, school=None), None, Reason.GONE),
        (person(Role.SENCO), SCHOOL_C, Reason.GONE),
        (person(Role.SENCO), None, Reason.GONE),
        (person(Role.SENCO, school=None), None, Reason.SCHOOL_UNKNOWN),
        (person(Role.CLASS_TEACHER), SCHOOL_B, Reason.AUDIENCE),
        (person(Role.SENIOR_LEADER), SCHOOL_B, Reason.AUDIENCE),
        (person(), SCHOOL_B, Reason.AUDIENCE),
        (person(Role.SENCO, school=PARTNER), PARTNER, Reason.AUDIENCE),
    ],
)
def test_who_may_arrange_a_schools_meeting(who, school, reason):
    refusal = may_arrange(who, school)

    assert (refusal.reason if refusal else None) == reason
    assert refusal is None or refusal.say.endswith(".")


def test_both_and_a_lead_are_needed_and_one_person_may_be_both():
    senco, head, lead = person(Role.SENCO), person(Role.HEADTEACHER), person(Role.LEAD)
    both = person(Role.SENCO, Role.HEADTEACHER)

    assert may_meet(Party(SCHOOL_B, (senco, head), lead)) is None
    assert may_meet(Party(SCHOOL_B, (both,), lead)) is None
    assert "the headteacher of School B" in may_meet(Party(SCHOOL_B, (senco,), lead)).say
    assert "the SENCo or the headteacher" in may_meet(Party(SCHOOL_B, (), lead)).say
    assert may_meet(Party(SCHOOL_B, (senco, head), None)).reason is Reason.SOMEBODY_MISSING
    assert Party(SCHOOL_B, (lead, head), lead).people == (lead, head)


def test_a_schools_own_meeting_is_on_no_programme_and_nobody_books_or_leaves_it_alone():
    now, senco = MET_AT - timedelta(days=9), person(Role.SENCO)
    place = Booking(uuid4(), senco.id, meeting(), BookingState.CONFIRMED)

    assert may_book(senco, meeting(), now).reason is Reason.AUDIENCE
    assert not may_see(senco, meeting(), now)
    assert "move our school meeting" in may_give_up(place, now).say


@pytest.mark.parametrize(
    ("leads", "is_led"),
    [
        (("Trust SEND Lead and team",), True),
        (("Jo Example",), True),
        (("Trust Maths Lead",), False),
        ((), False),
    ],
)
def test_a_lead_is_busy_with_what_they_lead(leads, is_led):
    assert is_led_by(meeting(leads=leads), person(Role.LEAD, name="Jo Example")) is is_led


def test_steps_are_lines_without_bullets_blanks_and_repeats():
    said = "- Visual timetables in every class \n\n•  Visual timetables  in every class\n TA training\n"

    assert steps_in(said) == ["Visual timetables in every class", "TA training"]
    assert may_keep(steps_in(said)) is None
    assert may_keep(["x" * 301]).reason is Reason.TOO_MUCH
    assert may_keep([str(at) for at in range(MOST_STEPS + 1)]).reason is Reason.TOO_MUCH


def test_a_form_tells_when_the_steps_are_not_those_it_was_made_from():
    one, other = NextStep(uuid4(), "one"), NextStep(uuid4(), "other")

    assert fingerprint([one]) == fingerprint([NextStep(uuid4(), "one", is_done=True)])
    assert len({fingerprint([]), fingerprint([one]), fingerprint([one, other])}) == 3


def steps_of(met_at, written_at):
    return OpenSteps(uuid4(), uuid4(), met_at, written_at)


def test_the_check_in_comes_six_weeks_later_on_a_school_day_at_a_quarter_to_four():
    # Six weeks after Thursday 3 December is Thursday 14 January.
    assert check_in_at(MET_AT, SIX_WEEKS, CALENDAR) == datetime(2027, 1, 14, 15, 45, tzinfo=LONDON)
    # Six weeks after 12 November falls into the Christmas holidays.
    before_christmas = datetime(2026, 11, 12, 9, tzinfo=LONDON)
    assert check_in_at(before_christmas, SIX_WEEKS, CALENDAR) == datetime(
        2027, 1, 4, 15, 45, tzinfo=LONDON
    )


@given(moments, moments, moments)
def test_a_check_in_is_owed_once_and_never_before_six_weeks(met_at, written_at, now):
    found = steps_of(met_at, max(met_at, written_at))

    due = due_check_ins([found], RuleBook(), CALENDAR, now)

    assert due == due_check_ins([found], RuleBook(), CALENDAR, now)
    for nudge in due:
        assert nudge.due_at <= now
        assert nudge.key == f"next-steps:{found.booking_id}"
        assert nudge.due_at.astimezone(LONDON).time().isoformat() == "15:45:00"
        assert CALENDAR.is_school_day(nudge.due_at.date())
        assert (nudge.due_at.date() - met_at.date()).days >= 41
        assert nudge.due_at >= found.first_written_at


def test_a_check_in_looks_back_and_the_news_of_a_meeting_does_not():
    senco = person(Role.SENCO)
    later = MET_AT + timedelta(weeks=6)
    place = Booking(uuid4(), senco.id, meeting(), BookingState.CONFIRMED)

    assert no_longer_wanted(Rule.NEXT_STEPS, place, later) is None
    assert no_longer_wanted(Rule.MEETING_HELD, place, later) is not None
    assert no_longer_wanted(Rule.MEETING_HELD, place, datetime(2026, 11, 30, tzinfo=UTC)) is None
