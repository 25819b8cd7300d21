"""Free and busy times of the local Graph: what calendars hold, and what else keeps people busy."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.local_tenant.calendars import ZONES
from bot.local_tenant.graph import LocalGraph, refused
from bot.local_tenant.state import LocalState

SCHEDULES = frozenset(
    {"Calendars.ReadBasic.All", "Calendars.ReadBasic", "Calendars.Read", "Calendars.ReadWrite"}
)
MOST_MAILBOXES = 20
LONGEST_SPAN = timedelta(days=62)
VIEW_MINUTES = (5, 1440)
#: What Graph says of a mailbox whose owner has never opened its settings.
NEVER_SET = {
    "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
    "startTime": "08:00:00.0000000",
    "endTime": "17:00:00.0000000",
    "timeZone": {"name": "Pacific Standard Time"},
}
_CALL = "POST /users/{id}/calendar/getSchedule"
_Span = tuple[datetime, datetime]


class LocalSchedules:
    """Answers getSchedule, within Graph's limits."""

    def __init__(self, state: LocalState, graph: LocalGraph) -> None:
        self._state = state
        self._graph = graph

    def routes(self) -> list[web.RouteDef]:
        """The one call."""
        return [web.post("/v1.0/users/{user}/calendar/getSchedule", self._schedules)]

    async def _schedules(self, request: web.Request) -> web.Response:
        sent = await self._graph.checked(request, _CALL, SCHEDULES)
        self._graph.owner(request)
        # Graph reads property names in any case.
        asked = {name.lower(): value for name, value in sent.items()}
        span, minutes = _span_of(asked), asked.get("availabilityviewinterval") or 30
        if not VIEW_MINUTES[0] <= minutes <= VIEW_MINUTES[1]:
            raise refused(400, "ErrorInvalidMergedFreeBusyInterval", "5 to 1440 minutes")
        mailboxes = asked.get("schedules") or []
        if not 0 < len(mailboxes) <= MOST_MAILBOXES:
            raise refused(400, "ErrorInvalidParameter", "schedules: 1 to 20 mailboxes")
        value = [self._schedule(mailbox, span, timedelta(minutes=minutes)) for mailbox in mailboxes]
        return self._graph.answer(_CALL, {"value": value})

    def _schedule(self, mailbox: str, span: _Span, step: timedelta) -> dict[str, Any]:
        user = self._state.object_id_of(mailbox) if "@" in mailbox else None
        if user is None or user in self._state.without_mailbox:
            error = {
                "message": "The recipient was not found.",
                "responseCode": "ErrorMailRecipientNotFound",
            }
            return {"scheduleId": mailbox, "availabilityView": "", "error": error}
        items = sorted(
            (item for item in self._items(user) if item[0] < span[1] and item[1] > span[0]),
            key=lambda item: item[:2],
        )
        return {
            "scheduleId": mailbox,
            "workingHours": self._state.working_hours.get(user, NEVER_SET),
            "availabilityView": _view(items, span, step),
            "scheduleItems": [
                {"status": status, "start": _told(start), "end": _told(end)}
                for start, end, status in items
            ],
        }

    def _items(self, user: str) -> Iterator[tuple[datetime, datetime, str]]:
        for event in self._state.calendars.get(user, {}).values():
            yield _instant(event["start"]), _instant(event["end"]), event.get("showAs") or "busy"
        for each in self._state.busy.get(user, []):
            start, end = (datetime.fromisoformat(each[edge]) for edge in ("start", "end"))
            yield start.astimezone(UTC), end.astimezone(UTC), each.get("status", "busy")


def _span_of(asked: dict[str, Any]) -> _Span:
    try:
        span = _instant(asked["starttime"]), _instant(asked["endtime"])
    except (KeyError, TypeError, ValueError) as error:
        raise refused(400, "ErrorInvalidParameter", "startTime and endTime are needed") from error
    if span[0] >= span[1]:
        raise refused(400, "ErrorInvalidTimeInterval", "The end is not after the start.")
    if span[1] - span[0] > LONGEST_SPAN:
        raise refused(400, "ErrorTimeIntervalTooBig", "The time window is more than 62 days.")
    return span


def _instant(moment: dict[str, Any]) -> datetime:
    # Seven digits of a second are one more than Python reads.
    wall = datetime.fromisoformat(str(moment["dateTime"])[:19])
    return wall.replace(tzinfo=ZoneInfo(ZONES[moment["timeZone"]])).astimezone(UTC)


def _told(moment: datetime) -> dict[str, str]:
    return {"dateTime": f"{moment:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"}


def _view(items: list[tuple[datetime, datetime, str]], span: _Span, step: timedelta) -> str:
    """One digit a slot: 0 free, 1 tentative, 2 busy, 3 out of office, 4 working elsewhere."""
    digits = {"free": "0", "tentative": "1", "busy": "2", "oof": "3", "workingElsewhere": "4"}
    view, at = "", span[0]
    while at < span[1]:
        here = [digits[kind] for start, end, kind in items if start < at + step and end > at]
        view += max(here, default="0")
        at += step
    return view
