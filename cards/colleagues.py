"""A place for a colleague, and a word passed on."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, Choice, ChoiceSetInput, TextBlock

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
from cards.session_parts import in_a_line, session_facts
from hub.booking import LIVE, Booking, Session
from hub.colleagues import Colleague
from hub.nudges import Rule
from hub.people import Person
from hub.spoken import spoken_list, spoken_moment

#: The field in which a colleague is chosen.
COLLEAGUE_INPUT = "colleague"
#: A list that a card can carry; larger schools are found by role first.
MOST_NAMES = 120


def ask_colleague_card(session: Session, colleagues: Sequence[Colleague]) -> AdaptiveCard:
    """Whom is the place for? They get it as an invitation, and say yes or no themselves."""
    free = [each.person for each in colleagues if each.standing not in LIVE][:MOST_NAMES]
    title = "A place for a colleague"
    back = button("Back to the session", Verb.SHOW_SESSION, session=str(session.id))
    if not free:
        text = "I don't know anybody else at your school who could be asked. Once they say hi to me, I do."
        return card(text, [heading(title), line(text)], [back, whats_on_button()])
    return card(
        f"{title}: {in_a_line(session)}",
        [
            heading(title),
            TextBlock(text=plain(session.title), weight="Bolder", wrap=True),
            session_facts(session),
            ChoiceSetInput(
                id=COLLEAGUE_INPUT,
                label="Who at your school?",
                style="compact",
                placeholder="Choose a name",
                is_required=True,
                error_message="Please choose somebody",
                choices=[Choice(title=_named(each), value=str(each.id)) for each in free],
            ),
            quiet("They are asked first; the place is kept for them for 24 school hours."),
        ],
        [
            form_button(
                "Ask them", Verb.INVITE_COLLEAGUE, style="positive", session=str(session.id)
            ),
            back,
        ],
    )


def _named(person: Person) -> str:
    return f"{person.name} ({spoken_list(sorted(person.roles))})" if person.roles else person.name


def invited_card(booking: Booking, colleague: str) -> AdaptiveCard:
    """The invitation is on its way."""
    until = spoken_moment(booking.offer_until) if booking.offer_until else "the session starts"
    title = f"I've asked {plain(colleague)}"
    text = (
        f"A place is kept for them until {until}. They'll hear from me in school hours, and it is "
        "theirs once they say yes."
    )
    return card(
        f"{title}: {in_a_line(booking.session)}. {text}",
        [
            heading(title),
            TextBlock(text=plain(booking.session.title), weight="Bolder", wrap=True),
            session_facts(booking.session),
            line(text),
        ],
        [
            button("Ask another colleague", Verb.ASK_COLLEAGUE, session=str(booking.session.id)),
            button("Back to the session", Verb.SHOW_SESSION, session=str(booking.session.id)),
            my_bookings_button(),
        ],
    )


def suggested_card(session: Session, told: Sequence[Person]) -> AdaptiveCard:
    """The word was passed on, or there was nobody left to tell."""
    names = spoken_list([plain(each.name) for each in told])
    title = f"I've passed it on to {names}" if told else "Everybody has heard of it already"
    text = (
        "They'll hear from me in school hours, with a button to book."
        if told
        else "Whoever at your school it is meant for has been told, or has a place."
    )
    return card(
        f"{title}. {text}",
        [heading(title), line(text)],
        [
            button("Back to the session", Verb.SHOW_SESSION, session=str(session.id)),
            my_bookings_button(),
        ],
    )


def suggestion_card(session: Session, suggested_by: str) -> AdaptiveCard:
    """What the colleague reads: who passed it on, and the one button that books."""
    title = f"{plain(suggested_by)} thought of you"
    return card(
        f"{title}: {in_a_line(session)}",
        [
            heading(title),
            line("It would be good to go to this together:"),
            TextBlock(text=plain(session.title), weight="Bolder", wrap=True),
            session_facts(session),
            quiet("You get this because a colleague at your school passed it on."),
        ],
        [
            button("Book my place", Verb.BOOK, style="positive", session=str(session.id)),
            button("Show me more", Verb.SHOW_SESSION, session=str(session.id)),
            reminders_button(Rule.SESSION_SUGGESTED),
        ],
    )
