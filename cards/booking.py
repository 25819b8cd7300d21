"""One booking of a person: confirmed, waiting, offered, asked for by a colleague, given up.

All of them in a list are next door, in ``my_bookings``.
"""

from collections.abc import Sequence

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    ExecuteAction,
    Fact,
    TextBlock,
    TextInput,
)

from cards.booking_news import session_cancelled_card
from cards.parts import (
    Verb,
    button,
    card,
    form_button,
    heading,
    line,
    my_bookings_button,
    plain,
    whats_on_button,
)
from cards.school_meeting_news import meeting_place_card
from cards.seats import may_suggest, seat_lines
from cards.session_parts import in_a_line, joining, session_facts
from hub.booking import LONGEST_HOPES, Booking, BookingState, Session, SessionState
from hub.colleagues import Seat
from hub.school_year import ONE_DAY
from hub.spoken import ordinal, short_day, spoken_moment

#: The field in which somebody writes what they would like from a session.
HOPES_INPUT = "hopes"
REASON_INPUT = "reason"


def booking_card(
    booking: Booking,
    intro: str = "",
    *,
    seats: Sequence[Seat] = (),
    clashes: Sequence[Booking] = (),
    has_mailbox: bool = True,
) -> AdaptiveCard:
    """A booking as it stands now, with what can be done about it.

    ``has_mailbox`` is whether it can go into the person's calendar by itself.
    """
    if booking.session.is_school_meeting:
        return meeting_place_card(booking)
    if booking.session.state is SessionState.CANCELLED:
        return session_cancelled_card(booking)
    match booking.state:
        case BookingState.CONFIRMED:
            happens = _what_happens_next(booking) if has_mailbox else _by_yourself(booking)
            return _confirmed_card(booking, intro, seats, [happens, *map(_also, clashes)])
        case BookingState.WAITING:
            return _waiting_card(booking, intro)
        case BookingState.OFFERED if booking.invited_by:
            return invitation_card(booking)
        case BookingState.OFFERED:
            return offer_card(booking)
        case _:
            return given_up_card(booking)


def _what_happens_next(booking: Booking) -> str:
    """What is promised must come: booked the day before, there is no reminder any more."""
    starts_at = booking.session.starts_at
    if (
        booking.since
        and starts_at.date() - booking.since.astimezone(starts_at.tzinfo).date() <= ONE_DAY
    ):
        return "What happens next: it goes into your calendar. See you there."
    return (
        "What happens next: it goes into your calendar, and, unless you have turned reminders off, "
        "I'll remind you at 15:45 on the school day before."
    )


def _by_yourself(booking: Booking) -> str:
    """What to copy into a calendar that the Hub can't reach."""
    return (
        "I couldn't find a Microsoft 365 calendar of yours, so nothing goes into it by itself. Add "
        f"to my calendar: {plain(in_a_line(booking.session))}."
    )


def _also(clashing: Booking) -> str:
    session = in_a_line(clashing.session)
    return f"Please note: you also have a place on {session}, at the same time."


def _confirmed_card(
    booking: Booking, intro: str, seats: Sequence[Seat], notes: Sequence[str]
) -> AdaptiveCard:
    session, ids = booking.session, str(booking.id)
    title = intro or "You're booked"
    body: list[CardElement] = [
        heading(title),
        TextBlock(text=plain(session.title), weight="Bolder", wrap=True),
        session_facts(session),
        *joining(session),
        line(notes[0]),
        *seat_lines(seats),
        *[line(each) for each in notes[1:]],
    ]
    if booking.hopes:
        body.append(line(f"You would like: {plain(booking.hopes)}"))
    body.append(
        TextInput(
            id=HOPES_INPUT,
            label="What would you like from it? (optional)",
            placeholder="A need or a situation, no names of pupils",
            is_multiline=True,
            max_length=LONGEST_HOPES,
            value=booking.hopes or None,
        )
    )
    return card(
        f"{title}: {in_a_line(session)}",
        body,
        [
            form_button("Send", Verb.SET_HOPES, booking=ids),
            # Six buttons at most: where one joins, the way to all bookings is a word or help away.
            *([] if session.link else [my_bookings_button()]),
            button("Give up my place", Verb.ASK_GIVE_UP, booking=ids),
            button("Swap", Verb.ASK_SWAP, booking=ids),
            *_with_others(session, seats),
        ],
        refresh=button("Refresh", Verb.SHOW_BOOKING, booking=ids),
    )


def _with_others(session: Session, seats: Sequence[Seat]) -> list[ExecuteAction]:
    ids = str(session.id)
    share = button("Share", Verb.SHARE, session=ids)
    if may_suggest(seats):
        return [button("Pass it on", Verb.SUGGEST, session=ids), share]
    return [button("For a colleague", Verb.ASK_COLLEAGUE, session=ids), share]


def _waiting_card(booking: Booking, intro: str) -> AdaptiveCard:
    ids = str(booking.id)
    title = intro or "You're on the waiting list"
    place = ordinal(booking.position or 1)
    text = (
        "If a place comes up I'll offer it to you first thing on a school day and keep it for "
        "24 school hours."
    )
    return card(
        f"{title}, {place} in line: {in_a_line(booking.session)}",
        [
            heading(title),
            TextBlock(text=plain(booking.session.title), weight="Bolder", wrap=True),
            session_facts(booking.session, Fact(title="In line", value=place)),
            line(text),
        ],
        [
            button("Leave the waiting list", Verb.ASK_GIVE_UP, booking=ids),
            my_bookings_button(),
            whats_on_button("See others", tier=booking.session.tier),
        ],
        refresh=button("Refresh", Verb.SHOW_BOOKING, booking=ids),
    )


def offer_card(booking: Booking) -> AdaptiveCard:
    """A place has come up for whoever waited longest."""
    ids = str(booking.id)
    until = spoken_moment(booking.offer_until) if booking.offer_until else "the session starts"
    return card(
        f"A place has come up: {in_a_line(booking.session)}. It is yours until {until}.",
        [
            heading("A place has come up"),
            TextBlock(text=plain(booking.session.title), weight="Bolder", wrap=True),
            session_facts(booking.session),
            line(f"I'm keeping it for you until {until}. You asked to be on the waiting list."),
        ],
        [
            button("Take the place", Verb.TAKE_OFFER, style="positive", booking=ids),
            button("No, thank you", Verb.GIVE_UP, booking=ids),
        ],
        refresh=button("Refresh", Verb.SHOW_BOOKING, booking=ids),
    )


def give_up_question_card(booking: Booking) -> AdaptiveCard:
    """Ask before a place is freed: somebody else may have it a moment later."""
    ids = str(booking.id)
    waiting = booking.state is BookingState.WAITING
    title = "Leave the waiting list?" if waiting else "Give up your place?"
    yes = "Yes, leave the list" if waiting else "Yes, give it up"
    return card(
        f"{title} {in_a_line(booking.session)}",
        [
            heading(title),
            TextBlock(text=plain(booking.session.title), weight="Bolder", wrap=True),
            session_facts(booking.session),
            TextInput(
                id=REASON_INPUT,
                label="Anything the Hub should know? (optional)",
                max_length=LONGEST_HOPES,
            ),
        ],
        [
            form_button(yes, Verb.GIVE_UP, style="destructive", booking=ids),
            button("No, keep it", Verb.SHOW_BOOKING, booking=ids),
        ],
    )


def given_up_card(
    booking: Booking, former: BookingState = BookingState.CONFIRMED, note: str = ""
) -> AdaptiveCard:
    """The place is free again, and how to have it back; ``former`` is what was given up."""
    title = "You've given up your place"
    text = "Thank you for letting us know: somebody else can come now. Your calendar is put right."
    if former in {BookingState.WAITING, BookingState.OFFERED}:
        is_waiting = former is BookingState.WAITING
        title = "You've left the waiting list" if is_waiting else "That's fine, I've passed it on"
        text = "Thank you for letting us know: it helps whoever else would like to come."
    return card(
        f"{title}: {in_a_line(booking.session)}",
        [
            heading(title),
            line(f"{plain(booking.session.title)}, {short_day(booking.session.starts_at.date())}."),
            line(text),
            *([line(note)] if note else []),
        ],
        [
            button("Undo", Verb.BOOK, session=str(booking.session.id)),
            whats_on_button(),
            my_bookings_button(),
        ],
        refresh=button("Refresh", Verb.SHOW_BOOKING, booking=str(booking.id)),
    )


def invitation_card(booking: Booking) -> AdaptiveCard:
    """A colleague asked for this place; it is theirs once they say yes."""
    ids = str(booking.id)
    until = spoken_moment(booking.offer_until) if booking.offer_until else "the session starts"
    asked = f"{plain(booking.invited_by or 'A colleague')} has asked for a place for you"
    return card(
        f"{asked}: {in_a_line(booking.session)}. It is kept until {until}.",
        [
            heading(asked),
            TextBlock(text=plain(booking.session.title), weight="Bolder", wrap=True),
            session_facts(booking.session),
            line(f"I'm keeping it for you until {until}. It's up to you."),
        ],
        [
            button("Yes, book me", Verb.TAKE_OFFER, style="positive", booking=ids),
            button("No, thank you", Verb.GIVE_UP, booking=ids),
        ],
        refresh=button("Refresh", Verb.SHOW_BOOKING, booking=ids),
    )
