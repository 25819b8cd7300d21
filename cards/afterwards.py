"""After a session: how was it, and how was it shared; one tap, and a sentence if you like."""

from microsoft_teams.cards import AdaptiveCard, TextBlock, TextInput

from cards.parts import (
    Verb,
    button,
    card,
    form_button,
    heading,
    line,
    my_bookings_button,
    plain,
    quiet,
    reminders_button,
    whats_on_button,
)
from cards.session_parts import in_a_line
from hub.afterwards import LONGEST_WORDS, RATINGS, SHARED
from hub.booking import Booking
from hub.nudges import Rule
from hub.spoken import short_day

WORDS_INPUT = "words"
_QUESTIONS = {
    Rule.FEEDBACK: "How useful was it?",
    Rule.SHARING: "How are you sharing it in school?",
}
_VERBS = {Rule.FEEDBACK: Verb.RATE, Rule.SHARING: Verb.SAY_SHARED}
_ANSWERS = {Rule.FEEDBACK: RATINGS, Rule.SHARING: SHARED}
_WHY = {
    Rule.FEEDBACK: "You get this because you came. Your answer is shown as a count only.",
    Rule.SHARING: "You get this because you came: what is learned there is meant for your school.",
}


def question_card(rule: Rule, booking: Booking) -> AdaptiveCard:
    """Ask one question about one session; each answer is a button."""
    session, ids = booking.session, str(booking.id)
    title = _QUESTIONS[rule]
    return card(
        f"{title} {in_a_line(session)}",
        [
            heading(title),
            TextBlock(
                text=f"{plain(session.title)}, {short_day(session.starts_at.date())}",
                weight="Bolder",
                wrap=True,
            ),
            quiet(_WHY[rule]),
        ],
        [
            *[
                button(words, _VERBS[rule], booking=ids, rating=str(rating))
                for rating, words in _ANSWERS[rule].items()
            ],
            reminders_button(rule),
        ],
    )


def thanks_card(rule: Rule, booking: Booking, rating: int, said: str = "") -> AdaptiveCard:
    """The answer is kept, and a sentence may be added; answering again changes it."""
    ids, answer = str(booking.id), _ANSWERS[rule][rating]
    title = "Thank you"
    words = f"You said: {answer.lower()}."
    return card(
        f"{title}. {words} {in_a_line(booking.session)}",
        [
            heading(title),
            line(f"{words} ({plain(booking.session.title)})"),
            *([line(f"You wrote: {plain(said)}")] if said else []),
            TextInput(
                id=WORDS_INPUT,
                label="Anything to add? (optional)",
                placeholder="What will you use, or what was missing? No names of pupils",
                is_multiline=True,
                max_length=LONGEST_WORDS,
                value=said or None,
            ),
        ],
        [
            form_button("Send", _VERBS[rule], booking=ids, rating=str(rating), sentence="yes"),
            my_bookings_button(),
            whats_on_button(),
        ],
    )
