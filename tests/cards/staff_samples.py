"""Cards of who holds which role: a trust of sixty schools, and people with every role."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from cards import staff
from hub.booking import Booking, BookingState, Session
from hub.people import Person, Role, School
from hub.staff import PutRight, StaffSearch

AN_ID = UUID("5a0f8c1e-0000-4000-8000-000000000001")
STARTS = datetime(2026, 12, 3, 10, tzinfo=ZoneInfo("Europe/London"))
HARD_WORDS = "*Jo* [Bloggs](here) _of_ مرحبا 🎒 " + "x" * 120
SCHOOLS = [School(f"school-{at}", f"{HARD_WORDS[:60]} {at}", at % 9 == 0) for at in range(60)]
PERSON = Person(AN_ID, "t", "o", HARD_WORDS, frozenset(Role), SCHOOLS[0])
NEWCOMER = Person(AN_ID, "t", "o", "Jo")
CLINIC = Session(AN_ID, "4", HARD_WORDS, STARTS, STARTS + timedelta(hours=3), "School B", 12)
BOOKING = Booking(AN_ID, AN_ID, CLINIC, BookingState.CONFIRMED)
SEARCH = StaffSearch("x" * 80, "SENCo", "school-59")
CARDS = {
    "staff": staff.staff_card([PERSON] * 10, 60, SEARCH, SCHOOLS, page=2, intro="Choose one."),
    "one of staff": staff.staff_card([NEWCOMER], 1, StaffSearch(), SCHOOLS),
    "nobody of staff": staff.staff_card([], 0, SEARCH, SCHOOLS),
    "a person": staff.person_card(PERSON, SCHOOLS, "It has changed meanwhile."),
    "a newcomer": staff.person_card(NEWCOMER, []),
    "put right": staff.put_right_card(PutRight(PERSON, (BOOKING,) * 60)),
    "put right, nothing in doubt": staff.put_right_card(PutRight(NEWCOMER)),
}
