"""APScheduler: rings, decides nothing, holds nothing. A missed ring is made up by the next."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

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


class Bell:
    """Rings for the planner, delivery, tidying up, leads and staff, and at once when woken."""

    def __init__(
        self, plan: Work, deliver: Work, tidy: Work, look_up: Work, read_staff: Work
    ) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 3}
        )
        self._scheduler.add_listener(_went_wrong, EVENT_JOB_ERROR)
        works = ((plan, PLAN_EVERY), (deliver, DELIVER_EVERY), (tidy, TIDY_EVERY))
        for work, every in works:
            self._scheduler.add_job(
                work,
                "interval",
                seconds=every.total_seconds(),
                misfire_grace_time=None,
            )
        self._deliver = deliver
        asked = (
            (look_up, LOOK_UP_EVERY, FIRST_LOOK_UP),
            (read_staff, READ_STAFF_EVERY, FIRST_READ_STAFF),
        )
        for work, every, first in asked:
            self._scheduler.add_job(
                work,
                "interval",
                seconds=every.total_seconds(),
                misfire_grace_time=None,
                # Soon after the start: the settings may have changed while nothing ran.
                next_run_time=datetime.now(UTC) + first,
            )

    def start(self) -> None:
        """Begin to ring; the running event loop does the work."""
        self._scheduler.start()

    def stop(self) -> None:
        """Ring no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    @property
    def is_alive(self) -> bool:
        """Whether it rings."""
        return bool(self._scheduler.running)

    def wake(self) -> None:
        """Deliver now rather than at the next ring: something may just have been written."""
        if self._scheduler.running:
            self._scheduler.add_job(self._deliver, id="wake", replace_existing=True)


def _went_wrong(event: JobExecutionEvent) -> None:
    """A bug, or a database away for a moment: the bell rings on by itself, and the log says so."""
    _log.error("a ring went wrong", exc_info=event.exception)
