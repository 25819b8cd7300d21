"""What whoever deals with a request types about it, before or after its reference."""

import re
from collections.abc import Mapping
from typing import Any

from cards.lead_request_forms import ME, MINUTES, MOST_MINUTES, NAME, OWNER, SERVICE
from cards.parts import Verb
from cards.request import WORDS_INPUT
from dialogs import lead_quick_answers, lead_request
from dialogs.answer import Answer, Press, refused
from dialogs.desk import Desk
from hub import refusals
from hub.people import Person
from hub.request_references import references_in
from hub.requests import Request, Step
from hub.times_said import moments_said, slots_said
from hub.visit_times import MOST_PROPOSED, USUAL_LENGTH
from store import request_reads, school_years

#: What a lead types before or after a reference, and the step it means; tried in this order.
_STEPS: tuple[tuple[re.Pattern[str], Step], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), step)
    for pattern, step in (
        (r"\backnowledge\b", Step.ACKNOWLEDGE),
        (r"\b(?:propose|offer|suggest)\b", Step.PROPOSE_TIMES),
        (r"\b(?:assign|hand|give .* to|pass .* to)\b", Step.ASSIGN),
        (r"\bredirect\b", Step.REDIRECT),
        (r"\brecord\b.*\bfollow", Step.RECORD_FOLLOW_UP),
        (r"\bfollow.*\btook\b|\bcall\b.*\btook\b", Step.RECORD_FOLLOW_UP),
        (r"\b(?:record|log|took)\b", Step.RECORD_VISIT),
        (r"\barrange\b.*\bfollow|\bfollow[ -]?up\b", Step.ARRANGE_FOLLOW_UP),
        (r"\b(?:no[ -]show|didn'?t happen|did not happen)\b", Step.NO_SHOW),
        (r"\bmerge\b", Step.MERGE),
        (r"\bclose\b", Step.CLOSE),
        (r"\b(?:answer|reply)\b", Step.ANSWER),
        (r"\bnote\b", Step.NOTE),
    )
)
_HOURS = re.compile(r"\b(?P<count>\d) ?(?:hours?|hrs?)\b", re.IGNORECASE)
_MINUTES = re.compile(r"\b(?P<count>\d{1,3}) ?min(?:ute)?s?\b", re.IGNORECASE)
_TRAIL = re.compile(r"\bwho (?:did what|saw|changed)\b|\bhistory\b|\baudit\b", re.IGNORECASE)
_TO_ME = re.compile(r"\bto (?:me|myself)\b", re.IGNORECASE)
_TAKES_ON = re.compile(
    r"^\W*(?:please )?(?:(?:assign|give|hand|pass)(?: it| this| that)?(?: one| request)?(?: over)? to "
    r"(?:me|myself)|i(?:'ll| will|'d like to)? take (?:it|this|that)(?: one)?(?: on)?)(?: please)?\W*$",
    re.IGNORECASE,
)
#: Buttons of a card that shows one request to whoever deals with it.
_SHOW_ONE = frozenset({Verb.LEAD_REQUEST_MORE, Verb.LEAD_REQUEST})
_TO = re.compile(r"\bto (?P<what>(?!me\b).+?)(?: please)?\W*$", re.IGNORECASE)
_KEEP = re.compile(r"\b(?:keep|save)\b", re.IGNORECASE)
_WORDS_AFTER = re.compile(
    r"\bsh[\s-]?\d{1,6}\b\s*[:,–-]\s*(?P<words>.+)$", re.IGNORECASE | re.DOTALL
)


async def hear(desk: Desk, person: Person, request: Request, said: str) -> Answer:
    """Do what is typed about one request that this person deals with, or open it."""
    words = _WORDS_AFTER.search(said)
    # What is to be passed on may speak of anything: "answer SH-0012: I suggest…" proposes no times.
    wish = said[: words.start("words")] if words else said
    if _TRAIL.search(wish):
        return await lead_request.trail(desk, person, request.id)
    if _KEEP.search(wish):
        return await lead_quick_answers.offer_to_keep(desk, person, request.id)
    step = next((step for pattern, step in _STEPS if pattern.search(wish)), None)
    match step:
        case None:
            return await lead_request.show(desk, person, request.id)
        case Step.ACKNOWLEDGE | Step.NO_SHOW:
            return await lead_request.take(desk, person, request.id, step, request.revision, {})
        case Step.PROPOSE_TIMES:
            return await _propose(desk, person, request, said)
        case Step.ASSIGN if _TO_ME.search(wish):
            filled = {OWNER: ME}
            return await lead_request.take(desk, person, request.id, step, request.revision, filled)
        case Step.ASSIGN if named := _TO.search(said):
            filled = {NAME: named["what"]}
            return await lead_request.take(desk, person, request.id, step, request.revision, filled)
        case Step.REDIRECT if service := desk.services.named_in(wish.partition("because")[0]):
            filled = {SERVICE: service.key, WORDS_INPUT: wish.partition("because")[2].strip()}
            return await lead_request.take(desk, person, request.id, step, request.revision, filled)
        case Step.MERGE if len(others := references_in(said)) > 1:
            return await _merge(desk, person, request, others[1])
        case Step.ANSWER | Step.NOTE | Step.CLOSE if words:
            filled = {WORDS_INPUT: words["words"]}
            return await lead_request.take(desk, person, request.id, step, request.revision, filled)
        case _:
            return await lead_request.ask(desk, person, request.id, step, _length_in(said))


def takes_on(said: str) -> bool:
    """Whether somebody wants to deal with a request themselves: "assign it to me"."""
    return bool(_TAKES_ON.match(said))


def taken_on(said: str, buttons: Mapping[str, Any]) -> Press | None:
    """The request of the card that was shown last, taken on by these words; None for all others."""
    if not takes_on(said):
        return None
    shown = {
        each.get("data", {}).get("request", "")
        for each in buttons.values()
        if isinstance(each, dict) and each.get("verb") in _SHOW_ONE
    } - {""}
    if len(shown) != 1:
        return None
    data = {"request": shown.pop(), "step": str(Step.ASSIGN), OWNER: ME}
    return Press(Verb.TAKE_STEP, data)


def _length_in(said: str) -> dict[str, str]:
    """How long it took, such as "45 minutes", for a form to begin with."""
    hours, rest = _HOURS.search(said), _MINUTES.search(said)
    minutes = 60 * int(hours["count"] if hours else 0) + int(rest["count"] if rest else 0)
    return {MINUTES: str(minutes)} if 0 < minutes <= MOST_MINUTES else {}


async def _propose(desk: Desk, person: Person, request: Request, said: str) -> Answer:
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
    now = desk.now()
    times = [(each, each + USUAL_LENGTH) for each in moments_said(said, calendar, now)]
    times += [(each.starts_at, each.ends_at) for each in slots_said(said, calendar, now)]
    if not times:
        return await lead_request.ask(desk, person, request.id, Step.PROPOSE_TIMES)
    return await lead_request.propose(desk, person, request, sorted(times)[:MOST_PROPOSED])


async def _merge(desk: Desk, person: Person, request: Request, reference: str) -> Answer:
    async with desk.database.read() as db:
        into = await request_reads.request_with_reference(db, person, reference)
    if into is None:
        return refused(desk, person, refusals.no_such_reference(reference))
    filled = {"into": str(into.id)}
    return await lead_request.take(desk, person, request.id, Step.MERGE, request.revision, filled)
