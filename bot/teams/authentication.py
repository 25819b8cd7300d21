"""Who may speak to the bot: the Bot Framework with a token for this app, about our tenants.

What the header proves is checked before a byte of the body is read; what ties the token to the
activity (channel, service URL, tenant) afterwards. The SDK's own check is not used: it fetches
keys by blocking calls, takes tokens without an expiry, and answers 500 for most bad tokens.
Source: Bot Framework, "Authenticate requests from the Bot Connector service to your bot".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

import jwt

from bot.teams.inbound import Fields
from bot.teams.refused import RequestRefused, forbidden, malformed, unauthorised
from bot.teams.signing_keys import KeysUnavailable, SigningKey, SigningKeys
from bot.teams.trusted_hosts import TrustedHosts

#: What the two machines' clocks may differ by.
LEEWAY = timedelta(minutes=5)
ALGORITHM = "RS256"
#: Characters; the Bot Framework's own tokens have about 1,100.
LONGEST_TOKEN = 4096

#: The word under which each failure of PyJWT's is counted; the first that fits.
_REASONS: tuple[tuple[type[jwt.PyJWTError], str], ...] = (
    (jwt.ExpiredSignatureError, "expired"),
    (jwt.ImmatureSignatureError, "not_yet_valid"),
    (jwt.InvalidAudienceError, "audience"),
    (jwt.InvalidIssuerError, "issuer"),
    (jwt.InvalidSignatureError, "signature"),
    (jwt.MissingRequiredClaimError, "missing_claim"),
    (jwt.InvalidAlgorithmError, "algorithm"),
)


@dataclass(frozen=True)
class Caller:
    """Whoever sent the request, as far as the header proves it."""

    claims: Mapping[str, Any] = field(default_factory=dict)
    #: Channels that the signing key may vouch for.
    endorsements: frozenset[str] = frozenset()


class Door(Protocol):
    """Decides who comes in. Both steps raise RequestRefused."""

    async def check_header(self, authorizations: Sequence[str]) -> Caller:
        """Before the body is read: what the Authorization headers, one as a rule, prove."""

    def check_activity(self, caller: Caller, activity: Fields) -> None:
        """Once it is read: whether this caller may speak for this activity."""


class TokenDoor:
    """Takes only activities that the Bot Framework signed for this app."""

    def __init__(
        self, keys: SigningKeys, app_id: str, tenants: frozenset[str], hosts: TrustedHosts
    ) -> None:
        self._keys = keys
        self._app_id = app_id
        self._tenants = tenants
        self._hosts = hosts

    async def check_header(self, authorizations: Sequence[str]) -> Caller:
        """Signature, algorithm, issuer, audience and both times."""
        token = _bearer_token(authorizations)
        signing_key = await self._key_of(token)
        try:
            claims = jwt.decode(
                token,
                signing_key.key,
                algorithms=[ALGORITHM],
                audience=self._app_id,
                issuer=signing_key.issuer,
                leeway=LEEWAY,
                options={"require": ["exp", "nbf", "iss", "aud"], "strict_aud": True},
            )
        except jwt.PyJWTError as error:
            raise unauthorised(_reason(error)) from error
        except (ValueError, ArithmeticError, TypeError, RecursionError) as error:
            raise unauthorised("unreadable") from error
        return Caller(claims, signing_key.endorsements)

    async def _key_of(self, token: str) -> SigningKey:
        try:
            header = jwt.get_unverified_header(token)
        except (jwt.PyJWTError, ValueError, RecursionError) as error:
            raise unauthorised("unreadable") from error
        if header.get("alg") != ALGORITHM:
            raise unauthorised("algorithm")
        key_id = header.get("kid")
        if not isinstance(key_id, str):
            raise unauthorised("key_missing")
        try:
            key = await self._keys.find(key_id)
        except KeysUnavailable as error:
            raise unauthorised("keys_unavailable") from error
        if key is None:
            raise unauthorised("key_unknown")
        return key

    def check_activity(self, caller: Caller, activity: Fields) -> None:
        """Channel endorsed by the key, service URL as signed and Microsoft's, tenant ours."""
        if activity.get("channelId") not in caller.endorsements:
            raise unauthorised("endorsement")
        service_url = activity.get("serviceUrl")
        if not service_url or service_url != caller.claims.get("serviceurl"):
            raise unauthorised("service_url_claim")
        if not self._hosts.trusts(service_url):
            raise _untrusted_host()
        tenants = tenants_of(activity)
        if not tenants or not tenants <= self._tenants:
            raise forbidden("tenant", "This bot does not serve that organisation.")


class LocalDoor:
    """Local mode: takes unauthenticated activities, and replies to this machine only."""

    def __init__(self, hosts: TrustedHosts) -> None:
        self._hosts = hosts

    async def check_header(self, _authorizations: Sequence[str]) -> Caller:
        """Whatever an emulator sends, or nothing."""
        return Caller()

    def check_activity(self, _caller: Caller, activity: Fields) -> None:
        """The service URL is there and loopback."""
        service_url = activity.get("serviceUrl")
        if not service_url:
            raise malformed("serviceUrl is missing.", "service_url_missing")
        if not self._hosts.trusts(service_url):
            raise _untrusted_host()


def tenants_of(activity: Fields) -> frozenset[str]:
    """Every tenant the activity names, in lower case; they ought to be one."""
    named = [(activity.get("conversation") or {}).get("tenantId")]
    channel_data = activity.get("channelData")
    tenant = channel_data.get("tenant") if isinstance(channel_data, dict) else None
    if isinstance(tenant, dict):
        named.append(tenant.get("id"))
    return frozenset(str(each).lower() for each in named if each)


def _bearer_token(authorizations: Sequence[str]) -> str:
    if not any(authorizations):
        raise unauthorised("header_missing")
    if len(authorizations) > 1:
        # A proxy in front of us may have looked at the other one.
        raise unauthorised("header_repeated")
    scheme, _, token = authorizations[0].strip().partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise unauthorised("scheme")
    if len(token) > LONGEST_TOKEN:
        raise unauthorised("too_long")
    if not token.isascii():
        raise unauthorised("unreadable")
    return token


def _reason(error: jwt.PyJWTError) -> str:
    return next((word for kind, word in _REASONS if isinstance(error, kind)), "unreadable")


def _untrusted_host() -> RequestRefused:
    return forbidden("service_url", "This bot does not reply to that service URL.")
