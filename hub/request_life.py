"""A request's life: which step may follow which, and by whom.

Whoever asked, the leads, and the colleague it was handed to each have their own steps. What a
request is, is next door in ``hub.requests``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hub import refusals
from hub.people import Person
from hub.refusals import Refusal
from hub.requests import OPEN, Request, State, Step


class Party(StrEnum):
    """What somebody is to a request."""

    ASKER = "asker"
    LEAD = "lead"
    #: The colleague it was handed to.
    OWNER = "owner"


_ASKER = frozenset({Party.ASKER})
_LEAD = frozenset({Party.LEAD})
#: Whoever deals with it: a lead, or the colleague it was handed to.
HANDLERS = frozenset({Party.LEAD, Party.OWNER})
_EITHER = _ASKER | HANDLERS
#: States before anybody has come.
_BEFORE_THE_VISIT = (State.SUBMITTED, State.ACKNOWLEDGED, State.VISIT_ARRANGED)


@dataclass(frozen=True)
class StepRule:
    """Who may take a step, and from where it leads to where."""

    by: frozenset[Party]
    moves: Mapping[State, State]


def _stay(*states: State) -> dict[State, State]:
    return {each: each for each in states}


def _to(state: State, *states: State) -> dict[State, State]:
    return dict.fromkeys(states, state)


LIFE: Mapping[Step, StepRule] = {
    Step.SUBMIT: StepRule(_ASKER, _to(State.SUBMITTED, State.DRAFT)),
    Step.EDIT: StepRule(_ASKER, _stay(State.DRAFT, State.SUBMITTED)),
    Step.NOTE: StepRule(_EITHER, _stay(*OPEN)),
    Step.WITHDRAW: StepRule(_ASKER, _to(State.WITHDRAWN, *OPEN)),
    Step.ACKNOWLEDGE: StepRule(HANDLERS, _to(State.ACKNOWLEDGED, State.SUBMITTED)),
    Step.ANSWER: StepRule(HANDLERS, _to(State.CLOSED, *OPEN)),
    Step.PROPOSE_TIMES: StepRule(HANDLERS, _to(State.ACKNOWLEDGED, *_BEFORE_THE_VISIT)),
    Step.PICK_TIME: StepRule(_ASKER, _to(State.VISIT_ARRANGED, State.ACKNOWLEDGED)),
    Step.NO_TIME_SUITS: StepRule(
        _ASKER,
        {
            State.ACKNOWLEDGED: State.ACKNOWLEDGED,
            State.VISIT_ARRANGED: State.ACKNOWLEDGED,
            State.FOLLOW_UP_ARRANGED: State.VISITED,
        },
    ),
    Step.RECORD_VISIT: StepRule(
        HANDLERS, _to(State.VISITED, State.ACKNOWLEDGED, State.VISIT_ARRANGED)
    ),
    Step.NO_SHOW: StepRule(
        HANDLERS,
        {State.VISIT_ARRANGED: State.ACKNOWLEDGED, State.FOLLOW_UP_ARRANGED: State.VISITED},
    ),
    Step.ASK_FOLLOW_UP: StepRule(_ASKER, _to(State.VISITED, State.VISITED, State.CLOSED)),
    Step.ARRANGE_FOLLOW_UP: StepRule(
        HANDLERS, _to(State.FOLLOW_UP_ARRANGED, State.VISITED, State.FOLLOW_UP_ARRANGED)
    ),
    Step.CHOOSE_CALL: StepRule(
        _ASKER,
        _to(State.FOLLOW_UP_ARRANGED, State.VISITED, State.CLOSED, State.FOLLOW_UP_ARRANGED),
    ),
    Step.RECORD_FOLLOW_UP: StepRule(HANDLERS, _to(State.VISITED, State.FOLLOW_UP_ARRANGED)),
    Step.ASSIGN: StepRule(_LEAD, _stay(*OPEN)),
    Step.REDIRECT: StepRule(_LEAD, _to(State.REDIRECTED, *_BEFORE_THE_VISIT)),
    Step.MERGE: StepRule(_LEAD, _to(State.REDIRECTED, *OPEN)),
    Step.CLOSE: StepRule(
        HANDLERS,
        _to(State.CLOSED, State.ACKNOWLEDGED, State.VISITED, State.FOLLOW_UP_ARRANGED),
    ),
    Step.SAY_HELPED: StepRule(_ASKER, _stay(State.CLOSED)),
}


def parties_of(person: Person, request: Request) -> frozenset[Party]:
    """What this person is to this request; empty when it is none of their business.

    A draft is nobody's but the asker's.
    """
    found = {Party.ASKER} if request.asker.id == person.id else set()
    if request.state is not State.DRAFT:
        if person.is_lead:
            found.add(Party.LEAD)
        if request.owner is not None and request.owner.id == person.id:
            found.add(Party.OWNER)
    return frozenset(found)


def may_take(person: Person, step: Step, request: Request) -> Refusal | None:
    """Why this person may not take this step now; None when they may."""
    parties = parties_of(person, request)
    if not parties:
        return refusals.request_gone()
    rule = LIFE[step]
    if parties.isdisjoint(rule.by):
        return refusals.leads_only() if parties == _ASKER else refusals.request_of_another()
    if request.state not in rule.moves:
        return refusals.step_not_now(request.reference, request.state)
    if step in {Step.PICK_TIME, Step.NO_TIME_SUITS} and not (request.proposed or request.arranged):
        return refusals.nothing_proposed(request.reference)
    return None


def steps_open_to(person: Person, request: Request) -> frozenset[Step]:
    """Everything this person can do with it now."""
    return frozenset(each for each in LIFE if may_take(person, each, request) is None)


def without_its_time(state: State) -> State:
    """Where a request stands once the time that was arranged is off."""
    return LIFE[Step.NO_SHOW].moves.get(state, state)


def after(step: Step, state: State) -> State:
    """Where a step leads. Raises KeyError when it may not be taken there."""
    return LIFE[step].moves[state]
