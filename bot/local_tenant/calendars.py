"""Calendar events of the local Graph, and the Teams meetings behind some of them."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from aiohttp import web

from bot.local_tenant.graph import LocalGraph, refused
from bot.local_tenant.state import LocalState

CALENDARS = frozenset({"Calendars.ReadWrite"})
READS = CALENDARS | {"Calendars.Read"}
#: What of an event a client may write; Graph refuses what it does not know.
_KNOWN = frozenset(
    {
        *("subject", "body", "start", "end", "location", "locations", "attendees", "categories"),
        *("importance", "sensitivity", "showAs", "isAllDay", "recurrence", "hideAttendees"),
        *("isReminderOn", "reminderMinutesBeforeStart", "responseRequested", "transactionId"),
        *("allowNewTimeProposals", "isOnlineMeeting", "onlineMeetingProvider"),
    }
)
#: What stays as it was when the event was made.
_SET_ONCE = frozenset({"transactionId", "isOnlineMeeting", "onlineMeetingProvider"})
_CREATE = "POST /users/{id}/events"
_CHANGE = "PATCH /users/{id}/events/{event-id}"
#: The zones that an event may name, and what Python calls each.
ZONES = {
    "Europe/London": "Europe/London",
    "GMT Standard Time": "Europe/London",
    "UTC": "UTC",
    "Etc/UTC": "UTC",
}


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
            web.get(f"{events}/{{event}}", self._show),
            web.patch(f"{events}/{{event}}", self._change),
            web.delete(f"{events}/{{event}}", self._delete),
            web.post(f"{events}/{{event}}/cancel", self._cancel),
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
        self._check(event, ("start", "end"))
        event["id"] = f"AAMk{uuid4().hex}"
        if event.get("isOnlineMeeting"):
            _set_up_meeting(event)
        calendar[event["id"]] = event
        if transaction:
            used[transaction] = event["id"]
        return self._graph.answer(_CREATE, event, status=201)

    async def _change(self, request: web.Request) -> web.Response:
        changes = await self._graph.checked(request, _CHANGE, CALENDARS)
        event = self._found(request)
        self._check(changes, [end for end in ("start", "end") if end in changes])
        if changes.keys() & _SET_ONCE:
            raise refused(400, "ErrorInvalidPropertySet", "It cannot be changed after creation.")
        # Teams keeps how to join in the body: without it the event is no online meeting any more.
        if "body" in changes and event.get("onlineMeeting"):
            event |= {"isOnlineMeeting": False, "onlineMeeting": None}
        event |= changes
        return self._graph.answer(_CHANGE, event)

    async def _show(self, request: web.Request) -> web.Response:
        call = "GET /users/{id}/events/{event-id}"
        await self._graph.checked(request, call, READS)
        event = self._found(request)
        chosen = [name for name in request.query.get("$select", "").split(",") if name]
        return self._graph.answer(call, {name: event.get(name) for name in chosen or event})

    async def _delete(self, request: web.Request) -> web.Response:
        await self._graph.checked(request, "DELETE /users/{id}/events/{event-id}", CALENDARS)
        self._take_out(request)
        return web.Response(status=204)

    async def _cancel(self, request: web.Request) -> web.Response:
        call = "POST /users/{id}/events/{event-id}/cancel"
        sent = await self._graph.checked(request, call, CALENDARS)
        # Graph reads property names in any case.
        comment = next((value for name, value in sent.items() if name.lower() == "comment"), "")
        event = self._found(request)
        if self._state.cancels_only_meetings and not event.get("attendees"):
            raise refused(400, "ErrorInvalidRequest", "Your request can't be completed.")
        self._take_out(request)
        self._state.cancelled.setdefault(self._graph.owner(request), []).append(
            {"subject": event["subject"], "comment": str(comment or "")}
        )
        return web.Response(status=202)

    def _check(self, event: dict[str, Any], ends: Iterable[str]) -> None:
        # The contract leaves events open to further properties; Graph takes none from a client.
        if unknown := {name for name in event.keys() - _KNOWN if not name.startswith("@")}:
            why = f"The property '{min(unknown)}' does not exist, or is not to be written."
            self._graph.violations.append(f"event: {why}")
            raise refused(400, "RequestBodyRead", why)
        for end in ends:
            if (event.get(end) or {}).get("timeZone") not in ZONES:
                raise refused(400, "TimeZoneNotSupportedException", f"{end}: unknown time zone")

    def _found(self, request: web.Request) -> dict[str, Any]:
        calendar = self._state.calendars.get(self._graph.owner(request), {})
        event = calendar.get(request.match_info["event"])
        if event is None:
            raise refused(404, "ErrorItemNotFound", "The specified object was not found.")
        return event

    def _take_out(self, request: web.Request) -> None:
        self._state.calendars[self._graph.owner(request)].pop(self._found(request)["id"])


def _set_up_meeting(event: dict[str, Any]) -> None:
    if event.get("onlineMeetingProvider") != "teamsForBusiness":
        raise refused(400, "ErrorInvalidRequest", "The calendar does not allow this provider.")
    thread = quote(f"19:meeting_{uuid4().hex}@thread.v2", safe="")
    event["onlineMeeting"] = {"joinUrl": f"https://teams.microsoft.com/l/meetup-join/{thread}/0"}
