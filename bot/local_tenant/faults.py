"""How Microsoft 365 goes wrong: a plan of failures that the same seed repeats.

The plan stands between the bot and everything the tenant answers: Entra, Graph and the Connector.
Limits that the bot itself runs into are next door, in ``throttle``.
"""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.clock import Clock
from bot.local_tenant.entra import LocalEntra
from bot.local_tenant.graph import refused

#: What a proxy or a gateway in between says in its own name, with any status.
_PAGE = "<!doctype html><html><title>Web filter</title><h1>This page is not available</h1></html>"
#: An event's id is another each time, and must not decide what fails.
_GIVEN_BY_GRAPH = re.compile(r"(?<=/events/)[^/]+")
_PAGE_STATUSES = (200, 403, 502)
_SERVER_ERRORS = (500, 502, 503, 504)
_LONGEST_ASKED_SECONDS = 20


class Service(StrEnum):
    """Who is being called."""

    ENTRA = "entra"
    GRAPH = "graph"
    CONNECTOR = "connector"


@dataclass(frozen=True)
class Rates:
    """Of all calls to one service, the share (0 to 1) that fails in each way; at most 1 in all."""

    #: 429 with Retry-After.
    busy: float = 0.0
    #: 500, 502, 503 or 504, some with Retry-After.
    broken: float = 0.0
    #: 401: this token is not taken any more, now or later.
    stale_token: float = 0.0
    #: An answer that takes its time.
    slow: float = 0.0
    #: The connection is cut, and nothing was done.
    cut_before: float = 0.0
    #: The work is done and the answer lost: the connection is cut, or a gateway gives up.
    cut_after: float = 0.0
    #: The page of a proxy, and nothing was done.
    page: float = 0.0

    @classmethod
    def evenly(cls, share: float) -> "Rates":
        """The same share of each way, ``share`` of all calls together."""
        return cls(*[share / len(fields(cls))] * len(fields(cls)))


class FaultPlan:
    """Decides what becomes of each call, and counts it.

    The fate of a call hangs on the plan's chance, on what is called and on how often that was
    called before, not on the order in which calls from several workers happen to arrive.
    """

    def __init__(
        self,
        chance: random.Random,
        rates: Mapping[Service, Rates],
        now: Clock,
        *,
        slow_seconds: float = 0.01,
    ) -> None:
        self._seed = chance.getrandbits(64)
        self._rates = rates
        self._now = now
        self._slow_seconds = slow_seconds
        self._asked: Counter[str] = Counter()
        self._come_back_at: dict[str, datetime] = {}
        #: How often each fault was met, by service and the name of its rate.
        self.met: Counter[tuple[Service, str]] = Counter()
        #: Calls that were worked off and whose answer was lost, by method and path.
        self.lost: Counter[str] = Counter()
        #: Calls that came again before the time they were asked to wait was over.
        self.hasty: Counter[str] = Counter()
        #: How many calls came in at all.
        self.calls = 0

    async def meets(
        self, service: Service, request: web.Request, handler: Handler, entra: LocalEntra
    ) -> web.StreamResponse:
        """The answer to one call, or none, as planned."""
        self.calls += 1
        call = f"{request.method} {_GIVEN_BY_GRAPH.sub('{id}', request.path)}"
        exactly = f"{call} {sha256(await request.read()).hexdigest()}"
        if self._now() < self._come_back_at.get(exactly, self._now()):
            self.hasty[call] += 1
        chance = self._chance(call)
        fault = _drawn(self._rates.get(service, Rates()), chance.random())
        if fault:
            self.met[service, fault] += 1
        match fault:
            case "busy":
                seconds = chance.randint(1, _LONGEST_ASKED_SECONDS)
                self._come_back_at[exactly] = self._now() + timedelta(seconds=seconds)
                words = "Please retry again later."
                raise refused(429, "TooManyRequests", words, retry_after=str(seconds))
            case "broken":
                # Entra names no time.
                asked = "" if service is Service.ENTRA else chance.choice(("", "1", "5"))
                status = chance.choice(_SERVER_ERRORS)
                raise refused(status, "ServiceNotAvailable", "Try again.", retry_after=asked)
            case "stale_token" if service is not Service.ENTRA:
                entra.revoke(request.headers.get("Authorization", ""))
            case "slow":
                await asyncio.sleep(self._slow_seconds)
            case "cut_before":
                return _cut(request)
            case "page":
                status = chance.choice(_PAGE_STATUSES)
                return web.Response(status=status, text=_PAGE, content_type="text/html")
            case "cut_after":
                return await self._lose(call, request, handler, chance)
        return await handler(request)

    def _chance(self, call: str) -> random.Random:
        self._asked[call] += 1
        return random.Random(f"{self._seed} {call} {self._asked[call]}")  # noqa: S311

    async def _lose(
        self, call: str, request: web.Request, handler: Handler, chance: random.Random
    ) -> web.StreamResponse:
        answer = await handler(request)
        self.lost[call] += 1
        if chance.random() < 0.5:  # noqa: PLR2004 - heads or tails
            return web.Response(status=504, text=_PAGE, content_type="text/html")
        del answer
        return _cut(request)


def _drawn(rates: Rates, number: float) -> str:
    """The fault that a number in [0, 1) falls on; "" for none."""
    for each in fields(rates):
        number -= getattr(rates, each.name)
        if number < 0:
            return each.name
    return ""


def _cut(request: web.Request) -> web.Response:
    """Hang up on the caller; what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
