"""The part of Microsoft Graph that the bot uses so far, as strict as the real one."""

from typing import Any
from uuid import uuid4

from aiohttp import web

from bot.local_tenant.contract import Contract
from bot.local_tenant.state import LocalState
from hub.activity_types import ACTIVITY_TYPES

LONGEST_PREVIEW = 150
_TEAMS_LINK = "https://teams.microsoft.com/l/"
_ZONES = {"Europe/London", "GMT Standard Time", "UTC", "Etc/UTC"}


class LocalGraph:
    """Calendars and activity feeds. ``token`` is the bearer token that opens them."""

    def __init__(self, state: LocalState, token: str, contract: Contract | None) -> None:
        self._state = state
        self._token = token
        self._contract = contract
        #: Requests that Microsoft's contract does not know.
        self.violations: list[str] = []
        #: How many calls to refuse, with which status: the next ones, for trying out failures.
        self.refusals: list[int] = []

    def routes(self) -> list[web.RouteDef]:
        """Everything below ``/v1.0``."""
        user = "/v1.0/users/{user}"
        return [
            web.post(f"{user}/events", self._create_event),
            web.delete(f"{user}/events/{{event}}", self._delete_event),
            web.post(f"{user}/teamwork/sendActivityNotification", self._ring),
        ]

    async def _create_event(self, request: web.Request) -> web.Response:
        event = await self._checked(request, "POST /users/{id}/events")
        user = request.match_info["user"]
        used = self._state.transactions.setdefault(user, {})
        calendar = self._state.calendars.setdefault(user, {})
        transaction = event.get("transactionId")
        # Graph makes no second event for a transaction id: the caller is repeating itself.
        if transaction and used.get(transaction) in calendar:
            return web.json_response(calendar[used[transaction]], status=201)
        for end in ("start", "end"):
            if (event.get(end) or {}).get("timeZone") not in _ZONES:
                raise refused(400, "TimeZoneNotSupportedException", f"{end}: unknown time zone")
        event["id"] = f"AAMk{uuid4().hex}"
        calendar[event["id"]] = event
        if transaction:
            used[transaction] = event["id"]
        return web.json_response(event, status=201)

    async def _delete_event(self, request: web.Request) -> web.Response:
        await self._checked(request, "DELETE /users/{id}/events/{event-id}")
        calendar = self._state.calendars.get(request.match_info["user"], {})
        if calendar.pop(request.match_info["event"], None) is None:
            raise refused(404, "ErrorItemNotFound", "The specified object was not found.")
        return web.Response(status=204)

    async def _ring(self, request: web.Request) -> web.Response:
        call = "POST /users/{id}/teamwork/sendActivityNotification"
        bell = await self._checked(request, call)
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
        self._state.feeds.setdefault(request.match_info["user"], []).append(bell)
        return web.Response(status=204)

    async def _checked(self, request: web.Request, operation: str) -> dict[str, Any]:
        if request.headers.get("Authorization") != f"Bearer {self._token}":
            raise refused(401, "InvalidAuthenticationToken", "Access token is missing or invalid.")
        if self.refusals:
            raise refused(self.refusals.pop(0), "TooManyRequests", "Try again.", retry_after="1")
        if request.match_info["user"] not in self._state.names:
            raise refused(404, "Request_ResourceNotFound", "The user does not exist.")
        body: Any = await request.json() if request.can_read_body else {}
        if self._contract:
            found = self._contract.violations(operation, body)
            self.violations += found
            if found:
                raise refused(400, "BadRequest", found[0])
        return dict(body)


def refused(status: int, code: str, message: str, *, retry_after: str = "") -> web.HTTPException:
    """Graph's way to say no."""
    body = web.json_response({"error": {"code": code, "message": message}})
    headers = {"Retry-After": retry_after} if retry_after else {}
    error = web.HTTPBadRequest(text=body.text, headers=headers, content_type="application/json")
    error.set_status(status)
    return error
