"""Before a booked session: what to bring, what to read, and an hour before one that is online."""

from microsoft_teams.cards import AdaptiveCard, CardElement, OpenUrlAction, TextBlock

from cards.gaps import why
from cards.parts import Verb, button, card, heading, line, plain, reminders_button, toolkit_button
from cards.session_parts import in_a_line, session_facts
from hub.booking import Booking, Session
from hub.nudge_rules import RuleTerms
from hub.spoken import spoken_day
from hub.toolkits.page import Toolkit


def week_reminder_card(booking: Booking, terms: RuleTerms) -> AdaptiveCard:
    """What is coming, how to get in, and what to bring; and the way out in good time."""
    session = booking.session
    title = f"Coming up on {spoken_day(session.starts_at.date())}"
    return _reminder(title, booking, terms, _to_know(session))


def hour_reminder_card(booking: Booking, terms: RuleTerms) -> AdaptiveCard:
    """An online session starts in an hour, with the link to join."""
    title = f"Starts at {booking.session.starts_at:%H:%M}"
    return _reminder(title, booking, terms, [])


def reading_card(booking: Booking, toolkit: Toolkit, terms: RuleTerms) -> AdaptiveCard:
    """A page on the same subject as a session to come."""
    session = booking.session
    title = f"Before {spoken_day(session.starts_at.date())}: two minutes' reading"
    text = f"You're booked on {session.title}. The Hub has a one-page toolkit on the same subject."
    return card(
        f"{title}. {text} {toolkit.title}: {toolkit.summary}",
        [
            heading(title),
            line(plain(text)),
            TextBlock(text=plain(toolkit.title), weight="Bolder", wrap=True),
            line(toolkit.summary),
            why(terms),
        ],
        [
            toolkit_button("Open the toolkit", toolkit.slug),
            button("Show my booking", Verb.SHOW_BOOKING, booking=str(booking.id)),
            reminders_button(terms.rule),
        ],
    )


def _to_know(session: Session) -> list[CardElement]:
    return [line(f"**Good to know:** {plain(session.notes)}")] if session.notes else []


def _reminder(
    title: str, booking: Booking, terms: RuleTerms, more: list[CardElement]
) -> AdaptiveCard:
    session, ids = booking.session, str(booking.id)
    join = [OpenUrlAction(title="Join", url=session.link)] if session.link else []
    return card(
        f"{title}: {in_a_line(session)}",
        [
            heading(title),
            TextBlock(text=plain(session.title), weight="Bolder", wrap=True),
            session_facts(session),
            *more,
            why(terms),
        ],
        [
            *join,
            button("Show my booking", Verb.SHOW_BOOKING, booking=ids),
            button("I can't come", Verb.ASK_GIVE_UP, booking=ids),
            reminders_button(terms.rule),
        ],
    )
