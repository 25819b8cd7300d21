"""A request as a value: its states, its times, and the history of what was done with it.

1:1 support and every service live the same life (design, section 6). Which step may follow which
is next door in ``hub.request_life``, the questions in ``hub.services``, the promised times in
``hub.promises``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hub.people import Person

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
    #: A lead who steps down keeps what they were to visit; nobody presses that.
    KEEP = "keep for the visit"
    #: Its answer is kept for everybody, and what became of that.
    KEEP_ANSWER = "keep answer"
    CHANGE_KEPT = "change kept answer"
    REMOVE_KEPT = "remove kept answer"
    #: Somebody who handles it opened it.
    SEE = "see"


#: Lines of a trail that change nothing about the request, and say nothing to whoever asked.
ASIDE = frozenset({Step.SEE, Step.KEEP_ANSWER, Step.CHANGE_KEPT, Step.REMOVE_KEPT})

#: States in which somebody still has something to do.
OPEN = (
    State.SUBMITTED,
    State.ACKNOWLEDGED,
    State.VISIT_ARRANGED,
    State.VISITED,
    State.FOLLOW_UP_ARRANGED,
)


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
