"""The compose box: look for a session or a toolkit from any chat and send it as a card.

Teams asks at every letter and waits 5 seconds at most. Whatever it sends is answered by 200: with
results, or with words where there are none.
Source: Teams documentation, "Respond to search command".
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.understanding.programme_search import matching
from cards.as_sent import as_attachment
from cards.guarded import not_searched_words
from dialogs import toolkits_in_public
from dialogs.desk import Desk
from dialogs.in_public import as_everybody_sees
from dialogs.toolkits import on_the_shelf
from hub.booking import OpenSession, may_book
from hub.people import Person, as_anybody
from hub.spoken import short_day, spoken_hours
from hub.toolkits.page import Toolkit
from store import sessions, toolkits

QUERY = "composeExtension/query"
#: The commands and their one parameter, as the app manifest declares them.
SEARCH_SESSIONS = "searchSessions"
SEARCH_TOOLKITS = "searchToolkits"
SEARCH_TEXT = "searchText"

#: One page of results; Teams takes 25 at most, and asks for more as somebody scrolls.
PAGE_SIZE = 10
LONGEST_TEXT = 200
#: Nobody scrolls further than this.
FURTHEST = 1000

_TRY = "Try “clinic”, “SENCo”, “January” or the name of a school."
_TOO_LONG = f"That is rather long to look for. {_TRY}"
_NOT_UNDERSTOOD = f"I couldn't make sense of that search. {_TRY}"
_NOTHING_FOUND = f"I found no session to come like that. {_TRY}"
_NO_TOOLKIT = "I found no toolkit on that. Try “dyslexia”, “can't sit still” or “attendance”."
_NOTHING_ON = "There is nothing coming up yet. I'll have it here as soon as it is set."


@dataclass(frozen=True)
class Query:
    """What somebody looks for; ``skip`` results were shown already."""

    command: str
    text: str
    skip: int
    count: int


async def answer(desk: Desk, person: Person, value: Any) -> dict[str, Any]:
    """The body that answers a ``composeExtension/query`` invoke."""
    query = query_from(value)
    if query is None or query.command not in _SEARCHES:
        return in_words(_NOT_UNDERSTOOD)
    if len(query.text) > LONGEST_TEXT:
        return in_words(_TOO_LONG)
    # Asked at every letter, so nothing is counted; nothing of a search is ever kept.
    if guarded := desk.reader.guard(query.text):
        return in_words(not_searched_words(guarded))
    return await _SEARCHES[query.command](desk, person, query)


def query_from(value: Any) -> Query | None:
    """Read an invoke's value; None when it is none of Teams'."""
    if not isinstance(value, dict) or not isinstance(value.get("commandId"), str):
        return None
    options = value.get("queryOptions")
    options = options if isinstance(options, dict) else {}
    text = _text_in(value.get("parameters"))
    if text is None:
        return None
    skip = _number(options.get("skip"), FURTHEST)
    count = _number(options.get("count"), PAGE_SIZE) or PAGE_SIZE
    return Query(value["commandId"], text.strip(), skip, count)


def _text_in(parameters: Any) -> str | None:
    """What was typed; empty at the first run, when Teams sends a parameter of its own."""
    if not isinstance(parameters, list):
        return "" if parameters is None else None
    for each in parameters:
        if isinstance(each, dict) and each.get("name") == SEARCH_TEXT:
            typed = each.get("value") or ""
            return typed if isinstance(typed, str) else None
    return ""


def _number(value: Any, most: int) -> int:
    """A number of Teams' own, 0 when it makes no sense."""
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return min(max(value, 0), most)


def in_words(text: str) -> dict[str, Any]:
    """An answer that is no result."""
    return {"composeExtension": {"type": "message", "text": text}}


async def _sessions(desk: Desk, person: Person, query: Query) -> dict[str, Any]:
    """Sessions to come that this person may see; without a word, those they may book themselves."""
    now = desk.now()
    async with desk.database.read() as db:
        coming = await sessions.open_sessions(db, as_anybody(person), now)
    if not coming:
        return in_words(_NOTHING_ON)
    if query.text:
        found = matching(query.text, coming, desk.offer)
    else:
        own = [each for each in coming if may_book(person, each.session, now) is None]
        found = own or coming
    if not found:
        return in_words(_NOTHING_FOUND)
    page = found[query.skip : query.skip + query.count]
    return _results([_result(desk, each) for each in page])


def _results(attachments: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "composeExtension": {
            "type": "result",
            "attachmentLayout": "list",
            "attachments": attachments,
        }
    }


def _result(desk: Desk, shown: OpenSession) -> dict[str, Any]:
    session = shown.session
    hours = spoken_hours(session.starts_at, session.ends_at)
    where = f"{short_day(session.starts_at.date())}, {hours}, {session.venue}"
    card = as_everybody_sees(shown, desk.offer)
    return as_attachment(card) | _preview(session.title, where)


def _preview(title: str, text: str) -> dict[str, Any]:
    """A line to choose by."""
    thumbnail = "application/vnd.microsoft.card.thumbnail"
    return {"preview": {"contentType": thumbnail, "content": {"title": title, "text": text}}}


async def _toolkits(desk: Desk, person: Person, query: Query) -> dict[str, Any]:
    """Toolkits by words that may be begun only; without a word, those this person used last first.

    Which those are is seen by nobody else: a card that is sent is the same whoever sends it.
    """
    if query.text:
        found = on_the_shelf(desk, [each.slug for each in desk.finder.begun(query.text)])
    else:
        async with desk.database.read() as db:
            recent = await toolkits.recent(db, person)
        every = [*on_the_shelf(desk, recent), *desk.shelf.toolkits]
        found = list({each.slug: each for each in every}.values())
    if not found:
        return in_words(_NO_TOOLKIT)
    page = found[query.skip : query.skip + query.count]
    return _results([_toolkit_result(desk, each) for each in page])


def _toolkit_result(desk: Desk, toolkit: Toolkit) -> dict[str, Any]:
    card = toolkits_in_public.as_everybody_sees(desk, toolkit)
    return as_attachment(card) | _preview(toolkit.title, toolkit.summary)


#: What can be looked for, by the manifest's command.
_SEARCHES: dict[str, Callable[[Desk, Person, Query], Awaitable[dict[str, Any]]]] = {
    SEARCH_SESSIONS: _sessions,
    SEARCH_TOOLKITS: _toolkits,
}
