"""Entra and the Bot Framework's authority on loopback: keys, signed tokens, a token endpoint."""

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

#: Who signs what Teams sends to a bot.
CHANNEL_ISSUER = "https://api.botframework.com"
CONNECTOR_AUDIENCE = "https://api.botframework.com"
TOKEN_LASTS_SECONDS = 3600
_ALGORITHM = "RS256"
_KEY_BITS = 2048


@dataclass(frozen=True)
class Registration:
    """One app registration: who may fetch tokens, and with what."""

    app_id: str
    secret: str
    tenant_id: str
    #: Application permissions that were granted for Graph; they end up in a token's roles.
    permissions: tuple[str, ...] = ()


class LocalEntra:
    """Signs tokens with keys of its own and knows them again.

    In local mode a bot has no registration and brings the fixed ``development_token`` instead.
    """

    def __init__(self, development_token: str, registration: Registration | None) -> None:
        self._development_token = development_token
        self._registration = registration
        self._made: rsa.RSAPrivateKey | None = None
        self._key_id = uuid4().hex
        #: How many tokens were fetched, by audience.
        self.fetched: dict[str, int] = {}
        #: Every token that was ever given out.
        self.given: list[str] = []
        self._issued: dict[str, dict[str, Any]] = {}
        #: Application permissions for Graph; changed by an administrator, they are in new tokens.
        self.permissions = set(registration.permissions) if registration else set[str]()

    def routes(self) -> list[web.RouteDef]:
        """Metadata and keys for inbound tokens, and the endpoint for outbound ones."""
        return [
            web.get("/openid", self._metadata),
            web.get("/keys", self._keys),
            web.post("/{tenant}/oauth2/v2.0/token", self._token),
        ]

    def revoke_all(self) -> None:
        """Take no token any more that was given out up to now."""
        self._issued.clear()

    def revoke(self, header: str) -> None:
        """Take the token of this Authorization header no more; a development token stays good."""
        self._issued.pop(header.removeprefix("Bearer "), None)

    @property
    def _key(self) -> rsa.RSAPrivateKey:
        # Made when first wanted: it takes a while, and local mode never wants it.
        self._made = self._made or rsa.generate_private_key(65537, _KEY_BITS)
        return self._made

    def channel_token(self, service_url: str, **changes: Any) -> str:
        """What Teams would send along with an activity; a claim changed to None is left out."""
        now = int(time.time())
        claims = {
            "iss": CHANNEL_ISSUER,
            "aud": self._registration.app_id if self._registration else "",
            "serviceurl": service_url,
            "nbf": now - 60,
            "exp": now + TOKEN_LASTS_SECONDS,
        } | changes
        return self._signed({name: value for name, value in claims.items() if value is not None})

    def refusal(self, header: str, audience: str) -> str | None:
        """Why a call with this Authorization header is not let in; None when it is."""
        token = header.removeprefix("Bearer ")
        if not header.startswith("Bearer ") or not token:
            return "Access token is empty."
        if self._registration is None:
            return None if token == self._development_token else "Invalid access token."
        claims = self._issued.get(token)
        if claims is None:
            return "Lifetime validation failed, the token is unknown or was revoked."
        if claims["aud"] != audience or claims["exp"] <= time.time():
            return "Access token validation failure. Invalid audience or lifetime."
        return None

    def roles_of(self, header: str) -> frozenset[str] | None:
        """The permissions a token carries; None when nothing is restricted (local mode)."""
        if self._registration is None:
            return None
        return frozenset(self._issued[header.removeprefix("Bearer ")].get("roles", ()))

    async def _metadata(self, request: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": CHANNEL_ISSUER,
                "jwks_uri": f"{request.url.origin()}/keys",
                "id_token_signing_alg_values_supported": [_ALGORITHM],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            }
        )

    async def _keys(self, _request: web.Request) -> web.Response:
        key = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        published = {"kid": self._key_id, "x5t": self._key_id, "use": "sig"}
        return web.json_response({"keys": [key | published | {"endorsements": ["msteams"]}]})

    async def _token(self, request: web.Request) -> web.Response:
        form = {str(name): str(value) for name, value in (await request.post()).items()}
        if refused := self._not_given(form, request.match_info["tenant"]):
            return web.json_response(refused, status=401 if "client" in refused["error"] else 400)
        audience = form["scope"].removesuffix("/.default")
        self.fetched[audience] = self.fetched.get(audience, 0) + 1
        return web.json_response(
            {
                "token_type": "Bearer",
                "expires_in": TOKEN_LASTS_SECONDS,
                "ext_expires_in": TOKEN_LASTS_SECONDS,
                "access_token": self._outbound(audience),
            }
        )

    def _not_given(self, form: dict[str, str], tenant: str) -> dict[str, str] | None:
        """Entra's reason for giving no token; None when it gives one."""
        known = self._registration
        if form.get("grant_type") != "client_credentials":
            return _error("unsupported_grant_type", "AADSTS70003: unsupported grant type.")
        if known is None or tenant != known.tenant_id:
            return _error("invalid_request", f"AADSTS90002: Tenant '{tenant}' not found.")
        if form.get("client_id") != known.app_id:
            return _error("unauthorized_client", "AADSTS700016: Application was not found.")
        if form.get("client_secret") != known.secret:
            return _error("invalid_client", "AADSTS7000215: Invalid client secret provided.")
        scope = form.get("scope", "")
        if not scope.endswith("/.default") or not urlsplit(scope).hostname:
            return _error("invalid_scope", "AADSTS70011: The provided scope is not valid.")
        return None

    def _outbound(self, audience: str) -> str:
        now = int(time.time())
        known = self._registration
        claims: dict[str, Any] = {"aud": audience, "iat": now, "exp": now + TOKEN_LASTS_SECONDS}
        claims |= {"jti": uuid4().hex}
        if known:
            claims |= {"appid": known.app_id, "tid": known.tenant_id}
            if audience != CONNECTOR_AUDIENCE:
                claims |= {"roles": sorted(self.permissions)}
        token = self._signed(claims)
        self._issued[token] = claims
        self.given.append(token)
        return token

    def _signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self._key, _ALGORITHM, headers={"kid": self._key_id})


def _error(code: str, words: str) -> dict[str, str]:
    return {"error": code, "error_description": words, "trace_id": str(uuid4())}
