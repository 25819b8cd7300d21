"""Places: book, wait, say what one hopes for, give up, take an offer.

One function a wish, used alike by a button and by a typed sentence. Each acts in one transaction
and answers, after it has committed, with a card of how things now stand.
"""

import re
from collections.abc import Sequence
from uuid import UUID

from microsoft_teams.cards import AdaptiveCard

from cards.booking import (
    HOPES_INPUT,
    REASON_INPUT,
    booking_card,
    give_up_question_card,
    given_up_card,
)
from cards.clash import clash_card
from cards.greeting import notice_card, refusal_card
from cards.guarded import guarded_card, not_kept_words
from cards.my_bookings import my_bookings_card
from cards.parts import Verb
from dialogs.answer import Answer, Listening, OnPress, Press, not_understood, refused
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from hub import refusals
from hub.booking import (
    LONGEST_HOPES,
    UNDO_LASTS,
    Booking,
    BookingState,
    Clash,
    Placed,
    Session,
    may_give_up,
)
from hub.colleagues import JOINT_TIERS, Seat, seats_of
from hub.people import Person
from hub.refusals import Refusal
from hub.understanding import Understanding
from store import booking_reads, bookings, colleagues, school_years, swaps
from store.database import zone_of

#: The dialog that listens for what somebody would like from what they just booked.
HOPES = "hopes"
#: The dialog that takes a yes or a no to giving a place up.
GIVE_UP = "give-up-place"
UNDO = re.compile(r"^\W*undo( (that|it|this))?( please)?\W*$", re.IGNORECASE)
TAKE_OFFER = re.compile(
    r"^\W*(yes,? book me|(yes,? )?(i'?ll )?(take|accept) (the|that|my) (place|offer))( please)?\W*$",
    re.IGNORECASE,
)
YES_OR_NO = re.compile(
    r"^\W*((y|yes|yeah|yep|sure|book it|take it|i'?ll take it)( please| thanks?)?"
    r"|no,? thanks?( you)?|no|nope|nah|i (don'?t|do not) want (it|the place|to))\W*$",
    re.IGNORECASE,
)
_INTROS = {
    (BookingState.CONFIRMED, False): "You already have a place",
    (BookingState.WAITING, True): "It's full, so you're on the waiting list",
    (BookingState.WAITING, False): "You're already on the waiting list",
}


async def book(desk: Desk, person: Person, session_id: UUID) -> Answer:
    """Book or join the waiting list, and listen for what the person would like from it.

    A place at the same time is pointed out first.
    """
    async with desk.database.begin() as db:
        outcome = await bookings.book(db, person, session_id, desk.now())
    if isinstance(outcome, Clash):
        return Answer(clash_card(outcome))
    return await placed(desk, person, outcome)


async def book_anyway(desk: Desk, person: Person, session_id: UUID) -> Answer:
    """Book although something else is at the same time."""
    async with desk.database.begin() as db:
        outcome = await bookings.book_anyway(db, person, session_id, desk.now())
    return await placed(desk, person, outcome)


async def take_offer(desk: Desk, person: Person, booking_id: UUID) -> Answer:
    """Take a place that came up."""
    async with desk.database.begin() as db:
        outcome = await bookings.take_offer(db, person, booking_id, desk.now())
    return await placed(desk, person, outcome)


async def placed(desk: Desk, person: Person, outcome: Placed | Refusal) -> Answer:
    """The card of a place just had, or of why not."""
    if isinstance(outcome, Refusal):
        return refused(desk, person, outcome)
    booking = outcome.booking
    card = booking_card(
        booking,
        _INTROS.get((booking.state, outcome.is_new), ""),
        seats=await seats(desk, person, booking.session),
        clashes=outcome.clashes,
        has_mailbox=person.has_mailbox,
    )
    if outcome.is_new and booking.state is BookingState.CONFIRMED:
        return Answer(card, Listening(HOPES, {"booking": str(booking.id)}))
    return Answer(card)


async def seats(desk: Desk, person: Person, session: Session) -> Sequence[Seat]:
    """Who of this person's school comes to a joint session; nothing is asked for another."""
    if session.tier not in JOINT_TIERS:
        return ()
    async with desk.database.read() as db:
        staff = await colleagues.staff_of_school(db, person, session.id)
    return seats_of(session, staff)


async def show_bookings(desk: Desk, person: Person, page: int = 0) -> AdaptiveCard:
    """Everything still to come for this person, a page at a time."""
    now = desk.now()
    async with desk.database.read() as db:
        today = now.astimezone(zone_of(db)).date()
        return my_bookings_card(await booking_reads.bookings_to_come(db, person, now), page, today)


async def show_booking(desk: Desk, person: Person, booking_id: UUID) -> AdaptiveCard:
    """One booking of this person as it stands now."""
    async with desk.database.read() as db:
        booking = await booking_reads.booking_of(db, person, booking_id)
    if booking is None:
        return refusal_card(refusals.session_gone())
    return booking_card(
        booking,
        seats=await seats(desk, person, booking.session),
        has_mailbox=person.has_mailbox,
    )


async def ask_give_up(desk: Desk, person: Person, booking_id: UUID) -> Answer:
    """Ask before freeing a place, and listen for a typed yes or no."""
    async with desk.database.read() as db:
        booking = await booking_reads.booking_of(db, person, booking_id)
    if booking is None:
        return Answer(refusal_card(refusals.session_gone()))
    if refusal := may_give_up(booking, desk.now()):
        return Answer(refusal_card(refusal))
    asked = Listening(GIVE_UP, {"booking": str(booking_id)})
    return Answer(give_up_question_card(booking), asked)


async def give_up(desk: Desk, person: Person, booking_id: UUID, reason: str = "") -> AdaptiveCard:
    """Free the place and show how to have it back; an unsafe reason is not kept."""
    said = reason.strip()[:LONGEST_HOPES]
    guarded = await seen_in(desk, said)
    kept = "" if guarded else said
    async with desk.database.begin() as db:
        calendar = await school_years.calendar(db)
        before = await booking_reads.booking_of(db, person, booking_id)
        outcome = await bookings.give_up(db, person, booking_id, desk.now(), calendar, kept)
    if isinstance(outcome, Refusal):
        return refusal_card(outcome)
    former = before.state if before else BookingState.CONFIRMED
    return given_up_card(outcome, former, not_kept_words(guarded))


async def hear_undo(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take a place back that was given up a moment ago; None when something else was said."""
    if not UNDO.match(meaning.text):
        return None
    async with desk.database.read() as db:
        last = await booking_reads.given_up_last(db, person, desk.now() - UNDO_LASTS)
        live = await booking_reads.bookings_to_come(db, person, desk.now())
    if last is None:
        words = "I can take back a place that you gave up in the last half hour."
        return Answer(notice_card("There is nothing to undo", words))
    if swapped := next((each for each in live if each.since == last.since), None):
        return await _swap_back(desk, person, swapped, last.session)
    return await book(desk, person, last.session.id)


async def _swap_back(desk: Desk, person: Person, held: Booking, old: Session) -> Answer:
    async with desk.database.begin() as db:
        calendar = await school_years.calendar(db)
        outcome = await swaps.swap(db, person, held.id, old.id, desk.now(), calendar)
    if isinstance(outcome, Refusal):
        return refused(desk, person, outcome)
    return Answer(booking_card(outcome.booking, "Swapped back", has_mailbox=person.has_mailbox))


async def hear_take_offer(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take the one place that is being kept for this person; None when something else was said."""
    if not TAKE_OFFER.search(meaning.text):
        return None
    async with desk.database.read() as db:
        live = await booking_reads.bookings_to_come(db, person, desk.now())
    offered = [each for each in live if each.state is BookingState.OFFERED]
    if len(offered) == 1:
        return await take_offer(desk, person, offered[0].id)
    return Answer(await show_bookings(desk, person))


async def hear_offer_answered(desk: Desk, person: Person, text: str) -> Answer | None:
    """Show the place that is being kept for this person, when they say a bare yes or no to nothing.

    It may have been meant for another card, so the place is taken or passed on by its buttons.
    """
    if not YES_OR_NO.match(text):
        return None
    async with desk.database.read() as db:
        live = await booking_reads.bookings_to_come(db, person, desk.now())
    offered = [each for each in live if each.state is BookingState.OFFERED]
    if len(offered) != 1:
        return None
    return Answer(await show_booking(desk, person, offered[0].id))


async def set_hopes(desk: Desk, person: Person, booking_id: UUID, hopes: str) -> AdaptiveCard:
    """Keep what this person would like from the session, unless it must not be kept."""
    said = hopes.strip()
    if guarded := await seen_in(desk, said):
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
    intro = "Thank you, I've passed that on" if said else ""
    return booking_card(
        outcome,
        intro,
        seats=await seats(desk, person, outcome.session),
        has_mailbox=person.has_mailbox,
    )


async def _book(desk: Desk, person: Person, press: Press) -> Answer:
    session_id = press.id_of("session")
    return await book(desk, person, session_id) if session_id else not_understood()


async def _book_anyway(desk: Desk, person: Person, press: Press) -> Answer:
    session_id = press.id_of("session")
    return await book_anyway(desk, person, session_id) if session_id else not_understood()


async def _my_bookings(desk: Desk, person: Person, press: Press) -> Answer:
    return Answer(await show_bookings(desk, person, press.page))


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
    Verb.BOOK_ANYWAY: _book_anyway,
    Verb.MY_BOOKINGS: _my_bookings,
    Verb.SHOW_BOOKING: _about_a_booking,
    Verb.SET_HOPES: _about_a_booking,
    Verb.ASK_GIVE_UP: _about_a_booking,
    Verb.GIVE_UP: _about_a_booking,
    Verb.TAKE_OFFER: _about_a_booking,
}
