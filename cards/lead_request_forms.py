"""The forms of the steps that need something said: times, a colleague, a service, words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    Choice,
    DateInput,
    ExecuteAction,
    NumberInput,
    TextInput,
    TimeInput,
)

from cards.choosing import any_of, one_of, short
from cards.lead_request import TITLES
from cards.parts import Verb, button, card, form_button, heading, line, plain, quiet
from cards.request_steps import words_input
from hub.request_answers import Answers
from hub.request_standing import Standing
from hub.requests import LONGEST_NOTE, Step
from hub.visit_times import MOST_PROPOSED, Slot

WORDS, SLOTS, DATE, START, MINUTES, HOW = "words", "slots", "date", "start", "minutes", "how"
OWNER, NAME, SERVICE, INTO = "owner", "name", "service", "into"
#: Whoever presses, in place of a colleague's id.
ME = "me"
HOWS = {"in-person": "In person", "teams": "On Teams"}
MOST_MINUTES = 480
USUAL_MINUTES = 60
MOST_CHOICES = 40

#: What the words of each step are for.
_LABELS = {
    Step.ANSWER: "Your answer. The colleague reads it as you write it",
    Step.NOTE: "What would you like to add? The colleague reads it too",
    Step.CLOSE: "A last word? (optional)",
    Step.REDIRECT: "Why? The colleague reads it",
    Step.RECORD_VISIT: "What you agreed, one line each (optional)",
    Step.RECORD_FOLLOW_UP: "What you agreed, one line each (optional)",
}


@dataclass(frozen=True)
class Choices:
    """What a form offers to choose from, by key or id."""

    slots: Sequence[Slot] = ()
    colleagues: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)


def step_form(
    standing: Standing, step: Step, offered: Choices, said: Answers, intro: str = ""
) -> AdaptiveCard:
    """What a step needs to know; ``said`` is what was filled in before, so that nothing is lost."""
    request = standing.request
    ids = {"request": str(request.id), "step": str(step), "seen": str(request.revision)}
    return card(
        f"{TITLES[step]}: {standing.title}. {intro}",
        [
            heading(TITLES[step]),
            line(plain(f"{standing.title}, {request.asker.name}, {request.school_name}")),
            *([line(plain(intro))] if intro else []),
            *_fields(step, offered, said),
        ],
        [
            form_button(TITLES[step], Verb.TAKE_STEP, style="positive", **ids),
            *([_to_me(ids)] if step is Step.ASSIGN else []),
            button("Back", Verb.LEAD_REQUEST, request=str(request.id)),
        ],
    )


def _to_me(ids: Mapping[str, str]) -> ExecuteAction:
    return button("To me", Verb.TAKE_STEP, **ids, **{OWNER: ME})


def _fields(step: Step, offered: Choices, said: Answers) -> list[CardElement]:
    match step:
        case Step.PROPOSE_TIMES | Step.ARRANGE_FOLLOW_UP:
            return _times(step, offered, said)
        case Step.RECORD_VISIT | Step.RECORD_FOLLOW_UP:
            return [*_held(said), _words(step, said)]
        case Step.ASSIGN:
            return _colleague(offered, said)
        case Step.REDIRECT:
            services = _choices(offered.services)
            chosen = said.get(SERVICE) or str(services[0].value)
            return [one_of(SERVICE, "To which service?", services, chosen), _words(step, said)]
        case Step.MERGE:
            others = _choices(offered.others)
            if not others:
                return [line("This colleague has no other open request to merge it into.")]
            return [one_of(INTO, "Into which request?", others, str(others[0].value))]
        case _:
            return [_words(step, said)]


def _words(step: Step, said: Answers) -> CardElement:
    return words_input(WORDS, _LABELS[step], said.get(WORDS, ""), LONGEST_NOTE)


def _choices(named: Mapping[str, str]) -> list[Choice]:
    return [
        Choice(title=short(title), value=key)
        for key, title in list(dict(named).items())[:MOST_CHOICES]
    ]


def _times(step: Step, offered: Choices, said: Answers) -> list[CardElement]:
    several = step is Step.PROPOSE_TIMES
    free = [Choice(title=each.in_short, value=each.name) for each in offered.slots]
    label = f"Up to {MOST_PROPOSED} times" if several else "A time"
    ticked = [name for name in said.get(SLOTS, "").split(",") if name]
    known = {each.name for each in offered.slots}
    chosen = [name for name in ticked if name in known]
    shown: list[CardElement] = []
    if free:
        shown.append(any_of(SLOTS, f"{label} when you both look free", free, chosen))
    return [
        *shown,
        quiet("Or a time of your own:"),
        *_own_time(said),
        one_of(HOW, "How", _choices(HOWS), said.get(HOW) or "in-person"),
    ]


def _own_time(said: Answers) -> list[CardElement]:
    minutes = said.get(MINUTES, "")
    return [
        DateInput(id=DATE, label="Day", value=said.get(DATE) or None),
        TimeInput(id=START, label="From", value=said.get(START) or None),
        NumberInput(
            id=MINUTES,
            label="Length in minutes",
            min=5,
            max=MOST_MINUTES,
            value=int(minutes) if minutes.isdecimal() else USUAL_MINUTES,
        ),
    ]


def _held(said: Answers) -> list[CardElement]:
    return [*_own_time(said), one_of(HOW, "How", _choices(HOWS), said.get(HOW) or "in-person")]


def _colleague(offered: Choices, said: Answers) -> list[CardElement]:
    leads = _choices(offered.colleagues)
    shown: list[CardElement] = []
    if leads:
        chosen = said.get(OWNER) or str(leads[0].value)
        shown.append(one_of(OWNER, "To whom?", leads, chosen))
    name = TextInput(
        id=NAME,
        label="Or somebody else, by name",
        placeholder="A specialist or colleague of the trust",
        max_length=100,
        value=said.get(NAME) or None,
    )
    return [*shown, name]
