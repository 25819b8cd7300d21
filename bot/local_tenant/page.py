"""The local tenant's page: what Microsoft 365 would show each person, for a demo to be seen."""

from collections.abc import Iterator
from html import escape
from typing import Any

from aiohttp import web

from bot.local_tenant.state import LocalState
from hub.activity_types import ACTIVITY_TYPES

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#242424}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}a{color:#4f52b2}
article{border:1px solid #d1d1d1;border-radius:8px;padding:.75rem 1rem;margin:.5rem 0}
small{color:#616161}nav a{display:inline-block;margin:0 1rem .25rem 0}
"""


class LocalPage:
    """Plain pages, no script; everything shown is escaped."""

    def __init__(self, state: LocalState) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        """The page of everybody, and one for each person."""
        return [web.get("/", self._everybody), web.get("/people/{user}", self._person)]

    async def _everybody(self, _request: web.Request) -> web.Response:
        links = "".join(
            f'<a href="/people/{escape(user)}">{escape(name)}'
            f" <small>({len(self._state.calendars.get(user, {}))} events,"
            f" {len(self._state.feeds.get(user, []))} in the feed)</small></a>"
            for user, name in self._state.names.items()
        )
        return _page(
            "Local tenant", f"<p>Choose somebody to see as they would.</p><nav>{links}</nav>"
        )

    async def _person(self, request: web.Request) -> web.Response:
        user = request.match_info["user"]
        if user not in self._state.names:
            raise web.HTTPNotFound(text="Nobody of that id.")
        feed = [_entry(each) for each in reversed(self._state.feeds.get(user, []))]
        events = sorted(
            self._state.calendars.get(user, {}).values(),
            key=lambda event: str(event["start"]["dateTime"]),
        )
        body = (
            "<p><a href='/'>Everybody</a></p><h2>Activity feed</h2>"
            + ("".join(feed) or "<p>Nothing yet.</p>")
            + "<h2>Calendar</h2>"
            + ("".join(_event(each) for each in events) or "<p>Nothing yet.</p>")
            + "<h2>Busy besides</h2>"
            + ("".join(self._busy(user)) or "<p>Nothing.</p>")
        )
        return _page(self._state.names[user], body)

    def _busy(self, user: str) -> Iterator[str]:
        for each in sorted(self._state.busy.get(user, []), key=lambda each: each["start"]):
            when = f"{each['start'][:16].replace('T', ' ')}–{each['end'][11:16]}"
            yield f"<article>{escape(each.get('status', 'busy'))}<br><small>{escape(when)}</small></article>"


def _entry(bell: dict[str, Any]) -> str:
    given = {each["name"]: each["value"] for each in bell.get("templateParameters") or []}
    declared = next(each for each in ACTIVITY_TYPES if each.type == bell["activityType"])
    title = escape(declared.wording(given))
    return f"<article>{title}<br><small>{escape(bell['previewText']['content'])}</small></article>"


def _event(event: dict[str, Any]) -> str:
    start, end = event["start"]["dateTime"][:16], event["end"]["dateTime"][11:16]
    where = (event.get("location") or {}).get("displayName") or ""
    when = f"{start.replace('T', ' ')}–{end}"
    return (
        f"<article>{escape(event['subject'])}<br><small>{escape(when)}, {escape(where)}"
        "</small></article>"
    )


def _page(title: str, body: str) -> web.Response:
    return web.Response(
        text=f"<!doctype html><html lang='en-GB'><meta charset='utf-8'>"
        f"<meta name='viewport' content='width=device-width'><meta http-equiv='refresh' "
        f"content='5'><title>{escape(title)}</title><style>{_STYLE}</style>"
        f"<h1>{escape(title)}</h1>{body}",
        content_type="text/html",
    )
