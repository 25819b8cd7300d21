"""Days and roles out of questions about the programme, in UK order, aware of the school year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.asked import role_asked, span_in
from hub.people import Role
from tests.hub.test_school_year import CALENDAR

#: A Tuesday in Autumn 2.
TODAY = date(2026, 11, 24)
D = date
RANGE = "from Thursday 3 December 2026 to Thursday 10 December 2026"
CASES = [
    ("what's on today", D(2026, 11, 24), D(2026, 11, 24), "today"),
    ("anything tomorrow?", D(2026, 11, 25), D(2026, 11, 25), "tomorrow"),
    ("what's on this week", D(2026, 11, 24), D(2026, 11, 29), "this week"),
    ("next week please", D(2026, 11, 30), D(2026, 12, 6), "next week"),
    ("whats on this month", D(2026, 11, 24), D(2026, 11, 30), "in November 2026"),
    ("next month", D(2026, 12, 1), D(2026, 12, 31), "in December 2026"),
    ("what's on in January", D(2027, 1, 1), D(2027, 1, 31), "in January 2027"),
    ("any clinics in jan?", D(2027, 1, 1), D(2027, 1, 31), "in January 2027"),
    ("what is on in november", D(2026, 11, 24), D(2026, 11, 30), "in November 2026"),
    ("anything in september", D(2027, 9, 1), D(2027, 9, 30), "in September 2027"),
    ("what's on in may", D(2027, 5, 1), D(2027, 5, 31), "in May 2027"),
    ("clinics in March", D(2027, 3, 1), D(2027, 3, 31), "in March 2027"),
    ("training May 2027", D(2027, 5, 1), D(2027, 5, 31), "in May 2027"),
    ("before February", D(2026, 11, 24), D(2027, 1, 31), "before February"),
    ("after January", D(2027, 2, 1), D(2027, 7, 21), "after January"),
    ("what's on 3 December", D(2026, 12, 3), D(2026, 12, 3), "on Thursday 3 December 2026"),
    ("on the 3rd of dec", D(2026, 12, 3), D(2026, 12, 3), "on Thursday 3 December 2026"),
    ("03/12", D(2026, 12, 3), D(2026, 12, 3), "on Thursday 3 December 2026"),
    ("03/12/2026", D(2026, 12, 3), D(2026, 12, 3), "on Thursday 3 December 2026"),
    ("3.12.26", D(2026, 12, 3), D(2026, 12, 3), "on Thursday 3 December 2026"),
    ("4 January 2027", D(2027, 1, 4), D(2027, 1, 4), "on Monday 4 January 2027"),
    ("1st March", D(2027, 3, 1), D(2027, 3, 1), "on Monday 1 March 2027"),
    ("before 3 December", D(2026, 11, 24), D(2026, 12, 2), "before Thursday 3 December 2026"),
    ("by the 3rd December", D(2026, 11, 24), D(2026, 12, 3), "by Thursday 3 December 2026"),
    ("after 10 July 2027", D(2027, 7, 11), D(2027, 7, 21), "after Saturday 10 July 2027"),
    ("w/c 11 Jan", D(2027, 1, 11), D(2027, 1, 17), "in the week of Monday 11 January 2027"),
    ("wc 13 Jan", D(2027, 1, 11), D(2027, 1, 17), "in the week of Monday 11 January 2027"),
    ("week beginning 1 March", D(2027, 3, 1), D(2027, 3, 7), "in the week of Monday 1 March 2027"),
    ("anything in term 3?", D(2027, 1, 4), D(2027, 2, 12), "in Spring 1"),
    ("term two", D(2026, 11, 24), D(2026, 12, 18), "in Autumn 2"),
    ("before term 3", D(2026, 11, 24), D(2027, 1, 3), "before Spring 1"),
    ("second half of spring", D(2027, 2, 22), D(2027, 3, 25), "in Spring 2"),
    ("in the first half of the summer term", D(2027, 4, 12), D(2027, 5, 28), "in Summer 1"),
    ("in 3 weeks", D(2026, 12, 14), D(2026, 12, 20), "in the week of Monday 14 December 2026"),
    ("in a fortnight", D(2026, 12, 7), D(2026, 12, 13), "in the week of Monday 7 December 2026"),
    ("in two days", D(2026, 11, 26), D(2026, 11, 26), "on Thursday 26 November 2026"),
    ("in 2 months", D(2027, 1, 1), D(2027, 1, 31), "in January 2027"),
    ("jan feb clinics", D(2027, 1, 1), D(2027, 2, 28), "from January to February"),
    ("jan/feb", D(2027, 1, 1), D(2027, 2, 28), "from January to February"),
    ("fridays clinic", D(2026, 11, 27), D(2026, 11, 27), "on Friday 27 November 2026"),
    ("this half-term", D(2026, 11, 24), D(2026, 12, 18), "this half-term"),
    ("this half term", D(2026, 11, 24), D(2026, 12, 18), "this half-term"),
    ("next half term", D(2027, 1, 4), D(2027, 2, 12), "next half-term"),
    ("what's on in spring 1", D(2027, 1, 4), D(2027, 2, 12), "in Spring 1"),
    ("Spring 2", D(2027, 2, 22), D(2027, 3, 25), "in Spring 2"),
    ("summer term 2", D(2027, 6, 7), D(2027, 7, 21), "in Summer 2"),
    ("autumn 2", D(2026, 11, 24), D(2026, 12, 18), "in Autumn 2"),
    ("this term", D(2026, 11, 24), D(2026, 12, 18), "this term"),
    ("next term", D(2027, 1, 4), D(2027, 3, 25), "next term"),
    ("spring term", D(2027, 1, 4), D(2027, 3, 25), "in the spring term"),
    ("in the summer term", D(2027, 4, 12), D(2027, 7, 21), "in the summer term"),
    ("this year", D(2026, 11, 24), D(2027, 7, 21), "this school year"),
    ("the rest of the school year", D(2026, 11, 24), D(2027, 7, 21), "this school year"),
    ("before xmas", D(2026, 11, 24), D(2026, 12, 18), "before Christmas"),
    ("can i come before Christmas", D(2026, 11, 24), D(2026, 12, 18), "before Christmas"),
    ("after christmas", D(2027, 1, 4), D(2027, 7, 21), "after Christmas"),
    ("before half term", D(2026, 11, 24), D(2027, 2, 12), "before half-term"),
    ("after half-term", D(2027, 2, 22), D(2027, 7, 21), "after half-term"),
    ("before easter", D(2026, 11, 24), D(2027, 3, 25), "before Easter"),
    ("after Easter", D(2027, 4, 12), D(2027, 7, 21), "after Easter"),
    ("before the summer", D(2026, 11, 24), D(2027, 7, 21), "before the summer"),
    ("by the summer holidays", D(2026, 11, 24), D(2027, 7, 21), "before the summer"),
    ("on thursday", D(2026, 11, 26), D(2026, 11, 26), "on Thursday 26 November 2026"),
    ("next Tuesday", D(2026, 12, 1), D(2026, 12, 1), "on Tuesday 1 December 2026"),
    ("next fri", D(2026, 12, 4), D(2026, 12, 4), "on Friday 4 December 2026"),
    ("this Friday", D(2026, 11, 27), D(2026, 11, 27), "on Friday 27 November 2026"),
    ("Dec 3", D(2026, 12, 3), D(2026, 12, 3), "on Thursday 3 December 2026"),
    ("December 3rd 2026", D(2026, 12, 3), D(2026, 12, 3), "on Thursday 3 December 2026"),
    ("2026-12-03", D(2026, 12, 3), D(2026, 12, 3), "on Thursday 3 December 2026"),
    ("on the 3rd", D(2026, 12, 3), D(2026, 12, 3), "on Thursday 3 December 2026"),
    ("anything on the 25th?", D(2026, 11, 25), D(2026, 11, 25), "on Wednesday 25 November 2026"),
    ("Thursday 3 December", D(2026, 12, 3), D(2026, 12, 3), "on Thursday 3 December 2026"),
    ("until 3 December", D(2026, 11, 24), D(2026, 12, 3), "until Thursday 3 December 2026"),
    ("between 3 and 10 December", D(2026, 12, 3), D(2026, 12, 10), RANGE),
    ("from 3 Dec to 10 Dec", D(2026, 12, 3), D(2026, 12, 10), RANGE),
    ("3rd - 10th of december", D(2026, 12, 3), D(2026, 12, 10), RANGE),
    ("between january and march", D(2027, 1, 1), D(2027, 3, 31), "from January to March"),
    ("in jan or feb", D(2027, 1, 1), D(2027, 2, 28), "from January to February"),
    ("from January onwards", D(2027, 1, 1), D(2027, 7, 21), "from January"),
    ("before december", D(2026, 11, 24), D(2026, 11, 30), "before December"),
    ("by the end of term", D(2026, 11, 24), D(2026, 12, 18), "by the end of this term"),
    ("rest of term", D(2026, 11, 24), D(2026, 12, 18), "this term"),
    ("by the end of december", D(2026, 11, 24), D(2026, 12, 31), "by the end of December"),
    ("in the spring", D(2027, 1, 4), D(2027, 3, 25), "in the spring term"),
    ("what's on in the summer", D(2027, 4, 12), D(2027, 7, 21), "in the summer term"),
    ("spring one", D(2027, 1, 4), D(2027, 2, 12), "in Spring 1"),
    ("before may half term", D(2026, 11, 24), D(2027, 5, 28), "before half-term"),
    ("after february half-term", D(2027, 2, 22), D(2027, 7, 21), "after half-term"),
    ("over half term", D(2027, 2, 13), D(2027, 2, 21), "over half-term"),
    ("in the easter holidays", D(2027, 3, 26), D(2027, 4, 11), "over Easter"),
    ("in the next two weeks", D(2026, 11, 24), D(2026, 12, 8), "in the next 2 weeks"),
    ("the next fortnight", D(2026, 11, 24), D(2026, 12, 8), "in the next 2 weeks"),
    ("this afternoon", D(2026, 11, 24), D(2026, 11, 24), "today"),
    ("tier 4 january", D(2027, 1, 1), D(2027, 1, 31), "in January 2027"),
    ("in 2026-27", D(2026, 11, 24), D(2027, 7, 21), "in 2026-27"),
    ("in 2027", D(2027, 1, 1), D(2027, 12, 31), "in 2027"),
    ("before next term", D(2026, 11, 24), D(2027, 1, 3), "before next term"),
    ("clinics after this term", D(2026, 12, 19), D(2027, 7, 21), "after this term"),
    ("until next week", D(2026, 11, 24), D(2026, 12, 6), "until next week"),
    ("by the end of next term", D(2026, 11, 24), D(2027, 3, 25), "by the end of next term"),
    ("whats on thursday 3 december", D(2026, 12, 3), D(2026, 12, 3), "on Thursday 3 December 2026"),
    ("the march clinic", D(2027, 3, 1), D(2027, 3, 31), "in March 2027"),
    ("tuesday", D(2026, 11, 24), D(2026, 11, 24), "on Tuesday 24 November 2026"),
]
NOTHING = [
    "what's on",
    "may I come to a clinic",
    "any clinics coming up?",
    "31/02",
    "32 January",
    "book me on the next clinic",
    "it was on 3 December 2020",
    "senco meeting dates",
    "march in step",
    "may 4 of us come",
    "help 24/7",
    "one per 1/2 term",
    "one clinic each half-term",
    "at 9.10",
    "I sat in class",
    "autumn 1",
    "a christmas concert",
    "last week",
    "",
]


@pytest.mark.parametrize(("text", "first", "last", "words"), CASES, ids=[c[0] for c in CASES])
def test_days_as_people_say_them(text, first, last, words):
    span = span_in(text, CALENDAR, TODAY)

    assert span is not None
    assert (span.starts_on, span.ends_on, span.words) == (first, last, words)


@pytest.mark.parametrize("text", NOTHING)
def test_no_days_are_found_where_none_to_come_are_named(text):
    assert span_in(text, CALENDAR, TODAY) is None


words = st.lists(
    st.sampled_from(
        [
            "before",
            "after",
            "next",
            "this",
            "week",
            "half-term",
            "easter",
            "christmas",
            "summer",
            "spring",
            "term",
            "1",
            "2",
            "january",
            "may",
            "in",
            "on",
            "w/c",
            "monday",
            "fri",
            "03/12",
            "31",
            "dec",
            "today",
            "2027",
            "29",
            "february",
            "between",
            "and",
            "to",
            "by",
            "until",
            "the end of",
            "holidays",
            "2026-27",
            "on the 31st",
            "the",
        ]
    ),
    max_size=6,
).map(" ".join)
days = st.dates(date(2026, 8, 1), date(2027, 9, 1))


@given(words | st.text(max_size=40), days)
def test_a_span_is_never_in_the_past_nor_inside_out(text, today):
    span = span_in(text, CALENDAR, today)

    if span is not None:
        assert today <= span.starts_on <= span.ends_on
        assert span.ends_on - today < timedelta(days=5 * 366)
        assert span == span_in(text, CALENDAR, today)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("what's on for TAs", Role.TEACHING_ASSISTANT),
        ("whats on for teaching assistants in january", Role.TEACHING_ASSISTANT),
        ("anything for maths leads?", Role.MATHS_LEAD),
        ("what's on for SENCOs", Role.SENCO),
        ("training for headteachers", Role.HEADTEACHER),
        ("what's on for me", None),
        ("what's on", None),
        ("what is on for year 4", None),
        ("what's open to TAs", Role.TEACHING_ASSISTANT),
        ("sessions for pastoral staff in January", Role.PASTORAL),
        ("clinics for year 4 teachers", Role.CLASS_TEACHER),
        ("what is there for SENCOs and maths leads", None),
        ("for help with my TA", None),
        ("for children and their teachers", None),
        ("what's on for hub class teachers", Role.HUB_CLASS_TEACHER),
    ],
)
def test_whom_a_question_is_about(text, role):
    assert role_asked(text) == role


def test_any_friday_is_no_day_in_particular():
    assert span_in("anything on on fridays?", CALENDAR, TODAY) is None


@given(
    st.integers(min_value=1, max_value=60),
    st.dates(min_value=date(2026, 9, 1), max_value=date(2027, 3, 1)),
)
def test_weeks_that_are_counted_ahead_hold_the_day_they_count_to(weeks, today):
    span = span_in(f"anything in {weeks} weeks", CALENDAR, today)

    assert span is not None
    assert span.starts_on <= today + timedelta(weeks=weeks) <= span.ends_on
    assert (span.ends_on - span.starts_on).days == 6


@given(st.integers(min_value=1, max_value=6), st.sampled_from(CALENDAR.years))
def test_a_numbered_term_is_a_half_term_of_the_school_year(number, year):
    half = year.half_terms[number - 1]

    span = span_in(f"what's on in term {number}", CALENDAR, half.starts_on)

    assert span is not None
    assert (span.starts_on, span.ends_on) == (half.starts_on, half.ends_on)
