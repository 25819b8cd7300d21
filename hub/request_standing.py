"""Where a request stands, in words: the state, what happens next, who acts, and how it is queued."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.promises import Due, Promises, due_next
from hub.requests import Request, State, Step, Visit, VisitKind, VisitState
from hub.school_year import SchoolCalendar
from hub.services import Service, Services
from hub.spoken import counted, short_day, spoken_day, spoken_hours

URGENT = "urgent"
TEAMS = "teams"
#: What each step is called in a history; each reads on from a name.
DONE = {
    Step.SUBMIT: "sent it",
    Step.EDIT: "changed an answer",
    Step.NOTE: "added a note",
    Step.WITHDRAW: "withdrew it",
    Step.ACKNOWLEDGE: "acknowledged it",
    Step.ANSWER: "answered",
    Step.PROPOSE_TIMES: "proposed times",
    Step.PICK_TIME: "chose a time",
    Step.NO_TIME_SUITS: "asked for other times",
    Step.RECORD_VISIT: "recorded the visit",
    Step.NO_SHOW: "noted that it did not happen",
    Step.ASK_FOLLOW_UP: "asked for a follow-up",
    Step.ARRANGE_FOLLOW_UP: "arranged a follow-up",
    Step.CHOOSE_CALL: "chose a time for a call",
    Step.RECORD_FOLLOW_UP: "recorded the follow-up",
    Step.ASSIGN: "handed it to",
    Step.REDIRECT: "redirected it",
    Step.MERGE: "merged it",
    Step.CLOSE: "closed it",
    Step.SAY_HELPED: "said whether it helped",
    Step.LAPSE: "waited a school day, so the question became a request",
    Step.HAND_BACK: "can no longer deal with it, so it is the leads' again",
    Step.KEEP: "keeps it for the visit",
    Step.KEEP_ANSWER: "kept the answer as a quick answer",
    Step.CHANGE_KEPT: "changed the quick answer",
    Step.REMOVE_KEPT: "removed the quick answer",
    Step.SEE: "opened it",
}


@dataclass(frozen=True)
class Standing:
    """A request as it is shown: with its service and what is promised next."""

    request: Request
    service_name: str
    service: Service | None
    due: Due | None

    @property
    def title(self) -> str:
        """``SH-0427: 1:1 support``; a draft has no reference yet."""
        named = self.request.reference
        return f"{named}: {self.service_name}" if named else self.service_name

    @property
    def state(self) -> str:
        """Where it stands, with a capital; what nobody came for is not visited."""
        request = self.request
        was_visited = any(each.state is VisitState.HELD for each in request.visits)
        if request.state is State.VISITED and not was_visited:
            return "Open again"
        if request.state is State.ACKNOWLEDGED and request.offered_at and not request.proposed:
            return "Times to be proposed again"
        return f"{request.state[0].upper()}{request.state[1:]}"

    @property
    def is_urgent(self) -> bool:
        """Whether the asker said so."""
        return self.request.answers.get("urgency") == URGENT

    @property
    def next_step(self) -> str:
        """What happens next and who acts, in a sentence or two."""
        return _next(self.request, self.owner, self.due)

    @property
    def owner(self) -> str:
        """Who acts for the Hub."""
        if self.request.owner:
            return self.request.owner.name
        return f"the {self.service.owner}" if self.service else "the Trust SEND Lead"


def standing_of(
    request: Request,
    services: Services,
    promises: Promises,
    calendar: SchoolCalendar,
    now: datetime,
) -> Standing:
    """One request as it is shown at ``now``: times on offer that are over are no choice any more."""
    visits = tuple(
        replace(each, state=VisitState.DROPPED)
        if each.state is VisitState.PROPOSED and each.starts_at <= now
        else each
        for each in request.visits
    )
    request = replace(request, visits=visits)
    service = services.service(request.service)
    due = due_next(request, service, promises, calendar, now)
    return Standing(request, services.name_of(request.service), service, due)


def _next(request: Request, owner: str, due: Due | None) -> str:
    who = f"{owner[0].upper()}{owner[1:]}"
    match request.state:
        case State.DRAFT:
            return "You are still writing it. Nobody else sees it until you send it."
        case State.SUBMITTED:
            promised = f" You were promised {due.spoken}." if due else ""
            return f"{who} reads it and gets back to you.{promised}"
        case State.ACKNOWLEDGED if request.proposed:
            return "Your move: choose one of the times below, or say that none suits."
        case State.ACKNOWLEDGED:
            promised = f" You were promised {due.spoken}." if due else ""
            return f"{who} has read it and is arranging what comes next.{promised}"
        case State.VISIT_ARRANGED | State.FOLLOW_UP_ARRANGED if request.arranged:
            return f"{in_words(request.arranged)}, with {owner}."
        case State.VISITED if request.follow_up_wanted_at:
            return f"{who} is arranging a follow-up."
        case State.VISITED:
            return "You can ask for a follow-up. Otherwise it will be closed."
        case State.REDIRECTED:
            return f"It goes on as {request.continues_in}."
        case State.WITHDRAWN:
            return "You took it back. You can ask again any time."
        case _:
            return "All done. You can ask for a follow-up if it comes up again."


def in_words(visit: Visit) -> str:
    """``A follow-up on Teams, Tuesday 1 December 2026, 15:30–16:30``."""
    what = "A follow-up" if visit.kind is VisitKind.FOLLOW_UP else "A visit"
    hours = spoken_hours(visit.starts_at, visit.ends_at)
    return f"{what} {where(visit)}, {spoken_day(visit.starts_at.date())}, {hours}"


def where(visit: Visit) -> str:
    """``on Teams`` or ``in school``."""
    return "on Teams" if visit.how == TEAMS else "in school"


def in_short(visit: Visit) -> str:
    """``Tue 1 Dec, 15:30``, for a button."""
    return f"{short_day(visit.starts_at.date())}, {visit.starts_at:%H:%M}"


def spoken_length(minutes: int) -> str:
    """``1 hour 30 minutes``."""
    hours, rest = divmod(minutes, 60)
    told = [counted(hours, "hour")] if hours else []
    return " ".join([*told, *([counted(rest, "minute")] if rest or not hours else [])])


def waiting_days(request: Request, calendar: SchoolCalendar, now: datetime) -> int:
    """How many days a request has waited since it was sent."""
    sent = request.submitted_at or request.begun_at
    return (now.astimezone(calendar.zone).date() - sent.astimezone(calendar.zone).date()).days


def in_queue_order(standings: Iterable[Standing]) -> list[Standing]:
    """Urgent and late ones first, then those that wait for the Hub, then the oldest."""
    return sorted(
        standings,
        key=lambda each: (
            not each.is_urgent,
            not (each.due and each.due.is_late),
            each.request.state is not State.SUBMITTED and not each.request.follow_up_wanted_at,
            each.request.submitted_at or each.request.begun_at,
            each.request.reference,
        ),
    )


def needs_of(standings: Sequence[Standing]) -> list[str]:
    """The slugs of the needs that these requests are about, each once."""
    found = (
        need for each in standings for need in each.request.answers.get("needs", "").split(",")
    )
    return [need for need in dict.fromkeys(found) if need]
