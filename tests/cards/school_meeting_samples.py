"""School meeting cards with hard words, sixty half-days and sixty schools."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from cards import half_days, next_steps, school_meeting, school_meeting_news
from hub import refusals
from hub.booking import Booking, BookingState, Session, SessionState
from hub.half_days import Half, half_day_on, hours_of
from hub.people import Person, Role, School
from hub.school_meetings import LONGEST_STEP, MOST_STEPS, NextStep, Openings, Party, SchoolMeeting
from tests.hub.test_school_year import CALENDAR

AN_ID = UUID("5a0f8c1e-0000-4000-8000-000000000001")
HARD_WORDS = "*School* [of](all) _saints_ مرحبا 🎒 " + "x" * 120
SCHOOL = School("school-b", HARD_WORDS)
PEOPLE = [
    Person(uuid4(), "t", f"o-{at}", f"{at} {HARD_WORDS}", frozenset({role}), SCHOOL)
    for at, role in enumerate((Role.SENCO, Role.HEADTEACHER, Role.LEAD))
]
HALF_DAYS = tuple(
    half_day_on(
        date(2026, 12, 2) + timedelta(days=at // 2), list(Half)[at % 2], CALENDAR, hours_of(None)
    )
    for at in range(60)
)
OPENINGS = Openings(HALF_DAYS, tuple(each.name for each in PEOPLE), 1, has_more=True)
NOTHING = Openings((), (), 1, has_more=True)
SESSION = Session(
    AN_ID,
    "5",
    f"School meeting: {HARD_WORDS}",
    HALF_DAYS[0].starts_at,
    HALF_DAYS[0].ends_at,
    HARD_WORDS,
    3,
    school_id="school-b",
    reason=HARD_WORDS,
)
STEPS = tuple(
    NextStep(uuid4(), f"{at} {HARD_WORDS}".ljust(LONGEST_STEP, "y"), is_done=at % 2 == 0)
    for at in range(MOST_STEPS)
)
MEETING = SchoolMeeting(SESSION, SCHOOL, tuple(PEOPLE))
AGREED = replace(MEETING, steps=STEPS)
YEAR = CALENDAR.years[0]
HOLDING, MOVING = half_days.holding(SCHOOL), half_days.moving(MEETING)
MISSING = refusals.somebody_missing([Role.HEADTEACHER], "School B")
PLACE = Booking(AN_ID, AN_ID, SESSION, BookingState.CONFIRMED, invited_by=HARD_WORDS)
OFF = replace(PLACE, session=replace(SESSION, state=SessionState.CANCELLED))

CARDS = {
    "half-days": half_days.half_days_card(HOLDING, PEOPLE, OPENINGS, HARD_WORDS, HARD_WORDS),
    "half-days to move to": half_days.half_days_card(MOVING, PEOPLE, OPENINGS, HARD_WORDS),
    "no half-day": half_days.half_days_card(HOLDING, PEOPLE, NOTHING, HARD_WORDS),
    "every half-day": half_days.every_half_day_card(HOLDING, PEOPLE, OPENINGS),
    "no half-day at all": half_days.every_half_day_card(MOVING, PEOPLE, NOTHING),
    "school meeting": school_meeting.meeting_card(MEETING),
    "call off?": school_meeting.call_off_question_card(MEETING),
    "called off": school_meeting.called_off_card(MEETING),
    "schools": school_meeting.schools_card(
        "2026-27",
        [
            (School(f"s-{at}", f"School {at} {'x' * 60}"), SESSION if at % 2 else None)
            for at in range(60)
        ],
    ),
    "every school has one": school_meeting.schools_card("2026-27", [(SCHOOL, SESSION)]),
    "somebody is missing": school_meeting.waiting_for_card(
        MISSING, Party(SCHOOL, tuple(PEOPLE[:1]), PEOPLE[2]), []
    ),
    "not yours": school_meeting.not_yours_card(refusals.meeting_meant_for()),
    "about school meetings": school_meeting.about_school_meetings_card(HARD_WORDS),
    "next steps": next_steps.next_steps_card(AGREED, "Saved.", YEAR),
    "no next steps yet": next_steps.next_steps_card(MEETING, next_year=YEAR),
    "next steps form": next_steps.next_steps_form(AGREED, "\n".join(s.words for s in STEPS)),
    "check-in": next_steps.check_in_card(SESSION.title, str(AN_ID), STEPS),
    "meeting held": school_meeting_news.meeting_held_card(PLACE),
    "meeting moved": school_meeting_news.meeting_moved_card(PLACE),
    "meeting tomorrow": school_meeting_news.meeting_reminder_card(PLACE, date(2026, 12, 1)),
    "meeting off": school_meeting_news.meeting_called_off_card(PLACE),
    "place at a meeting": school_meeting_news.meeting_place_card(PLACE),
    "place at a meeting that is off": school_meeting_news.meeting_place_card(OFF),
}
