"""Answers kept for everybody, in the hands of the leads: kept, listed, put right, taken out."""

import re
from uuid import UUID

from cards.greeting import refusal_card
from cards.guarded import guarded_card
from cards.lead_quick_answers import (
    ANSWER,
    PAGE_SIZE,
    QUESTION,
    ask_remove_card,
    edit_quick_answer_form,
    keep_answer_form,
    lead_quick_answer_card,
    quick_answers_card,
)
from cards.parts import Verb
from dialogs.answer import Answer, OnPress, Press, leads_only, not_understood, refused
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from dialogs.lead_request import found, shown
from dialogs.my_requests import standings
from hub import refusals
from hub.people import Person
from hub.quick_answers import QuickAnswer
from hub.refusals import Reason, Refusal
from hub.request_answers import LONGEST_WORDS
from hub.request_references import reference_in
from hub.requests import Step
from hub.understanding import Guarded, Understanding
from store import quick_answers

_LIST = re.compile(
    r"^\W*(?:(?P<does>show|see|list|open|change|edit|correct|update|remove|delete|take out)(?: me)? )?"
    r"(?:all |the |our |my |every |which )*(?:kept |saved )?(?:quick|kept|saved) answers?"
    r"(?: (?:are kept|do we have|have we kept))?"
    r"(?: (?:about|on|for|from|with|to) (?P<about>.+?))?(?: please)?\W*$",
    re.IGNORECASE,
)
_CHANGES = frozenset({"change", "edit", "correct", "update"})
_REMOVES = frozenset({"remove", "delete", "take out"})
_NO_WORDS = re.compile(r"\b(?:a|an|the|our|my)\b", re.IGNORECASE)
BOTH = "I need both, the question and the answer."


async def hear(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take "quick answers", "change the quick answer about …"; None for anything else."""
    said = _LIST.match(meaning.text)
    if said is None:
        return None
    if not person.is_lead:
        return Answer(refusal_card(refusals.leads_only()))
    about = " ".join(_NO_WORDS.sub(" ", said["about"] or "").split())
    if guarded := await seen_in(desk, about):
        return Answer(guarded_card(guarded))
    does = (said["does"] or "").lower()
    meant = await _about(desk, about)
    if len(meant) == 1 and does in _CHANGES:
        return Answer(edit_quick_answer_form(meant[0], meant[0].question, meant[0].answer))
    if len(meant) == 1 and does in _REMOVES:
        return Answer(ask_remove_card(meant[0]))
    return Answer(quick_answers_card(meant, about=about))


async def _about(desk: Desk, about: str) -> list[QuickAnswer]:
    """What is kept about these words, or from the request of this reference."""
    async with desk.database.read() as db:
        kept = await quick_answers.every(db)
    if reference := reference_in(about):
        return [each for each in kept if each.reference == reference]
    return [each for each in kept if each.speaks_of(about)]


async def show_all(desk: Desk, page: int = 0, intro: str = "", about: str = "") -> Answer:
    """One page of what is kept."""
    kept = await _about(desk, about)
    page = page if page * PAGE_SIZE < len(kept) else 0
    return Answer(quick_answers_card(kept, page, intro, about))


async def _all(desk: Desk, _person: Person, press: Press) -> Answer:
    about = press.text_of("about")
    if guarded := await seen_in(desk, about):
        return Answer(guarded_card(guarded))
    return await show_all(desk, press.page, about=about)


async def _one(desk: Desk, person: Person, press: Press) -> Answer:
    """A button about one kept answer, on what is kept today."""
    kept = await _kept(desk, press)
    if isinstance(kept, Refusal):
        return refused(desk, person, kept)
    match press.verb:
        case Verb.EDIT_QUICK_ANSWER:
            return Answer(edit_quick_answer_form(kept, kept.question, kept.answer))
        case Verb.ASK_REMOVE_QUICK_ANSWER:
            return Answer(ask_remove_card(kept))
        case _:
            return Answer(lead_quick_answer_card(kept))


async def _kept(desk: Desk, press: Press) -> QuickAnswer | Refusal:
    quick_answer_id = press.id_of("quick_answer")
    if quick_answer_id is None:
        return refusals.not_understood()
    async with desk.database.read() as db:
        return await quick_answers.one(db, quick_answer_id) or refusals.quick_answer_gone()


async def _save(desk: Desk, person: Person, press: Press) -> Answer:
    """Put one right as the form says; what cannot be saved yet comes back as it was written."""
    kept = await _kept(desk, press)
    if isinstance(kept, Refusal):
        return refused(desk, person, kept)
    question, answer = _filled_in(press)
    problem = await _problem(desk, question, answer)
    if isinstance(problem, Guarded):
        return Answer(guarded_card(problem))
    if problem:
        return Answer(edit_quick_answer_form(kept, question, answer, problem))
    async with desk.database.begin() as db:
        outcome = await quick_answers.change(
            db, person, kept.id, question, answer, desk.now(), press.text_of("seen")
        )
    if isinstance(outcome, QuickAnswer):
        return Answer(lead_quick_answer_card(outcome, "Saved. The next who asks reads it so."))
    if outcome.reason is not Reason.CHANGED_MEANWHILE:
        return refused(desk, person, outcome)
    return Answer(edit_quick_answer_form(kept, question, answer, outcome.say))


def _filled_in(press: Press) -> tuple[str, str]:
    question, answer = press.text_of(QUESTION), press.text_of(ANSWER)
    return " ".join(question.split()), " ".join(answer.split())


async def _problem(desk: Desk, question: str, answer: str) -> Guarded | str:
    """Why these words cannot be kept for everybody; "" when they can."""
    for words in (question, answer, f"{question} {answer}"):
        if guarded := await seen_in(desk, words):
            return guarded
    if not question or not answer:
        return BOTH
    if max(len(question), len(answer)) > LONGEST_WORDS:
        return f"Could you say each in under {LONGEST_WORDS} characters?"
    return ""


async def _remove(desk: Desk, person: Person, press: Press) -> Answer:
    quick_answer_id = press.id_of("quick_answer")
    if quick_answer_id is None:
        return not_understood()
    async with desk.database.begin() as db:
        outcome = await quick_answers.remove(db, person, quick_answer_id, desk.now())
    if isinstance(outcome, Refusal):
        return await show_all(desk, intro=outcome.say)
    return await show_all(desk, intro="Removed. Nobody finds it any more.")


async def offer_to_keep(desk: Desk, person: Person, request_id: UUID) -> Answer:
    """The form that makes an answer one for everybody, once there is an answer."""
    request = await found(desk, person, request_id)
    if isinstance(request, Refusal):
        return refused(desk, person, request)
    standing = (await standings(desk, [request]))[0]
    answer = request.last_words(Step.ANSWER)
    if not answer:
        return await shown(desk, person, request, intro="It has no answer yet that could be kept.")
    question = request.answers.get("question", "")
    return Answer(keep_answer_form(standing, question, answer))


async def keep_answer(desk: Desk, person: Person, press: Press) -> Answer:
    """Offer an answer as one for everybody, or keep it as the form says; after the guard."""
    request_id = press.id_of("request")
    if request_id is None:
        return not_understood()
    request = await found(desk, person, request_id)
    if isinstance(request, Refusal):
        return refused(desk, person, request)
    if not press.text_of("keep"):
        return await offer_to_keep(desk, person, request_id)
    question, answer = _filled_in(press)
    problem = await _problem(desk, question, answer)
    if isinstance(problem, Guarded):
        return Answer(guarded_card(problem))
    if problem:
        standing = (await standings(desk, [request]))[0]
        return Answer(keep_answer_form(standing, question, answer, problem))
    async with desk.database.begin() as db:
        await quick_answers.keep(db, person, request_id, question, answer, desk.now())
    return await shown(desk, person, request, intro="Kept. The next who asks will find it.")


PRESSES: dict[Verb, OnPress] = {
    Verb.KEEP_ANSWER: keep_answer,
    Verb.QUICK_ANSWERS: leads_only(_all),
    Verb.QUICK_ANSWER: leads_only(_one),
    Verb.EDIT_QUICK_ANSWER: leads_only(_one),
    Verb.SAVE_QUICK_ANSWER: leads_only(_save),
    Verb.ASK_REMOVE_QUICK_ANSWER: leads_only(_one),
    Verb.REMOVE_QUICK_ANSWER: leads_only(_remove),
}
