"""What a lead is warned of: each rule by a table of cases, and all of them by random ones."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.loading.content import load_offer
from hub.booking import Session, SessionState
from hub.cadence import year_standing
from hub.guard_rails import ConcernKind, concerns_about
from hub.people import School
from hub.programme_standing import programme_standing
from hub.school_year import InsetDay, SchoolCalendar
from tests.conftest import LONDON
from tests.hub.test_school_year import TRUST

OFFER = load_offer(None)
INSET_OF_A, INSET_OF_ALL = date(2027, 1, 20), date(2027, 1, 22)
CALENDAR = SchoolCalendar.of(
    [
        replace(
            TRUST.year,
            inset_days=frozenset({InsetDay(INSET_OF_A, "a"), InsetDay(INSET_OF_ALL)}),
            bank_holidays=frozenset({date(2027, 5, 3), date(2026, 12, 25)}),
        )
    ],
    LONDON,
)
SCHOOLS = (School("a", "School A"), School("b", "School B"), School("h", "School H", True))


def session(tier, day, at=10, hours=3, venue="School B", **more):
    starts = datetime.combine(day, time(at), LONDON)
    told = OFFER.tier(tier)
    facts = {"title": f"Tier {tier}", "leads": told.leads, "audience": told.audience} | more
    return Session(
        id=uuid4(),
        tier=tier,
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours),
        venue=venue,
        capacity=12,
        **facts,
    )


def concerns(proposed, *others):
    return concerns_about(proposed, others, OFFER, CALENDAR, SCHOOLS)


def kinds(proposed, *others):
    return [each.kind for each in concerns(proposed, *others)]


A_CLINIC = session("4", date(2026, 12, 3), title="Clinic: sensory needs")


def test_a_second_clinic_in_a_half_term_is_told_with_the_first():
    second = session("4", date(2026, 11, 10))
    (concern,) = concerns(second, A_CLINIC)

    assert concern.kind is ConcernKind.SECOND_IN_HALF_TERM
    assert "There is already a clinic in Autumn 2: Clinic: sensory needs on Thu 3 Dec" in (
        concern.say
    )
    assert concern.may_be_overridden
    assert kinds(session("4", date(2027, 1, 12)), A_CLINIC) == []


def test_the_session_itself_and_cancelled_ones_do_not_count():
    moved = replace(A_CLINIC, starts_at=A_CLINIC.starts_at + timedelta(hours=1))

    assert kinds(moved, A_CLINIC) == []
    assert (
        kinds(session("4", date(2026, 11, 10)), replace(A_CLINIC, state=SessionState.CANCELLED))
        == []
    )


def test_a_tier_has_its_most_and_no_more():
    days = [date(2026, 9, 15), date(2026, 11, 17), date(2027, 1, 12)]
    meetings = [session("1", each) for each in days]

    assert kinds(session("1", date(2027, 4, 20)), *meetings[:2]) == []
    (concern,) = concerns(session("1", date(2027, 4, 20)), *meetings)
    assert concern.kind is ConcernKind.TOO_MANY_IN_YEAR
    assert "3 sessions of SENCo Meetings a year" in concern.say
    assert "Tue 15 Sep, Tue 17 Nov and Tue 12 Jan" in concern.say


def test_strands_of_one_inset_day_are_one_day_and_no_clash():
    days = [date(2026, 9, 15), date(2026, 11, 17), INSET_OF_ALL]
    strands = [session("3", day, strand=name) for day in days for name in ("x", "y", "z")]

    assert kinds(session("3", INSET_OF_ALL, strand="w"), *strands) == []
    assert kinds(session("3", date(2027, 4, 20)), *strands) == [ConcernKind.TOO_MANY_IN_YEAR]


def test_a_second_meeting_for_a_school_is_never_overridden():
    first = session("5", date(2026, 11, 10), venue="School A", school_id="a")
    again = session("5", date(2027, 6, 15), venue="school a")

    (concern,) = concerns(again, first)
    assert concern.kind is ConcernKind.SECOND_MEETING
    assert not concern.may_be_overridden
    assert "School A already has its meeting for 2026-27" in concern.say
    assert kinds(session("5", date(2027, 6, 15), venue="School B"), first) == []


DAYS = {
    "half-term break": (date(2026, 10, 27), ConcernKind.HOLIDAY, "the October half-term break"),
    "christmas": (date(2026, 12, 22), ConcernKind.HOLIDAY, "the Christmas holidays"),
    "february": (date(2027, 2, 16), ConcernKind.HOLIDAY, "between Spring 1 and Spring 2"),
    "summer": (date(2027, 8, 3), ConcernKind.HOLIDAY, "the summer holidays"),
    "weekend": (date(2026, 12, 5), ConcernKind.WEEKEND, "Saturday 5 December 2026"),
    "bank holiday": (date(2027, 5, 3), ConcernKind.BANK_HOLIDAY, "Monday 3 May 2027"),
    "trust INSET": (INSET_OF_ALL, ConcernKind.INSET_DAY, "for the whole trust"),
    "no known year": (date(2028, 3, 1), ConcernKind.UNKNOWN_YEAR, "No school year that I know"),
}


@pytest.mark.parametrize(("day", "kind", "words"), DAYS.values(), ids=list(DAYS))
def test_a_day_without_school_is_named(day, kind, words):
    (concern,) = concerns(session("2a", day))

    assert concern.kind is kind
    assert words in concern.say


def test_an_inset_day_matters_at_that_school_only_and_not_to_inset_training():
    assert kinds(session("2a", INSET_OF_A, venue="School A")) == [ConcernKind.INSET_DAY]
    assert kinds(session("5", INSET_OF_A, venue="Head's office", school_id="a")) == [
        ConcernKind.INSET_DAY
    ]
    assert kinds(session("2a", INSET_OF_A, venue="School B")) == []
    assert kinds(session("3", INSET_OF_ALL, venue="School A")) == []


def test_a_meeting_in_no_known_year_cannot_be_overridden():
    (concern,) = concerns(session("5", date(2028, 3, 1)))

    assert not concern.may_be_overridden


def test_the_trust_send_lead_is_in_one_place_at_a_time():
    day = date(2026, 11, 10)
    training = session("2a", day, at=9)

    (concern,) = concerns(session("1", day, at=11), training)
    assert concern.kind is ConcernKind.LEAD_IS_BUSY
    assert "The Trust SEND Lead would be in two places at once" in concern.say
    assert "09:00–12:00, at School B" in concern.say
    assert kinds(session("1", day, at=12), training) == []
    # Others may lead at the same time, and "specialist colleagues" are no one person.
    others = session("4", day, leads=("Physiotherapist", "specialist colleagues as required"))
    assert kinds(session("2a", day, leads=("specialist colleagues as required",)), others) == []
    assert kinds(session("2a", day, leads=("physiotherapist",)), others) == [
        ConcernKind.LEAD_IS_BUSY
    ]


days = st.dates(date(2026, 8, 1), date(2027, 9, 30))
tiers = st.sampled_from(["1", "2a", "2b", "2c", "3", "4", "5"])
random_sessions = st.builds(
    session,
    tiers,
    days,
    st.integers(8, 16),
    st.integers(1, 6),
    st.sampled_from(["School A", "Hall"]),
)


@given(random_sessions, st.lists(random_sessions, max_size=6))
def test_every_concern_is_a_sentence_and_its_fact_holds(proposed, others):
    found = {each.kind: each for each in concerns(proposed, *others)}
    day = proposed.starts_at.date()

    assert all(each.say[0].isupper() and each.say.endswith(".") for each in found.values())
    assert (ConcernKind.WEEKEND in found) <= (day.weekday() >= 5)
    year = CALENDAR.years[0]
    in_a_half_term = any(term.starts_on <= day <= term.ends_on for term in year.half_terms)
    assert (ConcernKind.HOLIDAY in found) <= (not in_a_half_term)
    if in_a_half_term and day.weekday() < 5 and not others and day not in year.bank_holidays:
        assert found.keys() <= {ConcernKind.INSET_DAY}
    overlapping = [
        each
        for each in others
        if max(each.starts_at, proposed.starts_at) < min(each.ends_at, proposed.ends_at)
        and not (each.tier == proposed.tier == "3")
    ]
    assert (ConcernKind.LEAD_IS_BUSY in found) == bool(overlapping)


@given(st.lists(random_sessions, max_size=12))
def test_what_the_year_owes_is_told_tier_by_tier(sessions):
    year = CALENDAR.years[0]
    standing = year_standing(year, sessions, OFFER, SCHOOLS, CALENDAR)

    assert [each.within for each in standing if each.tier.key == "4"] == [
        each.name for each in year.half_terms
    ]
    assert [each.within for each in standing if each.tier.key == "5"] == ["School A", "School B"]
    for each in standing:
        assert each.owed == max(0, each.tier.cadence.least - each.planned)
        assert each.room == max(0, each.tier.cadence.most - each.planned)
    inset = next(each for each in standing if each.tier.key == "3")
    held = {
        each.starts_at.date()
        for each in sessions
        if each.tier == "3" and year.starts_on <= each.starts_at.date() <= year.ends_on
    }
    assert inset.planned == len(held)


def test_a_meeting_in_the_summer_holiday_is_the_ending_years_for_the_lead_too():
    year = CALENDAR.years[0]
    met = session("5", year.ends_on + timedelta(days=10), venue="School A", school_id="a")

    lines = programme_standing([met], OFFER, CALENDAR, SCHOOLS, year.starts_on)

    (meetings,) = [each for each in lines if each.startswith(OFFER.tier("5").name)]
    assert "School A" not in meetings
    assert "School B" in meetings
