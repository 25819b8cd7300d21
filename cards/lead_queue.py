"""The queue of requests, for whoever deals with them: by urgency and age, narrowed as they like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from microsoft_teams.cards import AdaptiveCard, CardElement, Choice, ExecuteAction, TextInput

from cards.choosing import one_of, short
from cards.parts import (
    Verb,
    button,
    card,
    form_button,
    heading,
    line,
    plain,
    quiet,
    row,
)
from hub.request_standing import Standing
from hub.requests import State
from hub.spoken import counted
from hub.topics import NEEDS

#: Three requests, the filter and two ways to page make six buttons.
PAGE_SIZE = 3
SHOW_INPUT, SCHOOL_INPUT, NEED_INPUT, SEARCH_INPUT = "show", "school", "need", "search"
EVERYTHING = "all"
SHOWS = {
    EVERYTHING: "Everything open",
    "new": "New ones",
    "urgent": "Urgent ones",
    "late": "Late ones",
    "questions": "Questions",
    "mine": "Handed to me",
}
MOST_SCHOOLS = 40


@dataclass(frozen=True)
class Narrowed:
    """How the queue was narrowed; empty means by nothing."""

    show: str = EVERYTHING
    school: str = EVERYTHING
    need: str = EVERYTHING

    @property
    def as_data(self) -> dict[str, str]:
        """For a button that pages on."""
        return {SHOW_INPUT: self.show, SCHOOL_INPUT: self.school, NEED_INPUT: self.need}


def queue_card(
    standings: Sequence[Standing],
    waits: Mapping[str, int],
    narrowed: Narrowed,
    schools: Mapping[str, str],
    page: int = 0,
    intro: str = "",
) -> AdaptiveCard:
    """One page of what is open; ``waits`` tells by reference how many days each has waited."""
    title = "Requests to deal with"
    shown = standings[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    told = f"{counted(len(standings), 'request')}, urgent and late ones first."
    listed: list[CardElement] = [_row(each, waits) for each in shown]
    return card(
        f"{title}: {intro} {told} "
        + ". ".join(f"{each.title}, {each.request.state}" for each in shown),
        [
            heading(title),
            *([line(intro)] if intro else []),
            quiet(told),
            *(listed or [line("Nothing waits here. Well done.")]),
            one_of(SHOW_INPUT, "Show", _choices(SHOWS), narrowed.show),
            one_of(
                SCHOOL_INPUT, "School", _choices(_every("Every school", schools)), narrowed.school
            ),
            one_of(NEED_INPUT, "Need", _choices(_every("Every need", NEEDS)), narrowed.need),
            TextInput(
                id=SEARCH_INPUT,
                label="Or search all, open and closed",
                placeholder="A reference, name, school, need or word",
                max_length=100,
            ),
        ],
        [form_button("Narrow or search", Verb.LEAD_QUEUE), *_pages(standings, narrowed, page)],
        refresh=button("Refresh", Verb.LEAD_QUEUE, page=str(page), **narrowed.as_data),
    )


def _every(title: str, named: Mapping[str, str]) -> dict[str, str]:
    return {EVERYTHING: title, **dict(list(named.items())[:MOST_SCHOOLS])}


def _choices(named: Mapping[str, str]) -> list[Choice]:
    return [Choice(title=short(title), value=key) for key, title in named.items()]


def _row(standing: Standing, waits: Mapping[str, int]) -> CardElement:
    request = standing.request
    days = waits.get(request.reference, 0)
    facts = [
        f"{request.asker.name}, {request.school_name}",
        "urgent" if standing.is_urgent else "",
        "today" if not days else f"waits {counted(days, 'day')}",
        f"with {request.owner.name}" if request.owner else "",
    ]
    show = button("Open", Verb.LEAD_REQUEST, request=str(request.id))
    words = "; ".join(plain(short(each, 120)) for each in facts if each)
    return row(short(standing.title, 100), words, plain(_standing(standing)), show)


def _standing(standing: Standing) -> str:
    request = standing.request
    state = standing.state
    if request.follow_up_wanted_at and request.state is State.VISITED:
        state = "A follow-up is asked for"
    return f"{state}. Promised: {standing.due.spoken}" if standing.due else state


def _pages(standings: Sequence[Standing], narrowed: Narrowed, page: int) -> list[ExecuteAction]:
    data = narrowed.as_data
    actions = []
    if page:
        actions.append(button("Earlier", Verb.LEAD_QUEUE, page=str(page - 1), **data))
    if len(standings) > (page + 1) * PAGE_SIZE:
        actions.append(button("Later", Verb.LEAD_QUEUE, page=str(page + 1), **data))
    if not page:
        actions.append(button("Quick answers", Verb.QUICK_ANSWERS))
    return actions


def found_card(standings: Sequence[Standing], words: str, page: int = 0) -> AdaptiveCard:
    """What a search found, open and closed, the newest first."""
    title = f"{counted(len(standings), 'request')} found"
    shown = standings[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return card(
        f"{title}. " + ". ".join(f"{each.title}, {each.request.state}" for each in shown),
        [
            heading(title),
            *[_row(each, {}) for each in shown],
            TextInput(
                id=SEARCH_INPUT,
                label="Search again",
                placeholder="A reference, name, school, need or word",
                max_length=100,
                value=words or None,
            ),
        ],
        [
            form_button("Search", Verb.SEARCH_REQUESTS),
            *(
                [form_button("More", Verb.SEARCH_REQUESTS, page=str(page + 1))]
                if len(standings) > (page + 1) * PAGE_SIZE
                else []
            ),
            button("Queue", Verb.LEAD_QUEUE),
        ],
    )
