"""Calendar events of the local Graph."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from aiohttp import web

from bot.local_tenant.graph import LocalGraph, refused
from bot.local_tenant.state import LocalState

CALENDARS = frozenset({"Calendars.ReadWrite"})
#: The zones that an event may name, and what Python calls each.
ZONES = {
    "Europe/London": "Europe/London",
    "GMT Standard Time": "Europe/London",
    "UTC": "UTC",
    "Etc/UTC": "UTC",
}
_CREATE = "POST /users/{id}/events"
_CHANGE = "PATCH /users/{id}/events/{event-id}"


class LocalCalendars:
    """Each person's own events: made once, changed, taken out."""

    def __init__(self, state: LocalState, graph: LocalGraph) -> None:
        self._state = state
        self._graph = graph

    def routes(self) -> list[web.RouteDef]:
        """Everything below a user's ``events``."""
        events = "/v1.0/users/{user}/events"
        return [
            web.post(events, self._create),
            web.patch(f"{events}/{{event}}", self._change),
            web.delete(f"{events}/{{event}}", self._delete),
        ]

    async def _create(self, request: web.Request) -> web.Response:
        event = await self._graph.checked(request, _CREATE, CALENDARS)
        user = self._graph.owner(request)
        used = self._state.transactions.setdefault(user, {})
        calendar = self._state.calendars.setdefault(user, {})
        transaction = event.get("transactionId")
        # Graph makes no second event for a transaction id: the caller is repeating itself.
        if transaction and used.get(transaction) in calendar:
            return self._graph.answer(_CREATE, calendar[used[transaction]], status=201)
        _check_zones(event, ("start", "end"))
        event["id"] = f"AAMk{uuid4().hex}"
        calendar[event["id"]] = event
        if transaction:
            used[transaction] = event["id"]
        return self._graph.answer(_CREATE, event, status=201)

    async def _change(self, request: web.Request) -> web.Response:
        changes = await self._graph.checked(request, _CHANGE, CALENDARS)
        calendar = self._state.calendars.get(self._graph.owner(request), {})
        event = calendar.get(request.match_info["event"])
        if event is None:
            raise refused(404, "ErrorItemNotFound", "The specified object was not found.")
        _check_zones(changes, [end for end in ("start", "end") if end in changes])
        event |= changes
        return self._graph.answer(_CHANGE, event)

    async def _delete(self, request: web.Request) -> web.Response:
        await self._graph.checked(request, "DELETE /users/{id}/events/{event-id}", CALENDARS)
        calendar = self._state.calendars.get(self._graph.owner(request), {})
        if calendar.pop(request.match_info["event"], None) is None:
            raise refused(404, "ErrorItemNotFound", "The specified object was not found.")
        return web.Response(status=204)


def _check_zones(event: dict[str, Any], ends: Iterable[str]) -> None:
    for end in ends:
        if (event.get(end) or {}).get("timeZone") not in ZONES:
            raise refused(400, "TimeZoneNotSupportedException", f"{end}: unknown time zone")
