"""Asking the Hub for something: one card for the facts, one for each thing in words, one to check."""

from collections.abc import Sequence

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    DateInput,
    Fact,
    FactSet,
    NumberInput,
    TextInput,
)

from cards.choosing import any_of, one_of, short
from cards.parts import Verb, button, card, form_button, heading, line, plain, quiet
from hub.request_answers import IN_WORDS, LONGEST_WORDS, Answers, pages, told
from hub.requests import Request, State
from hub.services import Kind, Question, Service
from hub.visit_times import Slot

_PLACEHOLDER = "A need, a class, a situation; no names of pupils"


def page_card(
    service: Service, request: Request, at: int, intro: str = "", slots: Sequence[Slot] = ()
) -> AdaptiveCard:
    """One step of a request, with what is known so far; typed words answer it too."""
    every = pages(service)
    page = every[at]
    asked = [each for question in page for each in _asked(question, request.answers, slots)]
    where = f"Step {at + 1} of {len(every) + 1}"
    return card(
        " ".join([f"{service.name}, {where}.", intro, *(each.asks for each in page)]),
        [
            heading(plain(service.name)),
            *([line(intro)] if intro else []),
            *asked,
            quiet(f"{where}. You can type it instead, or say “back” or “cancel”. It is kept."),
        ],
        _ways_on(request, page, at),
    )


def _asked(question: Question, answers: Answers, slots: Sequence[Slot]) -> list[CardElement]:
    hint = [quiet(question.hint)] if question.hint else []
    if question.kind is Kind.TIMES:
        return [*_times(question, answers, slots), *hint]
    return [_input(question, answers.get(question.key, "")), *hint]


def _input(question: Question, value: str) -> CardElement:
    label = f"{question.asks} (optional)" if question.optional else question.asks
    choices = [Choice(title=short(each.title), value=each.key) for each in question.choices]
    match question.kind:
        case Kind.NEEDS | Kind.CHOICES:
            return any_of(question.key, label, choices, [key for key in value.split(",") if key])
        case Kind.CHOICE if question.preset:
            return one_of(question.key, label, choices, value or question.preset)
        case Kind.CHOICE | Kind.YES_NO:
            return ChoiceSetInput(
                id=question.key,
                label=label,
                choices=choices,
                style="expanded",
                wrap=True,
                value=value or None,
            )
        case Kind.NUMBER:
            number = int(value) if value else None
            return NumberInput(
                id=question.key, label=label, min=question.least, max=question.most, value=number
            )
        case Kind.DATE:
            return DateInput(id=question.key, label=label, value=value or None)
        case _:
            return words_input(question.key, label, value)


def words_input(name: str, label: str, value: str = "", longest: int = LONGEST_WORDS) -> TextInput:
    """Some sentences."""
    return TextInput(
        id=name,
        label=label,
        placeholder=_PLACEHOLDER,
        is_multiline=True,
        # Room for a little too much, so that the answer can say so and nothing is cut off.
        max_length=2 * longest,
        value=value or None,
    )


def _times(question: Question, answers: Answers, slots: Sequence[Slot]) -> list[CardElement]:
    chosen = [name for name in answers.get(question.key, "").split(",") if name]
    free = [Choice(title=each.in_short, value=each.name) for each in slots]
    words = TextInput(
        id=question.key + IN_WORDS,
        label="Or in your own words" if free else question.asks,
        placeholder="Such as “Tuesdays after school”",
        max_length=2 * LONGEST_WORDS,
        value=answers.get(question.key + IN_WORDS) or None,
    )
    if not free:
        return [words]
    known = {each.name for each in slots}
    ticked = [name for name in chosen if name in known]
    return [any_of(question.key, f"{question.asks} These look free", free, ticked), words]


def _ways_on(request: Request, page: Sequence[Question], at: int) -> list:  # type: ignore[type-arg]
    ids = {"request": str(request.id), "page": str(at)}
    actions = [form_button("Next", Verb.SAVE_ANSWERS, style="positive", **ids)]
    if all(each.optional for each in page):
        onward = {"request": str(request.id), "page": str(at + 1)}
        actions.append(button("Skip", Verb.CARRY_ON, **onward))
    if at:
        actions.append(form_button("Back", Verb.SAVE_ANSWERS, go="back", **ids))
    if request.state is State.DRAFT:
        actions.append(form_button("Save for later", Verb.SAVE_ANSWERS, go="later", **ids))
    return actions


def check_card(
    service: Service, request: Request, intro: str = "", known: tuple[str, str] | None = None
) -> AdaptiveCard:
    """Everything once more before it is sent; ``known`` is an answer given to the same before."""
    title = f"{service.name}: ready to send?"
    ids = {"request": str(request.id)}
    last = str(len(pages(service)) - 1)
    before: list[CardElement] = []
    if known:
        before = [
            line("Somebody asked this before:"),
            line(f"“{plain(known[0])}”"),
            line(plain(known[1])),
            quiet("If that is what you needed, there is no need to send yours."),
        ]
    return card(
        f"{title} {intro} Nobody sees it until you send it.",
        [
            heading(plain(title)),
            *([line(intro)] if intro else []),
            *before,
            answers_facts(service, request.answers),
            quiet(f"It goes to the {plain(service.owner)}. Nobody sees it until you send it."),
        ],
        [
            button("Send it", Verb.SEND_REQUEST, style="positive", **ids),
            button("Change answers", Verb.CARRY_ON, page="0", **ids),
            button("Back", Verb.CARRY_ON, page=last, **ids),
            button("Save for later", Verb.MY_REQUESTS, kept="yes"),
            button("Throw it away", Verb.DISCARD_DRAFT, **ids),
        ],
    )


def answers_facts(service: Service, answers: Answers) -> FactSet:
    """What was answered, question by question; questions without an answer are left out."""
    facts = [
        Fact(title=plain(each.asks.split("?")[0]), value=plain(words))
        for each in service.questions
        if (words := told(each, answers))
    ]
    return FactSet(facts=facts or [Fact(title="Answers", value="None yet")])


def carry_on_card(title: str, request: Request) -> AdaptiveCard:
    """Offer what was begun, however long ago."""
    text = f"“{title}” is half written, and everything so far is kept. Nobody has seen it yet."
    ids = {"request": str(request.id)}
    return card(
        f"Carry on with your request? {text}",
        [heading("Carry on with your request?"), line(plain(text))],
        [
            button("Carry on", Verb.CARRY_ON, style="positive", **ids),
            button("Start again", Verb.START_REQUEST, service=request.service, anew="yes"),
            button("Throw it away", Verb.DISCARD_DRAFT, **ids),
        ],
    )
