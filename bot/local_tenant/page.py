"""The local tenant's pages: what Microsoft 365 would show each person, for a demo to be seen.

Plain pages that look again by themselves; no script, and everything shown is escaped.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from html import escape, unescape
from typing import Any

from aiohttp import web

from bot.local_tenant.state import LocalState
from hub.activity_types import ACTIVITY_TYPES

_STYLE = """
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f5f5f5;color:#242424}
main{margin:0 auto;max-width:44rem;padding:1rem}
h1{font-size:1.4rem;margin:.5rem 0}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
ul{list-style:none;margin:0;padding:0}
li{background:#fff;border:1px solid #d1d1d1;border-radius:8px;padding:.75rem 1rem;margin:.5rem 0;
overflow-wrap:anywhere}
a{color:#4f52b2}a:focus-visible{outline:2px solid;outline-offset:2px}
.person{display:block;min-height:44px;font-weight:600}
small{display:block;color:#5c5c5c}strong{font-weight:600}p{margin:.25rem 0;white-space:pre-line}
"""
_LOOK_AGAIN_SECONDS = 5
_TAG = re.compile(r"<[^>]*>")
_ENDS_A_LINE = re.compile(r"<br\s*/?>|</(?:p|div|li|h\d)>", re.IGNORECASE)


class LocalPage:
    """Everybody on one page, and a page for each person."""

    def __init__(self, state: LocalState) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        """The page of everybody, and one for each person."""
        return [web.get("/", self._everybody), web.get("/people/{user}", self._person)]

    async def _everybody(self, _request: web.Request) -> web.Response:
        people = [
            f'<a class="person" href="/people/{escape(user)}">{escape(name)}</a>'
            f"<small>{self._counted(user)}</small>"
            for user, name in self._state.names.items()
        ]
        intro = "<p>Choose somebody to see their activity feed, calendar and mail.</p>"
        return _page("Local tenant", f"{intro}<nav aria-label='People'>{_listed(people)}</nav>")

    def _counted(self, user: str) -> str:
        feed, mail = self._state.feeds.get(user, []), self._state.mails.get(user, [])
        events = self._state.calendars.get(user, {})
        return f"{len(feed)} in the feed, {len(events)} in the calendar, {len(mail)} in the mail"

    async def _person(self, request: web.Request) -> web.Response:
        user = request.match_info["user"]
        if user not in self._state.names:
            raise web.HTTPNotFound(text="Nobody of that id.")
        sections = (
            ("Activity feed", map(_entry, reversed(self._state.feeds.get(user, [])))),
            ("Calendar", map(_event, self._events(user))),
            ("Mail", map(_message, reversed(self._state.mails.get(user, [])))),
            ("Busy besides", self._busy(user)),
        )
        body = "".join(
            f"<section><h2>{title}</h2>{_listed(items)}</section>" for title, items in sections
        )
        return _page(self._state.names[user], f"<nav><a href='/'>Everybody</a></nav>{body}")

    def _events(self, user: str) -> list[dict[str, Any]]:
        events = self._state.calendars.get(user, {}).values()
        return sorted(events, key=lambda event: str(event["start"]["dateTime"]))

    def _busy(self, user: str) -> Iterator[str]:
        for each in sorted(self._state.busy.get(user, []), key=lambda each: each["start"]):
            yield f"{escape(each.get('status', 'busy'))}{_when(each['start'], each['end'])}"


def _entry(bell: Mapping[str, Any]) -> str:
    given = {each["name"]: each["value"] for each in bell.get("templateParameters") or []}
    declared = next(each for each in ACTIVITY_TYPES if each.type == bell["activityType"])
    preview = (bell.get("previewText") or {}).get("content") or ""
    return f"<strong>{escape(declared.wording(given))}</strong><small>{escape(preview)}</small>"


def _event(event: Mapping[str, Any]) -> str:
    where = (event.get("location") or {}).get("displayName") or ""
    cancelled = "Cancelled: " if event.get("isCancelled") else ""
    return (
        f"<strong>{cancelled}{escape(event.get('subject') or 'No subject')}</strong>"
        f"{_when(event['start']['dateTime'], event['end']['dateTime'])}"
        f"<small>{escape(where)}</small>{_join(event)}"
    )


def _join(event: Mapping[str, Any]) -> str:
    link = str((event.get("onlineMeeting") or {}).get("joinUrl") or "")
    if not link.startswith("https://"):
        return ""
    return f'<a href="{escape(link)}">Join the Teams meeting</a>'


def _message(message: Mapping[str, Any]) -> str:
    body = message.get("body") or {}
    text = str(body.get("content") or "")
    if str(body.get("contentType") or "").lower() == "html":
        text = unescape(_TAG.sub("", _ENDS_A_LINE.sub("\n", text)))
    attached = "".join(
        f"<small>Attached: {escape(each.get('name') or 'a file')}</small>"
        for each in message.get("attachments") or []
    )
    subject = escape(message.get("subject") or "No subject")
    return f"<strong>{subject}</strong><p>{escape(text.strip())}</p>{attached}"


def _when(start: str, end: str) -> str:
    """Wall-clock times as the calendar holds them, whatever the zone."""
    first, last = datetime.fromisoformat(start[:16]), datetime.fromisoformat(end[:16])
    until = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%a %d %b, %H:%M}"
    return f"<small><time datetime='{first:%Y-%m-%dT%H:%M}'>{first:%a %d %b %Y, %H:%M}–{until}</time></small>"


def _listed(items: Iterable[str]) -> str:
    found = "".join(f"<li>{each}</li>" for each in items)
    return f"<ul>{found}</ul>" if found else "<p>Nothing yet.</p>"


def _page(title: str, body: str) -> web.Response:
    return web.Response(
        text=f"<!doctype html><html lang='en-GB'><meta charset='utf-8'>"
        f"<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<meta http-equiv='refresh' content='{_LOOK_AGAIN_SECONDS}'>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
        f"<main><h1>{escape(title)}</h1>{body}</main></html>",
        content_type="text/html",
    )
