"""Requests by words and by button: which wish leads where, for whoever asks and whoever answers."""

import re
from datetime import datetime
from uuid import UUID

from cards.lead_queue import SEARCH_INPUT, Narrowed
from cards.parts import Verb
from cards.request import WORDS_INPUT
from dialogs import (
    agreed,
    lead_queue,
    lead_request,
    lead_request_words,
    my_request_words,
    my_requests,
    request_draft,
    service_request,
    support_request,
)
from dialogs.answer import Answer, OnPress, Press, not_understood, refused
from dialogs.desk import Desk
from dialogs.queue_words import narrowed_by
from hub import refusals
from hub.people import Person
from hub.request_life import HANDLERS, parties_of
from hub.request_references import reference_in
from hub.requests import Step
from hub.understanding import Intent, Understanding
from store import request_reads

#: What ``by_intent`` answers.
INTENTS = frozenset(
    {Intent.REQUEST_SUPPORT, Intent.REQUEST_SERVICE, Intent.MY_REQUESTS, Intent.LEAD_QUEUE}
)
_CHANGE = re.compile(r"\b(?:change|edit|correct|update)\b.*\b(?:my|the) request\b", re.IGNORECASE)
_CARRY_ON = re.compile(
    r"^\W*(?:carry on|continue|resume|finish|go on)(?: (?:with|writing))?"
    r"(?: (?:my|the|that) (?:request|draft|form))?(?: please)?\W*$",
    re.IGNORECASE,
)
_ABOUT_MINE = re.compile(
    r"\b(?:my|the|that) request\b|\b(?:my|our|the) (?:visit|call|follow[ -]?up)\b|none of (?:these|those|them|the times)|^\W*other times?",
    re.IGNORECASE,
)
_QUEUE = re.compile(
    r"^\W*(?:show (?:me )?)?(?:the )?(?:(?P<show>new|urgent|late) |open |waiting )?"
    r"(?:(?:my |our )?queue|requests? queue|requests)(?: please)?\W*$",
    re.IGNORECASE,
)
_SEARCH = re.compile(
    r"\b(?:search|find|look (?:for|up)|show|any) (?:me )?(?:the |all )?requests?"
    r"(?: (?:for|about|from|on|by|with))? (?P<words>.+?)\W*$",
    re.IGNORECASE,
)


async def hear(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Do what is typed about requests; None when something else is meant."""
    said = meaning.text.strip()
    reference = reference_in(said)
    if answer := await agreed.hear(desk, person, said, reference):
        return answer
    if reference and (answer := await _about_one(desk, person, said, reference)):
        return answer
    if person.is_lead and lead_request_words.takes_on(said):
        return await lead_request.take_on(desk, person)
    if found := _QUEUE.match(said):
        if person.is_lead or meaning.intent is Intent.LEAD_QUEUE:
            return await lead_queue.show(desk, person, Narrowed(found["show"] or "all"))
        return await my_requests.show_all(desk, person)
    if person.is_lead and (narrowed := await narrowed_by(desk, said)):
        return await lead_queue.show(desk, person, narrowed)
    if person.is_lead and (found := _SEARCH.search(said)):
        return await lead_queue.search(desk, person, found["words"])
    if reference:
        gone = refusals.no_such_reference(reference)
        return refused(desk, person, gone if person.is_lead else refusals.request_gone())
    if _CARRY_ON.match(said) and (begun := await request_draft.begun(desk, person)):
        return await request_draft.carry_on(desk, person, begun.id)
    if _CHANGE.search(said):
        return await _change(desk, person, "")
    if _ABOUT_MINE.search(said) and (answer := await my_request_words.hear(desk, person, said, "")):
        return answer
    if answer := await my_request_words.hear_reply(desk, person, said):
        return answer
    return await service_request.hear_outright(desk, person, said)


async def hear_need(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take what may also be an answer to something else: a service's name, a hard time in class."""
    named = await service_request.hear(desk, person, meaning)
    return named or await support_request.hear_struggle(desk, person, meaning)


async def _about_one(desk: Desk, person: Person, said: str, reference: str) -> Answer | None:
    async with desk.database.read() as db:
        request = await request_reads.request_with_reference(db, person, reference)
    if request is None:
        return None
    is_own = request.asker.id == person.id
    if not parties_of(person, request).isdisjoint(HANDLERS) and not is_own:
        return await lead_request_words.hear(desk, person, request, said)
    if my_request_words.wants_change(said):
        return await _change(desk, person, reference)
    return await my_request_words.hear(desk, person, said, reference)


async def _change(desk: Desk, person: Person, reference: str) -> Answer:
    mine = await my_request_words.change(desk, person, reference)
    return await request_draft.carry_on(desk, person, mine, 0) if isinstance(mine, UUID) else mine


async def by_intent(desk: Desk, person: Person, meaning: Understanding) -> Answer:
    """Answer an intent that is about requests."""
    match meaning.intent:
        case Intent.REQUEST_SUPPORT:
            return await support_request.ask_for_support(desk, person, meaning)
        case Intent.REQUEST_SERVICE:
            return await service_request.ask_for_service(desk, person, meaning)
        case Intent.LEAD_QUEUE:
            return await lead_queue.show(desk, person)
        case _:
            return await my_requests.show_all(desk, person)


async def _services(desk: Desk, person: Person, _press: Press) -> Answer:
    return await service_request.show_services(desk, person)


async def _own(desk: Desk, person: Person, press: Press) -> Answer:
    """A button about one's own request."""
    request_id = press.id_of("request")
    if request_id is None:
        return not_understood()
    match press.verb:
        case Verb.CARRY_ON:
            at = press.page if press.text_of("page") else None
            return await request_draft.carry_on(desk, person, request_id, at)
        case Verb.SAVE_ANSWERS:
            return await request_draft.save_form(desk, person, press, request_id)
        case Verb.SEND_REQUEST:
            return await request_draft.send(desk, person, request_id)
        case Verb.DISCARD_DRAFT:
            return await request_draft.discard(desk, person, request_id)
        case Verb.SAY_HELPED:
            return await my_requests.say_helped(desk, person, request_id, press.text_of("helped"))
        case Verb.PICK_TIME:
            visit_id = press.id_of("visit")
            if visit_id is None:
                return not_understood()
            return await my_requests.pick(desk, person, request_id, visit_id)
        case Verb.CHOOSE_CALL:
            start = _instant(press.text_of("at"))
            if start is None:
                return not_understood()
            return await my_requests.choose_call(desk, person, request_id, start)
        case _:
            return await my_requests.show(desk, person, request_id)


async def _said(desk: Desk, person: Person, press: Press) -> Answer:
    request_id, step = press.id_of("request"), press.text_of("step")
    if request_id is None or step not in set(Step):
        return not_understood()
    if press.verb is Verb.ASK_ABOUT_REQUEST:
        return await my_requests.ask(desk, person, request_id, Step(step))
    words = press.text_of(WORDS_INPUT)
    return await my_requests.say(desk, person, request_id, Step(step), words)


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


async def _all_own(desk: Desk, person: Person, press: Press) -> Answer:
    intro = request_draft.KEPT if press.text_of("kept") else ""
    return await my_requests.show_all(desk, person, press.page, intro)


async def _search(desk: Desk, person: Person, press: Press) -> Answer:
    return await lead_queue.search(desk, person, press.text_of(SEARCH_INPUT), press.page)


async def _handled(desk: Desk, person: Person, press: Press) -> Answer:
    """A button about a request that this person deals with; looked up for them."""
    request_id = press.id_of("request")
    if request_id is None:
        return not_understood()
    match press.verb:
        case Verb.LEAD_REQUEST_MORE:
            return await lead_request.more(desk, person, request_id)
        case Verb.REQUEST_HISTORY:
            return await lead_request.trail(desk, person, request_id, press.page)
        case _:
            return await lead_request.show(desk, person, request_id)


async def _step(desk: Desk, person: Person, press: Press) -> Answer:
    request_id, step = press.id_of("request"), press.text_of("step")
    if request_id is None or step not in set(Step):
        return not_understood()
    if press.verb is Verb.ASK_STEP:
        return await lead_request.ask(desk, person, request_id, Step(step))
    seen = press.text_of("seen")
    is_known = seen.isascii() and seen.isdigit() and len(seen) <= len("999999")
    said = lead_request.filled_in(press)
    return await lead_request.take(
        desk, person, request_id, Step(step), int(seen) if is_known else None, said
    )


PRESSES: dict[Verb, OnPress] = {
    Verb.SERVICES: _services,
    Verb.START_REQUEST: service_request.pressed,
    Verb.CARRY_ON: _own,
    Verb.SAVE_ANSWERS: _own,
    Verb.SEND_REQUEST: _own,
    Verb.DISCARD_DRAFT: _own,
    Verb.SHOW_REQUEST: _own,
    Verb.PICK_TIME: _own,
    Verb.CHOOSE_CALL: _own,
    Verb.SAY_HELPED: _own,
    Verb.MY_REQUESTS: _all_own,
    Verb.ASK_ABOUT_REQUEST: _said,
    Verb.SAY_ABOUT_REQUEST: _said,
    Verb.LEAD_QUEUE: lead_queue.pressed,
    Verb.SEARCH_REQUESTS: _search,
    Verb.LEAD_REQUEST: _handled,
    Verb.LEAD_REQUEST_MORE: _handled,
    Verb.REQUEST_HISTORY: _handled,
    Verb.ASK_STEP: _step,
    Verb.TAKE_STEP: _step,
}
