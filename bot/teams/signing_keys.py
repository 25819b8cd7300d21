"""The keys that inbound tokens are signed with, as the authority publishes them.

Kept for a day. A key nobody knows is looked up at once, because authorities roll their keys over,
but not more often than ``LOOK_AGAIN``: made-up key ids must not become requests.
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
import structlog
from jwt import PyJWK
from jwt.exceptions import PyJWTError

_log = structlog.get_logger(__name__)

KEYS_LAST = timedelta(hours=24)
#: Between two look-ups for the sake of an unknown key, or after a failed one.
LOOK_AGAIN = timedelta(seconds=30)
#: The same while no keys were ever read: nobody can come in, so it is worth asking sooner.
LOOK_AGAIN_AT_FIRST = timedelta(seconds=3)
FETCH_WITHIN = aiohttp.ClientTimeout(total=5, connect=3)
#: Bytes; the Bot Framework's key set is about 60 KB.
LARGEST_DOCUMENT = 1024 * 1024


class KeysUnavailable(Exception):
    """The authority's keys have never been read, and cannot be read now."""


@dataclass(frozen=True)
class SigningKey:
    """One public key, and the channels whose activities it may vouch for."""

    key: PyJWK
    endorsements: frozenset[str]
    #: The authority's name for itself, which its tokens must carry.
    issuer: str


class SigningKeys:
    """The key set behind one OpenID metadata address. ``clock`` is seconds, monotonic."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        metadata_url: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._metadata_url = metadata_url
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._read_at: float | None = None
        self._tried_at: float | None = None
        self._reading = asyncio.Lock()

    async def find(self, key_id: str) -> SigningKey | None:
        """The key of that id, or None when the authority has none such.

        Raises KeysUnavailable. When the authority cannot be reached, old keys go on serving.
        """
        while_old_serve = key_id in self._keys and self._reading.locked()
        if self._is_due(key_id) and not while_old_serve:
            async with self._reading:
                if self._is_due(key_id):
                    await self._read()
        if self._read_at is None:
            raise KeysUnavailable
        return self._keys.get(key_id)

    def _is_due(self, key_id: str) -> bool:
        now = self._clock()
        rest = LOOK_AGAIN_AT_FIRST if self._read_at is None else LOOK_AGAIN
        if self._tried_at is not None and now - self._tried_at < rest.total_seconds():
            return False
        if self._read_at is None or key_id not in self._keys:
            return True
        return now - self._read_at >= KEYS_LAST.total_seconds()

    async def _read(self) -> None:
        try:
            metadata = await self._document(self._metadata_url)
            key_set = await self._document(metadata["jwks_uri"])
            self._keys = _usable_keys(key_set["keys"], str(metadata["issuer"]))
        except (aiohttp.ClientError, TimeoutError, ValueError, LookupError, TypeError) as error:
            _log.error("signing keys not read", why=type(error).__name__)
        else:
            self._read_at = self._clock()
        # Only now: whoever asks meanwhile must wait for this reading, not go without.
        self._tried_at = self._clock()

    async def _document(self, url: str) -> dict[str, Any]:
        # A redirect is not followed: whoever could send one could name keys of their own.
        async with self._session.get(url, timeout=FETCH_WITHIN, allow_redirects=False) as response:
            if response.status != HTTPStatus.OK:
                raise ValueError(f"answered {response.status}")
            body = await response.content.read(LARGEST_DOCUMENT)
            while len(body) < LARGEST_DOCUMENT and (more := await response.content.readany()):
                body += more
        document = json.loads(body)
        if not isinstance(document, dict):
            raise TypeError("not a JSON object")
        return document


def _usable_keys(published: list[Any], issuer: str) -> dict[str, SigningKey]:
    """The RSA signing keys among those published, by id.

    Raises LookupError when there is none: that is a mishap, and no reason to forget those we have.
    """
    keys = {}
    for each in published:
        if not isinstance(each, dict) or each.get("kty") != "RSA" or "kid" not in each:
            continue
        if each.get("use", "sig") != "sig":
            continue
        try:
            key = PyJWK(each, algorithm="RS256")
        except (PyJWTError, ValueError, TypeError, AttributeError):
            continue
        keys[str(each["kid"])] = SigningKey(key, _names(each.get("endorsements")), issuer)
    if not keys:
        raise LookupError("no usable keys")
    return keys


def _names(endorsements: Any) -> frozenset[str]:
    return frozenset(map(str, endorsements)) if isinstance(endorsements, list) else frozenset()
