"""Where others read along: a channel, a group chat, a card that somebody shared.

Cards here are the same for everybody. A press books for the one who pressed, and what it led to is
told in their own chat.

What Teams does with the answer to a press (Teams documentation, "Universal Actions", "User
Specific Views"): a card goes to the client of the one who pressed and nobody else; the message
itself, which the others see, stays as it was until it is refreshed for them, by itself in chats of
up to 60 members and by hand in larger ones. Words are shown to the one who pressed, and the card
stays. So the shared card is never edited for all: a card answers what went through, words answer
a no to one person. Still no card carries anybody's own standing: it is on a screen that others may
see, and what the bot says unasked or when mentioned is everybody's from the start.
"""

from dataclasses import replace
from uuid import UUID

from microsoft_teams.cards import AdaptiveCard

from cards.greeting import notice_card
from cards.parts import Verb
from cards.shared_programme import shared_programme_card
from cards.shared_session import (
    already_placed_words,
    clash_words,
    no_longer_on_card,
    placed_words,
    shared_session_card,
)
from dialogs import programme, toolkits_in_public, wishes
from dialogs.answer import OnPublicPress, Press, PublicAnswer
from dialogs.asking import asked_for
from dialogs.desk import Desk
from hub import refusals
from hub.booking import Clash, OpenSession, may_see, no_longer_on
from hub.offer import SCHOOL_MEETING_TIER, Offer
from hub.people import Person, as_anybody
from hub.programme import Sought, entries_of
from hub.refusals import Reason, Refusal
from hub.understanding import Intent, Understanding
from hub.when_it_suits import is_only_what_suits
from store import bookings, conversations, nudges, sessions

OWN_CHAT = "Let's do that in our own chat"
_WHY_THERE = (
    "This is a shared conversation, so I keep bookings out of it. Open a chat with me and say “hi”."
)
ANSWERED_ELSEWHERE = "Thank you. I've answered you in our own chat."
#: A no that holds for everybody, so that the card may say it; any other is for the one who pressed.
_IS_OFF = frozenset({Reason.GONE, Reason.CANCELLED, Reason.STARTED})


async def act(desk: Desk, person: Person, press: Press) -> PublicAnswer:
    """Do what the button says as far as others may read along."""
    on_press = PRESSES.get(press.verb)
    return await on_press(desk, person, press) if on_press else f"{OWN_CHAT}. {_WHY_THERE}"


async def hear(desk: Desk, person: Person, meaning: Understanding) -> AdaptiveCard:
    """Answer what was typed as far as others may read along; move the rest to the own chat."""
    if answer := toolkits_in_public.hear(desk, meaning):
        return answer
    if is_only_what_suits(meaning.text):
        meaning = replace(meaning, intent=Intent.WHATS_ON)
    match meaning.intent:
        case Intent.FIND_TOOLKIT:
            return await toolkits_in_public.find(desk, meaning)
        case Intent.WHATS_ON:
            sought, words = await asked_for(desk, meaning)
            return await show_whats_on(desk, person, sought, words=words)
        case Intent.HELP | Intent.SMALLTALK:
            return (await wishes.by_intent(desk, person, replace(meaning, is_sure=True))).card
        case _:
            return notice_card(OWN_CHAT, _WHY_THERE)


async def show_whats_on(
    desk: Desk, person: Person, sought: Sought, page: int = 0, words: str = ""
) -> AdaptiveCard:
    """One page of all that is still to come, whoever asks."""
    if sought.tier == SCHOOL_MEETING_TIER:
        return await programme.show_whats_on(desk, person, sought)
    sought = replace(sought, for_all=True)
    async with desk.database.read() as db:
        coming = await sessions.open_sessions(db, as_anybody(person), desk.now(), sought)
    found = entries_of(coming)
    title, note = programme.title_of(sought, words), ""
    if not found:
        instead, found = await programme.what_else(desk, as_anybody(person), sought)
        note = programme.nothing_but_else(sought, words) if found else ""
        sought = replace(instead, for_all=True)
    page, shown, has_more = programme.page_shown(found, page)
    return shared_programme_card(title, shown, sought, page=page, has_more=has_more, note=note)


async def show_session(desk: Desk, person: Person, session_id: UUID) -> AdaptiveCard:
    """One session as everybody sees it, or that it is off."""
    async with desk.database.read() as db:
        shown = await sessions.open_session(db, as_anybody(person), session_id)
    if shown is None or not may_see(as_anybody(person), shown.session, desk.now()):
        return no_longer_on_card(refusals.session_gone())
    if refusal := no_longer_on(shown.session, desk.now()):
        return no_longer_on_card(refusal)
    return as_everybody_sees(shown, desk.offer)


async def book(desk: Desk, person: Person, session_id: UUID) -> PublicAnswer:
    """Book for the one who pressed; their own card is owed to their own chat by the same change."""
    now = desk.now()
    async with desk.database.begin() as db:
        outcome = await bookings.book(db, person, session_id, now)
        if isinstance(outcome, Clash):
            return clash_words(outcome)
        if isinstance(outcome, Refusal):
            return no_longer_on_card(outcome) if outcome.reason in _IS_OFF else outcome.say
        if not outcome.is_new:
            return already_placed_words(outcome.booking)
        await nudges.answer_in_chat(db, outcome.booking, now)
        chat = await conversations.place_of(db, person.id)
        shown = await sessions.open_session(db, as_anybody(person), session_id)
    if chat is None or shown is None:
        return placed_words(outcome.booking)
    return as_everybody_sees(shown, desk.offer, ANSWERED_ELSEWHERE)


def as_everybody_sees(shown: OpenSession, offer: Offer, note: str = "") -> AdaptiveCard:
    """The card of a session that holds nothing of anybody's own."""
    tier = offer.tier(shown.session.tier)
    return shared_session_card(shown, tier.purpose if tier else "", note)


async def _session(desk: Desk, person: Person, press: Press) -> PublicAnswer:
    session_id = press.id_of("session")
    if session_id is None:
        return refusals.not_understood().say
    if press.verb is Verb.BOOK:
        return await book(desk, person, session_id)
    return await show_session(desk, person, session_id)


async def _whats_on(desk: Desk, person: Person, press: Press) -> PublicAnswer:
    return await show_whats_on(desk, person, programme.sought_from(press), press.page)


async def _help(desk: Desk, person: Person, press: Press) -> PublicAnswer:
    return (await wishes.PRESSES[press.verb](desk, person, press)).card


PRESSES: dict[Verb, OnPublicPress] = {
    Verb.HELP: _help,
    Verb.WHATS_ON: _whats_on,
    Verb.SHOW_SESSION: _session,
    Verb.BOOK: _session,
    **toolkits_in_public.PRESSES,
}
