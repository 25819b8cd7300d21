"""APScheduler: rings, decides nothing, holds nothing. A missed ring is made up by the next."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog
from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from hub.school_year import DAY_OPENS, NUDGE_TIME

PLAN_EVERY = timedelta(seconds=20)
DELIVER_EVERY = timedelta(seconds=2)
TIDY_EVERY = timedelta(hours=1)
#: Soon enough for somebody who was just added to the leads' group, or taken out of it.
LOOK_UP_EVERY = timedelta(minutes=10)
FIRST_LOOK_UP = timedelta(seconds=1)
READ_STAFF_EVERY = timedelta(hours=1)
#: After the leads, who are few and wanted first.
FIRST_READ_STAFF = timedelta(seconds=5)

_log = structlog.get_logger(__name__)
Work = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Works:
    """What is done when the bell rings."""

    plan: Work
    #: Tells how soon more may go, where a limit made something wait.
    deliver: Callable[[], Awaitable[timedelta | None]]
    tidy: Work
    look_up: Work
    read_staff: Work


class Bell:
    """Rings for each work in its own time, at the fixed times of a school day, and when woken."""

    def __init__(self, works: Works, zone: ZoneInfo) -> None:
        self._works = works
        self._under_way: set[asyncio.Task[object]] = set()
        # After a sleep or an outage one ring makes up for all that were missed, however late.
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 3, "misfire_grace_time": None},
        )
        self._scheduler.add_listener(_tell, EVENT_JOB_ERROR)
        self._every(PLAN_EVERY, works.plan)
        self._every(DELIVER_EVERY, self._deliver)
        self._every(TIDY_EVERY, works.tidy)
        # Soon after the start: the settings may have changed while nothing ran.
        self._every(LOOK_UP_EVERY, works.look_up, first=FIRST_LOOK_UP)
        self._every(READ_STAFF_EVERY, works.read_staff, first=FIRST_READ_STAFF)
        for trigger in school_times(zone):
            self._scheduler.add_job(partial(self._do, self._plan_and_deliver), trigger)

    def _every(self, every: timedelta, work: Work, first: timedelta | None = None) -> None:
        seconds = every.total_seconds()
        begins = datetime.now(UTC) + (first or every)
        ring = partial(self._do, work)
        self._scheduler.add_job(ring, "interval", seconds=seconds, next_run_time=begins)

    async def _do(self, work: Work) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a ring needs a task")
        self._under_way.add(task)
        try:
            await work()
        finally:
            self._under_way.discard(task)

    async def _plan_and_deliver(self) -> None:
        await self._works.plan()
        await self._deliver()

    async def _deliver(self) -> None:
        wait = await self._works.deliver()
        if wait is not None and wait < DELIVER_EVERY and self.is_alive:
            self._ring_once("more", self._deliver, datetime.now(UTC) + wait)

    def _ring_once(self, name: str, work: Work, at: datetime) -> None:
        ring = partial(self._do, work)
        self._scheduler.add_job(ring, "date", run_date=at, id=name, replace_existing=True)

    def start(self) -> None:
        """Begin to ring; the running event loop does the work."""
        self._scheduler.start()

    async def stop(self, within: timedelta = timedelta(0)) -> None:
        """Ring no more, and let what was begun end; what takes longer than ``within`` is cut off."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        begun = set(self._under_way)
        if begun:
            await asyncio.wait(begun, timeout=within.total_seconds())
        # APScheduler ends in the loop's next turn, and cancels then what is still at work.
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)
        await asyncio.gather(*begun, return_exceptions=True)

    @property
    def is_alive(self) -> bool:
        """Whether it rings."""
        return bool(self._scheduler.running)

    def wake(self) -> None:
        """Deliver now rather than at the next ring: something may just have been written."""
        if self._scheduler.running:
            self._ring_once("wake", self._deliver, datetime.now(UTC))


def school_times(zone: ZoneInfo) -> list[CronTrigger]:
    """08:00, when the day opens, and 15:45, when reminders fall due, to the second."""
    return [
        CronTrigger(day_of_week="mon-fri", hour=at.hour, minute=at.minute, timezone=zone)
        for at in (DAY_OPENS, NUDGE_TIME)
    ]


def _tell(event: JobExecutionEvent) -> None:
    """Log a ring that went wrong: a bug, or a database away for a moment; the next one comes."""
    if not isinstance(event.exception, asyncio.CancelledError):
        _log.error("a ring went wrong", exc_info=event.exception)
