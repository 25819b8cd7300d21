"""One person's bookings in a list, soonest first."""

from collections.abc import Sequence
from datetime import date

from microsoft_teams.cards import AdaptiveCard, CardElement, ExecuteAction, OpenUrlAction

from cards.parts import Verb, button, card, heading, line, whats_on_button
from cards.school_meeting_news import show_place_button
from cards.session_parts import in_a_line, join_button, session_row
from hub.booking import Booking, BookingState
from hub.spoken import ordinal

#: Three bookings and three ways on make six buttons; who joins from here is on the first page.
SHOWN_BOOKINGS = 3


def my_bookings_card(
    bookings: Sequence[Booking], page: int = 0, today: date | None = None
) -> AdaptiveCard:
    """Everything still to come for one person, soonest first, a page at a time.

    What is online and next, and ``today``, is joined from here.
    """
    if not bookings:
        text = "You have nothing booked at the moment. Shall we find you something?"
        return card(
            text,
            [heading("My bookings"), line(text)],
            [
                button("Next clinics", Verb.WHATS_ON, tier="4"),
                whats_on_button(),
                button("My year", Verb.MY_YEAR),
            ],
        )
    page = min(page, (len(bookings) - 1) // SHOWN_BOOKINGS)
    shown = bookings[page * SHOWN_BOOKINGS : (page + 1) * SHOWN_BOOKINGS]
    has_more = len(bookings) > (page + 1) * SHOWN_BOOKINGS
    pages = [button("Earlier", Verb.MY_BOOKINGS, page=str(page - 1))] if page else []
    pages += [button("Later", Verb.MY_BOOKINGS, page=str(page + 1))] if has_more else []
    return card(
        "My bookings: " + ". ".join(in_a_line(each.session) for each in shown),
        [heading("My bookings"), *[_row(each, _ways_in(each, bookings, today)) for each in shown]],
        [*pages, button("My year", Verb.MY_YEAR)],
        refresh=button("Refresh", Verb.MY_BOOKINGS, page=str(page)),
    )


def _ways_in(
    booking: Booking, bookings: Sequence[Booking], today: date | None
) -> list[OpenUrlAction]:
    session = booking.session
    if booking is not bookings[0] or booking.state is not BookingState.CONFIRMED:
        return []
    is_near = session.starts_at.date() == today
    return [join_button(session)] if session.link and is_near else []


def _row(booking: Booking, ways_in: Sequence[OpenUrlAction]) -> CardElement:
    states = {
        BookingState.WAITING: f"Waiting list, {ordinal(booking.position or 1)} in line",
        BookingState.OFFERED: "A place is being kept for you",
    }
    standing = states.get(booking.state, "Confirmed")
    return session_row(booking.session, standing, _show_button(booking), *ways_in)


def _show_button(booking: Booking) -> ExecuteAction:
    if booking.session.is_school_meeting:
        return show_place_button(booking)
    return button("Show or change", Verb.SHOW_BOOKING, booking=str(booking.id))
