"""The app catalogue of the local Graph, and for whom the app is installed."""

import re
from typing import Any

from aiohttp import web

from bot.local_tenant.graph import LocalGraph, refused
from bot.local_tenant.state import LocalState

CATALOGUE = frozenset({"AppCatalog.Read.All", "AppCatalog.ReadWrite.All"})
INSTALLS = frozenset(
    {
        "TeamsAppInstallation.ReadWriteSelfForUser.All",
        "TeamsAppInstallation.ReadWriteAndConsentSelfForUser.All",
    }
)
#: What the organisation's catalogue calls the app.
CATALOGUE_ID = "b1c5353a-7aca-41b3-830f-27d5218fe0e5"
_INSTALLED = "/v1.0/users/{user}/teamwork/installedApps"
_BY_APP = re.compile(r"externalId eq '([^']+)'")
_BY_CATALOGUE = re.compile(r"teamsApp/id eq '([^']+)'")
_LIST = "GET /users/{id}/teamwork/installedApps"
_CHAT = "GET /users/{id}/teamwork/installedApps/{installation-id}/chat"


class LocalInstalls:
    """Installs one app, once a person; the chat may come a little later."""

    def __init__(self, state: LocalState, graph: LocalGraph) -> None:
        self._state = state
        self._graph = graph

    def routes(self) -> list[web.RouteDef]:
        """The catalogue, the installs, and the chat of one."""
        return [
            web.get("/v1.0/appCatalogs/teamsApps", self._find),
            web.post(_INSTALLED, self._install),
            web.get(_INSTALLED, self._list),
            web.get(f"{_INSTALLED}/{{install}}/chat", self._chat),
        ]

    async def _find(self, request: web.Request) -> web.Response:
        operation = "GET /appCatalogs/teamsApps"
        await self._graph.checked(request, operation, CATALOGUE)
        asked = _BY_APP.fullmatch(request.query.get("$filter", ""))
        if asked is None:
            raise refused(400, "BadRequest", "Invalid filter clause")
        found = {"id": CATALOGUE_ID, "externalId": asked[1], "displayName": "SEND Hub"}
        return self._graph.answer(
            operation, {"value": [found] if self._state.is_in_catalogue else []}
        )

    async def _install(self, request: web.Request) -> web.Response:
        body = await self._graph.checked(
            request, "POST /users/{id}/teamwork/installedApps", INSTALLS
        )
        user = self._teams_user(request)
        link = str(body.get("teamsApp@odata.bind", ""))
        if not link.endswith(f"/appCatalogs/teamsApps/{CATALOGUE_ID}"):
            raise refused(404, "NotFound", "The app is not in the catalogue.")
        if self._state.has_app(user):
            raise refused(409, "Conflict", "App already installed.")
        self._state.installed.append(user)
        self._graph.settling.begins(f"install {user}")
        return web.Response(status=201)

    async def _list(self, request: web.Request) -> web.Response:
        await self._graph.checked(request, _LIST, INSTALLS)
        user = self._teams_user(request)
        asked = _BY_CATALOGUE.fullmatch(request.query.get("$filter", ""))
        found: list[dict[str, Any]] = []
        if asked and asked[1] == CATALOGUE_ID and self._is_there(user):
            found = [{"id": _install_id(user), "teamsApp": {"id": CATALOGUE_ID}}]
        return self._graph.answer(_LIST, {"value": found})

    async def _chat(self, request: web.Request) -> web.Response:
        await self._graph.checked(request, _CHAT, INSTALLS)
        user = self._teams_user(request)
        is_theirs = request.match_info["install"] == _install_id(user)
        if not is_theirs or not self._state.has_app(user):
            raise refused(404, "NotFound", "No app installation found for the user.")
        return self._graph.answer(_CHAT, {"id": chat_id(user), "chatType": "oneOnOne"})

    def _is_there(self, user: str) -> bool:
        return self._state.has_app(user) and self._graph.settling.is_over(f"install {user}")

    def _teams_user(self, request: web.Request) -> str:
        user = self._graph.user(request)
        if user in self._state.without_teams:
            raise refused(403, "Forbidden", "The user does not have a Teams license.")
        return user


def chat_id(user: str) -> str:
    """What Graph calls somebody's chat with the bot; the Connector takes this name too."""
    return f"19:{user}_send-hub@unq.gbl.spaces"


def user_of_chat(conversation: str) -> str | None:
    """Whose chat with the bot this is, by either of its names; None for any other."""
    for begins, ends in (("a:", ""), ("19:", "_send-hub@unq.gbl.spaces")):
        if conversation.startswith(begins) and conversation.endswith(ends):
            return conversation[len(begins) : len(conversation) - len(ends)]
    return None


def _install_id(user: str) -> str:
    return f"install-{user}"
