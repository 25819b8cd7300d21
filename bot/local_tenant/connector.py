"""The Bot Connector of the local tenant: keeps what the bot says in each conversation."""

import json
import time
from typing import Any

from aiohttp import web

from bot.local_tenant.entra import CONNECTOR_AUDIENCE, LocalEntra
from bot.local_tenant.installs import user_of_chat
from bot.local_tenant.state import LocalState

#: Teams refuses a larger activity.
LARGEST_ACTIVITY = 28 * 1024


class LocalConnector:
    """Receives replies and proactive messages under ``/teams/``."""

    def __init__(self, state: LocalState, entra: LocalEntra) -> None:
        self._state = state
        self._entra = entra
        self._last_id = 0

    def routes(self) -> list[web.RouteDef]:
        """The calls that the bot's connector client makes."""
        activities = "/teams/v3/conversations/{conversation}/activities"
        return [
            web.post(activities, self._say),
            web.post(f"{activities}/{{activity}}", self._say),
            web.put(f"{activities}/{{activity}}", self._update),
            web.delete(f"{activities}/{{activity}}", self._delete),
        ]

    async def _say(self, request: web.Request) -> web.Response:
        self._let_in(request)
        self._is_taken(request)
        said = await _activity(request)
        said["id"] = self._next_id()
        self._chat(request).append(said)
        return web.json_response({"id": said["id"]}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        self._let_in(request)
        changed, chat = await _activity(request), self._chat(request)
        wanted = request.match_info["activity"]
        for place, said in enumerate(chat):
            if said["id"] == wanted:
                chat[place] = changed | {"id": wanted}
                return web.json_response({"id": wanted})
        raise web.HTTPNotFound(text='{"error": {"code": "ActivityNotFound"}}')

    async def _delete(self, request: web.Request) -> web.Response:
        self._let_in(request)
        chat = self._chat(request)
        chat[:] = [said for said in chat if said["id"] != request.match_info["activity"]]
        return web.Response()

    def _let_in(self, request: web.Request) -> None:
        header = request.headers.get("Authorization", "")
        if why := self._entra.refusal(header, CONNECTOR_AUDIENCE):
            body = {"error": {"code": "BotNotAuthorized", "message": why}}
            raise web.HTTPUnauthorized(text=json.dumps(body), content_type="application/json")

    def _is_taken(self, request: web.Request) -> None:
        conversation = request.match_info["conversation"]
        user = user_of_chat(conversation)
        if user in self._state.blocked:
            raise _refused(web.HTTPForbidden, "BotDisabledByUser")
        if conversation.startswith("19:") and user and not self._state.has_app(user):
            raise _refused(web.HTTPNotFound, "ConversationNotFound")

    def _next_id(self) -> str:
        # Teams numbers messages by the millisecond.
        self._last_id = max(self._last_id + 1, time.time_ns() // 1_000_000)
        return str(self._last_id)

    def _chat(self, request: web.Request) -> list[dict[str, Any]]:
        """What was said in a conversation; a chat with the bot has two names."""
        conversation = request.match_info["conversation"]
        user = user_of_chat(conversation)
        return self._state.chats.setdefault(f"a:{user}" if user else conversation, [])


def _refused(status: type[web.HTTPError], code: str) -> web.HTTPError:
    body = {"error": {"code": code, "message": "The message was not taken."}}
    return status(text=json.dumps(body), content_type="application/json")


async def _activity(request: web.Request) -> dict[str, Any]:
    text = await request.text()
    if len(text.encode()) > LARGEST_ACTIVITY:
        raise web.HTTPRequestEntityTooLarge(LARGEST_ACTIVITY, len(text))
    said = json.loads(text)
    if not isinstance(said, dict) or not isinstance(said.get("type"), str):
        raise web.HTTPBadRequest(text='{"error": {"code": "BadSyntax"}}')
    return said
