"""One request in the hands of whoever deals with it: opened, moved on, and who did what."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from cards import lead_request_forms as forms
from cards.guarded import guarded_card
from cards.lead_request import TITLES, lead_request_card, more_card, trail_card
from dialogs import lead_queue, lead_steps
from dialogs.answer import Answer, Listening, Press, refused
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from dialogs.lead_steps import Said
from dialogs.my_requests import REQUEST_SAID, standings
from dialogs.visit_times import handler_of, slots_for
from hub import refusals
from hub.people import Person
from hub.refusals import Reason, Refusal
from hub.request_life import HANDLERS, may_take, parties_of, steps_open_to
from hub.request_standing import Standing, in_words
from hub.requests import Request, State, Step
from store import meeting_parties, request_reads, request_visits, requests
from store.request_visits import Time

#: Steps whose one field may be typed into the chat.
_BY_WORDS = frozenset({Step.ANSWER, Step.NOTE, Step.CLOSE})


async def found(desk: Desk, person: Person, request_id: UUID) -> Request | Refusal:
    """A request that this person deals with."""
    async with desk.database.read() as db:
        request = await request_reads.request_of(db, person, request_id)
    if request is None or parties_of(person, request).isdisjoint(HANDLERS):
        return refusals.request_gone() if person.is_lead else refusals.leads_only()
    return request


async def show(
    desk: Desk, person: Person, request_id: UUID, title: str = "", intro: str = ""
) -> Answer:
    """Open a request; the trail notes who did."""
    request = await found(desk, person, request_id)
    if isinstance(request, Refusal):
        return refused(desk, person, request)
    async with desk.database.begin() as db:
        await requests.note_seen(db, person, request, desk.now())
    return await shown(desk, person, request, title, intro)


async def shown(
    desk: Desk, person: Person, request: Request, title: str = "", intro: str = ""
) -> Answer:
    """A request with the steps that can be taken now."""
    standing = (await standings(desk, [request]))[0]
    steps = steps_open_to(person, request)
    return Answer(lead_request_card(standing, steps, title, intro), settles=True)


async def more(desk: Desk, person: Person, request_id: UUID) -> Answer:
    """The steps that are not the obvious next ones."""
    request = await found(desk, person, request_id)
    if isinstance(request, Refusal):
        return refused(desk, person, request)
    standing = (await standings(desk, [request]))[0]
    return Answer(more_card(standing, steps_open_to(person, request)))


async def trail(desk: Desk, person: Person, request_id: UUID, page: int = 0) -> Answer:
    """Who saw or changed a request."""
    request = await found(desk, person, request_id)
    if isinstance(request, Refusal):
        return refused(desk, person, request)
    standing = (await standings(desk, [request]))[0]
    return Answer(trail_card(standing, request.entries[::-1], page))


async def ask(
    desk: Desk,
    person: Person,
    request_id: UUID,
    step: Step,
    said: Said | None = None,
    intro: str = "",
) -> Answer:
    """The form of a step, with what was filled in so far; or how things stand when it is too late."""
    request = await found(desk, person, request_id)
    if isinstance(request, Refusal):
        return refused(desk, person, request)
    if step not in TITLES:
        return refused(desk, person, refusals.not_understood())
    if refusal := may_take(person, step, request):
        return await shown(desk, person, request, intro=refusal.say)
    standing = (await standings(desk, [request]))[0]
    offered = await _choices(desk, person, standing, step)
    fields = _known(desk, request, step) | dict(said or {})
    card = forms.step_form(standing, step, offered, fields, intro)
    return Answer(card, _listening(request, step), settles=True)


def _listening(request: Request, step: Step) -> Listening | None:
    if step not in _BY_WORDS:
        return None
    ids = {"request": str(request.id), "step": str(step), "seen": str(request.revision)}
    return Listening(REQUEST_SAID, ids)


def _known(desk: Desk, request: Request, step: Step) -> Said:
    how = request.answers.get("how", "")
    known: Said = {forms.HOW: how} if how in forms.HOWS else {}
    if step in {Step.RECORD_VISIT, Step.RECORD_FOLLOW_UP}:
        held = request.arranged
        starts = held.starts_at if held else desk.now()
        known[forms.DATE] = starts.date().isoformat()
        if held:
            length = (held.ends_at - held.starts_at) // timedelta(minutes=1)
            known |= {
                forms.START: f"{held.starts_at:%H:%M}",
                forms.MINUTES: str(length),
                forms.HOW: held.how,
            }
    return known


async def _choices(desk: Desk, person: Person, standing: Standing, step: Step) -> forms.Choices:
    request = standing.request
    match step:
        case Step.PROPOSE_TIMES | Step.ARRANGE_FOLLOW_UP:
            people = [request.asker, *await handler_of(desk, request.owner or person)]
            slots = await slots_for(desk, people, request.answers.get("times", ""))
            return forms.Choices(slots=slots)
        case Step.ASSIGN:
            async with desk.database.read() as db:
                leads = await meeting_parties.leads(db)
            return forms.Choices(colleagues={str(each.id): each.name for each in leads})
        case Step.REDIRECT:
            every = [each for each in desk.services.every if each.key != request.service]
            return forms.Choices(services={each.key: each.name for each in every})
        case Step.MERGE:
            async with desk.database.read() as db:
                open_ones = await request_reads.queue(db, person)
            same = [
                each
                for each in await standings(desk, open_ones)
                if each.request.asker.id == request.asker.id and each.request.id != request.id
            ]
            return forms.Choices(others={str(each.request.id): each.title for each in same})
        case _:
            return forms.Choices()


async def say(
    desk: Desk, person: Person, request_id: UUID, step: Step, seen: int, words: str
) -> Answer:
    """Take a step with words that were typed into the chat."""
    return await take(desk, person, request_id, step, seen, {forms.WORDS: words})


async def take(
    desk: Desk, person: Person, request_id: UUID, step: Step, seen: int | None, said: Said
) -> Answer:
    """Take a step as its form says; when a colleague was quicker, the form comes back as it was."""
    request = await found(desk, person, request_id)
    if isinstance(request, Refusal):
        return refused(desk, person, request)
    if step not in TITLES:
        return refused(desk, person, refusals.not_understood())
    # A form that comes back shows what was filled in, so every field is looked at.
    for words in said.values():
        if guarded := await seen_in(desk, words):
            return Answer(guarded_card(guarded), _listening(request, step), settles=True)
    outcome = await lead_steps.take(desk, person, request, step, seen, said)
    if isinstance(outcome, str):
        return await ask(desk, person, request_id, step, said, outcome)
    if isinstance(outcome, Request) and step is Step.NO_SHOW:
        # Whoever notes that nobody was there has the next times in mind.
        again = (
            Step.PROPOSE_TIMES if outcome.state is State.ACKNOWLEDGED else Step.ARRANGE_FOLLOW_UP
        )
        intro = f"Noted. I've told {outcome.asker.name}. When would suit instead?"
        return await ask(desk, person, request_id, again, intro=intro)
    if isinstance(outcome, Request):
        return await shown(desk, person, outcome, intro=_done(person, step, outcome))
    if outcome.reason is Reason.CHANGED_MEANWHILE and any(said.values()):
        return await ask(desk, person, request_id, step, said, outcome.say)
    return await show(desk, person, request_id, intro=outcome.say)


def _done(person: Person, step: Step, request: Request) -> str:
    asker = request.asker.name
    match step:
        case Step.ACKNOWLEDGE:
            return f"Acknowledged. I've told {asker}."
        case Step.PROPOSE_TIMES:
            return f"Proposed. {asker} can choose with one tap."
        case Step.ASSIGN if request.owner and request.owner.id == person.id:
            return f"It is with you now. I've told {asker}."
        case Step.ASSIGN:
            owner = request.owner.name if request.owner else "them"
            return f"Handed to {owner}, who has been told, and so has {asker}."
        case Step.REDIRECT:
            return f"It goes on as {request.reference}. I've told {asker} why."
        case Step.MERGE:
            return f"Merged into {request.reference}. I've told {asker}."
        case Step.ARRANGE_FOLLOW_UP if request.arranged:
            return f"{in_words(request.arranged)}. I've told {asker}."
        case Step.ANSWER:
            return f"Answered. {asker} reads it now. Worth keeping for others?"
        case _:
            return f"Noted. I've told {asker}."


async def take_on(desk: Desk, person: Person) -> Answer:
    """Take on the one open request that nobody has; or choose one from the queue."""
    async with desk.database.read() as db:
        free = [each for each in await request_reads.queue(db, person) if each.owner is None]
    if len(free) == 1:
        said = {forms.OWNER: forms.ME}
        return await take(desk, person, free[0].id, Step.ASSIGN, free[0].revision, said)
    return await lead_queue.show(desk, person, intro="Which one? “Assign SH-0012 to me” does it.")


async def propose(
    desk: Desk,
    person: Person,
    request: Request,
    moments: Sequence[tuple[datetime, datetime]],
) -> Answer:
    """Propose times that were typed, each with its start and end."""
    how = request.answers.get("how", "")
    how = how if how in forms.HOWS else "in-person"
    times = [Time(starts, ends, how) for starts, ends in moments]
    if refusal := may_take(person, Step.PROPOSE_TIMES, request):
        return await shown(desk, person, request, intro=refusal.say)
    async with desk.database.begin() as db:
        outcome = await request_visits.propose(
            db, person, request.id, times, desk.now(), request.revision
        )
    if isinstance(outcome, Refusal):
        return await show(desk, person, request.id, intro=outcome.say)
    return await shown(desk, person, outcome, intro=_done(person, Step.PROPOSE_TIMES, outcome))


def filled_in(press: Press) -> Said:
    """What a form sent, field by field; some clients send a number as one."""
    ids = {"request", "step", "seen"}
    return {
        name: f"{value:g}" if isinstance(value, int | float) else str(value)
        for name, value in press.data.items()
        if name not in ids and isinstance(value, str | int | float)
    }
