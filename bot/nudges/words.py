"""What a nudge says: the bell's entry and the chat's card, from the truth at the time of sending."""

from datetime import date

from microsoft_teams.cards import AdaptiveCard

from bot.graph.activity_feed import Bell
from cards.booking import offer_card, reminder_card
from hub.activity_types import PLACE_OFFERED, SESSION_REMINDER
from hub.booking import Booking
from hub.nudges import Rule
from hub.spoken import relative_day, spoken_day, spoken_hours, spoken_moment


def bell_for(rule: Rule, booking: Booking, today: date) -> Bell:
    """The entry in the activity feed: what, when, where, useful by itself."""
    session = booking.session
    hours = spoken_hours(session.starts_at, session.ends_at)
    preview = f"{spoken_day(session.starts_at.date())}, {hours}, {session.venue}"
    match rule:
        case Rule.SESSION_SOON:
            when = relative_day(session.starts_at.date(), today)
            parameters = {"session": session.title, "when": f"{when} at {session.starts_at:%H:%M}"}
            declared = SESSION_REMINDER
        case Rule.PLACE_OFFERED:
            until = spoken_moment(booking.offer_until or session.starts_at)
            parameters = {"session": session.title, "until": until}
            declared = PLACE_OFFERED
    return Bell(declared.type, preview, parameters, topic=session.title)


def card_for(rule: Rule, booking: Booking, today: date) -> AdaptiveCard:
    """The card in the chat, with the one button that does the thing."""
    match rule:
        case Rule.SESSION_SOON:
            return reminder_card(booking, today)
        case Rule.PLACE_OFFERED:
            return offer_card(booking)
