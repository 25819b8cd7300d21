"""What a nudge says: the bell's entry and the chat's card, from the truth at the time of sending."""

from dataclasses import replace
from datetime import date

from bot.graph.activity_feed import Bell
from bot.nudges.told import Told
from cards.afterwards import question_card
from cards.booking import invitation_card, offer_card
from cards.booking_news import (
    reminder_card,
    session_back_on_card,
    session_cancelled_card,
    session_moved_card,
)
from cards.colleagues import suggestion_card
from cards.news import news_card
from cards.reminders import hour_reminder_card, reading_card, week_reminder_card
from cards.shared_session import pressed_in_public_card
from hub.activity_types import (
    HUB_NEWS,
    PLACE_OFFERED,
    SESSION_CHANGED,
    SESSION_REMINDER,
    ActivityType,
)
from hub.announcements import Announcement, headline
from hub.booking import Booking, Session
from hub.nudge_rules import RuleTerms
from hub.nudges import Rule
from hub.spoken import relative_day, spoken_day, spoken_hours, spoken_moment
from hub.toolkits.page import Toolkit


def about_a_booking(terms: RuleTerms, booking: Booking, today: date) -> Told:
    """Say one of the rules whose subject is a booking.

    Raises ValueError for another rule.
    """
    return replace(_about_a_booking(terms, booking, today), starts_at=booking.session.starts_at)


def _about_a_booking(terms: RuleTerms, booking: Booking, today: date) -> Told:
    rule, session = terms.rule, booking.session
    until = spoken_moment(booking.offer_until or session.starts_at)
    match rule:
        case Rule.SESSION_SOON:
            when = f"{relative_day(session.starts_at.date(), today)} at {session.starts_at:%H:%M}"
            bell = _bell(SESSION_REMINDER, session, session=session.title, when=when)
            return Told(bell, reminder_card(booking, today))
        case Rule.SESSION_WEEK:
            bell = _bell(SESSION_REMINDER, session, session=session.title, when=_when(session))
            return Told(bell, week_reminder_card(booking, terms))
        case Rule.SESSION_HOUR:
            when = f"today at {session.starts_at:%H:%M}"
            bell = _bell(SESSION_REMINDER, session, session=session.title, when=when)
            return Told(bell, hour_reminder_card(booking, terms))
        case Rule.PLACE_OFFERED:
            bell = _bell(PLACE_OFFERED, session, session=session.title, until=until)
            return Told(bell, offer_card(booking))
        case Rule.SESSION_MOVED:
            change = f"moved to {spoken_moment(session.starts_at)}"
            bell = _bell(SESSION_CHANGED, session, session=session.title, change=change)
            return Told(bell, session_moved_card(booking))
        case Rule.SESSION_BACK_ON:
            change = f"been put back on: {spoken_moment(session.starts_at)}"
            bell = _bell(SESSION_CHANGED, session, session=session.title, change=change)
            return Told(bell, session_back_on_card(booking))
        case Rule.FEEDBACK | Rule.SHARING:
            asked = "How useful was" if rule is Rule.FEEDBACK else "How are you sharing"
            bell = _bell(HUB_NEWS, session, headline=f"{asked} {session.title}?")
            return Told(bell, question_card(rule, booking))
        case Rule.SESSION_CANCELLED:
            bell = _bell(SESSION_CHANGED, session, session=session.title, change="been cancelled")
            return Told(bell, session_cancelled_card(booking))
        case Rule.INVITED:
            headline = f"{booking.invited_by} has asked for a place for you on {session.title}"
            return Told(_bell(HUB_NEWS, session, headline=headline), invitation_card(booking))
        case Rule.PRESSED_IN_PUBLIC:
            headline = f"Your press of a button in a shared chat: {session.title}"
            bell = _bell(HUB_NEWS, session, headline=headline)
            return Told(bell, pressed_in_public_card(booking))
        case _:
            raise ValueError(f"{rule} is not about a booking")


def _when(session: Session) -> str:
    return f"on {spoken_moment(session.starts_at)}"


def to_read(terms: RuleTerms, booking: Booking, toolkit: Toolkit) -> Told:
    """Say which page to read before a session."""
    session = booking.session
    headline = f"Two minutes before {session.title}: {toolkit.title}"
    told = Told(_bell(HUB_NEWS, session, headline=headline), reading_card(booking, toolkit, terms))
    return replace(told, starts_at=session.starts_at)


def suggested(session: Session, suggested_by: str) -> Told:
    """Say that a colleague passed a session on."""
    headline = f"{suggested_by} thought of you for {session.title}"
    return Told(_bell(HUB_NEWS, session, headline=headline), suggestion_card(session, suggested_by))


def about_news(announcement: Announcement) -> Told:
    """Say a lead's news: the first sentence on the bell, all of it on the card."""
    bell = Bell(
        HUB_NEWS,
        preview=f"From {announcement.author_name}, for {announcement.for_whom}",
        parameters={"headline": headline(announcement.words)},
        topic=announcement.session.title if announcement.session else "News from the SEND Hub",
        about=announcement.id,
    )
    return Told(bell, news_card(announcement))


def _bell(activity_type: ActivityType, session: Session, /, **parameters: str) -> Bell:
    hours = spoken_hours(session.starts_at, session.ends_at)
    preview = f"{spoken_day(session.starts_at.date())}, {hours}, {session.venue}"
    return Bell(activity_type, preview, parameters, topic=session.title, about=session.id)
