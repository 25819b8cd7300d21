"""When people are not free: Graph's schedules, in calls as small as Graph wants them.

Outside their working hours people are not free either. Graph knows one stretch a day for each
person, the same on all their days; who never set it has the hours of Microsoft's own clocks.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiota_abstractions.api_error import APIError
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.day_of_week import DayOfWeek
from msgraph.generated.models.free_busy_status import FreeBusyStatus
from msgraph.generated.models.schedule_information import ScheduleInformation
from msgraph.generated.models.schedule_item import ScheduleItem
from msgraph.generated.models.working_hours import WorkingHours as ToldHours
from msgraph.generated.users.item.calendar.get_schedule.get_schedule_post_request_body import (
    GetSchedulePostRequestBody,
)
from msgraph.graph_service_client import GraphServiceClient

from bot.graph.errors import as_delivery, is_gone
from hub.directory import Busy
from hub.errors import DeliveryFailed
from hub.working_hours import WorkingHours

#: Graph refuses more of either in one call.
MOST_MAILBOXES = 20
LONGEST_SPAN = timedelta(days=62)
#: Only the entries themselves are read, so the view beside them may be as coarse as Graph allows.
_VIEW_MINUTES = 1440
#: Outlook serves one app this many calls at a time from one mailbox.
_AT_ONCE = 4
#: As Python counts weekdays.
_WEEK = (
    *(DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday),
    *(DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday),
)
#: The names of the trust's clock. Hours by any other were set by nobody: a mailbox begins its life
#: with Pacific time, by which no morning in England is ever free.
_OUR_ZONES = {name: ZoneInfo("Europe/London") for name in ("GMT Standard Time", "Europe/London")}
_FREE = frozenset({FreeBusyStatus.Free, FreeBusyStatus.WorkingElsewhere})


async def busy_times(
    graph: GraphServiceClient, mailboxes: Sequence[str], starts_at: datetime, ends_at: datetime
) -> dict[str, list[Busy]]:
    """When the owners of these mailboxes (sign-in names) are not free, soonest first, in UTC.

    Outside their working hours, where they set them, they are not.

    A mailbox that does not exist or does not say is left out. Raises DeliveryFailed.
    Source: Graph v1.0, calendar: getSchedule.
    """
    gate = asyncio.Semaphore(_AT_ONCE)
    calls = [
        _schedules(graph, batch, span, gate)
        for batch in _batches(mailboxes)
        for span in _spans(starts_at, ends_at)
    ]
    try:
        async with asyncio.TaskGroup() as together:
            tasks = [together.create_task(call) for call in calls]
    except* DeliveryFailed as failed:
        raise failed.exceptions[0] from None
    return _merged(task.result() for task in tasks)


async def _schedules(
    graph: GraphServiceClient,
    mailboxes: Sequence[str],
    span: tuple[datetime, datetime],
    gate: asyncio.Semaphore,
) -> dict[str, list[Busy]]:
    """One call's worth; asked in the name of the first of these people who has a mailbox."""
    body = GetSchedulePostRequestBody(
        schedules=list(mailboxes),
        start_time=_utc(span[0]),
        end_time=_utc(span[1]),
        availability_view_interval=_VIEW_MINUTES,
    )
    async with gate, as_delivery("free and busy times", needs="Calendars.ReadBasic.All"):
        for asker in mailboxes:
            try:
                answer = await graph.users.by_user_id(asker).calendar.get_schedule.post(body)
            except APIError as error:
                if is_gone(error):
                    continue
                raise
            return dict(_read(answer.value or () if answer else (), mailboxes, span))
    raise DeliveryFailed("free and busy times: nobody asked about has a mailbox", None)


def _read(
    schedules: Iterable[ScheduleInformation],
    mailboxes: Sequence[str],
    span: tuple[datetime, datetime],
) -> Iterator[tuple[str, list[Busy]]]:
    spelled = {each.lower(): each for each in mailboxes}
    for schedule in schedules:
        mailbox = spelled.get((schedule.schedule_id or "").lower())
        if mailbox and not schedule.error:
            items = (_busy(item) for item in schedule.schedule_items or ())
            hours = _hours(schedule.working_hours)
            off = hours.off(*span) if hours else ()
            yield mailbox, [*(busy for busy in items if busy), *off]


def _hours(told: ToldHours | None) -> WorkingHours | None:
    """The hours that somebody set for themselves; None when nobody did."""
    zone = _OUR_ZONES.get((told.time_zone.name if told and told.time_zone else None) or "")
    if told is None or zone is None or told.start_time is None or told.end_time is None:
        return None
    days = [_WEEK.index(day) for day in told.days_of_week or () if day]
    if not days:
        return None
    return WorkingHours(frozenset(days), _clock(told.start_time), _clock(told.end_time), zone)


def _clock(told: time) -> time:
    return told.replace(tzinfo=None)


def _busy(item: ScheduleItem) -> Busy | None:
    if item.status in _FREE or item.start is None or item.end is None:
        return None
    return Busy(_instant(item.start), _instant(item.end))


def _merged(answers: Iterable[Mapping[str, Sequence[Busy]]]) -> dict[str, list[Busy]]:
    """All answers in one; what reaches over the edge of a span comes twice and is kept once."""
    found: dict[str, set[Busy]] = {}
    for answer in answers:
        for mailbox, busy in answer.items():
            found.setdefault(mailbox, set()).update(busy)
    return {
        mailbox: sorted(busy, key=lambda each: (each.starts_at, each.ends_at))
        for mailbox, busy in found.items()
    }


def _batches(mailboxes: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(mailboxes), MOST_MAILBOXES):
        yield mailboxes[first : first + MOST_MAILBOXES]


def _spans(starts_at: datetime, ends_at: datetime) -> Iterator[tuple[datetime, datetime]]:
    # In UTC, so that a change of the clocks makes no span an hour too long.
    at, end = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    while at < end:
        until = min(at + LONGEST_SPAN, end)
        yield at, until
        at = until


def _utc(moment: datetime) -> DateTimeTimeZone:
    return DateTimeTimeZone(date_time=moment.strftime("%Y-%m-%dT%H:%M:%S"), time_zone="UTC")


def _instant(moment: DateTimeTimeZone) -> datetime:
    # Seven digits of a second are one more than Python reads; asked in UTC, Graph answers in UTC.
    return datetime.fromisoformat(str(moment.date_time)[:19]).replace(tzinfo=UTC)
