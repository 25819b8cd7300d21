"""One person's place at a school meeting, and what the bot writes first about it."""

from datetime import date

from microsoft_teams.cards import AdaptiveCard, ExecuteAction, TextBlock

from cards.parts import Verb, button, card, heading, line, my_bookings_button, plain, quiet
from cards.session_parts import in_a_line, session_facts
from hub.booking import Booking, SessionState
from hub.spoken import relative_day


def meeting_held_card(booking: Booking) -> AdaptiveCard:
    """Somebody has arranged the meeting, and this person is to be there."""
    who = plain(booking.invited_by or "The SEND Hub")
    return _news(booking, f"{who} has arranged your school meeting", "It is in your calendar.")


def meeting_moved_card(booking: Booking) -> AdaptiveCard:
    """The new half-day."""
    told = "Your calendar has moved with it. If it doesn't suit, move it again."
    return _news(booking, "Your school meeting has moved", told)


def meeting_reminder_card(booking: Booking, today: date) -> AdaptiveCard:
    """The school day before."""
    when = relative_day(booking.session.starts_at.date(), today)
    return _news(booking, f"Your school meeting is {when}", "You are one of those who are there.")


def meeting_place_card(booking: Booking) -> AdaptiveCard:
    """What a card about a booking becomes when the booking is one's place at a school meeting."""
    if booking.session.state is SessionState.CANCELLED:
        return meeting_called_off_card(booking)
    return _news(booking, "You're at this school meeting", "It needs everybody there.")


def _news(booking: Booking, title: str, told: str) -> AdaptiveCard:
    session, ids = booking.session, {"session": str(booking.session.id)}
    return card(
        f"{title}: {in_a_line(session)}",
        [
            heading(title),
            TextBlock(text=plain(session.title), weight="Bolder", wrap=True),
            session_facts(session),
            quiet(told),
        ],
        [
            button("Show the meeting", Verb.SCHOOL_MEETING, style="positive", **ids),
            button("Move it", Verb.ASK_MOVE_SCHOOL_MEETING, **ids),
            button("Call it off", Verb.ASK_CANCEL_SCHOOL_MEETING, **ids),
        ],
    )


def meeting_called_off_card(booking: Booking) -> AdaptiveCard:
    """It does not go ahead, and another can be arranged."""
    session = booking.session
    why = [line(f"Why: {plain(session.reason)}")] if session.reason else []
    return card(
        f"Your school meeting is called off: {in_a_line(session)}",
        [
            heading("Your school meeting is called off"),
            TextBlock(text=plain(session.title), weight="Bolder", wrap=True),
            session_facts(session),
            *why,
            line(
                "I'm putting your calendar right. It is held once a year, so please arrange it "
                "for another half-day."
            ),
        ],
        [
            button("Arrange another", Verb.SCHOOL_MEETING, school=session.school_id or ""),
            my_bookings_button(),
        ],
    )


def show_place_button(booking: Booking) -> ExecuteAction:
    """From a list of bookings to the meeting itself, where things can be changed."""
    return button("Show or change", Verb.SCHOOL_MEETING, session=str(booking.session.id))
