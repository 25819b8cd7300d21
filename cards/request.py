"""A request as whoever asked sees it: where it stands, what happens next, who acts, and by when."""

from collections.abc import Sequence
from datetime import datetime

from microsoft_teams.cards import (
    ActionSet,
    AdaptiveCard,
    CardElement,
    ExecuteAction,
    Fact,
    FactSet,
    OpenUrlAction,
)

from cards.parts import (
    Verb,
    button,
    card,
    form_button,
    heading,
    help_button,
    line,
    plain,
    quiet,
    row,
    toolkit_button,
)
from cards.request_steps import answers_facts, words_input
from hub.request_standing import DONE, TEAMS, Standing, in_short, in_words, spoken_length
from hub.requests import ASIDE, Entry, Request, State, Step, VisitState
from hub.spoken import short_day

WORDS_INPUT = "words"
#: Four requests, and two ways on, make six buttons.
PAGE_SIZE = 4
#: What finds no room can be typed: “withdraw SH-0427”, “my requests”.
MOST_BUTTONS = 6
#: So many quick references are offered while a request waits, where buttons are left.
MOST_TOOLKITS = 3
#: The newest lines of a history that a card shows.
NEWEST = 6
#: Lines that say nothing to whoever asked.
_UNTOLD = ASIDE | {Step.EDIT, Step.SUBMIT}
HELPED = {"yes": "Yes, it helped", "a bit": "A bit", "not yet": "Not yet"}


def request_card(
    standing: Standing,
    steps: frozenset[Step],
    title: str = "",
    intro: str = "",
    toolkits: Sequence[tuple[str, str]] = (),
) -> AdaptiveCard:
    """One request; ``steps`` are those that this person can take now.

    ``toolkits`` (slug and title) may help while it waits: they stand beside the steps, never in
    place of one.
    """
    request = standing.request
    own = _steps(standing, steps)
    quick = [toolkit_button(name, slug) for slug, name in toolkits]
    quick = quick[: min(MOST_TOOLKITS, max(0, MOST_BUTTONS - 1 - len(own)))]
    head = title or standing.title
    facts = [
        Fact(title="Reference", value=request.reference),
        Fact(title="Stands", value=standing.state),
        Fact(title="Next", value=plain(standing.next_step)),
    ]
    if standing.due:
        facts.append(Fact(title="Promised", value=_promised(standing)))
    if request.owner:
        facts.append(Fact(title="With", value=plain(request.owner.name)))
    return card(
        f"{head}. {standing.title}, {request.state}. {standing.next_step}",
        [
            heading(plain(head)),
            *([line(intro)] if intro else []),
            *([line(plain(standing.title))] if title else []),
            FactSet(facts=facts),
            *_times(standing),
            *call_to_come(standing.request),
            *([answers_facts(standing.service, request.answers)] if standing.service else []),
            *_history([each for each in request.entries if each.step not in _UNTOLD]),
            *([line(_while_you_wait(len(quick)))] if quick else []),
        ],
        [*own, *quick, button("My requests", Verb.MY_REQUESTS)][:MOST_BUTTONS],
        refresh=button("Refresh", Verb.SHOW_REQUEST, request=str(request.id)),
    )


def _while_you_wait(count: int) -> str:
    these = "this quick reference" if count == 1 else "these quick references"
    return f"While you wait, {these} may help."


def _promised(standing: Standing) -> str:
    if standing.due is None:
        return ""
    slipped = " Sorry, that has slipped. The lead sees it at the top of the queue."
    late = slipped if standing.due.is_late else ""
    return f"{standing.due.spoken[0].upper()}{standing.due.spoken[1:]}.{late}"


def _times(standing: Standing) -> list[CardElement]:
    shown = [
        f"{in_words(each)}: took {spoken_length(each.minutes)}"
        for each in standing.request.visits
        if each.state is VisitState.HELD and each.minutes
    ]
    offered = [in_words(each) for each in standing.request.proposed]
    return [line(plain(each)) for each in [*shown, *offered]]


def _history(entries: Sequence[Entry]) -> list[CardElement]:
    return [quiet(plain(told(each))) for each in entries[-NEWEST:]]


def told(entry: Entry) -> str:
    """One line of a history: ``Tue 24 Nov: Trust SEND Lead added a note: …``."""
    who = "It" if entry.step is Step.LAPSE else entry.who
    if entry.step is Step.ASSIGN and entry.words == entry.who:
        return f"{short_day(entry.at.date())}: {who} took it on"
    joined = " " if entry.step is Step.ASSIGN else ": "
    words = f"{joined}{'; '.join(entry.words.splitlines())}" if entry.words else ""
    return f"{short_day(entry.at.date())}: {who} {DONE[entry.step]}{words}"


def call_to_come(request: Request) -> list[CardElement]:
    """That the link of a call is still to follow; nothing once it is there."""
    call = request.arranged
    if call is None or call.how != TEAMS or call.online_url:
        return []
    return [line("It's on Teams. The link to join will follow, here and in your calendar.")]


def join_call(request: Request) -> list[OpenUrlAction]:
    """The way into a call that is to come."""
    call = request.arranged
    if call is None or not call.online_url:
        return []
    return [OpenUrlAction(title="Join", url=call.online_url)]


def _steps(standing: Standing, steps: frozenset[Step]) -> list[ExecuteAction | OpenUrlAction]:
    request = standing.request
    ids = {"request": str(request.id)}
    actions: list[ExecuteAction | OpenUrlAction] = [*join_call(request)]
    if Step.PICK_TIME in steps and request.proposed:
        actions += pick_buttons(request)
    elif Step.NO_TIME_SUITS in steps:
        title = "Other time"
        actions.append(button(title, Verb.ASK_ABOUT_REQUEST, step=Step.NO_TIME_SUITS, **ids))
    if request.state is State.CLOSED and not request.helped and Step.SAY_HELPED in steps:
        actions += [
            button(words, Verb.SAY_HELPED, helped=key, **ids) for key, words in HELPED.items()
        ]
    if Step.EDIT in steps:
        actions.append(button("Change it", Verb.CARRY_ON, page="0", **ids))
    if Step.ASK_FOLLOW_UP in steps:
        title = "Choose a time" if request.follow_up_wanted_at else "Ask for a follow-up"
        actions.append(button(title, Verb.ASK_ABOUT_REQUEST, step=Step.ASK_FOLLOW_UP, **ids))
    if Step.NOTE in steps:
        actions.append(button("Add a note", Verb.ASK_ABOUT_REQUEST, step=Step.NOTE, **ids))
    if Step.WITHDRAW in steps:
        actions.append(button("Withdraw", Verb.ASK_ABOUT_REQUEST, step=Step.WITHDRAW, **ids))
    return actions


def pick_buttons(request: Request) -> list[ExecuteAction]:
    """One button for each time on offer, and one for none of them."""
    ids = {"request": str(request.id)}
    return [
        *[
            button(in_short(each), Verb.PICK_TIME, visit=str(each.id), **ids)
            for each in request.proposed
        ],
        button("None of these suits", Verb.ASK_ABOUT_REQUEST, step=Step.NO_TIME_SUITS, **ids),
    ]


def my_requests_card(standings: Sequence[Standing], page: int = 0, intro: str = "") -> AdaptiveCard:
    """Everything this person asked for: what is open first."""
    title = "Your requests"
    shown = standings[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    actions = []
    if page:
        actions.append(button("Earlier", Verb.MY_REQUESTS, page=str(page - 1)))
    elif len(standings) > PAGE_SIZE:
        actions.append(button("More", Verb.MY_REQUESTS, page="1"))
    actions.append(button("Ask for something", Verb.SERVICES))
    listed = [_row(each) for each in shown] or [
        line("You have asked for nothing yet. A visit, coaching, advice: it is two taps away.")
    ]
    return card(
        f"{title}. {intro} " + ". ".join(f"{e.title}, {e.request.state}" for e in shown),
        [heading(title), *([line(intro)] if intro else []), *listed],
        actions,
        refresh=button("Refresh", Verb.MY_REQUESTS, page=str(page)),
    )


def _row(standing: Standing) -> CardElement:
    ids = {"request": str(standing.request.id)}
    if standing.request.state is State.DRAFT:
        show = button("Carry on", Verb.CARRY_ON, **ids)
    else:
        show = button("Show", Verb.SHOW_REQUEST, **ids)
    return row(standing.title, standing.state, plain(standing.next_step), show)


#: What is asked before something is said about a request, and the button that says it.
_QUESTIONS = {
    Step.NOTE: ("Add a note", "What would you like to add?", "Add it"),
    Step.WITHDRAW: ("Withdraw this request?", "Why? (optional)", "Yes, withdraw it"),
    Step.ASK_FOLLOW_UP: (
        "Ask for a follow-up",
        "What would you like to talk about, and when? (optional)",
        "Ask for it",
    ),
    Step.NO_TIME_SUITS: ("Other times, please", "When would suit you?", "Ask for others"),
}


def question_card(
    standing: Standing,
    step: Step,
    words: str = "",
    intro: str = "",
    calls: Sequence[datetime] = (),
) -> AdaptiveCard:
    """Ask for the words that a step needs; they can be typed as well.

    ``calls`` are starts of a call on Teams at which both sides are free: one tap arranges it.
    """
    title, label, does = _QUESTIONS[step]
    ids = {"request": str(standing.request.id)}
    free = [
        button(
            f"{short_day(each.date())}, {each:%H:%M}", Verb.CHOOSE_CALL, at=each.isoformat(), **ids
        )
        for each in calls
    ]
    is_final = step is Step.WITHDRAW
    return card(
        f"{title}: {standing.title}. {intro} {label}",
        [
            heading(title),
            line(plain(standing.title)),
            *([line(intro)] if intro else []),
            *_calls(free),
            words_input(WORDS_INPUT, f"Or: {label}" if free else label, words),
        ],
        [
            form_button(
                does,
                Verb.SAY_ABOUT_REQUEST,
                style="destructive" if is_final else "positive",
                step=step,
                **ids,
            ),
            button("No, keep it" if is_final else "Back", Verb.SHOW_REQUEST, **ids),
        ],
    )


def _calls(free: Sequence[ExecuteAction]) -> list[CardElement]:
    if not free:
        return []
    offer = line("A call on Teams, half an hour. You are both free at:")
    return [offer, ActionSet(actions=list(free))]


def nothing_open_card(title: str, text: str) -> AdaptiveCard:
    """There is no request that this could be about; and the way to one."""
    return card(
        f"{title}. {text}",
        [heading(title), line(text)],
        [
            button("1:1 support", Verb.START_REQUEST, service="tier-6"),
            button("My requests", Verb.MY_REQUESTS),
            help_button(),
        ],
    )
