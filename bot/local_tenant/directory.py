"""People and groups of the local Graph."""

import re
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from bot.local_tenant.graph import LocalGraph, refused
from bot.local_tenant.state import LocalState
from hub.directory import Profile

_DIRECTORY = frozenset({"Directory.Read.All", "Directory.ReadWrite.All"})
USERS = _DIRECTORY | {"User.Read.All", "User.ReadWrite.All"}
MEMBERS = _DIRECTORY | {"GroupMember.Read.All", "Group.Read.All"}
#: What Graph shows of a user when a call does not choose.
_USUAL = ("id", "displayName", "jobTitle", "officeLocation", "userPrincipalName")
#: As many members as one page holds, so that a demo's few people already need two.
PAGE = 3
LARGEST_TOP = 999
#: The one filter that is asked here: some users by their ids, as many as Graph takes.
_BY_IDS = re.compile(r"id in \(('[^']*'(?:, ?'[^']*'){0,14})\)")
_PROFILE = "GET /users/{id}"
_USERS = "GET /users"
_MEMBERS = "GET /groups/{id}/members"


class LocalDirectory:
    """Who people are, and who belongs to which group."""

    def __init__(self, state: LocalState, graph: LocalGraph) -> None:
        self._state = state
        self._graph = graph

    def routes(self) -> list[web.RouteDef]:
        """A user by id or sign-in name, several users by their ids, and a group's members."""
        return [
            web.get("/v1.0/users", self._users),
            web.get("/v1.0/users/{user}", self._profile),
            web.get("/v1.0/groups/{group}/members", self._members),
        ]

    async def _profile(self, request: web.Request) -> web.Response:
        await self._graph.checked(request, _PROFILE, USERS)
        user = self._graph.user(request)
        return self._graph.answer(_PROFILE, self._shown(user, _chosen(request)))

    async def _users(self, request: web.Request) -> web.Response:
        await self._graph.checked(request, _USERS, USERS)
        asked = _BY_IDS.fullmatch(request.query.get("$filter", ""))
        if asked is None:
            raise refused(400, "Request_UnsupportedQuery", "Unsupported Query.")
        wanted = re.findall(r"'([^']*)'", asked[1])
        found = [each for each in self._state.names if each in wanted]
        return self._page(request, _USERS, found, _chosen(request))

    async def _members(self, request: web.Request) -> web.Response:
        await self._graph.checked(request, _MEMBERS, MEMBERS)
        members = self._state.groups.get(request.match_info["group"].lower())
        if members is None:
            raise refused(404, "Request_ResourceNotFound", "The group does not exist.")
        # Whose account was deleted is in no group any more.
        members = [each for each in members if each in self._state.names]
        # Without leave to read users, Graph shows that they are members and no more.
        names = _chosen(request) if self._graph.shows(request, USERS) else ("id",)
        return self._page(request, _MEMBERS, members, names)

    def _page(
        self, request: web.Request, operation: str, users: Sequence[str], names: tuple[str, ...]
    ) -> web.Response:
        """One page of these users, and where the next one is."""
        top = request.query.get("$top", str(PAGE))
        if not (top.isdigit() and 1 <= int(top) <= LARGEST_TOP):
            raise refused(400, "Request_UnsupportedQuery", "Invalid page size specified.")
        shown = [
            {"@odata.type": "#microsoft.graph.user"} | self._shown(user, names) for user in users
        ]
        return self._graph.page(request, operation, shown, PAGE)

    def _shown(self, user: str, names: tuple[str, ...]) -> dict[str, Any]:
        known = self._state.user(user)
        return {name: known.get(name) for name in names}


def user_of(profile: Profile) -> dict[str, str]:
    """A profile in Graph's own names; what is empty Graph does not know."""
    told = {
        "jobTitle": profile.job_title,
        "department": profile.department,
        "officeLocation": profile.office_location,
        "userPrincipalName": profile.sign_in_name,
        "userType": "Guest" if profile.is_guest else "Member",
    }
    return {name: value for name, value in told.items() if value}


def _chosen(request: web.Request) -> tuple[str, ...]:
    chosen = request.query.get("$select", "")
    # The id comes along, chosen or not.
    return ("id", *(name for name in chosen.split(",") if name != "id")) if chosen else _USUAL
