"""What the bot writes first about a booking: it is tomorrow, it has moved, it is off."""

from datetime import date

from microsoft_teams.cards import AdaptiveCard, TextBlock

from cards.parts import (
    Verb,
    button,
    card,
    heading,
    line,
    my_bookings_button,
    plain,
    quiet,
    reminders_button,
    whats_on_button,
)
from cards.session_parts import in_a_line, joining, session_facts
from hub.booking import Booking, BookingState
from hub.nudges import Rule
from hub.spoken import relative_day


def reminder_card(booking: Booking, today: date) -> AdaptiveCard:
    """What, when and where, the school day before; and the way out for whoever can't come."""
    when = relative_day(booking.session.starts_at.date(), today)
    title = f"Your session is {when}"
    return card(
        f"{title}: {in_a_line(booking.session)}",
        [
            heading(title),
            TextBlock(text=plain(booking.session.title), weight="Bolder", wrap=True),
            session_facts(booking.session),
            *joining(booking.session),
            quiet("You get this because you booked a place."),
        ],
        [
            button("Show my booking", Verb.SHOW_BOOKING, booking=str(booking.id)),
            button("I can't come", Verb.ASK_GIVE_UP, booking=str(booking.id)),
            reminders_button(Rule.SESSION_SOON),
        ],
    )


def session_moved_card(booking: Booking) -> AdaptiveCard:
    """The new time and place, with keep and give up in one tap each (journey 8)."""
    kept = "your place, and your calendar has moved with it"
    return _still_yours_card("This session has moved", booking, kept)


def session_back_on_card(booking: Booking) -> AdaptiveCard:
    """A cancelled session goes ahead after all; the same two taps."""
    kept = "your place, and it is in your calendar again"
    return _still_yours_card("This session is on again", booking, kept)


def _still_yours_card(title: str, booking: Booking, kept: str) -> AdaptiveCard:
    session, ids = booking.session, str(booking.id)
    waiting = booking.state is BookingState.WAITING
    keep = "Stay on the list" if waiting else "Keep my place"
    leave = "Leave the list" if waiting else "Give up my place"
    why = [line(f"Why: {plain(session.reason)}")] if session.reason else []
    return card(
        f"{title}: {in_a_line(session)}",
        [
            heading(title),
            TextBlock(text=plain(session.title), weight="Bolder", wrap=True),
            session_facts(session),
            *why,
            *(joining(session) if booking.state is BookingState.CONFIRMED else []),
            line(f"You still have {'your place in line' if waiting else kept}."),
        ],
        [
            button(keep, Verb.SHOW_BOOKING, style="positive", booking=ids),
            button(leave, Verb.GIVE_UP, booking=ids),
            whats_on_button("See others", tier=session.tier),
        ],
    )


def session_cancelled_card(booking: Booking) -> AdaptiveCard:
    """A session does not go ahead, and what to do instead (journey 8)."""
    session = booking.session
    why = [line(f"Why: {plain(session.reason)}")] if session.reason else []
    return card(
        f"This session is cancelled: {in_a_line(session)}",
        [
            heading("This session is cancelled"),
            TextBlock(text=plain(session.title), weight="Bolder", wrap=True),
            session_facts(session),
            *why,
            line("I'm putting your calendar right. Sorry about that."),
        ],
        [
            button("See others like it", Verb.WHATS_ON, tier=session.tier),
            my_bookings_button(),
        ],
    )
