"""Gaps against the offer: told to whoever can close them, while they can be closed, once."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest

from hub.booking import BookingState
from hub.gaps import YearFacts, due_gaps
from hub.nudges import Rule
from hub.people import Person, Role, School
from hub.rule_book import RuleBook, RuleChange
from tests.conftest import LONDON
from tests.hub.test_guard_rails import CALENDAR, OFFER, session

BOOK = RuleBook()
YEAR = CALENDAR.years[0]
A, B, PARTNER = School("a", "School A"), School("b", "School B"), School("p", "Partner", True)
SEPTEMBER, NOVEMBER, DECEMBER = (
    session("1", day, 14, 2) for day in (date(2026, 9, 23), date(2026, 11, 11), date(2026, 12, 9))
)


def person(*roles, school=A):
    return Person(uuid4(), "t", "o", "Somebody", frozenset(roles), school)


SENCO, HEAD, MATHS = person(Role.SENCO), person(Role.HEADTEACHER), person(Role.MATHS_LEAD)
LEAD = person(Role.LEAD, school=None)
OTHER_SENCO = person(Role.SENCO, school=B)


def at(day, hour=15, minute=45):
    return datetime.combine(day, time(hour, minute), LONDON)


def told(sessions, now, states=None, people=(SENCO, HEAD, MATHS, LEAD), book=BOOK, inset=()):
    facts = YearFacts(
        year=YEAR,
        sessions=tuple(sessions),
        schools=(A, B, PARTNER),
        people=tuple(people),
        states={(who.id, what.id): state for (who, what), state in (states or {}).items()},
        inset_places=frozenset(inset),
    )
    due = due_gaps(facts, OFFER, book, CALENDAR, now)
    assert due == due_gaps(facts, OFFER, book, CALENDAR, now)
    assert len({each.key for each in due}) == len(due)
    return {(each.rule, each.person_id) for each in due}


def kinds(found, who):
    return {rule for rule, person_id in found if person_id == who.id}


def test_a_senco_without_a_place_hears_two_weeks_before_the_meeting_and_not_earlier():
    early = told([DECEMBER], at(date(2026, 11, 24)))
    due = told([DECEMBER], at(date(2026, 11, 25)))

    assert Rule.TIER_1_OPEN not in kinds(early, SENCO)
    assert kinds(due, SENCO) == {Rule.TIER_1_OPEN}
    assert not kinds(due, HEAD)


@pytest.mark.parametrize("state", list(BookingState))
def test_whoever_booked_waits_or_said_no_hears_nothing_of_it(state):
    due = told([DECEMBER], at(date(2026, 11, 30)), {(SENCO, DECEMBER): state})

    assert Rule.TIER_1_OPEN not in kinds(due, SENCO)


def test_a_missed_meeting_is_followed_by_the_next_one():
    missed = {(SENCO, NOVEMBER): BookingState.MISSED}

    due = told([NOVEMBER, DECEMBER], at(date(2026, 11, 12)), missed)

    assert kinds(due, SENCO) == {Rule.TIER_1_MISSED}
    later = told([NOVEMBER, DECEMBER], at(date(2026, 11, 26)), missed)
    assert kinds(later, SENCO) == {Rule.TIER_1_OPEN}


def test_no_senco_training_this_term_is_told_three_weeks_into_it():
    training = session("2a", date(2026, 12, 2))

    assert not kinds(told([training], at(date(2026, 9, 21))), SENCO)
    assert kinds(told([training], at(date(2026, 9, 24))), SENCO) == {Rule.TIER_2A_OPEN}
    booked = {(SENCO, training): BookingState.CONFIRMED}
    assert not kinds(told([training], at(date(2026, 11, 24)), booked), SENCO)


def test_a_senco_on_the_working_party_hears_that_the_maths_lead_is_not():
    joint = session("2b", date(2026, 12, 8))
    alone = {(SENCO, joint): BookingState.CONFIRMED}
    both = alone | {(MATHS, joint): BookingState.CONFIRMED}
    now = at(date(2026, 11, 24))

    assert kinds(told([joint], now, alone), SENCO) == {Rule.MATHS_LEAD_MISSING}
    assert not kinds(told([joint], now, both), SENCO)
    assert not kinds(told([joint], now), SENCO)


def test_a_school_with_nobody_on_the_next_inset_day_hears_it_through_senco_and_head():
    day = date(2027, 1, 4)
    strands = [session("3", day, 9, 2, strand=each) for each in ("AAC", "Adaptive")]
    now = at(date(2026, 12, 15))

    due = told(strands, now)

    assert Rule.INSET_NOBODY in kinds(due, SENCO) & kinds(due, HEAD)
    assert not kinds(due, MATHS)
    sent = told(strands, now, inset=[(day, "a")])
    assert not kinds(sent, SENCO)


def test_a_school_meeting_not_arranged_by_the_end_of_spring_1_is_told_after_the_break():
    spring_1 = YEAR.half_terms[2]
    before, after = at(spring_1.ends_on), at(YEAR.half_terms[3].starts_on)
    arranged = session("5", date(2027, 5, 12), venue="School A", school_id="a")

    assert not kinds(told([], before), HEAD)
    assert Rule.SCHOOL_MEETING_OPEN in kinds(told([], after), HEAD)
    assert Rule.SCHOOL_MEETING_OPEN not in kinds(told([arranged], after), HEAD)
    other = told([arranged], after, people=[OTHER_SENCO])
    assert Rule.SCHOOL_MEETING_OPEN in kinds(other, OTHER_SENCO)


def test_leads_hear_of_a_half_term_without_a_clinic_and_of_a_year_that_is_behind():
    half_term = YEAR.half_terms[1]
    a_week_in = at(half_term.starts_on + timedelta(days=7))
    clinic = session("4", half_term.starts_on + timedelta(days=20))

    assert Rule.CLINIC_NOT_SET in kinds(told([], a_week_in), LEAD)
    assert Rule.CLINIC_NOT_SET not in kinds(told([clinic], a_week_in), LEAD)
    assert Rule.YEAR_BEHIND in kinds(told([], at(half_term.starts_on + timedelta(days=10))), LEAD)


def test_partner_schools_are_owed_nothing():
    guest = person(Role.SENCO, Role.HEADTEACHER, school=PARTNER)
    sessions = [DECEMBER, session("2a", date(2026, 12, 2)), session("3", date(2026, 12, 4))]

    assert not told(sessions, at(date(2026, 11, 30)), people=[guest])


def test_a_lead_changes_when_a_gap_is_told_or_turns_it_off():
    now = at(date(2026, 11, 18))
    sooner = RuleBook({Rule.TIER_1_OPEN: RuleChange(is_on=True, days=21)})
    never = RuleBook({Rule.TIER_1_OPEN: RuleChange(is_on=False, days=21)})

    assert kinds(told([DECEMBER], now, book=sooner), SENCO) == {Rule.TIER_1_OPEN}
    assert not kinds(told([DECEMBER], now, book=never), SENCO)
    assert not kinds(told([replace(DECEMBER, starts_at=at(date(2027, 7, 1)))], now), SENCO)
