"""Who the bot is when it calls Microsoft: one credential for the whole process.

``azure-identity`` fetches tokens; this room keeps them, refreshes them ahead of time in the
background, and lets one request serve everybody who waits (``azure-identity`` alone sends one
request for each). Graph and the Bot Connector both ask here, each with its own scope.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol, Self
from urllib.parse import urlsplit

import structlog
from azure.core.credentials import AccessToken
from azure.core.exceptions import AzureError

from bot.settings import Settings
from bot.teams.trusted_hosts import is_this_machine
from hub.errors import DeliveryFailed, SettingsWrong

_log = structlog.get_logger(__name__)

#: What the Bot Connector's tokens are issued for.
CONNECTOR_SCOPE = "https://api.botframework.com/.default"
#: The same in the clouds of the United States government.
GOVERNMENT_CONNECTOR_SCOPE = "https://api.botframework.us/.default"

REFRESH_AHEAD = timedelta(minutes=5)
#: One fetch, its own retries included; a turn is called late after 15 s.
FETCH_WITHIN = timedelta(seconds=8)
#: Between two refreshes ahead of time: after one that failed, or that gave the old token again.
#: Also between two replacements of refused tokens.
REFRESH_AGAIN = timedelta(seconds=30)
SIGN_IN_SLOW = timedelta(seconds=30)
#: A wrong or expired secret is put right by a person: keep what is owed, and do not hammer.
SIGN_IN_REFUSED = timedelta(minutes=5)
DEVELOPMENT_TOKEN = "development-token"  # noqa: S105 - opens nothing


class TokenSource(Protocol):
    """Where a new token comes from: an ``azure-identity`` credential."""

    async def get_token(self, *scopes: str) -> AccessToken:
        """Fetch a token for ``scopes``."""

    async def close(self) -> None:
        """Let go of its connections."""


@dataclass(repr=False)
class _Kept:
    token: AccessToken
    refresh_at: float


class Credential:
    """Tokens, kept and shared; serves as an azure-core ``AsyncTokenCredential``.

    ``new_source`` makes a source for each fetch, once an hour: one that lived on would answer a
    refresh from its own cache. ``clock`` is seconds since the epoch.
    """

    def __init__(
        self, new_source: Callable[[], TokenSource], clock: Callable[[], float] = time.time
    ) -> None:
        self._new_source = new_source
        self._clock = clock
        self._kept: dict[tuple[str, ...], _Kept] = {}
        self._fetches: dict[tuple[str, ...], asyncio.Task[AccessToken]] = {}
        #: By scope, when a token that was refused may be replaced once more.
        self._replace_again_at: dict[str, float] = {}

    async def get_token(self, *scopes: str, **_options: Any) -> AccessToken:
        """A token that is valid now. Only the very first caller, and those beside it, wait.

        Raises DeliveryFailed when no token can be had.
        """
        kept = self._kept.get(scopes)
        if kept is None or kept.token.expires_on <= self._clock():
            return await asyncio.shield(self._fetching(scopes))
        if kept.refresh_at <= self._clock():
            self._fetching(scopes)
        return kept.token

    async def replace_token(self, scope: str, refused: str) -> AccessToken:
        """A token other than ``refused``, which the service would not take.

        Many callers refused with the same token cause one fetch. When the new one is refused as
        well, the token is not at fault: for a while ``refused`` itself is all there is.
        """
        kept, now = self._kept.get((scope,)), self._clock()
        if kept is not None and kept.token.token == refused:
            if now < self._replace_again_at.get(scope, now):
                return kept.token
            del self._kept[(scope,)]
            self._replace_again_at[scope] = now + REFRESH_AGAIN.total_seconds()
        return await self.get_token(scope)

    def _fetching(self, scopes: tuple[str, ...]) -> asyncio.Task[AccessToken]:
        """The one fetch under way for ``scopes``, begun if there is none."""
        fetch = self._fetches.get(scopes)
        if fetch is None:
            fetch = asyncio.create_task(self._fetch(scopes))
            self._fetches[scopes] = fetch
            fetch.add_done_callback(lambda done: self._fetched(scopes, done))
        return fetch

    def _fetched(self, scopes: tuple[str, ...], fetch: asyncio.Task[AccessToken]) -> None:
        self._fetches.pop(scopes, None)
        if not fetch.cancelled() and fetch.exception() is not None:
            _log.warning("no token", scope=scopes[0], why=str(fetch.exception()))
            if scopes in self._kept:
                self._kept[scopes].refresh_at = self._clock() + REFRESH_AGAIN.total_seconds()

    async def _fetch(self, scopes: tuple[str, ...]) -> AccessToken:
        source = self._new_source()
        try:
            async with asyncio.timeout(FETCH_WITHIN.total_seconds()):
                token = await source.get_token(*scopes)
        except TimeoutError as error:
            raise DeliveryFailed("Microsoft's sign-in service is slow", SIGN_IN_SLOW) from error
        except (AzureError, LookupError, ValueError) as error:  # the latter two: an odd answer
            raise DeliveryFailed("Microsoft did not sign this app in", SIGN_IN_REFUSED) from error
        finally:
            await source.close()
        self._kept[scopes] = _Kept(token, self._refresh_at(token))
        return token

    def _refresh_at(self, token: AccessToken) -> float:
        now = self._clock()
        ahead = min(REFRESH_AHEAD.total_seconds(), (token.expires_on - now) / 2)
        return max(token.expires_on - ahead, now + REFRESH_AGAIN.total_seconds())

    async def close(self) -> None:
        """Stop any fetch under way."""
        fetches = list(self._fetches.values())
        for fetch in fetches:
            fetch.cancel()
        await asyncio.gather(*fetches, return_exceptions=True)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class DevelopmentTokens:
    """The token of local mode: the same word for every scope, good for an hour at a time."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock

    async def get_token(self, *_scopes: str) -> AccessToken:
        """The fixed development token."""
        hour = int(timedelta(hours=1).total_seconds())
        return AccessToken(DEVELOPMENT_TOKEN, int(self._clock()) + hour)

    async def close(self) -> None:
        """Nothing is held."""


def credential_for(settings: Settings) -> Credential:
    """The process's credential, by the kind of app registration. Nothing is fetched yet.

    Raises SettingsWrong when the sign-in address is neither https nor this machine.
    """
    if settings.is_local:
        return Credential(DevelopmentTokens)
    if settings.app_type == "UserAssignedMSI":
        return Credential(lambda: _managed_identity(settings))
    login = urlsplit(settings.login_url)
    if login.scheme != "https" and not is_this_machine(login.hostname or ""):
        raise SettingsWrong("SENDHUB_LOGIN_URL must begin with https://")
    return Credential(lambda: _client_secret(settings))


def connector_scope(settings: Settings) -> str:
    """What a token for the Bot Connector must be issued for, in the cloud that was configured."""
    authority = urlsplit(settings.openid_metadata_url).hostname or ""
    if authority.endswith(".azure.us"):
        return GOVERNMENT_CONNECTOR_SCOPE
    return CONNECTOR_SCOPE


def _managed_identity(settings: Settings) -> TokenSource:
    from azure.identity.aio import ManagedIdentityCredential  # noqa: PLC0415 - 0.3 s, unless local

    return ManagedIdentityCredential(client_id=settings.app_id, **_PATIENCE)


def _client_secret(settings: Settings) -> TokenSource:
    from azure.identity.aio import ClientSecretCredential  # noqa: PLC0415 - 0.3 s, unless local

    options: dict[str, Any] = dict(_PATIENCE)
    login = urlsplit(settings.login_url)
    if login.scheme == "http":
        from bot.teams.plain_login import PlainHttpTransport  # noqa: PLC0415 - see above

        options["transport"] = PlainHttpTransport()
    return ClientSecretCredential(
        settings.app_tenant_id,
        settings.app_id,
        settings.app_password,
        authority=f"https://{login.netloc}",
        disable_instance_discovery=True,
        **options,
    )


#: Of ``azure-core``'s own retries and time-outs, so that one fetch stays within FETCH_WITHIN.
_PATIENCE: dict[str, Any] = {
    "retry_total": 2,
    "retry_backoff_factor": 0.4,
    "retry_backoff_max": 2,
    "connection_timeout": 3,
    "read_timeout": 5,
}
