"""Places: book, wait, say what one hopes for, give up, take an offer.

One function a wish, used alike by a button and by a typed sentence. Each acts in one transaction
and answers, after it has committed, with a card of how things now stand.
"""

import re
from uuid import UUID

from microsoft_teams.cards import AdaptiveCard

from cards.booking import (
    HOPES_INPUT,
    REASON_INPUT,
    booking_card,
    give_up_question_card,
    given_up_card,
    my_bookings_card,
)
from cards.greeting import notice_card, refusal_card
from cards.parts import Verb
from cards.session import nothing_on_card, session_card
from dialogs.answer import Answer, Listening, OnPress, Press, not_understood
from dialogs.desk import Desk
from hub import refusals
from hub.booking import LONGEST_HOPES, UNDO_LASTS, BookingState, Placed, may_give_up
from hub.people import Person
from hub.refusals import Refusal
from hub.understanding import Guarded, Intent, Understanding
from store import bookings, school_years, sessions

#: The dialog that listens for what somebody would like from what they just booked.
HOPES = "hopes"
#: The dialog that takes a yes or a no to giving a place up.
GIVE_UP = "give-up-place"
UNDO = re.compile(r"^\W*undo( (that|it|this))?( please)?\W*$", re.IGNORECASE)
_INTROS = {
    (BookingState.CONFIRMED, False): "You already have a place",
    (BookingState.WAITING, True): "It's full, so you're on the waiting list",
    (BookingState.WAITING, False): "You're already on the waiting list",
}


async def book(desk: Desk, person: Person, session_id: UUID) -> Answer:
    """Book or join the waiting list, and listen for what the person would like from it."""
    async with desk.database.begin() as db:
        outcome = await bookings.book(db, person, session_id, desk.now())
    return _placed(outcome)


async def take_offer(desk: Desk, person: Person, booking_id: UUID) -> Answer:
    """Take a place that came up."""
    async with desk.database.begin() as db:
        outcome = await bookings.take_offer(db, person, booking_id, desk.now())
    return _placed(outcome)


def _placed(outcome: Placed | Refusal) -> Answer:
    if isinstance(outcome, Refusal):
        return Answer(refusal_card(outcome))
    booking = outcome.booking
    card = booking_card(booking, _INTROS.get((booking.state, outcome.is_new), ""))
    if outcome.is_new and booking.state is BookingState.CONFIRMED:
        return Answer(card, Listening(HOPES, {"booking": str(booking.id)}))
    return Answer(card)


async def book_next(desk: Desk, person: Person, tier: str) -> Answer:
    """Book the next session of a tier that this person has no place on yet.

    A full one is shown rather than waited for unasked.
    """
    async with desk.database.read() as db:
        coming = await sessions.open_sessions(db, person, desk.now(), tier=tier, limit=1)
    if not coming:
        return Answer(nothing_on_card("Nothing to book just yet", tier))
    (soonest,) = coming
    if soonest.own is None and not soonest.places_left:
        return Answer(session_card(soonest, "The next one is full. You can wait for a place."))
    return await book(desk, person, soonest.session.id)


async def show_bookings(desk: Desk, person: Person) -> AdaptiveCard:
    """Everything still to come for this person."""
    async with desk.database.read() as db:
        return my_bookings_card(await bookings.bookings_to_come(db, person, desk.now()))


async def show_booking(desk: Desk, person: Person, booking_id: UUID) -> AdaptiveCard:
    """One booking of this person as it stands now."""
    async with desk.database.read() as db:
        booking = await bookings.booking_of(db, person, booking_id)
    return booking_card(booking) if booking else refusal_card(refusals.session_gone())


async def ask_give_up(desk: Desk, person: Person, booking_id: UUID) -> Answer:
    """Ask before freeing a place, and listen for a typed yes or no."""
    async with desk.database.read() as db:
        booking = await bookings.booking_of(db, person, booking_id)
    if booking is None:
        return Answer(refusal_card(refusals.session_gone()))
    if refusal := may_give_up(booking, desk.now()):
        return Answer(refusal_card(refusal))
    asked = Listening(GIVE_UP, {"booking": str(booking_id)})
    return Answer(give_up_question_card(booking), asked)


async def give_up(desk: Desk, person: Person, booking_id: UUID, reason: str = "") -> AdaptiveCard:
    """Free the place and show how to have it back; an unsafe reason is not kept."""
    said = reason.strip()[:LONGEST_HOPES]
    kept = "" if desk.reader.guard(said) else said
    async with desk.database.begin() as db:
        calendar = await school_years.calendar(db)
        outcome = await bookings.give_up(db, person, booking_id, desk.now(), calendar, kept)
    return refusal_card(outcome) if isinstance(outcome, Refusal) else given_up_card(outcome)


async def hear_undo(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take a place back that was given up a moment ago; None when something else was said."""
    if not UNDO.match(meaning.text):
        return None
    async with desk.database.read() as db:
        last = await bookings.given_up_last(db, person, desk.now() - UNDO_LASTS)
    if last is None:
        words = "I can take back a place that you gave up in the last half hour."
        return Answer(notice_card("There is nothing to undo", words))
    return await book(desk, person, last.session.id)


async def set_hopes(desk: Desk, person: Person, booking_id: UUID, hopes: str) -> AdaptiveCard:
    """Keep what this person would like from the session, unless it must not be kept."""
    said = hopes.strip()
    if guarded := desk.reader.guard(said):
        return guarded_card(guarded)
    if len(said) > LONGEST_HOPES:
        return notice_card(
            "That is a little long for me",
            f"Could you say it in under {LONGEST_HOPES} characters? Your place is safe.",
        )
    async with desk.database.begin() as db:
        outcome = await bookings.set_hopes(db, person, booking_id, said)
    if isinstance(outcome, Refusal):
        return refusal_card(outcome)
    return booking_card(outcome, "Thank you, I've passed that on" if said else "")


def guarded_card(guarded: Guarded) -> AdaptiveCard:
    """What was seen, in general words, and what to do now; nothing of the text is kept."""
    if guarded.intent is Intent.SAFEGUARDING_CONCERN:
        return notice_card(
            "Please speak to your Designated Safeguarding Lead now",
            "This sounds like a safeguarding concern, and it should go to a person straight away. "
            "If a child is in immediate danger, ring 999.",
            "I haven't kept anything you wrote. Please don't put details here.",
        )
    seen = " and ".join(guarded.seen) or "something that could identify a pupil"
    return notice_card(
        "Let's leave that detail out",
        f"I think I saw {seen}, so I haven't kept your message. Nothing else is lost.",
        "Please say it again without it: a need, a class and what you tried are all I ever need.",
    )


async def _book(desk: Desk, person: Person, press: Press) -> Answer:
    session_id = press.id_of("session")
    return await book(desk, person, session_id) if session_id else not_understood()


async def _my_bookings(desk: Desk, person: Person, _press: Press) -> Answer:
    return Answer(await show_bookings(desk, person))


async def _about_a_booking(desk: Desk, person: Person, press: Press) -> Answer:
    booking_id = press.id_of("booking")
    if booking_id is None:
        return not_understood()
    match press.verb:
        case Verb.SET_HOPES:
            hopes = press.text_of(HOPES_INPUT)
            return Answer(await set_hopes(desk, person, booking_id, hopes), settles=True)
        case Verb.ASK_GIVE_UP:
            return await ask_give_up(desk, person, booking_id)
        case Verb.GIVE_UP:
            reason = press.text_of(REASON_INPUT)
            return Answer(await give_up(desk, person, booking_id, reason), settles=True)
        case Verb.TAKE_OFFER:
            return await take_offer(desk, person, booking_id)
        case _:
            return Answer(await show_booking(desk, person, booking_id))


PRESSES: dict[Verb, OnPress] = {
    Verb.BOOK: _book,
    Verb.MY_BOOKINGS: _my_bookings,
    Verb.SHOW_BOOKING: _about_a_booking,
    Verb.SET_HOPES: _about_a_booking,
    Verb.ASK_GIVE_UP: _about_a_booking,
    Verb.GIVE_UP: _about_a_booking,
    Verb.TAKE_OFFER: _about_a_booking,
}
