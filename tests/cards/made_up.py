"""Made-up sessions and bookings for cards, with words that try the layout."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hub.booking import Booking, BookingState, Session

ZONE = ZoneInfo("Europe/London")
AN_ID = UUID("5a0f8c1e-0000-4000-8000-000000000001")
STARTS = datetime(2026, 12, 3, 10, tzinfo=ZONE)
#: Words that try the layout: long, emphatic, right to left, with emoji and Markdown.
HARD_WORDS = "*Clinic* [sensory](needs) _in_ the classroom مرحبا 🎒 " + "x" * 120


def a_session(title="Clinic: sensory needs"):
    return Session(
        AN_ID, "4", title, STARTS, STARTS + timedelta(hours=3), "School B", 12, strand="AAC"
    )


def a_booking(state, title="Clinic: sensory needs", hopes=""):
    waits = state is BookingState.WAITING
    return Booking(
        AN_ID,
        AN_ID,
        a_session(title),
        state,
        hopes=hopes,
        position=3 if waits else None,
        offer_until=STARTS - timedelta(days=3),
        since=STARTS - timedelta(days=9),
    )
