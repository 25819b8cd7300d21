"""A bot service on loopback, and the ledger it keeps in memory."""

import asyncio
import io
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import aiohttp
from aiohttp import web
from botbuilder.schema import Activity

from bot.teams.adapter import TeamsAdapter
from tests.edges.microsoft import APP_ID, TENANT, Authority, TeamsService


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


def invoke_response(value: Any) -> Activity:
    return Activity(type="invokeResponse", value=value)
