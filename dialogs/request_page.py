"""Typed answers on one page of a request: back, on, for later, or what the words say."""

import re
from collections.abc import Sequence
from uuid import UUID

from cards.guarded import guarded_card
from dialogs import request_draft, service_request, support_request
from dialogs.answer import Answer, refused
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from dialogs.needs import needs_said
from dialogs.yes_or_no import YES
from hub import refusals
from hub.people import Person
from hub.refusals import Refusal
from hub.request_answers import missing, pages, read_words
from hub.services import FACTS, SUPPORT, Kind, Question, Service
from hub.understanding import Intent, Understanding
from store import school_years

_BACK = re.compile(r"^\W*(?:(?:go )?back|previous)(?: please)?\W*$", re.IGNORECASE)
_ON = re.compile(
    r"^\W*(?:next|done|ok(?:ay)?|continue|go on|yes|that'?s (?:it|all))\W*$", re.IGNORECASE
)
_YES_ITSELF = re.compile(r"^\W*(?:yes|ok(?:ay)?)\W*$", re.IGNORECASE)
_SKIP = re.compile(r"^\W*(?:skip|pass)(?: (?:it|this))?\W*$", re.IGNORECASE)
_SEND = re.compile(
    r"^\W*(?:please )?(?:send|submit)(?: (?:it|this|that))?(?: please)?\W*$", re.IGNORECASE
)
#: Beyond any service's pages: everything once more before it is sent.
LAST = 99
_NO_ANSWER = re.compile(r"^[\W\d_]*$")
_EXAMPLES = "I couldn't find an answer in that. Try “{}”, use the card, or say “cancel”."
_OF_A_KIND = {
    Kind.NEEDS: "autism and sensory",
    Kind.NUMBER: "12",
    Kind.DATE: "3 December",
    Kind.YES_NO: "yes",
    Kind.TEXT: "maths in Year 4; they lose track after the first instruction",
    Kind.TIMES: "Tuesdays after school",
}


async def hear(desk: Desk, person: Person, request_id: UUID, at: int, said: str) -> Answer:
    """Take typed words for an answer on the page that was shown."""
    if guarded := await seen_in(desk, said):
        return Answer(guarded_card(guarded))
    found = await request_draft.editable(desk, person, request_id)
    if isinstance(found, Refusal):
        return refused(desk, person, found)
    request, service = found
    every = pages(service)
    if _BACK.match(said):
        return await request_draft.carry_on(desk, person, request_id, at - 1)
    if at >= len(every):
        return await _on_the_last(desk, person, request_id, said)
    if _SEND.match(said):
        return await request_draft.carry_on(desk, person, request_id, len(every))
    page = every[at]
    if _moves_on(page, said):
        left = [each.asks for each in missing(page, request.answers)]
        say = refusals.not_complete(left).say if left else ""
        return await request_draft.carry_on(desk, person, request_id, at + (not left), say)
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
    today = desk.now().astimezone(calendar.zone).date()
    meaning = desk.reader.understand(said)
    if page[0].kind in FACTS and (other := await _another(desk, person, meaning, service)):
        return other
    is_word = not _NO_ANSWER.match(said) or page[0].kind not in {Kind.TEXT, Kind.TIMES}
    answers = read_words(page, said, needs_said(desk, meaning), today) if is_word else {}
    if not answers:
        return await request_draft.carry_on(desk, person, request_id, at, _examples(page))
    return await request_draft.save(desk, person, request, service, at, answers)


async def _another(
    desk: Desk, person: Person, meaning: Understanding, service: Service
) -> Answer | None:
    """Begin another request that somebody asks for in place of the facts of this one."""
    if meaning.intent is Intent.REQUEST_SUPPORT and service.key != SUPPORT:
        return await support_request.ask_for_support(desk, person, meaning)
    named = desk.services.named_in(meaning.text)
    if meaning.intent is Intent.REQUEST_SERVICE and named not in {None, service}:
        return await service_request.ask_for_service(desk, person, meaning)
    return None


def _moves_on(page: Sequence[Question], said: str) -> bool:
    """Whether somebody says "next" or "skip"; a bare yes is an answer where one is asked for."""
    if _YES_ITSELF.match(said) and any(each.kind is Kind.YES_NO for each in page):
        return False
    return bool(_ON.match(said) or _SKIP.match(said))


def _examples(page: Sequence[Question]) -> str:
    shown = [
        _OF_A_KIND.get(each.kind) or each.choices[0].title for each in page if not each.optional
    ]
    return _EXAMPLES.format("; ".join(shown or [_OF_A_KIND[Kind.TEXT]]))


async def _on_the_last(desk: Desk, person: Person, request_id: UUID, said: str) -> Answer:
    if _SEND.match(said) or (YES.match(said) and len(said.split()) == 1):
        return await request_draft.send(desk, person, request_id)
    say = "Say “send it”, “back”, or “cancel” to keep it for later."
    return await request_draft.carry_on(desk, person, request_id, LAST, say)
