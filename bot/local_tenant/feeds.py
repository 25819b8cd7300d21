"""Activity feeds of the local Graph."""

from typing import Any

from aiohttp import web

from bot.local_tenant.graph import LocalGraph, refused
from bot.local_tenant.state import LocalState
from manifest.build import LOCAL_APP_ID, AppDetails, manifest_of

LONGEST_PREVIEW = 150
MOST_RECIPIENTS = 100
FEED = frozenset({"TeamsActivity.Send"})
_TEAMS_LINK = "https://teams.microsoft.com/l/"
_RING = "POST /users/{id}/teamwork/sendActivityNotification"
_RING_MANY = "POST /teamwork/sendActivityNotificationToRecipients"


class LocalFeeds:
    """What rings for each person, oldest first; a newer entry of a chain takes the older's place."""

    def __init__(self, state: LocalState, graph: LocalGraph) -> None:
        self._state = state
        self._graph = graph
        # By the package that is uploaded, not by what the bot thinks it declares.
        package = manifest_of(AppDetails(LOCAL_APP_ID, "1.0.0"))
        self._declared = {
            each["type"]: each["templateText"] for each in package["activities"]["activityTypes"]
        }

    def routes(self) -> list[web.RouteDef]:
        """For one person, and for many."""
        return [
            web.post("/v1.0/users/{user}/teamwork/sendActivityNotification", self._ring),
            web.post("/v1.0/teamwork/sendActivityNotificationToRecipients", self._ring_many),
        ]

    async def _ring(self, request: web.Request) -> web.Response:
        bell = await self._graph.checked(request, _RING, FEED)
        user = self._graph.user(request)
        self._check(bell)
        if not self._state.has_app(user):
            words = "The app is not installed for the recipient."
            raise refused(403, "Forbidden", words)
        self._put(user, bell)
        return web.Response(status=204)

    async def _ring_many(self, request: web.Request) -> web.Response:
        bell = await self._graph.checked(request, _RING_MANY, FEED)
        recipients = bell.pop("recipients", None) or []
        if not 0 < len(recipients) <= MOST_RECIPIENTS:
            raise refused(400, "BadRequest", "recipients must be 1 to 100")
        self._check(bell)
        for each in recipients:
            user = self._state.object_id_of(str(each.get("userId", "")))
            # As the real one does: whoever cannot get it is passed over without a word.
            if user and self._state.has_app(user):
                self._put(user, dict(bell))
        return web.Response(status=202)

    def _check(self, bell: dict[str, Any]) -> None:
        template = self._declared.get(str(bell.get("activityType")))
        if template is None:
            raise refused(400, "BadRequest", "activityType is not declared in the manifest")
        given = {str(each.get("name")) for each in bell.get("templateParameters") or []}
        left = template
        for name in given:
            left = left.replace(f"{{{name}}}", "")
        if "{" in left:
            raise refused(400, "BadRequest", "a template parameter is missing")
        topic = bell.get("topic") or {}
        if not str(topic.get("webUrl", "")).startswith(_TEAMS_LINK):
            raise refused(400, "BadRequest", "topic.webUrl must be a Teams deep link")
        if len((bell.get("previewText") or {}).get("content") or "") > LONGEST_PREVIEW:
            raise refused(400, "BadRequest", "previewText is longer than 150 characters")
        chain = bell.get("chainId")
        if chain is not None and not 0 < chain < 1 << 63:
            raise refused(400, "BadRequest", "chainId must be a positive Int64")

    def _put(self, user: str, bell: dict[str, Any]) -> None:
        feed = self._state.feeds.setdefault(user, [])
        if chain := bell.get("chainId"):
            feed[:] = [each for each in feed if each.get("chainId") != chain]
        feed.append(bell)
