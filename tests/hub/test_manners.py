"""Promise 5, by tables and by random days: when the bot writes first, and when it keeps quiet."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.manners import NO_CHOICES, Choices, Hold, LetGo, Owed, Sent, compose, quiets, verdict
from hub.nudge_rules import ALL_TERMS, Family
from hub.nudge_wishes import change_asked, days_not_worked
from hub.nudges import UNCAPPED, Rule
from hub.people import Person
from hub.rule_book import RuleBook, RuleChange
from tests.conftest import LONDON
from tests.hub.test_school_year import CALENDAR

BOOK = RuleBook()
AFTERNOON = datetime(2026, 11, 25, 15, 45, tzinfo=LONDON)  # a Wednesday
NOTHING = Sent()
PERSON = Person(uuid4(), "t", "o", "Somebody")
QUIETS = quiets(CALENDAR, AFTERNOON)

rules = st.sampled_from([terms.rule for terms in ALL_TERMS])
moments = st.datetimes(datetime(2026, 9, 1), datetime(2027, 7, 20)).map(
    lambda at: at.replace(tzinfo=LONDON)
)
choices = st.builds(
    Choices,
    stopped=st.frozensets(st.sampled_from([Family.GAPS, Family.NEWS, Family.REMINDERS])),
    snoozed_until=st.none() | moments,
    days_off=st.frozensets(st.integers(0, 4), max_size=4),
)
histories = st.builds(
    Sent, st.integers(0, 3), ordinary_today=st.integers(0, 2), this_week=st.integers(0, 6)
)


def said(rule, *, sent=NOTHING, at=AFTERNOON, asked=NO_CHOICES, book=BOOK, who=PERSON, starts=None):
    return verdict(rule, who, asked, book, sent, CALENDAR, at, starts)


def test_every_rule_has_its_terms_and_a_place_in_a_digest():
    assert {terms.rule for terms in ALL_TERMS} == set(Rule)


@given(rules, moments, choices, histories)
def test_nobody_is_written_to_outside_the_hours_or_more_than_promised(rule, at, asked, sent):
    starts = at + timedelta(days=30)
    if said(rule, sent=sent, at=at, asked=asked, starts=starts) is not None:
        return
    if rule is Rule.PRESSED_IN_PUBLIC:
        return
    family = BOOK[rule].family
    assert family not in asked.stopped
    if rule not in {Rule.SESSION_HOUR, Rule.CALL_HOUR}:
        assert CALENDAR.may_disturb(at)
        if family is not Family.CHANGES:
            assert at.weekday() not in asked.days_off
    if rule not in UNCAPPED:
        assert sent.today < 2
        assert family is Family.REMINDERS or sent.this_week < 5


@given(rules, moments, choices, histories)
def test_what_is_held_is_looked_at_again_later_never_now(rule, at, asked, sent):
    held = said(rule, sent=sent, at=at, asked=asked, starts=at + timedelta(days=30))
    if isinstance(held, Hold):
        assert held.until > at
        assert held.reason


@pytest.mark.parametrize(
    ("rule", "more", "reason"),
    [
        (Rule.TIER_1_OPEN, {"sent": Sent(today=1, ordinary_today=1)}, "enough for today"),
        (Rule.SESSION_SOON, {"sent": Sent(today=1, ordinary_today=1)}, None),
        (Rule.SESSION_SOON, {"sent": Sent(today=1, this_week=5)}, None),
        (Rule.ANNOUNCEMENT, {"sent": Sent(this_week=5)}, "enough for this week"),
        (Rule.SESSION_MOVED, {"sent": Sent(today=2)}, "enough for today"),
        (Rule.SESSION_MOVED, {"asked": Choices(days_off=frozenset({2}))}, None),
        (
            Rule.FEEDBACK,
            {"asked": Choices(days_off=frozenset({2}))},
            "the person does not work today",
        ),
        (
            Rule.FEEDBACK,
            {"asked": Choices(snoozed_until=AFTERNOON + timedelta(days=5))},
            "the person asked for quiet until then",
        ),
        (Rule.SESSION_SOON, {"asked": Choices(snoozed_until=AFTERNOON + timedelta(days=5))}, None),
        (Rule.SESSION_HOUR, {"at": datetime(2026, 11, 25, 7, 30, tzinfo=LONDON)}, None),
        (
            Rule.SESSION_SOON,
            {"at": datetime(2026, 11, 25, 7, 30, tzinfo=LONDON)},
            "outside the hours for writing first",
        ),
    ],
)
def test_each_kind_keeps_its_manners(rule, more, reason):
    held = said(rule, starts=AFTERNOON + timedelta(days=30), **more)

    assert (held.reason if held else None) == reason


def test_a_session_that_is_off_tomorrow_morning_is_told_although_it_was_enough_for_today():
    tomorrow = datetime(2026, 11, 26, 9, tzinfo=LONDON)

    assert said(Rule.SESSION_CANCELLED, sent=Sent(today=2, this_week=5), starts=tomorrow) is None


@pytest.mark.parametrize("rule", [terms.rule for terms in ALL_TERMS if terms.is_optional])
def test_what_a_lead_turned_off_is_let_go(rule):
    off = RuleBook({rule: RuleChange(is_on=False, days=1)})

    assert isinstance(said(rule, book=off), LetGo)


def test_stopping_everything_stops_all_but_what_happens_to_ones_own_place():
    quiet = Person(uuid4(), "t", "o", "Somebody", wants_nudges=False)

    goes = {terms.rule for terms in ALL_TERMS if said(terms.rule, who=quiet) is None}

    assert goes == {terms.rule for terms in ALL_TERMS if terms.family is Family.CHANGES}


def owed(*of):
    return [Owed(str(at), rule, uuid4(), AFTERNOON) for at, rule in enumerate(of)]


def test_everything_due_at_once_is_one_message_with_the_most_useful_first():
    made = compose(
        owed(Rule.ANNOUNCEMENT, Rule.TIER_2A_OPEN, Rule.SESSION_SOON, Rule.SESSION_MOVED),
        PERSON,
        Choices(),
        BOOK,
        Sent(),
        CALENDAR,
        AFTERNOON,
    )

    assert [each.rule for each in made.message] == [Rule.SESSION_MOVED, Rule.SESSION_SOON]
    assert [each.rule for each, _ in made.held] == [Rule.TIER_2A_OPEN, Rule.ANNOUNCEMENT]
    assert not made.let_go


@given(st.lists(rules, max_size=9), choices, histories)
def test_nothing_owed_is_lost_between_the_message_and_what_waits(of, asked, sent):
    due = owed(*of)

    made = compose(due, PERSON, asked, BOOK, sent, CALENDAR, AFTERNOON)

    found = [*made.message, *(each for each, _ in made.held), *(each for each, _ in made.let_go)]
    assert sorted(each.key for each in found) == sorted(each.key for each in due)
    nudges = [each for each in made.message if each.rule not in UNCAPPED]
    assert len(nudges) <= max(0, 2 - sent.today)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("I don't work Fridays", {4}),
        ("i dont work on mondays and tuesdays", {0, 1}),
        ("I only work Monday to Wednesday", {3, 4}),
        ("i work mon, tue and thu", {2, 4}),
        ("I'm not in on Wednesdays", {2}),
        ("does it work on Fridays", set()),
        ("book me on the clinic on Friday", set()),
    ],
)
def test_days_off_are_understood_as_they_are_said(words, days):
    assert days_not_worked(words) == days


@pytest.mark.parametrize(
    ("words", "check"),
    [
        ("stop reminding me", lambda made: made.wanted is False),
        ("don't stop the reminders", lambda made: made.wanted is True),
        ("stop asking me for feedback", lambda made: made.choices.stopped == {Family.AFTERWARDS}),
        ("stop sending me toolkits", lambda made: made.choices.stopped == {Family.READING}),
        ("no more announcements please", lambda made: made.choices.stopped == {Family.NEWS}),
        ("quiet until next week", lambda made: made.choices.snoozed_until.weekday() == 0),
        ("snooze", lambda made: made.choices.snoozed_until.date() == date(2026, 11, 30)),
        (
            "leave me alone until after christmas",
            lambda made: made.choices.snoozed_until.date() == date(2027, 1, 4),
        ),
        ("start reminding me again", lambda made: made.wanted is True),
        ("reminders", lambda made: made.choices == Choices() and made.wanted is None),
    ],
)
def test_wishes_about_manners_do_what_they_say(words, check):
    assert check(change_asked(words, Choices(), QUIETS))


def test_quiet_ends_at_eight_on_a_school_day():
    for at in (AFTERNOON, datetime(2026, 12, 18, 16, tzinfo=LONDON)):
        for each in quiets(CALENDAR, at):
            assert CALENDAR.may_disturb(each.until)
            assert each.until.time() == time(8)
