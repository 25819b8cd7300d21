"""Answers that were worth keeping: found for whoever asks the same, saved by a lead."""

from microsoft_teams.cards import AdaptiveCard
from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from cards.quick_answer import quick_answer_card
from dialogs.desk import Desk
from hub.people import Person
from hub.quick_answers import QuickAnswer
from hub.request_answers import Answers
from hub.services import Kind, Service, may_ask
from hub.understanding import Intent, Understanding
from store import quick_answers

#: From here on two questions are the same but for their wording; found by trying such pairs.
ALIKE = 72
#: Fewer words than this that tell anything are no question yet.
FEWEST_TELLING = 3
#: Words that stand in any question.
_TELL_NOTHING = frozenset(
    [
        "a",
        "about",
        "an",
        "and",
        "any",
        "are",
        "be",
        "best",
        "can",
        "could",
        "do",
        "does",
        "for",
        "from",
        "get",
        "got",
        "has",
        "have",
        "help",
        "how",
        "i",
        "in",
        "is",
        "it",
        "me",
        "my",
        "of",
        "on",
        "or",
        "our",
        "should",
        "some",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "up",
        "us",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "with",
        "would",
        "you",
        "your",
        "class",
        "children",
        "learners",
        "pupils",
    ]
)
#: What a question may be taken for when nobody says that it is one.
_MAY_BE_ONE = frozenset({Intent.FIND_TOOLKIT, Intent.UNKNOWN, Intent.REQUEST_SUPPORT})


async def known_for(desk: Desk, service: Service, answers: Answers) -> tuple[str, str] | None:
    """A question asked before that is much the same, with its answer; None for anything new."""
    if not service.is_question:
        return None
    words = next((answers.get(e.key, "") for e in service.questions if e.kind is Kind.TEXT), "")
    found = await search(desk, words)
    return (found[0].question, found[0].answer) if found else None


async def asked_before(desk: Desk, person: Person, meaning: Understanding) -> AdaptiveCard | None:
    """The saved answer to what somebody just asked in passing; None when there is none."""
    service = next((each for each in desk.services.every if each.is_question), None)
    if service is None or meaning.intent not in _MAY_BE_ONE or may_ask(person, service):
        return None
    found = await search(desk, meaning.text)
    return quick_answer_card(found[0].question, found[0].answer, service) if found else None


async def search(desk: Desk, words: str) -> list[QuickAnswer]:
    """Saved answers to questions like this one, the most alike first."""
    if len(_telling(words)) < FEWEST_TELLING:
        return []
    async with desk.database.read() as db:
        saved = await quick_answers.every(db)
    scored = [(likeness(words, each.question), each) for each in saved]
    alike = [pair for pair in scored if pair[0] >= ALIKE]
    return [each for _, each in sorted(alike, key=lambda pair: -pair[0])]


def likeness(one: str, other: str) -> float:
    """How much two questions are alike, 0 to 100, in the words that tell something, in any order."""
    return fuzz.token_set_ratio(" ".join(_telling(one)), " ".join(_telling(other)))


def _telling(words: str) -> list[str]:
    return [each for each in default_process(words).split() if each not in _TELL_NOTHING]
