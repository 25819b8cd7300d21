"""The limits that Microsoft publishes, held as Microsoft holds them: 429 and Retry-After.

Sources: Microsoft Graph, "Service-specific throttling limits" (Outlook, Microsoft Teams, identity
and access, global); Teams documentation, "Optimize your bot with rate limiting". The stand-in has
one app in one tenant, so "per app" and "per app per tenant" are the same here.
"""

import json
import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from re import Pattern
from re import compile as pattern
from uuid import uuid4

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.clock import Clock


@dataclass(frozen=True)
class Limit:
    """So many calls to matching paths within so long, counted apart for each group's value."""

    name: str
    #: Matched against "METHOD /path"; what its groups match is counted apart.
    calls_to: Pattern[str]
    most: int
    within: timedelta


_TEAMS = r"/v1\.0/(?:users/[^/]+/teamwork|appCatalogs)/"
_OUTLOOK = pattern(r"\w+ /v1\.0/users/([^/]+)/(?:events|calendar|sendMail|messages)")
_THREAD = pattern(r"\w+ /teams/v3/conversations/([^/]+)")
_SECOND = timedelta(seconds=1)

GRAPH_LIMITS = (
    Limit("all of Graph", pattern(r"\w+ /v1\.0/"), 130_000, 10 * _SECOND),
    # For a tenant of fewer than 50 users. Reading members costs 3 units, anything else here less.
    Limit("directory", pattern(r"\w+ /v1\.0/(?:users/[^/]+$|users$|groups)"), 1_166, 10 * _SECOND),
    Limit("mailbox", _OUTLOOK, 10_000, timedelta(minutes=10)),
    Limit("bell", pattern(r"POST /v1\.0/users/[^/]+/teamwork/sendActivityN"), 5, _SECOND),
    Limit("bells in bulk", pattern(r"POST /v1\.0/teamwork/sendActivityN"), 2, _SECOND),
    Limit("Teams, reading", pattern("GET " + _TEAMS), 30, _SECOND),
    Limit("Teams, writing", pattern("(?:POST|PUT|PATCH) " + _TEAMS), 30, _SECOND),
    Limit("Teams, taking away", pattern("DELETE " + _TEAMS), 15, _SECOND),
)
CONNECTOR_LIMITS = (
    Limit("bot", pattern(r"\w+ /teams/"), 50, _SECOND),
    Limit("thread, a second", _THREAD, 7, _SECOND),
    Limit("thread, 2 seconds", _THREAD, 8, 2 * _SECOND),
    Limit("thread, 30 seconds", _THREAD, 60, 30 * _SECOND),
    Limit("thread, an hour", _THREAD, 1_800, timedelta(hours=1)),
)
PUBLISHED = GRAPH_LIMITS + CONNECTOR_LIMITS
#: Calls to one mailbox at the same time.
MOST_AT_ONCE = 4
AT_ONCE = "mailbox, at once"
#: What Outlook's refusal asks for when too many calls run at the same time.
_SOON = timedelta(seconds=1)


class Throttle:
    """Counts calls in sliding windows; over a limit, a call is refused and not worked off."""

    def __init__(self, now: Clock, limits: Iterable[Limit]) -> None:
        self._now = now
        self._limits = tuple(limits)
        self._windows: defaultdict[tuple[str, ...], deque[datetime]] = defaultdict(deque)
        self._under_way: Counter[str] = Counter()
        #: How many calls were refused, by limit.
        self.refused: Counter[str] = Counter()
        #: The most calls that each limit's window ever held.
        self.busiest: Counter[str] = Counter()

    async def admits(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The answer to one call, or the refusal of the first limit it is over."""
        call, now = f"{request.method} {request.path}", self._now()
        for limit, window in self._windows_of(call, now):
            if len(window) >= limit.most:
                raise self._over(limit.name, request.path, limit.within - (now - window[0]), now)
        for limit, window in self._windows_of(call, now):
            window.append(now)
            self.busiest[limit.name] = max(self.busiest[limit.name], len(window))
        found = _OUTLOOK.match(call) if self._limits else None
        if found is None:
            return await handler(request)
        return await self._in_mailbox(found[1].lower(), request, handler)

    def _windows_of(self, call: str, now: datetime) -> Iterator[tuple[Limit, deque[datetime]]]:
        for limit in self._limits:
            if found := limit.calls_to.match(call):
                window = self._windows[(limit.name, *found.groups())]
                while window and window[0] <= now - limit.within:
                    window.popleft()
                yield limit, window

    async def _in_mailbox(
        self, mailbox: str, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        if self._under_way[mailbox] >= MOST_AT_ONCE:
            raise self._over(AT_ONCE, request.path, _SOON, self._now())
        self._under_way[mailbox] += 1
        self.busiest[AT_ONCE] = max(self.busiest[AT_ONCE], self._under_way[mailbox])
        try:
            return await handler(request)
        finally:
            self._under_way[mailbox] -= 1

    def _over(self, name: str, path: str, wait: timedelta, now: datetime) -> web.HTTPException:
        self.refused[name] += 1
        seconds = str(max(1, math.ceil(wait.total_seconds())))
        return web.HTTPTooManyRequests(
            text=json.dumps({"error": _said(name, path, now)}),
            headers={"Retry-After": seconds},
            content_type="application/json",
        )


def _said(name: str, path: str, now: datetime) -> dict[str, object]:
    """What each service says when it has had enough.

    Sources: Microsoft Graph, "Throttling guidance", sample response; for Outlook and the Bot
    Connector what their callers report.
    """
    if path.startswith("/teams/"):
        return {"code": "TooManyRequests", "message": "API calls quota exceeded!"}
    if name == AT_ONCE:
        words = "Application is over its MailboxConcurrency limit."
        return {"code": "ApplicationThrottled", "message": words}
    inner = {
        "code": "429",
        "date": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "message": "Please retry after",
        "request-id": str(uuid4()),
        "status": "429",
    }
    words = "Please retry again later."
    return {"code": "TooManyRequests", "message": words, "innerError": inner}
