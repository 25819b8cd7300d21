"""Two sessions at the same time, and one place for another."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, CardElement, TextBlock

from cards.parts import (
    Verb,
    button,
    card,
    heading,
    line,
    my_bookings_button,
    plain,
    whats_on_button,
)
from cards.session_parts import in_a_line, session_facts, session_row
from hub.booking import Booking, Clash, OpenSession
from hub.spoken import counted, short_day, spoken_hours

#: Four sessions to choose from and two ways on make six buttons.
SHOWN = 4


def clash_card(clash: Clash) -> AdaptiveCard:
    """Somebody has a place elsewhere at that time: swap, keep, or have both."""
    held, wanted = clash.others[0], str(clash.session.id)
    title = "You have something at that time"
    return card(
        f"{title}: {in_a_line(held.session)}. You asked for {in_a_line(clash.session)}.",
        [
            heading(title),
            *[line(f"You're booked on: {_spoken(each)}") for each in clash.others],
            line("You asked for:"),
            TextBlock(text=plain(clash.session.title), weight="Bolder", wrap=True),
            session_facts(clash.session),
        ],
        [
            button("Swap to this one", Verb.SWAP, booking=str(held.id), session=wanted),
            button("Keep what I have", Verb.SHOW_BOOKING, booking=str(held.id)),
            button("Book both", Verb.BOOK_ANYWAY, session=wanted),
        ],
    )


def _spoken(booking: Booking) -> str:
    session = booking.session
    hours = spoken_hours(session.starts_at, session.ends_at)
    return f"{plain(session.title)}, {short_day(session.starts_at.date())}, {hours}"


def swap_card(booking: Booking, others: Sequence[OpenSession]) -> AdaptiveCard:
    """Other sessions of the same kind, each one tap away from being had instead."""
    if not others:
        text = "There is nothing else of that kind with a place left. Your place is safe."
        return card(
            text,
            [heading("Nothing to swap to just now"), line(text)],
            [
                button("Show my booking", Verb.SHOW_BOOKING, booking=str(booking.id)),
                whats_on_button("See others"),
            ],
        )
    title = "Which one instead?"
    return card(
        f"{title} You have {in_a_line(booking.session)}.",
        [
            heading(title),
            line(f"You keep {_spoken(booking)} until you choose."),
            *[_row(booking, each) for each in others[:SHOWN]],
        ],
        [
            button("Keep what I have", Verb.SHOW_BOOKING, booking=str(booking.id)),
            my_bookings_button(),
        ],
    )


def _row(booking: Booking, shown: OpenSession) -> CardElement:
    ids = {"booking": str(booking.id), "session": str(shown.session.id)}
    left = f"{counted(shown.places_left, 'place')} left"
    return session_row(shown.session, left, button("Swap to this one", Verb.SWAP, **ids))
