"""People in Teams, for tests: each says, presses and hears over HTTP as a client would."""

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

import aiohttp

from bot.loading.demo_lives import demo_profiles
from bot.local_tenant.entra import Registration
from bot.service import serving
from bot.settings import Settings
from tests.statements import compiled_before
from tests.tenants import tenant_running
from tests.trusts import with_trust


@dataclass
class SetClock:
    """A clock that stands still until the test moves it."""

    at: Any

    def __call__(self):
        return self.at


@dataclass
class Shown:
    """A card as somebody sees it: its words, and its buttons with what they carry."""

    content: dict[str, Any]

    @property
    def words(self) -> str:
        return " | ".join(_texts(self.content["body"]))

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return list(_actions(self.content))

    def button(self, title: str, beside: str = "") -> dict[str, Any]:
        """The button of that title; ``beside`` picks the row that holds those words."""
        rows = [row for row in self.content["body"] if beside and beside in " ".join(_texts([row]))]
        for each in _actions({"body": rows} if rows else self.content):
            if each["title"] == title:
                return each
        raise AssertionError(f"no button {title!r} in {[b['title'] for b in self.buttons]}")


def _texts(elements):
    for each in elements:
        if "text" in each:
            yield each["text"]
        for fact in each.get("facts", []):
            yield f"{fact['title']}: {fact['value']}"
        yield from _texts(each.get("items", []) + each.get("columns", []))


def _actions(holder):
    for each in holder.get("body", []) + holder.get("items", []):
        yield from each.get("actions", [])
        yield from (action for item in each.get("items", []) for action in item.get("actions", []))
        taps = [column.get("selectAction", {}) for column in each.get("columns", [])]
        yield from (tap for tap in taps if "verb" in tap)
    yield from holder.get("actions", [])


@dataclass
class Somebody:
    """One person in their own chat with the bot."""

    teams: "Teams"
    person: Any
    last: Shown | None = None
    _heard: int = field(default=0, repr=False)

    @property
    def conversation_id(self) -> str:
        return f"a:{self.person.object_id}"

    @property
    def chat(self) -> list[dict[str, Any]]:
        return self.teams.tenant.state.chats.setdefault(self.conversation_id, [])

    async def sends(self, **fields: Any) -> Any:
        """One activity of any kind; gives the HTTP status and the JSON body."""
        return await self.teams.post(self.activity(**fields))

    def activity(self, **fields: Any) -> dict[str, Any]:
        return {
            "id": f"activity-{next(self.teams.numbers)}",
            "channelId": "msteams",
            "serviceUrl": self.teams.tenant.service_url,
            "from": {
                "id": f"29:{self.person.object_id}",
                "aadObjectId": self.person.object_id,
                "name": self.person.name,
            },
            "recipient": {"id": "28:send-hub", "name": "SEND Hub"},
            "conversation": {
                "id": self.conversation_id,
                "conversationType": "personal",
                "tenantId": self.person.tenant_id,
            },
            **fields,
        }

    async def says(self, text: str) -> Shown:
        """Type a message and read the last card that came back."""
        before = len(self.chat)
        status, _ = await self.sends(type="message", text=text)
        assert status == 200
        assert len(self.chat) > before, f"no answer to {text!r}"
        return self.reads()

    def reads(self) -> Shown:
        """The newest card in the chat."""
        self.last = Shown(self.chat[-1]["attachments"][0]["content"])
        return self.last

    async def presses(
        self, title: str, /, *, on: Shown | None = None, beside: str = "", **typed: str
    ):
        """Press a button of the last card (or of ``on``), with what was typed into its inputs."""
        card = on or self.last
        button = card.button(title, beside)
        return await self.acts(button["verb"], **button["data"], **typed)

    async def acts(self, verb: Any, **data: Any) -> Shown:
        """Send a card action, well made or not."""
        action = {"type": "Action.Execute", "verb": verb, "data": data}
        status, body = await self.sends(
            type="invoke", name="adaptiveCard/action", value={"action": action}
        )
        assert (status, body["statusCode"]) == (200, 200)
        self.last = Shown(body["value"])
        return self.last

    @property
    def events(self) -> list[dict[str, Any]]:
        return list(self.teams.tenant.state.calendars.get(self.person.object_id, {}).values())

    @property
    def mails(self) -> list[dict[str, Any]]:
        return self.teams.tenant.state.mails.get(self.person.object_id, [])

    @property
    def feed(self) -> list[dict[str, Any]]:
        return self.teams.tenant.state.feeds.get(self.person.object_id, [])


@dataclass(repr=False)
class Teams:
    """The whole: tenant, bot, and the people of the trust."""

    tenant: Any
    service: Any
    url: str
    http: aiohttp.ClientSession
    trust: Any
    registration: Registration | None = None
    numbers: Any = field(default_factory=count)

    def somebody(self, at: int) -> Somebody:
        return Somebody(self, self.trust.people[at])

    @property
    def teacher(self) -> Somebody:
        return self.somebody(0)

    @property
    def senco(self) -> Somebody:
        return self.somebody(2)

    @property
    def assistant(self) -> Somebody:
        return self.somebody(3)

    async def post(self, activity: Any, token: str = "") -> tuple[int, Any]:
        """Send one activity as Teams would: signed, unless the bot is in local mode."""
        if self.registration:
            token = token or self.tenant.entra.channel_token(self.tenant.service_url)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        address = f"{self.url}/api/messages"
        async with self.http.post(address, json=activity, headers=headers) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text.startswith(("{", "[")) else text

    def session(self, title: str) -> UUID:
        return next(each.id for each in self.trust.sessions if title in each.title)


@asynccontextmanager
async def teams_running(database_url, clock, trust, registration=None, limits=(), **told):
    """Start the tenant and the bot; the scheduler stays silent until a test rings it.

    ``limits`` are those that the tenant holds the bot to, ``told`` are further settings.
    """
    await with_trust(database_url, trust, clock())
    names = {person.object_id: person.name for person in trust.people}
    known = {"registration": registration, "profiles": demo_profiles(trust), "now": clock}
    async with (
        tenant_running(names, **known, limits=limits) as tenant,
        aiohttp.ClientSession() as http,
    ):
        told = {
            "database_url": compiled_before(database_url),
            "port": 0,
            "graph_url": tenant.url,
            "connector_url": tenant.service_url,
        } | told
        settings = Settings.model_validate(told | _registered(registration, tenant.url))
        async with serving(settings, clock) as (service, port):
            await service.bell.stop()
            url = f"http://127.0.0.1:{port}"
            yield Teams(tenant, service, url, http, trust, registration)


def _registered(registration, tenant_url):
    if registration is None:
        return {}
    return {
        "app_id": registration.app_id,
        "app_password": registration.secret,
        "app_tenant_id": registration.tenant_id,
        "login_url": tenant_url,
        "openid_metadata_url": f"{tenant_url}/openid",
    }
