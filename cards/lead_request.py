"""One request as whoever deals with it sees it: what is asked, the next steps, the trail."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, CardElement, ExecuteAction, Fact, FactSet

from cards.parts import Verb, button, card, heading, line, plain, quiet
from cards.request import call_to_come, join_call, told
from cards.request_steps import answers_facts
from hub.request_standing import Standing, in_words, spoken_length
from hub.requests import ASIDE, Entry, Request, State, Step, VisitState

#: Lines of a trail on one card.
TRAIL_PAGE = 12
NEWEST = 5
#: What each step is called on a button, in the order in which they are offered.
TITLES = {
    Step.ACKNOWLEDGE: "Acknowledge",
    Step.ANSWER: "Answer",
    Step.ARRANGE_FOLLOW_UP: "Arrange follow-up",
    Step.PROPOSE_TIMES: "Propose times",
    Step.RECORD_VISIT: "Record the visit",
    Step.RECORD_FOLLOW_UP: "Record the follow-up",
    Step.NO_SHOW: "It didn't happen",
    Step.CLOSE: "Close",
    Step.ASSIGN: "Hand over",
    Step.REDIRECT: "Redirect",
    Step.NOTE: "Add a note",
    Step.MERGE: "Merge",
}
#: Steps that are the obvious next ones in each state; the others are under "More".
_FIRST = {
    State.SUBMITTED: (Step.ACKNOWLEDGE, Step.PROPOSE_TIMES, Step.ASSIGN, Step.REDIRECT),
    State.ACKNOWLEDGED: (Step.PROPOSE_TIMES, Step.RECORD_VISIT, Step.ASSIGN, Step.CLOSE),
    State.VISIT_ARRANGED: (Step.RECORD_VISIT, Step.NO_SHOW, Step.PROPOSE_TIMES, Step.ASSIGN),
    State.VISITED: (Step.ARRANGE_FOLLOW_UP, Step.CLOSE, Step.NOTE),
    State.FOLLOW_UP_ARRANGED: (Step.RECORD_FOLLOW_UP, Step.NO_SHOW, Step.ARRANGE_FOLLOW_UP),
}
MOST_BESIDE_JOIN = 3
#: A question wants an answer, not a visit.
_FIRST_OF_A_QUESTION = (Step.ANSWER, Step.ACKNOWLEDGE, Step.ASSIGN, Step.REDIRECT)


def lead_request_card(
    standing: Standing, steps: frozenset[Step], title: str = "", intro: str = ""
) -> AdaptiveCard:
    """One request with its obvious next steps; ``steps`` are those that can be taken now."""
    request = standing.request
    head = title or standing.title
    return card(
        f"{head}. From {request.asker.name}, {request.school_name}. {request.state}. {intro}",
        [
            heading(plain(head)),
            *([line(plain(intro))] if intro else []),
            *([line(plain(standing.title))] if title else []),
            FactSet(facts=_facts(standing)),
            *([answers_facts(standing.service, request.answers)] if standing.service else []),
            *_times(request),
            *call_to_come(request),
            *[quiet(plain(told(each))) for each in _told(request)[-NEWEST:]],
        ],
        [
            *join_call(request),
            *[step_button(request, each) for each in _first(standing) if each in steps],
            *_after(request),
            button("More", Verb.LEAD_REQUEST_MORE, request=str(request.id)),
            button("Queue", Verb.LEAD_QUEUE),
        ],
        refresh=button("Refresh", Verb.LEAD_REQUEST, request=str(request.id)),
    )


def _first(standing: Standing) -> tuple[Step, ...]:
    is_question = standing.service is not None and standing.service.is_question
    if is_question and standing.request.state in {State.SUBMITTED, State.ACKNOWLEDGED}:
        return _FIRST_OF_A_QUESTION
    steps = _FIRST.get(standing.request.state, ())
    # Where there is a call to join, that is the more obvious thing than the last of these.
    return steps[:MOST_BESIDE_JOIN] if join_call(standing.request) else steps


def _after(request: Request) -> list[ExecuteAction]:
    if request.state is State.CLOSED and request.last_words(Step.ANSWER):
        return [button("Keep as quick answer", Verb.KEEP_ANSWER, request=str(request.id))]
    return []


def _facts(standing: Standing) -> list[Fact]:
    request = standing.request
    facts = [
        Fact(title="From", value=plain(request.asker.name)),
        Fact(title="School", value=plain(request.school_name)),
        Fact(title="Stands", value=standing.state),
    ]
    if standing.is_urgent:
        facts.append(Fact(title="Urgent", value="Yes"))
    if standing.due:
        facts.append(Fact(title="Promised", value=standing.due.spoken))
    if request.follow_up_wanted_at:
        facts.append(Fact(title="Follow-up", value="Asked for"))
    if request.owner:
        facts.append(Fact(title="With", value=plain(request.owner.name)))
    if request.continues_in:
        facts.append(Fact(title="Goes on as", value=request.continues_in))
    return facts


def _times(request: Request) -> list[CardElement]:
    shown: list[CardElement] = []
    for each in request.visits:
        if each.state is VisitState.DROPPED:
            continue
        took = f", took {spoken_length(each.minutes)}" if each.minutes else ""
        shown.append(line(plain(f"{in_words(each)}: {each.state}{took}")))
    return shown


def _told(request: Request) -> list[Entry]:
    return [each for each in request.entries if each.step not in ASIDE]


def step_button(request: Request, step: Step) -> ExecuteAction:
    """The button of one step; those that need nothing act at once, the others show a form."""
    at_once = step in {Step.ACKNOWLEDGE, Step.NO_SHOW}
    return button(
        TITLES[step],
        Verb.TAKE_STEP if at_once else Verb.ASK_STEP,
        style="positive" if step is Step.ACKNOWLEDGE else None,
        request=str(request.id),
        step=step,
        seen=str(request.revision),
    )


def more_card(standing: Standing, steps: frozenset[Step]) -> AdaptiveCard:
    """Every other step that can be taken, and the trail."""
    request = standing.request
    others = [each for each in TITLES if each in steps and each not in _first(standing)]
    back = button("Back", Verb.LEAD_REQUEST, request=str(request.id))
    trail = button("Who saw this", Verb.REQUEST_HISTORY, request=str(request.id))
    return card(
        f"More for {standing.title}",
        [heading(plain(standing.title)), line("What else would you like to do?")],
        [*[step_button(request, each) for each in others[:4]], trail, back],
    )


def trail_card(standing: Standing, entries: Sequence[Entry], page: int) -> AdaptiveCard:
    """Who saw or changed a request, the newest first."""
    shown = entries[page * TRAIL_PAGE : (page + 1) * TRAIL_PAGE]
    ids = {"request": str(standing.request.id)}
    actions = [button("Back", Verb.LEAD_REQUEST, **ids)]
    if len(entries) > (page + 1) * TRAIL_PAGE:
        actions.append(button("Older", Verb.REQUEST_HISTORY, page=str(page + 1), **ids))
    return card(
        f"Who saw or changed {standing.title}",
        [
            heading(plain(f"Who saw or changed {standing.request.reference}")),
            *[line(plain(f"{told(each)} ({each.at:%H:%M})")) for each in shown],
        ],
        actions,
    )
