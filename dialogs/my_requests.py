"""What somebody asked for: how it stands, and what they can do about it.

What they type about it is told apart next door, in ``dialogs.my_request_words``.
"""

from datetime import datetime
from uuid import UUID

from cards.guarded import guarded_card
from cards.request import (
    HELPED,
    my_requests_card,
    nothing_open_card,
    question_card,
    request_card,
)
from dialogs.answer import Answer, Listening, refused
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from dialogs.needs import toolkits_for
from dialogs.visit_times import caller_of, calls_for
from hub import refusals
from hub.people import Person
from hub.refusals import Refusal
from hub.request_life import may_take, steps_open_to
from hub.request_standing import Standing, standing_of
from hub.requests import LONGEST_NOTE, Request, State, Step
from hub.times_said import moments_said
from hub.visit_times import calls_to_offer
from store import request_reads, request_visits, requests, school_years

#: The dialog that takes the words a step needs.
REQUEST_SAID = "request-said"
#: Steps of the asker's that come with words, and whether they can do without.
_SAID = {
    Step.NOTE: False,
    Step.WITHDRAW: True,
    Step.ASK_FOLLOW_UP: True,
    Step.NO_TIME_SUITS: False,
}
#: Steps that a call settles at once, when a time is chosen at which both are free.
_MAY_BE_A_CALL = frozenset({Step.ASK_FOLLOW_UP, Step.NO_TIME_SUITS})
_THANKS = {
    Step.NOTE: "Thank you, I've passed that on.",
    Step.WITHDRAW: "Withdrawn. Nobody will chase you about it.",
    Step.ASK_FOLLOW_UP: "I've asked for a follow-up.",
    Step.NO_TIME_SUITS: "I've asked for other times.",
}


async def standings(desk: Desk, found: list[Request]) -> list[Standing]:
    """Requests as they are shown now."""
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
    now = desk.now()
    return [standing_of(each, desk.services, desk.promises, calendar, now) for each in found]


async def show_all(desk: Desk, person: Person, page: int = 0, intro: str = "") -> Answer:
    """Everything this person asked for."""
    async with desk.database.read() as db:
        found = await request_reads.own_requests(db, person)
    # What was only offered and never taken up is nobody's request.
    listed = await standings(desk, [each for each in found if each.page >= 0])
    return Answer(my_requests_card(listed, page, intro), settles=True)


async def show(
    desk: Desk, person: Person, request_id: UUID, title: str = "", intro: str = ""
) -> Answer:
    """One request as it stands."""
    async with desk.database.read() as db:
        found = await request_reads.request_of(db, person, request_id)
    if found is None or found.asker.id != person.id:
        return refused(desk, person, refusals.request_gone())
    return await _shown(desk, person, found, title, intro)


async def _shown(
    desk: Desk, person: Person, found: Request, title: str = "", intro: str = ""
) -> Answer:
    standing = (await standings(desk, [found]))[0]
    own = {each for each in steps_open_to(person, found) if each in _OWN}
    toolkits = toolkits_for(desk, found)
    return Answer(request_card(standing, frozenset(own), title, intro, toolkits), settles=True)


#: What an asker can do; a lead who asks for something does the rest from the queue.
_OWN = frozenset({*_SAID, Step.PICK_TIME, Step.EDIT, Step.SAY_HELPED})


async def pick(desk: Desk, person: Person, request_id: UUID, visit_id: UUID) -> Answer:
    """Take one of the proposed times."""
    async with desk.database.begin() as db:
        outcome = await request_visits.pick(db, person, request_id, visit_id, desk.now())
    if isinstance(outcome, Refusal):
        return await show(desk, person, request_id, intro=outcome.say)
    return await _shown(desk, person, outcome, intro="Arranged. I've told the Hub.")


async def ask(
    desk: Desk, person: Person, request_id: UUID, step: Step, words: str = "", intro: str = ""
) -> Answer:
    """Ask for the words of a step, if it can be taken now."""
    async with desk.database.read() as db:
        found = await request_reads.request_of(db, person, request_id)
    if found is None or found.asker.id != person.id:
        return refused(desk, person, refusals.request_gone())
    if refusal := may_take(person, step, found):
        return await _shown(desk, person, found, intro=refusal.say)
    standing = (await standings(desk, [found]))[0]
    listening = Listening(REQUEST_SAID, {"request": str(request_id), "step": step})
    calls = calls_to_offer(await _free_calls(desk, person, found)) if step in _MAY_BE_A_CALL else []
    return Answer(question_card(standing, step, words, intro, calls), listening, settles=True)


async def _free_calls(desk: Desk, person: Person, found: Request) -> list[datetime]:
    """When a follow-up by Teams could be: both sides look free."""
    if may_take(person, Step.CHOOSE_CALL, found):
        return []
    caller = await caller_of(desk, found)
    return await calls_for(desk, [found.asker, caller]) if caller else []


async def choose_call(desk: Desk, person: Person, request_id: UUID, at: datetime) -> Answer:
    """Arrange the follow-up at one of the times at which both are free, or move it there."""
    async with desk.database.read() as db:
        found = await request_reads.request_of(db, person, request_id)
    if found is None or found.asker.id != person.id:
        return refused(desk, person, refusals.request_gone())
    if found.arranged and found.arranged.starts_at == at:
        return await _shown(desk, person, found, intro="That is arranged already.")
    if refusal := may_take(person, Step.CHOOSE_CALL, found):
        return await _shown(desk, person, found, intro=refusal.say)
    caller = await caller_of(desk, found)
    if caller is None or at not in await _free_calls(desk, person, found):
        step = Step.NO_TIME_SUITS if found.arranged else Step.ASK_FOLLOW_UP
        return await ask(desk, person, request_id, step, intro="That time has just gone. Another?")
    async with desk.database.begin() as db:
        outcome = await request_visits.choose_call(
            db, person, request_id, at, caller.id, desk.now()
        )
    if isinstance(outcome, Refusal):
        return await show(desk, person, request_id, intro=outcome.say)
    intro = f"Arranged, with {caller.name}. It goes into both your calendars."
    return await _shown(desk, person, outcome, intro=intro)


async def say(desk: Desk, person: Person, request_id: UUID, step: Step, words: str) -> Answer:
    """Take a step with its words, after the guard."""
    said = " ".join(words.split())
    if step not in _SAID:
        return refused(desk, person, refusals.not_understood())
    listening = Listening(REQUEST_SAID, {"request": str(request_id), "step": step})
    if guarded := await seen_in(desk, said):
        return Answer(guarded_card(guarded), listening, settles=True)
    if not said and not _SAID[step]:
        return await ask(desk, person, request_id, step, intro="A few words are all I need.")
    if len(said) > LONGEST_NOTE:
        intro = f"Could you say it in under {LONGEST_NOTE} characters?"
        return await ask(desk, person, request_id, step, words, intro)
    if step in _MAY_BE_A_CALL and (at := await _call_said(desk, person, request_id, said)):
        return await choose_call(desk, person, request_id, at)
    now = desk.now()
    async with desk.database.begin() as db:
        match step:
            case Step.WITHDRAW:
                outcome = await requests.withdraw(db, person, request_id, now, said)
            case Step.ASK_FOLLOW_UP:
                outcome = await requests.ask_follow_up(db, person, request_id, now, said)
            case Step.NO_TIME_SUITS:
                outcome = await request_visits.say_none_suits(db, person, request_id, said, now)
            case _:
                outcome = await requests.take(db, person, request_id, step, now, words=said)
    if isinstance(outcome, Refusal):
        return await show(desk, person, request_id, intro=outcome.say)
    return await _shown(desk, person, outcome, intro=_THANKS[step])


async def _call_said(desk: Desk, person: Person, request_id: UUID, said: str) -> datetime | None:
    """The one free time for a call that these words name, such as “Thu 10 Dec, 15:30”."""
    async with desk.database.read() as db:
        found = await request_reads.request_of(db, person, request_id)
        calendar = await school_years.calendar(db)
    named = moments_said(said, calendar, desk.now())
    if found is None or len(named) != 1:
        return None
    return named[0] if named[0] in await _free_calls(desk, person, found) else None


async def say_helped(desk: Desk, person: Person, request_id: UUID, helped: str) -> Answer:
    """Keep whether it helped."""
    if helped not in HELPED:
        return refused(desk, person, refusals.not_understood())
    async with desk.database.begin() as db:
        outcome = await requests.say_helped(db, person, request_id, helped, desk.now())
    if isinstance(outcome, Refusal):
        return await show(desk, person, request_id, intro=outcome.say)
    thanks = "Thank you, that helps us get better."
    if helped != "yes":
        thanks = "Thank you for saying so. Would a follow-up help?"
    return await _shown(desk, person, outcome, intro=thanks)


async def follow_up(desk: Desk, person: Person, words: str = "") -> Answer | None:
    """Ask for a follow-up of what was visited last; None when nothing was asked for yet."""
    async with desk.database.read() as db:
        found = [e for e in await request_reads.own_requests(db, person) if e.page >= 0]
    seen = [each for each in found if may_take(person, Step.ASK_FOLLOW_UP, each) is None]
    if seen:
        latest = max(seen, key=lambda each: each.submitted_at or each.begun_at)
        return await ask(desk, person, latest.id, Step.ASK_FOLLOW_UP, words)
    arranged = [each for each in found if each.is_open]
    if arranged:
        text = "A follow-up comes after the visit. This is where it stands."
        if arranged[-1].state is State.FOLLOW_UP_ARRANGED:
            text = "It is arranged. Shall it be another time?"
        return await show(desk, person, arranged[-1].id, intro=text)
    return None


def none_yet() -> Answer:
    """Nothing was asked for that could have a follow-up."""
    return Answer(nothing_open_card("Nothing to follow up yet", "Shall we ask for a visit first?"))
