"""Activity feeds of the local Graph."""

from aiohttp import web

from bot.local_tenant.graph import LocalGraph, refused
from bot.local_tenant.state import LocalState
from hub.activity_types import ACTIVITY_TYPES

LONGEST_PREVIEW = 150
FEED = frozenset({"TeamsActivity.Send"})
_TEAMS_LINK = "https://teams.microsoft.com/l/"
_RING = "POST /users/{id}/teamwork/sendActivityNotification"


class LocalFeeds:
    """What rings for each person, oldest first."""

    def __init__(self, state: LocalState, graph: LocalGraph) -> None:
        self._state = state
        self._graph = graph

    def routes(self) -> list[web.RouteDef]:
        """The one call."""
        return [web.post("/v1.0/users/{user}/teamwork/sendActivityNotification", self._ring)]

    async def _ring(self, request: web.Request) -> web.Response:
        bell = await self._graph.checked(request, _RING, FEED)
        user = self._graph.user(request)
        declared = {each.type: each for each in ACTIVITY_TYPES}.get(str(bell.get("activityType")))
        if declared is None:
            raise refused(400, "BadRequest", "activityType is not declared in the manifest")
        given = {each.get("name") for each in bell.get("templateParameters") or []}
        if not set(declared.parameters) <= given:
            raise refused(400, "BadRequest", "a template parameter is missing")
        topic = bell.get("topic") or {}
        if not str(topic.get("webUrl", "")).startswith(_TEAMS_LINK):
            raise refused(400, "BadRequest", "topic.webUrl must be a Teams deep link")
        if len((bell.get("previewText") or {}).get("content") or "") > LONGEST_PREVIEW:
            raise refused(400, "BadRequest", "previewText is longer than 150 characters")
        self._state.feeds.setdefault(user, []).append(bell)
        return web.Response(status=204)
