"""Toolkits and templates to choose from: by need, one's own, what was found, and what was not."""

from collections.abc import Sequence
from typing import TypeVar

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    ExecuteAction,
)

from cards.choosing import short
from cards.parts import (
    Verb,
    button,
    card,
    heading,
    line,
    plain,
    quiet,
    row,
    suggest_topic_button,
    toolkit_button,
    toolkits_button,
)
from hub.spoken import counted
from hub.toolkits.areas import Area
from hub.toolkits.missed import Missed
from hub.toolkits.own import FEWEST_ANSWERS, Usefulness
from hub.toolkits.page import Toolkit

_T = TypeVar("_T")
#: Three rows with a button each and three ways on make six, the most a card should have.
PAGE_SIZE = 3
MOST_WAYS = 3
#: What leads read on one card; there is no button beside any.
RATED_ON_A_CARD = 30
HOW_TO_ASK = "Or type it your way, such as “can't sit still” or “dinner hall noise”."


def areas_card(
    areas: Sequence[Area], page: int, *, for_leads: bool = False, in_public: bool = False
) -> AdaptiveCard:
    """The needs, each with what there is on it."""
    title = "Toolkits: what is it about?"
    shown = page_of(areas, page)
    ways = [
        *pages(areas, page, Verb.BROWSE_TOOLKITS),
        *([button("How useful they are", Verb.TOOLKIT_RATINGS)] if for_leads else []),
        *([] if in_public else [button("My toolkits", Verb.MY_TOOLKITS)]),
        button("Templates", Verb.TEMPLATES),
    ]
    rows = [
        row(each.title, " · ".join(plain(page.title) for page in each.toolkits), "", _area(each))
        for each in shown
    ]
    return card(
        f"{title} {'. '.join(each.title for each in shown)}. {HOW_TO_ASK}",
        [heading(title), quiet(HOW_TO_ASK), *rows],
        ways[:MOST_WAYS],
    )


def _area(area: Area) -> ExecuteAction:
    return button(area.title, Verb.BROWSE_TOOLKITS, area=area.key)


def area_card(area: Area, page: int) -> AdaptiveCard:
    """The toolkits on one need."""
    ways = [*pages(area.toolkits, page, Verb.BROWSE_TOOLKITS, area=area.key)]
    return _list_card(
        area.title, "", area.toolkits, page, [*ways, toolkits_button("Browse by need")]
    )


def saved_card(toolkits: Sequence[Toolkit], page: int) -> AdaptiveCard:
    """The toolkits this person saved."""
    ways = [
        *pages(toolkits, page, Verb.MY_TOOLKITS),
        button("Recently used", Verb.RECENT_TOOLKITS),
        toolkits_button("Browse by need"),
    ]
    nothing = "You haven't saved a toolkit yet. Press “Save” on one, and you'll find it here."
    return _list_card("Your saved toolkits", "" if toolkits else nothing, toolkits, page, ways)


def recent_card(toolkits: Sequence[Toolkit], page: int) -> AdaptiveCard:
    """The toolkits this person opened last."""
    ways = [
        *pages(toolkits, page, Verb.RECENT_TOOLKITS),
        button("My toolkits", Verb.MY_TOOLKITS),
        toolkits_button("Browse by need"),
    ]
    nothing = "You haven't opened a toolkit yet. I keep the last ten here, for you alone."
    return _list_card("Recently used", "" if toolkits else nothing, toolkits, page, ways)


def _list_card(
    title: str,
    note: str,
    toolkits: Sequence[Toolkit],
    page: int,
    ways: Sequence[ExecuteAction],
) -> AdaptiveCard:
    shown = page_of(toolkits, page)
    return card(
        " ".join(filter(None, [f"{title}.", note, *[f"{each.title}." for each in shown]])),
        [
            heading(title),
            *([line(note)] if note else []),
            *[toolkit_row(each) for each in shown],
        ],
        ways[:MOST_WAYS],
    )


def toolkit_row(toolkit: Toolkit, why: str = "") -> CardElement:
    """One toolkit in a list, with why it is there where that is not plain."""
    return row(toolkit.title, plain(toolkit.summary), why, open_button(toolkit))


def open_button(toolkit: Toolkit) -> ExecuteAction:
    """Opens a toolkit; its title can be typed instead."""
    return toolkit_button(short(toolkit.title, 24), toolkit.slug)


def found_card(found: Sequence[tuple[Toolkit, str]], *, in_public: bool = False) -> AdaptiveCard:
    """Several toolkits that words may mean, best first, each with why."""
    title = "Which of these is it about?"
    asking = [] if in_public else [button("None of these", Verb.ASK_ABOUT_TOOLKIT)]
    return card(
        f"{title} {'. '.join(f'{each.title}, because {why}' for each, why in found)}",
        [
            heading(title),
            *[toolkit_row(each, f"Because {plain(why)}") for each, why in found[:PAGE_SIZE]],
        ],
        [*asking, toolkits_button("Browse by need")],
    )


def no_toolkit_card(*, in_public: bool = False) -> AdaptiveCard:
    """Nothing was found: say so, and lead to a person, a clinic or the shelf."""
    text = "I have no toolkit on that, or I didn't catch what it is about."
    more = "Try other words, have a look by need, or ask the Hub: a person answers."
    asking = [
        button("Ask the Hub", Verb.ASK_ABOUT_TOOLKIT),
        suggest_topic_button(),
    ]
    return card(
        f"{text} {more}",
        [heading("No toolkit on that yet"), line(text), line(more)],
        [toolkits_button("Browse by need"), *([] if in_public else asking)],
    )


def toolkit_gone_card(*, in_public: bool = False) -> AdaptiveCard:
    """An old card speaks of a page that the trust has taken out."""
    text = "That toolkit isn't there any more. Here are the ways to those there are."
    own = [button("My toolkits", Verb.MY_TOOLKITS), button("Ask the Hub", Verb.ASK_ABOUT_TOOLKIT)]
    return card(
        text,
        [heading("That one isn't there any more"), line(text)],
        [toolkits_button("Browse by need"), *([] if in_public else own)],
    )


def which_toolkit_card() -> AdaptiveCard:
    """A section or a document was asked for, and nobody said of which toolkit."""
    text = "Say it with the toolkit's name, such as “dyslexia toolkit”, or pick one."
    return card(
        f"Of which toolkit? {text}",
        [heading("Of which toolkit?"), line(text)],
        [toolkits_button("Browse by need"), button("Recently used", Verb.RECENT_TOOLKITS)],
    )


def ratings_card(rated: Sequence[tuple[Toolkit, Usefulness]]) -> AdaptiveCard:
    """For leads: how many found a toolkit useful, only where enough people said."""
    title = "How useful the toolkits are"
    lines = [
        f"- {plain(short(toolkit.title))}: {found.useful} of {found.answers} found it useful"
        for toolkit, found in rated[:RATED_ON_A_CARD]
    ]
    rule = f"A toolkit is listed from {FEWEST_ANSWERS} answers on. Who answered is shown to nobody."
    told = "\n".join(lines) or "No toolkit has enough answers yet."
    return card(
        f"{title}. {told}",
        [heading(title), line(told), quiet(rule)],
        [
            button("Not found", Verb.MISSED_SEARCHES),
            toolkits_button("Browse by need"),
            button("Programme", Verb.LEAD_PROGRAMME),
        ],
    )


def missed_card(found: Missed) -> AdaptiveCard:
    """For leads: the words that led to no toolkit, in counts."""
    title = "Looked for and not found"
    lines = [f"- {plain(word)}: {counted(times, 'time')}" for word, times in found.words]
    seldom = f"{counted(found.seldom, 'more word')} {'was' if found.seldom == 1 else 'were'}"
    notes = [f"{seldom} looked for once, and is not shown."] if found.seldom == 1 else []
    notes += [f"{seldom} looked for once, and are not shown."] if found.seldom > 1 else []
    told = "\n".join(lines)
    if not lines and not notes:
        told = "People found a toolkit every time they looked for one."
    rule = "Single words, this school year and the last. Who looked for them is kept nowhere."
    return card(
        " ".join(filter(None, [f"{title}.", told, *notes])),
        [
            heading(title),
            *([line(told)] if told else []),
            *map(line, notes),
            quiet(rule),
        ],
        [
            button("How useful they are", Verb.TOOLKIT_RATINGS),
            button("Topic demand", Verb.DEMAND),
            toolkits_button("Browse by need"),
        ],
    )


def page_of(every: Sequence[_T], page: int) -> Sequence[_T]:
    """What is on one page of a list."""
    return every[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]


def pages(every: Sequence[object], page: int, verb: Verb, **where: str) -> list[ExecuteAction]:
    """The ways to the pages before and after."""
    ways = []
    if len(every) > (page + 1) * PAGE_SIZE:
        ways.append(button("Next page", verb, page=str(page + 1), **where))
    if page:
        ways.append(button("Page before", verb, page=str(page - 1), **where))
    return ways
