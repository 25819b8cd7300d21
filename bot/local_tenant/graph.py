"""The door of the local Graph, as strict as the real one: tokens, permissions, the contract.

What is behind it has a file a subject: ``calendars``, ``schedules``, ``directory``, ``feeds``.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.clock import Clock
from bot.local_tenant.contract import Contract
from bot.local_tenant.entra import LocalEntra
from bot.local_tenant.settling import Settling
from bot.local_tenant.state import LocalState

_VERSIONS = ("v1.0", "beta")
#: Source: Microsoft Graph, "Customize responses with query parameters".
_QUERY_OPTIONS = frozenset(
    f"${name}"
    for name in (
        *("count", "deltatoken", "expand", "filter", "format", "orderby", "search", "select"),
        *("skip", "skiptoken", "top"),
    )
)


class LocalGraph:
    """Lets calls in or refuses them, and misbehaves when told to."""

    def __init__(
        self, state: LocalState, entra: LocalEntra, contract: Contract | None, now: Clock
    ) -> None:
        self._state = state
        self._entra = entra
        self._contract = contract
        #: What was just made and is not to be seen yet.
        self.settling = Settling(now)
        #: How often each call was made and let in.
        self.asked: Counter[str] = Counter()
        #: Requests, and answers of our own, that Microsoft's contract does not know.
        self.violations: list[str] = []
        #: With which status to refuse the next calls, for trying out failures; 0 lets one through.
        self.refusals: list[int] = []
        #: How many seconds to keep the next calls waiting.
        self.delays: list[float] = []

    async def checked(
        self, request: web.Request, operation: str, permissions: frozenset[str]
    ) -> dict[str, Any]:
        """The body of a call that may be made; ``permissions`` are those that suffice for it."""
        header = request.headers.get("Authorization", "")
        if why := self._entra.refusal(header, str(request.url.origin())):
            raise refused(401, "InvalidAuthenticationToken", why)
        if self.delays:
            await asyncio.sleep(self.delays.pop(0))
        if not self._may(request, permissions):
            raise _denied(permissions)
        if self.refusals and (status := self.refusals.pop(0)):
            raise refused(status, "TooManyRequests", "Try again.", retry_after="1")
        self.asked[operation] += 1
        body: Any = await request.json() if await request.read() else {}
        found = _unknown_options(request)
        if self._contract:
            found += self._contract.violations(operation, body, _selected(request))
        self.violations += found
        if found:
            raise refused(400, "BadRequest", found[0])
        return dict(body)

    def answer(
        self, operation: str, body: dict[str, Any], *, status: int = HTTPStatus.OK
    ) -> web.Response:
        """An answer with this body, noted where Microsoft's contract would not give it."""
        if self._contract:
            self.violations += self._contract.violations_in_answer(operation, body)
        return web.json_response(body, status=status)

    def page(
        self, request: web.Request, operation: str, found: Sequence[dict[str, Any]], most: int
    ) -> web.Response:
        """One page of a collection, ``most`` long at most, with the link to the next one."""
        first = _number(request, "$skiptoken", 0)
        wanted = min(most, max(1, _number(request, "$top", most)))
        page: dict[str, Any] = {"value": list(found[first : first + wanted])}
        if first + wanted < len(found):
            following = request.url.update_query({"$skiptoken": str(first + wanted)})
            page["@odata.nextLink"] = str(following)
        return self.answer(operation, page)

    def unknown_routes(self) -> list[web.RouteDef]:
        """Whatever else is asked of Graph: noted, and answered as Graph does. Comes last."""
        return [web.route("*", f"/{version}/{{rest:.*}}", self._unknown) for version in _VERSIONS]

    async def _unknown(self, request: web.Request) -> web.Response:
        segment = request.match_info["rest"].rsplit("/", 1)[-1]
        self.violations.append(f"{request.method} {request.path} is not among the calls we know")
        words = f"Resource not found for the segment '{segment}'."
        raise refused(400, "BadRequest", words)

    def user(self, request: web.Request) -> str:
        """The object id of the user that a call is about, by id or sign-in name."""
        if found := self._state.object_id_of(request.match_info["user"]):
            return found
        raise refused(404, "Request_ResourceNotFound", "The user does not exist.")

    def owner(self, request: web.Request) -> str:
        """The same, of a call about somebody's calendar."""
        user = self.user(request)
        if user in self._state.without_mailbox:
            raise refused(
                404,
                "MailboxNotEnabledForRESTAPI",
                "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
            )
        return user

    def shows(self, request: web.Request, permissions: frozenset[str]) -> bool:
        """Whether one of these permissions was granted as well."""
        return self._may(request, permissions)

    def _may(self, request: web.Request, permissions: frozenset[str]) -> bool:
        roles = self._entra.roles_of(request.headers.get("Authorization", ""))
        return roles is None or not roles.isdisjoint(permissions)


def _denied(permissions: frozenset[str]) -> web.HTTPException:
    """The refusal of a call without any of ``permissions``: each service has words of its own."""
    asked = ", ".join(sorted(permissions))
    if "Teams" in asked:
        message = f"Missing role permissions on the request. API requires one of '{asked}'."
        return refused(403, "Forbidden", message)
    if "Calendars" in asked or "Mail" in asked:
        return refused(403, "ErrorAccessDenied", "Access is denied. Check credentials.")
    return refused(403, "Authorization_RequestDenied", "Insufficient privileges.")


def _unknown_options(request: web.Request) -> list[str]:
    return [f"{name} is not a query option" for name in request.query if name not in _QUERY_OPTIONS]


def _number(request: web.Request, option: str, usual: int) -> int:
    asked = request.query.get(option, str(usual))
    if not (asked.isascii() and asked.isdigit()):
        raise refused(400, "BadRequest", f"Invalid value '{asked}' for {option}.")
    return int(asked)


def _selected(request: web.Request) -> list[str]:
    return [name for name in request.query.get("$select", "").split(",") if name]


def refused(status: int, code: str, message: str, *, retry_after: str = "") -> web.HTTPException:
    """Graph's way to say no."""
    body = web.json_response({"error": {"code": code, "message": message}})
    headers = {"Retry-After": retry_after} if retry_after else {}
    error = web.HTTPBadRequest(text=body.text, headers=headers, content_type="application/json")
    error.set_status(status)
    return error
