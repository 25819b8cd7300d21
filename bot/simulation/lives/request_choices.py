"""What staff ask the Hub for, and which step each side takes next with a request: choices only."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from hub.people import Person
from hub.requests import Request, State, Step
from hub.services import SUPPORT, Kind, Question, Service, Services

#: Of all that is asked for, the share that is 1:1 support.
IS_SUPPORT = 0.6
_WORDS = "A class of 28 finds it hard to settle after lunch. What would help?"
_A_DATE_IN = timedelta(days=30)
#: With which chance each step is taken on one school day, where it is the next one.
Odds = tuple[tuple[Step, float], ...]
_LEAD_IS_ASKED: Odds = (
    (Step.ACKNOWLEDGE, 0.3),
    (Step.ASSIGN, 0.06),
    (Step.ANSWER, 0.04),
    (Step.REDIRECT, 0.03),
)
_LEAD_IS_ASKED_A_QUESTION: Odds = ((Step.ANSWER, 0.4), (Step.NOTE, 0.1))
_LEAD_IS_TO_OFFER: Odds = ((Step.PROPOSE_TIMES, 0.25), (Step.NOTE, 0.08), (Step.ANSWER, 0.02))
_LEAD_IS_TO_ANSWER: Odds = ((Step.CLOSE, 0.15), (Step.ANSWER, 0.2), (Step.NOTE, 0.1))
_LEAD_IS_TO_RECORD: Odds = ((Step.RECORD_VISIT, 0.5), (Step.NO_SHOW, 0.05))
_LEAD_HAS_BEEN: Odds = ((Step.CLOSE, 0.02), (Step.NOTE, 0.02), (Step.ARRANGE_FOLLOW_UP, 0.02))
_LEAD_IS_TO_ARRANGE: Odds = ((Step.ARRANGE_FOLLOW_UP, 0.4),)
_LEAD_IS_TO_RECORD_CALL: Odds = ((Step.RECORD_FOLLOW_UP, 0.5), (Step.NO_SHOW, 0.08))
_LEAD_IS_TO_FINISH: Odds = ((Step.CLOSE, 0.15), (Step.NOTE, 0.02))
_ASKER_WAITS: Odds = ((Step.WITHDRAW, 0.01), (Step.NOTE, 0.02))
_ASKER_IS_ASKED: Odds = ((Step.NOTE, 0.5),)
_ASKER_IS_TO_CHOOSE: Odds = ((Step.PICK_TIME, 0.25), (Step.NO_TIME_SUITS, 0.06))
_ASKER_HAS_THE_DAY: Odds = ((Step.NO_TIME_SUITS, 0.08),)
_ASKER_WAS_VISITED: Odds = ((Step.ASK_FOLLOW_UP, 0.03), (Step.CHOOSE_CALL, 0.03))
_NOTHING: Odds = ()


def step_of_lead(
    request: Request, service: Service | None, now: datetime, chance: random.Random
) -> Step | None:
    """What a lead does with it today, if anything."""
    return _drawn(_odds_of_lead(request, service, now), chance)


def _odds_of_lead(request: Request, service: Service | None, now: datetime) -> Odds:
    is_question = service is not None and service.is_question
    arranged = request.arranged
    is_over = arranged is not None and arranged.ends_at <= now
    match request.state:
        case State.SUBMITTED:
            return _LEAD_IS_ASKED_A_QUESTION if is_question else _LEAD_IS_ASKED
        case State.ACKNOWLEDGED if service is None or not service.has_visit:
            return _LEAD_IS_TO_ANSWER
        case State.ACKNOWLEDGED if not any(each.starts_at > now for each in request.proposed):
            return _LEAD_IS_TO_OFFER
        case State.VISIT_ARRANGED if is_over:
            return _LEAD_IS_TO_RECORD
        case State.FOLLOW_UP_ARRANGED if is_over:
            return _LEAD_IS_TO_RECORD_CALL
        case State.VISITED if request.follow_up_wanted_at:
            return _LEAD_IS_TO_ARRANGE
        case State.VISITED if request.last_words(Step.RECORD_FOLLOW_UP):
            return _LEAD_IS_TO_FINISH
        case State.VISITED:
            return _LEAD_HAS_BEEN
        case _:
            return _NOTHING


def step_of_asker(request: Request, now: datetime, chance: random.Random) -> Step | None:
    """What whoever asked does with it today, if anything."""
    return _drawn(_odds_of_asker(request, now), chance)


def _odds_of_asker(request: Request, now: datetime) -> Odds:
    last, arranged = request.entries[-1] if request.entries else None, request.arranged
    if last and last.step is Step.NOTE and last.person_id != request.asker.id:
        return _ASKER_IS_ASKED
    if any(each.starts_at > now for each in request.proposed):
        return _ASKER_IS_TO_CHOOSE
    if arranged and arranged.starts_at.date() == now.date() and arranged.starts_at > now:
        return _ASKER_HAS_THE_DAY
    if request.state is State.VISITED and not request.follow_up_wanted_at:
        return _ASKER_WAS_VISITED
    return _ASKER_WAITS if request.state in {State.SUBMITTED, State.ACKNOWLEDGED} else _NOTHING


def _drawn(odds: Odds, chance: random.Random) -> Step | None:
    luck = chance.random()
    for step, share in odds:
        if luck < share:
            return step
        luck -= share
    return None


def wanted_by(person: Person, services: Services, chance: random.Random) -> Service | None:
    """What somebody asks for; None when there is nothing that they may."""
    open_to = services.open_to(person)
    support = next((each for each in open_to if each.key == SUPPORT), None)
    if support is not None and chance.random() < IS_SUPPORT:
        return support
    return chance.choice(open_to) if open_to else None


def answers_to(
    questions: Iterable[Question], now: datetime, chance: random.Random
) -> dict[str, str]:
    """An answer to each question of a service, never the one with which it would end."""
    return {each.key: _answer(each, now, chance) for each in questions}


def _answer(question: Question, now: datetime, chance: random.Random) -> str:
    match question.kind:
        case Kind.NUMBER:
            return str(max(question.least, min(question.most, 12)))
        case Kind.DATE:
            return (now + _A_DATE_IN).date().isoformat()
        case Kind.TEXT:
            return _WORDS
        case Kind.TIMES:
            return ""
        case _:
            keys = [each.key for each in question.choices if each.key != question.stops]
            return chance.choice(keys)
