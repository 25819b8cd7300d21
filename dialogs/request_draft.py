"""Writing a request: page by page, by form or by words, kept at each step, sent at the end.

Nothing here depends on an open dialog: a draft lives in the database, so an old card and a restart
carry on where it was left. What is typed next is listened for in ``dialogs.request_words``.
"""

from collections.abc import Mapping
from uuid import UUID

from microsoft_teams.cards import AdaptiveCard

from cards.greeting import notice_card
from cards.guarded import guarded_card
from cards.request_steps import carry_on_card, check_card, page_card
from cards.services import stopped_card
from dialogs import my_requests, quick_answers
from dialogs.answer import Answer, Listening, Press, refused
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from dialogs.visit_times import handler_of, slots_for
from hub import refusals
from hub.people import Person
from hub.refusals import Refusal
from hub.request_answers import (
    IN_WORDS,
    Problem,
    checked,
    first_page_to_do,
    missing,
    pages,
    preset,
    stopped,
)
from hub.requests import Request, State
from hub.services import Kind, Question, Service, may_ask
from hub.understanding import Guarded
from store import request_drafts, request_reads, school_years

#: The dialog that takes what is typed while a request is being written.
REQUEST_WORDS = "request-words"
#: The page of a draft that was only offered; nobody has taken it up yet.
ONLY_OFFERED = -1
KEPT = "I've kept it as it is. Carry on any day: say “my requests”."


async def start(
    desk: Desk,
    person: Person,
    key: str,
    answers: Mapping[str, str] | None = None,
    *,
    anew: bool = False,
) -> Answer:
    """Begin to ask for a service; one that was begun before is offered first, unless ``anew``."""
    service = desk.services.service(key)
    refusal = may_ask(person, service) if service else refusals.service_gone()
    if refusal or service is None:
        return refused(desk, person, refusal or refusals.service_gone())
    async with desk.database.read() as db:
        begun = [e for e in await request_reads.drafts_of(db, person) if e.service == key]
    taken_up = next((each for each in begun if each.page != ONLY_OFFERED), None)
    if taken_up and not anew:
        return Answer(carry_on_card(service.name, taken_up), settles=True)
    async with desk.database.begin() as db:
        for each in begun:
            await request_drafts.discard(db, person, each.id)
        known = preset(service) | dict(answers or {})
        request = await request_drafts.begin(db, person, key, known, desk.now())
    return await _page(desk, person, service, request, first_page_to_do(service, known))


async def begun(desk: Desk, person: Person) -> Request | None:
    """What this person has begun and not sent, the newest; None when there is nothing."""
    async with desk.database.read() as db:
        drafts = await request_reads.drafts_of(db, person)
    return next((each for each in drafts if each.page != ONLY_OFFERED), None)


async def offered_again(desk: Desk, person: Person) -> AdaptiveCard | None:
    """The card that offers what was begun; None when there is nothing."""
    draft = await begun(desk, person)
    return carry_on_card(desk.services.name_of(draft.service), draft) if draft else None


async def carry_on(
    desk: Desk, person: Person, request_id: UUID, at: int | None = None, intro: str = ""
) -> Answer:
    """Show a page of a request, by default the one where it was left."""
    found = await editable(desk, person, request_id)
    if isinstance(found, Refusal):
        return refused(desk, person, found)
    request, service = found
    at = request.page if at is None else at
    return await _page(desk, person, service, request, at, intro)


async def editable(
    desk: Desk, person: Person, request_id: UUID
) -> tuple[Request, Service] | Refusal:
    """A request of this person's that may still be changed, and its service."""
    async with desk.database.read() as db:
        request = await request_reads.request_of(db, person, request_id)
    if request is None or request.asker.id != person.id:
        return refusals.request_gone()
    if request.state not in {State.DRAFT, State.SUBMITTED}:
        return refusals.step_not_now(request.reference, request.state)
    service = desk.services.service(request.service)
    if service is None:
        return refusals.service_gone()
    return (may_ask(person, service) if request.state is State.DRAFT else None) or (
        request,
        service,
    )


async def _page(
    desk: Desk, person: Person, service: Service, request: Request, at: int, intro: str = ""
) -> Answer:
    every = pages(service)
    at = max(0, at)
    if at >= len(every):
        return await _check(desk, person, service, request, intro)
    slots = []
    if any(each.kind is Kind.TIMES for each in every[at]):
        wanted = request.answers.get(every[at][0].key, "")
        people = [person, *await handler_of(desk, request.owner)]
        slots = await slots_for(desk, people, wanted)
    card = page_card(service, request, at, intro, slots)
    return Answer(card, _listening(request, at), settles=True)


def _listening(request: Request, at: int) -> Listening:
    return Listening(REQUEST_WORDS, {"request": str(request.id), "page": str(at)})


async def _check(
    desk: Desk, person: Person, service: Service, request: Request, intro: str = ""
) -> Answer:
    at = first_page_to_do(service, request.answers)
    if at < len(pages(service)):
        asks = [each.asks for each in missing(pages(service)[at], request.answers)]
        return await _page(desk, person, service, request, at, refusals.not_complete(asks).say)
    if request.state is State.SUBMITTED:
        return await my_requests.show(desk, person, request.id, intro="Your changes are saved.")
    known = await quick_answers.known_for(desk, service, request.answers)
    card = check_card(service, request, intro, known)
    return Answer(card, _listening(request, len(pages(service))), settles=True)


async def save_form(desk: Desk, person: Person, press: Press, request_id: UUID) -> Answer:
    """Keep what a page's form says, and go where its button leads."""
    found = await editable(desk, person, request_id)
    if isinstance(found, Refusal):
        return refused(desk, person, found)
    request, service = found
    at = min(press.page, len(pages(service)) - 1)
    page = pages(service)[at]
    said = {name: _sent(press, name) for question in page for name in _fields(question)}
    return await save(desk, person, request, service, at, said, press.text_of("go"))


def _fields(question: Question) -> tuple[str, ...]:
    if question.kind is Kind.TIMES:
        return question.key, question.key + IN_WORDS
    return (question.key,)


def _sent(press: Press, name: str) -> str:
    value = press.data.get(name)
    # Some clients send a number as one.
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:g}" if is_number else press.text_of(name)


async def save(
    desk: Desk,
    person: Person,
    request: Request,
    service: Service,
    at: int,
    said: Mapping[str, str],
    go: str = "",
) -> Answer:
    """Keep answers of one page and go on; what must not be kept or makes no sense is said."""
    page = pages(service)[at]
    if guarded := await _guarded(desk, page, said):
        return Answer(guarded_card(guarded), _listening(request, at), settles=True)
    kept, problem = await _checked(desk, page, said)
    onward = {"back": at - 1, "later": at}.get(go, at + 1)
    together = {**request.answers, **kept}
    if not go and (problem or missing(page, together)):
        onward = at
    async with desk.database.begin() as db:
        outcome = await request_drafts.save(
            db, person, request.id, kept, max(0, onward), desk.now()
        )
    if isinstance(outcome, Refusal):
        return refused(desk, person, outcome)
    if go == "later":
        return await my_requests.show_all(desk, person, intro=KEPT)
    if not go and (question := stopped(page, outcome.answers)):
        why = refusals.consent_first(service.name).say
        return Answer(stopped_card(service.name, why, str(request.id)), settles=bool(question))
    wrong = _what_is_wrong(page, outcome, problem) if onward == at else ""
    return await _page(desk, person, service, outcome, onward, wrong)


def _what_is_wrong(page: tuple[Question, ...], request: Request, problem: Problem | None) -> str:
    if problem:
        return problem.say
    asks = [each.asks for each in missing(page, request.answers)]
    return refusals.not_complete(asks).say if asks else ""


async def _guarded(
    desk: Desk, page: tuple[Question, ...], said: Mapping[str, str]
) -> Guarded | None:
    """Why the words on a page must not be kept; a detail may run on into the next field."""
    words = [
        said.get(name, "")
        for each in page
        if each.kind in {Kind.TEXT, Kind.TIMES}
        for name in _fields(each)
    ]
    for each in (*words, " ".join(words)):
        if guarded := await seen_in(desk, each):
            return guarded
    return None


async def _checked(
    desk: Desk, page: tuple[Question, ...], said: Mapping[str, str]
) -> tuple[dict[str, str], Problem | None]:
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
    today = desk.now().astimezone(calendar.zone).date()
    kept: dict[str, str] = {}
    problem = None
    for question in page:
        for name in _fields(question):
            if name not in said:
                continue
            outcome = checked(question, said[name], today)
            if isinstance(outcome, Problem):
                problem = problem or outcome
            else:
                kept[name] = outcome
    return kept, problem


async def send(desk: Desk, person: Person, request_id: UUID) -> Answer:
    """Send a request to those who deal with it; a second tap shows it as it stands."""
    found = await editable(desk, person, request_id)
    if isinstance(found, Refusal):
        return await my_requests.show(desk, person, request_id)
    request, service = found
    every = [each for page in pages(service) for each in page]
    if missing(every, request.answers) or stopped(every, request.answers):
        return await _page(
            desk, person, service, request, first_page_to_do(service, request.answers)
        )
    async with desk.database.begin() as db:
        outcome = await request_drafts.submit(db, person, request_id, desk.now())
    if isinstance(outcome, Refusal):
        return refused(desk, person, outcome)
    title = f"Sent. Your reference is {outcome.reference}"
    return await my_requests.show(desk, person, request_id, title)


async def discard(desk: Desk, person: Person, request_id: UUID) -> Answer:
    """Forget a draft."""
    async with desk.database.begin() as db:
        was_there = await request_drafts.discard(db, person, request_id)
    text = "Nothing of it is kept." if was_there else "There was nothing to throw away."
    return Answer(notice_card("That's fine", text, "I'm here whenever you need me."), settles=True)
