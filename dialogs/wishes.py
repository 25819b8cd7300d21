"""From an intent to the card that answers it, when no dialog is open."""

import re
from dataclasses import replace

from microsoft_teams.cards import AdaptiveCard

from cards.did_you_mean import did_you_mean_card
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
    lead_quick_answers,
    lead_rules,
    lead_wishes,
    nudge_settings,
    offer,
    places,
    privacy,
    request_draft,
    request_wishes,
    school_meeting,
    school_meeting_wishes,
    sharing,
    staff,
    toolkit_words,
    toolkits,
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
from hub.people import Person
from hub.programme import meant_to_give_up
from hub.toolkits.page import Toolkit
from hub.understanding import Intent, Understanding
from hub.when_it_suits import is_only_what_suits
from store import booking_reads

THANKS = re.compile(r"\b(thanks?|thank you|cheers|ta|brilliant|great|lovely|bye)\b", re.IGNORECASE)

ASK_ABOUT = re.compile(
    r"^\W*(?:please )?ask (?:the hub|somebody|someone|a person|you) about (?:this|it|that)\W*$",
    re.IGNORECASE,
)

#: 1:1 support from the Trust SEND Lead (offer, tier 6).
SUPPORT_TIER = "6"
#: What the Hub does that this bot does not do yet: said plainly, with the way there is today.
_NOT_YET = {
    Intent.LEAD_REPORT: (
        "The impact report",
        "I can't write it yet. “My year” and each session's card show who came.",
    ),
}
#: Wishes told by their words rather than by an intent, tried in this order: one a line, the most
#: particular first.
_PARTICULAR: tuple[OnWords, ...] = (
    privacy.hear,
    introduction.hear,
    staff.hear_staff,
    lead_rules.hear,
    lead_quick_answers.hear,
    request_wishes.hear,
    lead_wishes.hear,
    nudge_settings.hear,
    offer.hear,
    places.hear_undo,
    places.hear_take_offer,
    year.hear_swap,
    year.hear_book_all,
    year.hear_my_year,
    colleagues.hear_for_a_colleague,
    toolkit_words.hear,
    sharing.hear_share,
    unreached.hear_unreached,
    went_out.hear_went_out,
    topics.hear_topic,
    announce_words.hear_announce,
    school_meeting_wishes.hear_next_steps,
    school_meeting_wishes.hear_school_meeting,
)


async def _hear_ask_about(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Ask the Hub about the toolkit opened last; None for anything else."""
    if not ASK_ABOUT.match(meaning.text):
        return None
    toolkit = await toolkit_words.opened_last(desk, person)
    return await _ask_on(desk, person, toolkit) if toolkit else None


async def particular(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Do what the very words say, even in the middle of something else; None for all others."""
    for hears in (*_PARTICULAR, _hear_ask_about):
        if answer := await hears(desk, person, meaning):
            return answer
    return None


async def by_meaning(desk: Desk, person: Person, meaning: Understanding) -> Answer:
    """Answer what nothing else has taken: a need for help in its own words, or by the intent."""
    if is_only_what_suits(meaning.text):
        meaning = replace(meaning, intent=Intent.WHATS_ON, is_sure=True)
    need = await request_wishes.hear_need(desk, person, meaning)
    return need or await by_intent(desk, person, meaning)


async def by_intent(desk: Desk, person: Person, meaning: Understanding) -> Answer:
    """Do what the intent alone says, or ask; with a public intent, nothing personal is shown."""
    if not meaning.is_sure:
        return Answer(did_you_mean_card(meaning, is_lead=person.is_lead))
    return await _by_sure_intent(desk, person, meaning)


async def _by_sure_intent(desk: Desk, person: Person, meaning: Understanding) -> Answer:
    match meaning.intent:
        case Intent.BOOK_SESSION:
            sought, words = await asked_for(desk, meaning)
            return await book_by_words(desk, person, meaning, sought, words)
        case Intent.WHATS_ON:
            sought, words = await asked_for(desk, meaning)
            return Answer(await show_whats_on(desk, person, sought, words=words))
        case Intent.MY_BOOKINGS:
            return Answer(await places.show_bookings(desk, person))
        case Intent.CANCEL_BOOKING | Intent.FIND_TOOLKIT:
            return await _BY_INTENT[meaning.intent](desk, person, meaning)
        case Intent.NUDGE_SETTINGS:
            return await nudge_settings.by_words(desk, person, meaning.text)
        case Intent.PRIVACY:
            return await privacy.show(desk, person)
        case Intent.HELP:
            return Answer(_what_i_can_do(person))
        case Intent.SMALLTALK:
            return Answer(await _small_talk(desk, person, meaning.text))
        case intent if intent in request_wishes.INTENTS:
            return await request_wishes.by_intent(desk, person, meaning)
        case intent if intent in _NOT_YET:
            return Answer(_not_yet(person, intent))
        case Intent.LEAD_PROGRAMME | Intent.LEAD_REGISTER | Intent.LEAD_ANNOUNCE:
            return await lead_wishes.by_intent(desk, person, meaning)
        case _:
            return Answer(did_you_mean_card(meaning, is_lead=person.is_lead))


def _not_yet(person: Person, intent: Intent) -> AdaptiveCard:
    if intent is Intent.LEAD_REPORT and not person.is_lead:
        return refusal_card(refusals.leads_only())
    return notice_card(*_NOT_YET[intent])


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


_BY_INTENT = {Intent.CANCEL_BOOKING: _give_up, Intent.FIND_TOOLKIT: toolkit_words.find}


async def _small_talk(desk: Desk, person: Person, said: str) -> AdaptiveCard:
    if THANKS.search(said):
        return notice_card("You're welcome", "I'm here whenever you need the Hub.")
    begun = await request_draft.begun(desk, person)
    return hello_card(person, str(begun.id) if begun else "")


async def _said_without(desk: Desk, person: Person, press: Press) -> Answer:
    """Take what is left of a message without the detail that was taken out of it."""
    words = press.text_of(WITHOUT_INPUT)
    if guarded := await seen_in(desk, words):
        return Answer(guarded_card(guarded))
    meaning = desk.reader.understand(words)
    return await particular(desk, person, meaning) or await by_intent(desk, person, meaning)


async def _ask_about(desk: Desk, person: Person, press: Press) -> Answer:
    """Ask the Hub about a toolkit's subject, as if it had been typed."""
    return await _ask_on(desk, person, toolkits.toolkit_of(desk, press))


async def _ask_on(desk: Desk, person: Person, toolkit: Toolkit | None) -> Answer:
    about = (toolkit.slug,) if toolkit else ()
    named = " ".join(["1:1 support", *about])
    wish = Understanding(named, Intent.REQUEST_SUPPORT, about, SUPPORT_TIER, 1.0)
    return await by_intent(desk, person, wish)


async def _help(_desk: Desk, person: Person, _press: Press) -> Answer:
    return Answer(_what_i_can_do(person))


def _what_i_can_do(person: Person) -> AdaptiveCard:
    return lead_help_card() if person.is_lead else help_card()


PRESSES: dict[Verb, OnPress] = {
    Verb.HELP: _help,
    Verb.SAY_WITHOUT: _said_without,
    Verb.ASK_ABOUT_TOOLKIT: _ask_about,
}
