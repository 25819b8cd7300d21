"""Cards of sessions on Teams: with a link, before there is one, and for who has no calendar."""

from dataclasses import replace
from datetime import timedelta

from cards import booking, booking_news, my_bookings, session
from hub.booking import BookingState, OpenSession
from tests.cards.made_up import HARD_WORDS, STARTS, a_booking

LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0"
_SOON = a_booking(BookingState.CONFIRMED, HARD_WORDS, "y" * 500)
BEFORE = replace(_SOON, session=replace(_SOON.session, venue="Teams"))
ONLINE = replace(BEFORE, session=replace(BEFORE.session, join_url=LINK))
CARDS = {
    "booked online": booking.booking_card(ONLINE),
    "booked online, no link yet": booking.booking_card(BEFORE),
    "booked without a mailbox": booking.booking_card(ONLINE, has_mailbox=False),
    "my bookings, one online today": my_bookings.my_bookings_card(
        [ONLINE, *[_SOON] * 8], 0, STARTS.date()
    ),
    "online reminder": booking_news.reminder_card(ONLINE, STARTS.date() - timedelta(days=1)),
    "online and moved": booking_news.session_moved_card(ONLINE),
    "an online session": session.session_card(
        OpenSession(ONLINE.session, 3, 0, BookingState.CONFIRMED)
    ),
}
