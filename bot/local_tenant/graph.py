"""The part of Microsoft Graph that the bot uses so far, as strict as the real one."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from aiohttp import web

from bot.local_tenant.contract import Contract
from bot.local_tenant.entra import LocalEntra
from bot.local_tenant.state import LocalState
from hub.activity_types import ACTIVITY_TYPES

LONGEST_PREVIEW = 150
CALENDARS = frozenset({"Calendars.ReadWrite"})
FEED = frozenset({"TeamsActivity.Send"})
_TEAMS_LINK = "https://teams.microsoft.com/l/"
_ZONES = {"Europe/London", "GMT Standard Time", "UTC", "Etc/UTC"}


class LocalGraph:
    """Calendars and activity feeds, behind Entra's tokens and the permissions in them."""

    def __init__(self, state: LocalState, entra: LocalEntra, contract: Contract | None) -> None:
        self._state = state
        self._entra = entra
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
            web.patch(f"{user}/events/{{event}}", self._change_event),
            web.delete(f"{user}/events/{{event}}", self._delete_event),
            web.post(f"{user}/teamwork/sendActivityNotification", self._ring),
        ]

    async def _create_event(self, request: web.Request) -> web.Response:
        event = await self._checked(request, "POST /users/{id}/events", CALENDARS)
        user = request.match_info["user"]
        used = self._state.transactions.setdefault(user, {})
        calendar = self._state.calendars.setdefault(user, {})
        transaction = event.get("transactionId")
        # Graph makes no second event for a transaction id: the caller is repeating itself.
        if transaction and used.get(transaction) in calendar:
            return web.json_response(calendar[used[transaction]], status=201)
        _check_zones(event, ("start", "end"))
        event["id"] = f"AAMk{uuid4().hex}"
        calendar[event["id"]] = event
        if transaction:
            used[transaction] = event["id"]
        return web.json_response(event, status=201)

    async def _change_event(self, request: web.Request) -> web.Response:
        changes = await self._checked(request, "PATCH /users/{id}/events/{event-id}", CALENDARS)
        calendar = self._state.calendars.get(request.match_info["user"], {})
        event = calendar.get(request.match_info["event"])
        if event is None:
            raise refused(404, "ErrorItemNotFound", "The specified object was not found.")
        _check_zones(changes, [end for end in ("start", "end") if end in changes])
        event |= changes
        return web.json_response(event)

    async def _delete_event(self, request: web.Request) -> web.Response:
        await self._checked(request, "DELETE /users/{id}/events/{event-id}", CALENDARS)
        calendar = self._state.calendars.get(request.match_info["user"], {})
        if calendar.pop(request.match_info["event"], None) is None:
            raise refused(404, "ErrorItemNotFound", "The specified object was not found.")
        return web.Response(status=204)

    async def _ring(self, request: web.Request) -> web.Response:
        call = "POST /users/{id}/teamwork/sendActivityNotification"
        bell = await self._checked(request, call, FEED)
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

    async def _checked(
        self, request: web.Request, operation: str, permissions: frozenset[str]
    ) -> dict[str, Any]:
        """The body of a call that may be made; ``permissions`` are those that suffice for it."""
        header = request.headers.get("Authorization", "")
        if why := self._entra.refusal(header, str(request.url.origin())):
            raise refused(401, "InvalidAuthenticationToken", why)
        roles = self._entra.roles_of(header)
        if roles is not None and roles.isdisjoint(permissions):
            raise refused(403, "Authorization_RequestDenied", "Insufficient privileges.")
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


def _check_zones(event: dict[str, Any], ends: Iterable[str]) -> None:
    for end in ends:
        if (event.get(end) or {}).get("timeZone") not in _ZONES:
            raise refused(400, "TimeZoneNotSupportedException", f"{end}: unknown time zone")


def refused(status: int, code: str, message: str, *, retry_after: str = "") -> web.HTTPException:
    """Graph's way to say no."""
    body = web.json_response({"error": {"code": code, "message": message}})
    headers = {"Retry-After": retry_after} if retry_after else {}
    error = web.HTTPBadRequest(text=body.text, headers=headers, content_type="application/json")
    error.set_status(status)
    return error
