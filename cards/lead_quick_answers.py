"""Kept answers for leads: all of them a page at a time, one as it stands, its form, and taking it out."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, CardElement, ExecuteAction, Fact, FactSet

from cards.choosing import short
from cards.parts import Verb, button, card, form_button, heading, line, plain, quiet, row
from cards.request_steps import words_input
from hub.quick_answers import QuickAnswer
from hub.request_standing import Standing
from hub.spoken import counted, short_day

QUESTION, ANSWER = "question", "answer"
#: Three answers, two ways to page and the way back make six buttons.
PAGE_SIZE = 3
LONGEST_QUESTION = 160
LONGEST_ANSWER = 200


def quick_answers_card(
    kept: Sequence[QuickAnswer], page: int = 0, intro: str = "", about: str = ""
) -> AdaptiveCard:
    """One page of what is kept, the newest first; ``about`` is what it was narrowed by."""
    title = counted(len(kept), "quick answer") if kept else "Quick answers"
    shown = kept[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    listed: list[CardElement] = [_row(each) for each in shown]
    ways = []
    if page:
        ways.append(_page("Earlier", page - 1, about))
    if len(kept) > (page + 1) * PAGE_SIZE:
        ways.append(_page("Later", page + 1, about))
    ways.append(button("All of them", Verb.QUICK_ANSWERS) if about else _queue_button())
    return card(
        f"{title}. {intro} " + " ".join(each.question for each in shown),
        [
            heading(title),
            *([line(plain(intro))] if intro else []),
            *(listed or [line(plain(_nothing(about)))]),
        ],
        ways,
        refresh=_page("Refresh", page, about),
    )


def _page(title: str, page: int, about: str) -> ExecuteAction:
    return button(title, Verb.QUICK_ANSWERS, page=str(page), about=about)


def _queue_button() -> ExecuteAction:
    return button("Queue", Verb.LEAD_QUEUE)


def _nothing(about: str) -> str:
    if about:
        return f"Nothing kept speaks of {short(about, 60)}."
    return (
        "None are kept yet. When you have answered a request, “Keep as quick answer” shows the "
        "answer to the next who asks the same."
    )


def _row(kept: QuickAnswer) -> CardElement:
    opens = button("Open", Verb.QUICK_ANSWER, quick_answer=str(kept.id))
    answer = plain(short(kept.answer, LONGEST_ANSWER))
    return row(short(kept.question, LONGEST_QUESTION), answer, plain(_kept_by(kept)), opens)


def _kept_by(kept: QuickAnswer) -> str:
    return f"Kept by {kept.saved_by}, {short_day(kept.saved_at.date())} {kept.saved_at.year}"


def lead_quick_answer_card(kept: QuickAnswer, intro: str = "") -> AdaptiveCard:
    """One kept answer as everybody reads it, and what can be done with it."""
    title, ids = "Quick answer", {"quick_answer": str(kept.id)}
    return card(
        f"{title}. {intro} {kept.question} {kept.answer}",
        [
            heading(title),
            *([line(intro)] if intro else []),
            line(f"“{plain(kept.question)}”"),
            line(plain(kept.answer)),
            FactSet(facts=_facts(kept)),
        ],
        [
            button("Change it", Verb.EDIT_QUICK_ANSWER, **ids),
            button("Remove it", Verb.ASK_REMOVE_QUICK_ANSWER, **ids),
            button("Who changed it", Verb.REQUEST_HISTORY, request=str(kept.request_id)),
            button("All quick answers", Verb.QUICK_ANSWERS),
        ],
    )


def _facts(kept: QuickAnswer) -> list[Fact]:
    facts = [Fact(title="Kept", value=plain(_kept_by(kept).removeprefix("Kept ")))]
    return [*facts, *([Fact(title="From", value=kept.reference)] if kept.reference else [])]


def keep_answer_form(
    standing: Standing, question: str, answer: str, intro: str = ""
) -> AdaptiveCard:
    """Make an answer one for everybody: without anything that tells who asked."""
    title, ids = "Keep as quick answer", {"request": str(standing.request.id)}
    return card(
        f"{title}: {standing.title}. {intro}",
        [
            heading(title),
            *([line(intro)] if intro else []),
            quiet("The next colleague who asks the same finds it. Leave out who asked."),
            *_inputs(question, answer),
        ],
        [
            form_button("Keep it", Verb.KEEP_ANSWER, style="positive", keep="yes", **ids),
            button("Back", Verb.LEAD_REQUEST, **ids),
        ],
    )


def _inputs(question: str, answer: str) -> list[CardElement]:
    return [
        words_input(QUESTION, "The question", question),
        words_input(ANSWER, "The answer", answer),
    ]


def edit_quick_answer_form(
    kept: QuickAnswer, question: str, answer: str, intro: str = ""
) -> AdaptiveCard:
    """Put a kept answer right, with the words that were filled in so far."""
    title, ids = "Change this quick answer", {"quick_answer": str(kept.id)}
    return card(
        f"{title}. {intro}",
        [
            heading(title),
            *([line(plain(intro))] if intro else []),
            quiet("Everybody who asks the same reads it. Leave out who asked."),
            *_inputs(question, answer),
        ],
        [
            form_button("Save", Verb.SAVE_QUICK_ANSWER, style="positive", seen=kept.version, **ids),
            button("Back", Verb.QUICK_ANSWER, **ids),
        ],
    )


def ask_remove_card(kept: QuickAnswer) -> AdaptiveCard:
    """Make sure: what is removed is found by nobody any more."""
    title, ids = "Remove this quick answer?", {"quick_answer": str(kept.id)}
    text = "Nobody who asks will find it any more. The request it came from stays as it is."
    return card(
        f"{title} {kept.question} {text}",
        [heading(title), line(f"“{plain(kept.question)}”"), line(text)],
        [
            button("Yes, remove it", Verb.REMOVE_QUICK_ANSWER, style="destructive", **ids),
            button("No, keep it", Verb.QUICK_ANSWER, **ids),
        ],
    )
