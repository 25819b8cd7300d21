"""Microsoft on loopback, as small as it can be: an authority that signs, a connector that listens."""

import asyncio
import base64
import json
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from jwt.algorithms import RSAAlgorithm

APP_ID = "5a0f8c1e-0000-4000-8000-00000000b070"
TENANT = "7e0a0000-0000-4000-8000-000000000001"
SECRET = "hush-hush"
ISSUER = "https://api.botframework.com"


@dataclass
class Key:
    private: rsa.RSAPrivateKey
    id: str
    endorsements: tuple[str, ...] = ("msteams",)

    def published(self) -> dict[str, Any]:
        jwk = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return jwk | {"kid": self.id, "use": "sig", "endorsements": list(self.endorsements)}


#: Made once: an RSA key takes a while.
_PRIVATE_KEYS = [rsa.generate_private_key(65537, 2048) for _ in range(2)]


@dataclass
class Authority:
    """Publishes keys, signs inbound tokens, and gives the bot its outbound ones."""

    url: str = ""
    keys: list[Key] = field(default_factory=lambda: [Key(_PRIVATE_KEYS[0], "first")])
    issuer: str = ISSUER
    key_reads: int = 0
    is_down: bool = False
    tokens_given: list[dict[str, str]] = field(default_factory=list)
    token_requests: int = 0
    token_life: int = 3600
    token_delay: float = 0
    #: What is published instead of the keys, well formed or not.
    published: list[Any] | None = None
    #: "metadata" or "keys" to the address that is redirected to.
    moved: dict[str, str] = field(default_factory=dict)

    def roll_over(self) -> None:
        self.keys = [Key(_PRIVATE_KEYS[1], "second")]

    def token(self, service_url: str, key: Key | None = None, **changes: Any) -> str:
        """A token as the Bot Framework signs it; a change to None leaves the claim out."""
        key = key or self.keys[0]
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "exp": now + 3600,
            "nbf": now - 60,
            "serviceurl": service_url,
        } | changes
        present = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(present, key.private, "RS256", headers={"kid": key.id})

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/openid", self._metadata)
        app.router.add_get("/keys", self._keys)
        app.router.add_get("/msi", self._give_identity)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._give_token)
        return app

    async def _metadata(self, _: web.Request) -> web.Response:
        self.key_reads += 1
        if self.is_down:
            return web.Response(status=503)
        if "metadata" in self.moved:
            raise web.HTTPFound(self.moved["metadata"])
        return web.json_response({"issuer": self.issuer, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        if "keys" in self.moved:
            raise web.HTTPFound(self.moved["keys"])
        if self.published is not None:
            return web.json_response({"keys": self.published})
        return web.json_response({"keys": [key.published() for key in self.keys]})

    async def _give_token(self, request: web.Request) -> web.Response:
        self.token_requests += 1
        form = dict(await request.post())
        await asyncio.sleep(self.token_delay)
        if self.is_down:
            return web.json_response({"error": "temporarily_unavailable"}, status=400)
        if form.get("client_secret") != SECRET:
            return web.json_response({"error": "invalid_client"}, status=401)
        self.tokens_given.append({str(name): str(value) for name, value in form.items()})
        token = f"outbound-{len(self.tokens_given)}"
        return web.json_response(
            {"token_type": "Bearer", "expires_in": self.token_life, "access_token": token}
        )

    async def _give_identity(self, request: web.Request) -> web.Response:
        """As Azure App Service gives a managed identity its token."""
        asked = request.query
        token = f"identity-of-{asked['client_id']}-for-{asked['resource']}"
        expires_on = str(int(time.time()) + 3600)
        return web.json_response(
            {"access_token": token, "expires_on": expires_on, "resource": asked["resource"]}
        )


@dataclass
class Call:
    method: str
    path: str
    token: str
    body: Any


@dataclass
class TeamsService:
    """A Bot Connector: keeps what reaches it, and answers as told."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    #: Answers to give before the ordinary ones: (status, body, headers), or a word for a mishap.
    plan: list[tuple[int, Any, dict[str, str]] | str] = field(default_factory=list)
    members: dict[str, Any] = field(default_factory=dict)

    def heard(self) -> list[str]:
        return [call.body["text"] for call in self.calls if call.method == "POST" and call.body]

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        return app

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.json() if request.can_read_body else None
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.calls.append(Call(request.method, request.raw_path, token, body))
        if self.plan:
            planned = self.plan.pop(0)
            if planned == "cut":
                request.transport.close()
                return web.Response()
            status, answer, headers = planned
            if "Content-Type" in headers:
                return web.Response(text=answer, status=status, headers=headers)
            return web.json_response(answer, status=status, headers=headers)
        if request.method == "GET":
            return web.json_response(self.members)
        return web.json_response({"id": f"sent-{len(self.calls)}"})


@asynccontextmanager
async def served(thing):
    async with TestServer(thing.application()) as server:
        thing.url = f"http://127.0.0.1:{server.port}"
        yield thing


def unsigned(header: dict, payload: bytes = b"{}") -> str:
    parts = [json.dumps(header).encode(), payload, b"signature"]
    return ".".join(_encoded(part) for part in parts)


def signed(header: dict, claims: dict, key: Key) -> str:
    """A token with any header at all, really signed: what a library would refuse to make."""
    parts = [{"alg": "RS256", "typ": "JWT"} | header, claims]
    body = ".".join(_encoded(json.dumps(part).encode()) for part in parts)
    signature = key.private.sign(body.encode(), PKCS1v15(), SHA256())
    return f"{body}.{_encoded(signature)}"


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()
