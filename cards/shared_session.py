"""One session as everybody may see it: in a channel, in a group chat, in somebody's message.

It holds nothing of whoever asked for it, shared it or booked it; only the places left change.
"""

from urllib.parse import quote, urlencode

from microsoft_teams.cards import AdaptiveCard, CardElement, ExecuteAction, Fact, OpenUrlAction

from cards.booking import booking_card
from cards.parts import Verb, button, card, heading, line, plain, quiet, whats_on_button
from cards.session_parts import in_a_line, session_facts
from hub.booking import Booking, BookingState, Clash, OpenSession, Session
from hub.refusals import Refusal, spoken_roles
from hub.spoken import counted, ordinal, short_day, spoken_hours

#: Microsoft's limit for the text that goes with a shared link ("Share to Teams", msgText).
LONGEST_SHARED_TEXT = 200


def shared_session_card(shown: OpenSession, purpose: str, note: str = "") -> AdaptiveCard:
    """A session to be booked by whoever reads it; ``purpose`` is why its tier is there.

    ``note`` is said only to the one whose press this card answers.
    """
    session = shown.session
    notes = [line(note)] if note else []
    return card(
        " ".join(filter(None, [note, f"{in_a_line(session)}. {purpose}"])),
        [heading(plain(session.title)), *notes, *_about(shown, purpose)],
        [book_button(shown), whats_on_button("See others")],
        refresh=button("Refresh", Verb.SHOW_SESSION, session=str(session.id)),
    )


def _about(shown: OpenSession, purpose: str) -> list[CardElement]:
    roles = spoken_roles(shown.session.audience)
    facts = session_facts(
        shown.session,
        Fact(title="For", value=roles or "All staff"),
        Fact(title="Places", value=places_spoken(shown)),
    )
    return [facts, line(plain(purpose))] if purpose else [facts]


def places_spoken(shown: OpenSession) -> str:
    """How many are left; who has the others is nobody's business."""
    if shown.places_left:
        return f"{counted(shown.places_left, 'place')} left"
    return "Full, but there is a waiting list"


def book_button(shown: OpenSession) -> ExecuteAction:
    """A place for whoever presses, or the waiting list."""
    session = str(shown.session.id)
    if shown.places_left:
        return button("Book my place", Verb.BOOK, style="positive", session=session)
    return button("Join the waiting list", Verb.BOOK, session=session)


def share_card(shown: OpenSession, purpose: str, chat_link: str) -> AdaptiveCard:
    """The same in one's own chat, with the two ways to pass it on."""
    session, ids = shown.session, str(shown.session.id)
    how = (
        "“Share in Teams” sends the details to anybody you choose, with a link to me. In any chat "
        "you can also open SEND Hub below the message box and pick this session: it then comes as "
        "a card with its own “Book my place”."
    )
    return card(
        f"Share this session: {in_a_line(session)}. {how}",
        [
            heading("Share this session"),
            line(f"**{plain(session.title)}**"),
            *_about(shown, purpose),
            quiet(how),
        ],
        [
            OpenUrlAction(title="Share in Teams", url=share_link(session, chat_link)),
            button("Back to the session", Verb.SHOW_SESSION, session=ids),
            whats_on_button("See others"),
        ],
        refresh=button("Refresh", Verb.SHARE, session=ids),
    )


def share_link(session: Session, chat_link: str) -> str:
    """Teams' own page for sending a link with some words to a person, a group or a channel.

    It is what Microsoft's "Share to Teams" button opens (``href`` and ``msgText`` of its
    launcher). The deep link that opens a chat with a message ready
    (``/l/chat/0/0?users=…&message=…``) wants to know beforehand to whom; here the sharer chooses.
    """
    said = {"href": chat_link, "msgText": in_a_line(session)[:LONGEST_SHARED_TEXT]}
    return f"https://teams.microsoft.com/share?{urlencode(said, quote_via=quote)}"


def no_longer_on_card(refusal: Refusal) -> AdaptiveCard:
    """What a shared card becomes when its session is cancelled, over or gone."""
    return card(
        refusal.say,
        [heading("This session can't be booked now"), line(plain(refusal.say))],
        [whats_on_button("See others")],
    )


def pressed_in_public_card(booking: Booking) -> AdaptiveCard:
    """A booking in the person's own chat, made by a press elsewhere: it says where it comes from."""
    shown = booking_card(booking)
    title, *rest = shown.body or []
    where = quiet("You pressed a button in a shared chat. Only you can see this.")
    shown.body = [title, where, *rest]
    return shown


def placed_words(booking: Booking) -> str:
    """What the one who pressed reads when there is no chat of their own yet."""
    session = booking.session
    hours = spoken_hours(session.starts_at, session.ends_at)
    what = f"“{session.title}”, {short_day(session.starts_at.date())}, {hours}, {session.venue}"
    standing = f"You're booked on {what}."
    if booking.state is BookingState.WAITING:
        place = ordinal(booking.position or 1)
        standing = f"It's full, so you're {place} on the waiting list for {what}."
    return f"{standing} Open a chat with me to see or change it."


def already_placed_words(booking: Booking) -> str:
    """What the one who pressed a second time reads."""
    return f"You've done that already. {placed_words(booking)}"


def clash_words(clash: Clash) -> str:
    """What the one who pressed reads when they have a place elsewhere at that time."""
    held = clash.others[0].session
    return (
        f"I haven't booked that: you have a place on “{held.title}” at the same time. "
        "Ask me “what's on” in our own chat, and I'll help you to swap or to keep both."
    )
