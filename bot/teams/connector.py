"""One HTTP call to the Bot Connector, on one shared session, repeated where that is right.

What is called is next door, in ``conversations``. The stock client spends half of every turn
building retry policies, sends through threads on new connections, and never retries.
"""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
from yarl import URL

from bot.teams.credentials import Credential
from bot.teams.deliveries import (
    ATTEMPTS_IN_A_TURN,
    REPEATABLE,
    SEND_WITHIN,
    TRY_LATER,
    asked_wait,
    refused_by_teams,
    wait_before,
)
from bot.teams.outgoing import plain
from bot.teams.trusted_hosts import TrustedHosts
from hub.errors import DeliveryFailed

MOST_CONNECTIONS = 50
#: One call; a turn's calls together are bounded by SEND_WITHIN.
CALL_WITHIN = aiohttp.ClientTimeout(total=6, sock_connect=3)
#: Bytes; a page of 500 members is about 150 KB.
LARGEST_ANSWER = 2 * 1024 * 1024
#: Methods whose repetition cannot do a thing twice.
_IDEMPOTENT = frozenset({"GET", "PUT", "DELETE"})


def open_session() -> aiohttp.ClientSession:
    """The session that everything in this room shares. Whoever opens it closes it."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=MOST_CONNECTIONS),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=CALL_WITHIN,
    )


class Connector:
    """Sends one request to the Bot Connector, with a token, as often as is right.

    ``sleep`` takes seconds, ``chance`` gives a number in [0, 1), ``now`` an aware instant.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credential: Credential,
        scope: str,
        hosts: TrustedHosts,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._session = session
        self._credential = credential
        self._scope = scope
        self._hosts = hosts
        self._sleep = sleep
        self._chance = chance
        self._now = now

    async def call(
        self,
        method: str,
        service_url: str,
        path: str,
        body: Any = None,
        attempts: int = ATTEMPTS_IN_A_TURN,
    ) -> Any:
        """The decoded answer of ``{service_url}/{path}``; None when it has none.

        Raises DeliveryFailed: at once for a host that is not to be trusted, and after ``attempts``
        or ``SEND_WITHIN`` otherwise. A POST whose answer was lost is not repeated: it may have
        arrived.
        """
        if not self._hosts.trusts(service_url):
            raise DeliveryFailed("the service URL is not one of Microsoft's", None)
        url = f"{service_url.rstrip('/')}/{path}"
        try:
            async with asyncio.timeout(SEND_WITHIN.total_seconds()):
                return await self._persist(method, url, body, attempts)
        except TimeoutError as error:
            raise DeliveryFailed("Teams did not answer in time", TRY_LATER) from error

    async def _persist(self, method: str, url: str, body: Any, attempts: int) -> Any:
        for attempt in range(2, attempts + 1):
            try:
                return await self._attempt(method, url, body)
            except _MayRepeat as unsettled:
                wait = wait_before(attempt, unsettled.asked, self._chance())
                if wait is None:
                    raise unsettled.failure from unsettled
            await self._sleep(wait.total_seconds())
        try:
            return await self._attempt(method, url, body)
        except _MayRepeat as unsettled:
            raise unsettled.failure from unsettled

    async def _attempt(self, method: str, url: str, body: Any) -> Any:
        """One call, with one more when the token was refused though it had not expired."""
        token = (await self._credential.get_token(self._scope)).token
        answer = await self._send(method, url, body, token)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            new = (await self._credential.replace_token(self._scope, token)).token
            if new != token:
                answer = await self._send(method, url, body, new)
        if answer.is_a_page and answer.status not in REPEATABLE:
            raise DeliveryFailed("a page came back in place of Teams' answer", TRY_LATER)
        if answer.status < HTTPStatus.MULTIPLE_CHOICES:
            return answer.body
        asked = asked_wait(answer.headers, self._now())
        failure = refused_by_teams(answer.status, answer.body, asked)
        if answer.status in REPEATABLE:
            raise _MayRepeat(failure, asked)
        raise failure

    async def _send(self, method: str, url: str, body: Any, token: str) -> "_Answer":
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
            data = json.dumps(plain(body)).encode()
        try:
            async with self._session.request(
                method,
                URL(url, encoded=True),
                data=data,
                headers=headers,
                allow_redirects=False,
                timeout=CALL_WITHIN,
            ) as response:
                return _Answer(response.status, await _read_json(response), response.headers)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            failure = DeliveryFailed("Teams could not be reached", TRY_LATER)
            raise _MayRepeat(failure, None) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            failure = DeliveryFailed("the connection to Teams broke", TRY_LATER)
            if method in _IDEMPOTENT:
                raise _MayRepeat(failure, None) from error
            raise failure from error


@dataclass(frozen=True)
class _Answer:
    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def is_a_page(self) -> bool:
        """Whether a proxy or a gateway spoke in Teams' place: its 200 is no success, its 403 no no."""
        return self.headers.get("Content-Type", "").startswith("text/html")


class _MayRepeat(Exception):
    """An attempt that failed and may be made again; ``failure`` is what to say if it is not."""

    def __init__(self, failure: DeliveryFailed, asked: timedelta | None) -> None:
        super().__init__(failure.reason)
        self.failure = failure
        self.asked = asked


async def _read_json(response: aiohttp.ClientResponse) -> Any:
    """The body as JSON; None when empty, too long or not JSON: the status says what happened."""
    body = bytearray()
    while chunk := await response.content.readany():
        body += chunk
        if len(body) > LARGEST_ANSWER:
            response.close()
            return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
