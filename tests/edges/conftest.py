"""Microsoft on loopback, as small as it can be: an authority that signs, a connector that listens."""

import asyncio
import io
import time
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import aiohttp
import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from botbuilder.schema import Activity
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from bot.settings import Settings
from bot.teams.adapter import TeamsAdapter
from bot.teams.authentication import LocalDoor, TokenDoor
from bot.teams.connector import Connector, open_session
from bot.teams.credentials import connector_scope, credential_for
from bot.teams.signing_keys import SigningKeys
from bot.teams.trusted_hosts import TrustedHosts

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
    token_life: int = 3600
    token_delay: float = 0

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
        return web.json_response({"issuer": self.issuer, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [key.published() for key in self.keys]})

    async def _give_token(self, request: web.Request) -> web.Response:
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
            return web.json_response(answer, status=status, headers=headers)
        if request.method == "GET":
            return web.json_response(self.members)
        return web.json_response({"id": f"sent-{len(self.calls)}"})


@asynccontextmanager
async def _served(thing):
    async with TestServer(thing.application()) as server:
        thing.url = f"http://127.0.0.1:{server.port}"
        yield thing


@pytest.fixture
async def authority():
    async with _served(Authority()) as authority:
        yield authority


@pytest.fixture
async def teams_service():
    async with _served(TeamsService()) as service:
        yield service


@pytest.fixture
async def session():
    async with open_session() as session:
        yield session


@pytest.fixture
def settings(authority):
    """A bot with an app id, whose authority is on loopback."""
    return Settings.model_validate(
        {
            "app_id": APP_ID,
            "app_password": SECRET,
            "app_tenant_id": TENANT,
            "login_url": authority.url,
            "openid_metadata_url": f"{authority.url}/openid",
        }
    )


@pytest.fixture
def local_settings():
    return Settings.model_validate({})


@pytest.fixture
async def credential(settings):
    async with credential_for(settings) as credential:
        yield credential


@pytest.fixture
def waits():
    """Seconds that the connector waited, instead of waiting."""
    return []


@pytest.fixture
def connector(session, credential, settings, waits):
    async def sleep(seconds):
        waits.append(seconds)

    return Connector(
        session,
        credential,
        connector_scope(settings),
        TrustedHosts(settings),
        sleep=sleep,
        chance=lambda: 0.5,
    )


class Ledger:
    """The adapter's ledger in memory: true to its promises, for one process."""

    def __init__(self) -> None:
        self.locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.answers: dict[str, Any] = {}
        self.is_broken = False

    @asynccontextmanager
    async def turn(self, conversation_id):
        if self.is_broken:
            raise ConnectionError("the database is away")
        async with self.locks[conversation_id]:
            yield

    async def answered(self, activity_key):
        return self.answers.get(activity_key)

    async def remember(self, activity_key, answer):
        self.answers[activity_key] = answer


@pytest.fixture
def ledger():
    return Ledger()


def apology(reference: str) -> Activity:
    return Activity(type="message", text=f"Sorry, that went wrong. Reference {reference}.")


@dataclass
class Bot:
    """A bot service on loopback whose behaviour a test sets by ``does``."""

    adapter: TeamsAdapter
    teams_service: TeamsService
    authority: Authority
    session: aiohttp.ClientSession
    url: str = ""
    turns: list[Activity] = field(default_factory=list)

    async def does(self, context) -> None:
        await context.send_activity(f"You said {context.activity.text}")

    async def _turn(self, context) -> None:
        self.turns.append(context.activity)
        await self.does(context)

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/api/messages", self._messages)
        return app

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        return await self.adapter.process(request, self._turn)

    def activity(self, text: str = "hello", **changes: Any) -> dict[str, Any]:
        """A Teams message; a change to None leaves the field out."""
        fields = {
            "type": "message",
            "id": str(uuid4()),
            "channelId": "msteams",
            "serviceUrl": self.teams_service.url,
            "from": {"id": "29:teacher", "aadObjectId": str(uuid4())},
            "recipient": {"id": f"28:{APP_ID}"},
            "conversation": {"id": "a:chat", "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            "text": text,
        } | changes
        return {name: value for name, value in fields.items() if value is not None}

    async def hears(self, activity: Any, token: str | None = "good", **headers: str):
        """Post one activity, signed unless told otherwise; its status and JSON answer."""
        if token == "good":
            token = self.authority.token(self.teams_service.url)
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        body = {"data": io.BytesIO(activity)} if isinstance(activity, bytes) else {"json": activity}
        if "data" in body:
            headers.setdefault("Content-Type", "application/json")
        address = f"{self.url}/api/messages"
        async with self.session.post(address, headers=headers, **body) as answer:
            text = await answer.text()
            return answer.status, (await answer.json() if text else None)


@pytest.fixture
def clock():
    """Monotonic seconds that a test moves by hand: ``clock[0] += 60``."""
    return [1000.0]


@pytest.fixture
async def bot(session, connector, ledger, settings, authority, teams_service, clock):
    """A bot with an app id: takes only signed activities."""
    hosts = TrustedHosts(settings)
    keys = SigningKeys(session, settings.openid_metadata_url, clock=lambda: clock[0])
    door = TokenDoor(keys, settings.app_id, settings.tenants, hosts)
    adapter = TeamsAdapter(door, connector, ledger, apology)
    async with _served(Bot(adapter, teams_service, authority, session)) as bot:
        yield bot


@pytest.fixture
async def local_bot(session, ledger, local_settings, authority, teams_service):
    """A bot in local mode: takes unsigned activities, replies to loopback only."""
    hosts = TrustedHosts(local_settings)
    async with credential_for(local_settings) as credential:
        connector = Connector(session, credential, connector_scope(local_settings), hosts)
        adapter = TeamsAdapter(LocalDoor(hosts), connector, ledger, apology)
        async with _served(Bot(adapter, teams_service, authority, session)) as bot:
            yield bot


@pytest.fixture
def logged():
    """What was logged, an entry a dictionary."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture
def refusals():
    """How often a reason was counted since the test began."""
    name = "sendhub_refused_requests_total"
    before: dict[str, float] = defaultdict(float)
    for metric in REGISTRY.collect():
        for sample in metric.samples:
            if sample.name == name:
                before[sample.labels["reason"]] = sample.value

    def count(reason: str) -> float:
        return (REGISTRY.get_sample_value(name, {"reason": reason}) or 0) - before[reason]

    return count
