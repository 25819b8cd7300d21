"""Answers that were worth keeping: found for whoever asks the same, saved by a lead."""

from rapidfuzz import fuzz, utils

from dialogs.desk import Desk
from hub.request_answers import Answers
from hub.services import Kind, Service
from store import quick_answers
from store.quick_answers import QuickAnswer

#: From here on two questions are the same but for their wording; found by trying such pairs.
ALIKE = 72


async def known_for(desk: Desk, service: Service, answers: Answers) -> tuple[str, str] | None:
    """A question asked before that is much the same, with its answer; None for anything new."""
    if not service.is_question:
        return None
    words = next((answers.get(e.key, "") for e in service.questions if e.kind is Kind.TEXT), "")
    found = await search(desk, words)
    return (found[0].question, found[0].answer) if found else None


async def search(desk: Desk, words: str) -> list[QuickAnswer]:
    """Saved answers to questions like this one, the most alike first."""
    async with desk.database.read() as db:
        saved = await quick_answers.every(db)
    scored = [(likeness(words, each.question), each) for each in saved]
    alike = [pair for pair in scored if pair[0] >= ALIKE]
    return [each for _, each in sorted(alike, key=lambda pair: -pair[0])]


def likeness(one: str, other: str) -> float:
    """How much two questions are alike, 0 to 100, whatever the order of their words."""
    return fuzz.token_set_ratio(one, other, processor=utils.default_process)
