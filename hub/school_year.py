"""The English school year: terms, half-terms, INSET days, and when staff may be disturbed.

Dates are configuration (``load``), never guessed. A school day here is a day on which staff are
at work: a weekday inside a half-term that is no bank holiday. INSET days are school days for
staff. Source of the defaults: domain, section 4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
#: Nobody hears from the bot before or after these times of a school day (promise 5).
DAY_OPENS = time(8, 0)
DAY_CLOSES = time(18, 0)
#: Staff reading time: after the children have gone home.
NUDGE_TIME = time(15, 45)
#: No holiday is longer than this, so a search for a school day may stop here.
LONGEST_BREAK = timedelta(days=70)


@dataclass(frozen=True)
class HalfTerm:
    """One of the six half-terms of a year; both days are included."""

    name: str
    starts_on: date
    ends_on: date

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class InsetDay:
    """A staff training day without pupils; ``school`` is None when it is the whole trust's."""

    on: date
    school: str | None = None


@dataclass(frozen=True)
class SchoolYear:
    """One school year, September to July, such as ``2026-27``."""

    name: str
    half_terms: tuple[HalfTerm, ...]
    bank_holidays: frozenset[date] = frozenset()
    inset_days: frozenset[InsetDay] = frozenset()

    @property
    def starts_on(self) -> date:
        """The first day of Autumn 1."""
        return self.half_terms[0].starts_on

    @property
    def ends_on(self) -> date:
        """The last day of Summer 2."""
        return self.half_terms[-1].ends_on

    def half_term_of(self, day: date) -> HalfTerm | None:
        """The half-term that holds ``day``; None in a break."""
        return next((each for each in self.half_terms if day in each), None)

    def is_school_day(self, day: date) -> bool:
        """Whether staff are at work on ``day``."""
        working_week = day.weekday() < 5  # noqa: PLR2004 - Monday to Friday
        return working_week and day not in self.bank_holidays and self.half_term_of(day) is not None

    def as_data(self) -> dict[str, Any]:
        """Plain data for the store; ``school_year_from`` reads it back."""
        return {
            "name": self.name,
            "half_terms": [
                {
                    "name": h.name,
                    "starts_on": h.starts_on.isoformat(),
                    "ends_on": h.ends_on.isoformat(),
                }
                for h in self.half_terms
            ],
            "bank_holidays": sorted(day.isoformat() for day in self.bank_holidays),
            "inset_days": sorted(
                ({"on": d.on.isoformat(), "school": d.school} for d in self.inset_days),
                key=lambda each: (each["on"], each["school"] or ""),
            ),
        }


def school_year_from(data: Mapping[str, Any]) -> SchoolYear:
    """Read a year back from plain data.

    Raises KeyError or ValueError when the data does not hold a year.
    """
    return SchoolYear(
        name=data["name"],
        half_terms=tuple(
            HalfTerm(
                each["name"],
                date.fromisoformat(each["starts_on"]),
                date.fromisoformat(each["ends_on"]),
            )
            for each in data["half_terms"]
        ),
        bank_holidays=frozenset(date.fromisoformat(day) for day in data["bank_holidays"]),
        inset_days=frozenset(
            InsetDay(date.fromisoformat(each["on"]), each["school"]) for each in data["inset_days"]
        ),
    )


@dataclass(frozen=True)
class SchoolCalendar:
    """The years that are known, and the zone in which a school's day is told."""

    years: tuple[SchoolYear, ...]
    zone: ZoneInfo

    @classmethod
    def of(cls, years: Iterable[SchoolYear], zone: ZoneInfo) -> "SchoolCalendar":
        """A calendar of these years, oldest first."""
        return cls(tuple(sorted(years, key=lambda year: year.starts_on)), zone)

    def year_of(self, day: date) -> SchoolYear | None:
        """The year that ``day`` falls in; a summer holiday belongs to the year it ends."""
        begun = [year for year in self.years if year.starts_on <= day]
        if begun and day <= begun[-1].ends_on + LONGEST_BREAK:
            return begun[-1]
        return None

    def begun_by(self, day: date) -> tuple[SchoolYear, ...]:
        """The years that have begun by ``day``, oldest first: the present one and the archive."""
        return tuple(year for year in self.years if year.starts_on <= day)

    def is_school_day(self, day: date) -> bool:
        """Whether staff are at work on ``day``; False on days that no known year covers."""
        return any(year.is_school_day(day) for year in self.years)

    def school_day_before(self, day: date) -> date | None:
        """The last school day before ``day``; None when no known year has one."""
        return self._search(day - ONE_DAY, -ONE_DAY)

    def school_day_from(self, day: date) -> date | None:
        """``day`` itself when it is a school day, otherwise the next one."""
        return self._search(day, ONE_DAY)

    def _search(self, day: date, step: timedelta) -> date | None:
        last = day + (LONGEST_BREAK if step > timedelta(0) else -LONGEST_BREAK)
        while day != last:
            if self.is_school_day(day):
                return day
            day += step
        return None

    def at(self, day: date, clock_time: time) -> datetime:
        """That time of that day where the schools are; a 14:00 meeting stays at 14:00."""
        return datetime.combine(day, clock_time, self.zone)

    def at_start_of(self, year: SchoolYear) -> datetime:
        """The first moment of a school year's first day."""
        return self.at(year.starts_on, time(0))

    def may_disturb(self, now: datetime) -> bool:
        """Whether the bot may write first at ``now``: school days, 08:00 to 18:00 (promise 5)."""
        local = now.astimezone(self.zone)
        return self.is_school_day(local.date()) and DAY_OPENS <= local.time() < DAY_CLOSES

    def next_disturbable(self, now: datetime) -> datetime | None:
        """``now`` when the bot may write first, otherwise the next school day's 08:00."""
        if self.may_disturb(now):
            return now
        local = now.astimezone(self.zone)
        from_day = local.date() if local.time() < DAY_OPENS else local.date() + ONE_DAY
        day = self.school_day_from(from_day)
        return self.at(day, DAY_OPENS) if day else None

    def after_school_hours(self, start: datetime, hours: int) -> datetime | None:
        """``hours`` later on a clock that stands still on days without school.

        So 24 school hours from Friday 15:00 end on Monday at 15:00. None when the known years end
        before that.
        """
        left = timedelta(hours=hours)
        local = start.astimezone(self.zone)
        while True:
            day = self.school_day_from(local.date())
            if day is None:
                return None
            begins = local if day == local.date() else self.at(day, time(0, 0))
            midnight = self.at(day + ONE_DAY, time(0, 0))
            # Wall-clock arithmetic, so that a clock change does not move the answer by an hour.
            available = midnight.replace(tzinfo=None) - begins.replace(tzinfo=None)
            if left <= available:
                return (begins.replace(tzinfo=None) + left).replace(tzinfo=self.zone)
            left -= available
            local = midnight
