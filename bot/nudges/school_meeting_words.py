"""What a nudge about somebody's school meeting says: arranged, moved, tomorrow, off, next steps."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.graph.activity_feed import Bell
from bot.nudges.told import Told
from bot.nudges.words import about_a_booking
from cards.next_steps import check_in_card
from cards.school_meeting_news import (
    meeting_called_off_card,
    meeting_held_card,
    meeting_moved_card,
    meeting_reminder_card,
)
from hub.activity_types import HUB_NEWS
from hub.booking import Booking
from hub.nudge_rules import RuleTerms
from hub.nudges import Rule
from hub.school_meetings import NextStep
from hub.spoken import counted, spoken_moment


def about_a_school_meeting(terms: RuleTerms, booking: Booking, today: date) -> Told:
    """Say one of the rules about a place at a school meeting.

    The bell says of a move, a cancellation and a reminder what it says of any session; the card has
    other buttons, since nobody gives up a place here alone. Raises ValueError for another rule.
    """
    match terms.rule:
        case Rule.MEETING_HELD:
            return _held(booking)
        case Rule.SESSION_MOVED:
            card = meeting_moved_card(booking)
        case Rule.SESSION_CANCELLED:
            card = meeting_called_off_card(booking)
        case Rule.SESSION_SOON | Rule.SESSION_WEEK:
            card = meeting_reminder_card(booking, today)
        case _:
            return about_a_booking(terms, booking, today)
    return replace(about_a_booking(terms, booking, today), card=card)


def _held(booking: Booking) -> Told:
    session = booking.session
    who, when = booking.invited_by or "The SEND Hub", spoken_moment(session.starts_at)
    headline = f"{who} has arranged your school meeting for {when}"
    bell = Bell(
        HUB_NEWS, f"{when}, {session.venue}", {"headline": headline}, session.title, session.id
    )
    return Told(bell, meeting_held_card(booking), session.starts_at)


def check_in(booking: Booking, steps: Sequence[NextStep]) -> Told:
    """Ask how the steps that are still open are coming on."""
    session = booking.session
    headline = f"{counted(len(steps), 'next step')} from your school meeting still open"
    preview = "How are they coming on? Tick off what is done."
    bell = Bell(HUB_NEWS, preview, {"headline": headline}, session.title, session.id)
    return Told(bell, check_in_card(session.title, str(session.id), steps))
