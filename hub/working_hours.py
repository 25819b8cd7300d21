"""When somebody does not work, as a stretch of time like any other in which they can't meet.

Pure: a part-time head's days off count as busy, so that no half-day is offered on them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hub.directory import Busy

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingHours:
    """The same hours on some days of each week, by the clock of one zone."""

    #: Monday is 0.
    days: frozenset[int]
    starts: time
    ends: time
    zone: ZoneInfo

    def off(self, starts_at: datetime, ends_at: datetime) -> Iterator[Busy]:
        """Every stretch outside these hours within this span, soonest first, in UTC.

        Somebody who works on no day at all is off throughout.
        """
        # Two datetimes of one zone are compared by their wall clocks; in UTC they can't be.
        free_from, ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
        day = starts_at.astimezone(self.zone).date()
        while (opens := self._at(day, self.starts)) < ends_at:
            if day.weekday() in self.days and self.starts < self.ends:
                if free_from < opens:
                    yield Busy(free_from, opens)
                free_from = max(free_from, self._at(day, self.ends))
            day += _ONE_DAY
        if free_from < ends_at:
            yield Busy(free_from, ends_at)

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)
