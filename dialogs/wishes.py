"""From an intent to the card that answers it, when no dialog is open."""

import re

from microsoft_teams.cards import AdaptiveCard

from cards.greeting import (
    hello_card,
    help_card,
    lead_help_card,
    notice_card,
    refusal_card,
)
from cards.guarded import WITHOUT_INPUT, guarded_card
from cards.parts import Verb
from dialogs import (
    announce_words,
    colleagues,
    introduction,
    lead_rules,
    lead_wishes,
    nudge_settings,
    offer,
    places,
    school_meeting,
    school_meeting_wishes,
    sharing,
    staff,
    topics,
    unreached,
    went_out,
    year,
)
from dialogs.answer import Answer, OnPress, OnWords, Press
from dialogs.asking import asked_for
from dialogs.booking_by_words import book_by_words
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from dialogs.programme import show_whats_on
from hub import refusals
from hub.people import Person, Role
from hub.programme import meant_to_give_up
from hub.spoken import spoken_list
from hub.understanding import Intent, Understanding
from store import booking_reads

THANKS = re.compile(r"\b(thanks?|thank you|cheers|ta|brilliant|great|lovely|bye)\b", re.IGNORECASE)

#: What the Hub does that this bot does not do yet: said plainly, with the way there is today.
_NOT_YET = {
    Intent.REQUEST_SUPPORT: (
        "1:1 support from the Trust SEND Lead",
        "I can't take requests for it yet, so please ask the Trust SEND Lead directly. "
        "A clinic may also help, and I can book you on one now.",
    ),
    Intent.REQUEST_SERVICE: (
        "Other help from the Hub",
        "I can't take requests for services yet, so please ask the Trust SEND Lead directly.",
    ),
    Intent.MY_REQUESTS: (
        "Your requests",
        "I don't hold requests yet; the Trust SEND Lead can tell you how yours stands.",
    ),
    Intent.LEAD_QUEUE: (
        "The queue of requests",
        "Requests don't come through me yet. The programme and the topics people ask for do.",
    ),
    Intent.LEAD_REPORT: (
        "The impact report",
        "I can't write it yet. “My year” and each session's card show who came.",
    ),
    Intent.FIND_TOOLKIT: (
        "Quick-reference toolkits",
        "They are not in this chat yet. A clinic is a good place to bring this to, and I can book "
        "you on one now.",
    ),
}
#: Wishes told by their words rather than by an intent, tried in this order: one a line, the most
#: particular first.
_PARTICULAR: tuple[OnWords, ...] = (
    introduction.hear,
    lead_rules.hear,
    lead_wishes.hear,
    nudge_settings.hear,
    offer.hear,
    places.hear_undo,
    places.hear_take_offer,
    year.hear_swap,
    year.hear_book_all,
    year.hear_my_year,
    colleagues.hear_for_a_colleague,
    sharing.hear_share,
    unreached.hear_unreached,
    went_out.hear_went_out,
    staff.hear_staff,
    topics.hear_topic,
    announce_words.hear_announce,
    school_meeting_wishes.hear_next_steps,
    school_meeting_wishes.hear_school_meeting,
)


async def particular(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Do what the very words say, even in the middle of something else; None for all others."""
    for hears in _PARTICULAR:
        if answer := await hears(desk, person, meaning):
            return answer
    return None


async def by_intent(desk: Desk, person: Person, meaning: Understanding) -> Answer:
    """Do what the intent alone says; with a public intent, nothing personal is shown."""
    match meaning.intent:
        case Intent.BOOK_SESSION:
            sought, words = await asked_for(desk, meaning)
            return await book_by_words(desk, person, meaning, sought, words)
        case Intent.WHATS_ON:
            sought, words = await asked_for(desk, meaning)
            return Answer(await show_whats_on(desk, person, sought, words=words))
        case Intent.MY_BOOKINGS:
            return Answer(await places.show_bookings(desk, person))
        case Intent.CANCEL_BOOKING:
            return await _give_up(desk, person, meaning)
        case Intent.NUDGE_SETTINGS:
            return await nudge_settings.by_words(desk, person, meaning.text)
        case Intent.PRIVACY:
            return Answer(await _what_is_held(desk, person))
        case Intent.HELP:
            return Answer(_what_i_can_do(person))
        case Intent.SMALLTALK:
            return Answer(_small_talk(person, meaning.text))
        case Intent.LEAD_QUEUE | Intent.LEAD_REPORT if not person.is_lead:
            return Answer(refusal_card(refusals.leads_only()))
        case intent if intent in _NOT_YET:
            return Answer(notice_card(*_NOT_YET[intent]))
        case Intent.LEAD_PROGRAMME | Intent.LEAD_REGISTER | Intent.LEAD_ANNOUNCE:
            return await lead_wishes.by_intent(desk, person, meaning)
        case _:
            return Answer(_not_understood())


async def _give_up(desk: Desk, person: Person, meaning: Understanding) -> Answer:
    """Ask about the one booking that "give up my place" can mean, or show all to choose from."""
    async with desk.database.read() as db:
        live = await booking_reads.bookings_to_come(db, person, desk.now())
    if not live:
        return Answer(refusal_card(refusals.nothing_booked()))
    sought, _ = await asked_for(desk, meaning)
    meant = meant_to_give_up(live, meaning, sought)
    if len(meant) == 1 and meant[0].session.is_school_meeting:
        return await school_meeting.ask_call_off(desk, person, meant[0].session.id)
    if len(meant) == 1:
        return await places.ask_give_up(desk, person, meant[0].id)
    return Answer(await places.show_bookings(desk, person))


async def _what_is_held(desk: Desk, person: Person) -> AdaptiveCard:
    async with desk.database.read() as db:
        live = await booking_reads.bookings_to_come(db, person, desk.now())
    school = person.school.name if person.school else "not known"
    roles = spoken_list([each for each in Role if each in person.roles]) or "not known"
    return notice_card(
        "What I keep about you",
        f"Your name and work identity, your school ({school}), what you do there ({roles}), your "
        f"reminder setting, and your bookings ({len(live)} still to come).",
        "I keep nothing about pupils. To see it all or have it erased, ask the Trust SEND Lead.",
    )


def _small_talk(person: Person, said: str) -> AdaptiveCard:
    if THANKS.search(said):
        return notice_card("You're welcome", "I'm here whenever you need the Hub.")
    return hello_card(person)


def _not_understood() -> AdaptiveCard:
    return notice_card(
        "I didn't quite catch that",
        "Try “any clinics coming up?”, “book me on the next clinic” or “what am I booked on?”.",
    )


async def _said_without(desk: Desk, person: Person, press: Press) -> Answer:
    """Take what is left of a message without the detail that was taken out of it."""
    words = press.text_of(WITHOUT_INPUT)
    if guarded := await seen_in(desk, words):
        return Answer(guarded_card(guarded))
    meaning = desk.reader.understand(words)
    return await particular(desk, person, meaning) or await by_intent(desk, person, meaning)


async def _help(_desk: Desk, person: Person, _press: Press) -> Answer:
    return Answer(_what_i_can_do(person))


def _what_i_can_do(person: Person) -> AdaptiveCard:
    return lead_help_card() if person.is_lead else help_card()


PRESSES: dict[Verb, OnPress] = {Verb.HELP: _help, Verb.SAY_WITHOUT: _said_without}
