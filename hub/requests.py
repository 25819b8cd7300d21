"""A request's life: which step may follow which, by whom, and what each state is called.

1:1 support and every service live the same life (design, section 6). The questions are next door
in ``hub.services``, the promised times in ``hub.promises``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hub import refusals
from hub.people import Person
from hub.refusals import Refusal

#: A note, a reason or an answer.
LONGEST_NOTE = 800


class State(StrEnum):
    """Where a request stands. Kept in the database, so never renamed."""

    #: Being written; only the asker sees it.
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    VISIT_ARRANGED = "visit arranged"
    VISITED = "visited"
    FOLLOW_UP_ARRANGED = "follow-up arranged"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    #: Goes on under another reference: another service, or one that was there already.
    REDIRECTED = "redirected"


class Step(StrEnum):
    """What can be done with a request. Kept in its history, so never renamed."""

    SUBMIT = "submit"
    EDIT = "edit"
    NOTE = "note"
    WITHDRAW = "withdraw"
    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    PROPOSE_TIMES = "propose times"
    PICK_TIME = "pick time"
    NO_TIME_SUITS = "no time suits"
    RECORD_VISIT = "record visit"
    NO_SHOW = "no show"
    ASK_FOLLOW_UP = "ask for follow-up"
    ARRANGE_FOLLOW_UP = "arrange follow-up"
    #: The asker takes one of the times at which both are free.
    CHOOSE_CALL = "choose call"
    RECORD_FOLLOW_UP = "record follow-up"
    ASSIGN = "assign"
    REDIRECT = "redirect"
    MERGE = "merge"
    CLOSE = "close"
    SAY_HELPED = "say helped"
    #: A question that nobody answered in time becomes a request; the clock does it.
    LAPSE = "lapse"
    #: Whoever dealt with it is gone, so it is the leads' again; nobody presses that.
    HAND_BACK = "hand back"
    #: Somebody who handles it opened it.
    SEE = "see"


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
#: States in which somebody still has something to do.
OPEN = (
    State.SUBMITTED,
    State.ACKNOWLEDGED,
    State.VISIT_ARRANGED,
    State.VISITED,
    State.FOLLOW_UP_ARRANGED,
)
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


class VisitKind(StrEnum):
    """What a time is for."""

    VISIT = "visit"
    FOLLOW_UP = "follow-up"


class VisitState(StrEnum):
    """What became of a time."""

    PROPOSED = "proposed"
    ARRANGED = "arranged"
    HELD = "held"
    MISSED = "missed"
    #: Another one was chosen, or none suited.
    DROPPED = "dropped"


@dataclass(frozen=True)
class Visit:
    """One time of a visit or a follow-up: proposed, arranged, held or missed."""

    id: UUID
    kind: VisitKind
    state: VisitState
    #: ``in-person`` or ``teams``.
    how: str
    starts_at: datetime
    ends_at: datetime
    #: How long it took, once it was held.
    minutes: int | None = None
    #: The Teams link of a call.
    online_url: str = ""
    #: Who comes or calls for the Hub.
    host_id: UUID | None = None


@dataclass(frozen=True)
class Entry:
    """One line of a request's history: who did what, and the words that came along."""

    id: UUID
    at: datetime
    who: str
    person_id: UUID
    step: Step
    words: str = ""


@dataclass(frozen=True)
class Request:
    """One request with everything that happened to it."""

    id: UUID
    #: Empty while it is a draft.
    reference: str
    #: The service's key.
    service: str
    asker: Person
    state: State
    answers: Mapping[str, str]
    #: The page that is being written, or was last.
    page: int
    #: Rises with every change; what a lead's card was made from.
    revision: int
    begun_at: datetime
    owner: Person | None = None
    submitted_at: datetime | None = None
    acknowledged_at: datetime | None = None
    visit_arranged_at: datetime | None = None
    visited_at: datetime | None = None
    closed_at: datetime | None = None
    #: When times for a visit were first proposed.
    offered_at: datetime | None = None
    #: Set while the asker waits for a follow-up to be arranged.
    follow_up_wanted_at: datetime | None = None
    #: When an unanswered question became a request.
    lapsed_at: datetime | None = None
    #: The reference under which it goes on.
    continues_in: str = ""
    #: What the asker said at the end: ``yes``, ``a bit`` or ``not yet``.
    helped: str = ""
    visits: tuple[Visit, ...] = ()
    entries: tuple[Entry, ...] = field(default=(), repr=False)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.state in OPEN

    @property
    def school_name(self) -> str:
        """Where the asker works, as far as known."""
        return self.asker.school.name if self.asker.school else "No school"

    @property
    def proposed(self) -> tuple[Visit, ...]:
        """Times to choose from, soonest first."""
        return tuple(each for each in self.visits if each.state is VisitState.PROPOSED)

    @property
    def arranged(self) -> Visit | None:
        """The visit or follow-up that is to come."""
        return next((each for each in self.visits if each.state is VisitState.ARRANGED), None)

    def last_words(self, step: Step) -> str:
        """What came along with the last such step; "" when there was none."""
        found = (each.words for each in reversed(self.entries) if each.step is step)
        return next(found, "")


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
