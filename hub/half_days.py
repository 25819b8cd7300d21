"""Half-days on which several people can meet in a school: which are possible, free, worth offering.

Pure: the calendar, everybody's busy times and the present moment come in, half-days go out.
Source: training offer, tier 5 (half day, in school, once per academic year).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from hub.days_said import days_in
from hub.directory import Busy
from hub.school_year import ONE_DAY, SchoolCalendar, SchoolYear
from hub.spoken import short_day, spoken_day

#: A school needs this many school days to free two of its people.
NOTICE_SCHOOL_DAYS = 3
#: How far one look ahead goes; Graph tells free and busy for at most 62 days.
LOOK_AHEAD = timedelta(weeks=8)
#: Half-days offered first are this far apart, so that one bad week does not spoil them all.
APART = timedelta(days=3)
NOON = time(12)
#: "Good morning" greets.
_HALF_SAID = re.compile(r"(?<!good )\b(morning|afternoon)\b")


class Half(StrEnum):
    """Which half of a school day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


#: When each half begins and ends, local time.
Hours = Mapping[Half, tuple[time, time]]
_USUAL: Hours = {Half.MORNING: (time(9), time(12)), Half.AFTERNOON: (time(13), time(16))}


@dataclass(frozen=True)
class HalfDay:
    """One morning or afternoon of one day, in the Hub's zone."""

    on: date
    half: Half
    starts_at: datetime
    ends_at: datetime

    @property
    def name(self) -> str:
        """``2026-12-03 morning``; what a card carries, and ``half_day_named`` reads back."""
        return f"{self.on.isoformat()} {self.half}"

    @property
    def spoken(self) -> str:
        """``Thursday 3 December 2026, morning``."""
        return f"{spoken_day(self.on)}, {self.half}"

    @property
    def in_short(self) -> str:
        """``Thu 3 Dec, morning``, for a button."""
        return f"{short_day(self.on)}, {self.half}"

    def overlaps(self, busy: Busy) -> bool:
        """Whether the two share a moment; one that ends as the other begins does not."""
        return busy.starts_at < self.ends_at and self.starts_at < busy.ends_at


def hours_of(told: tuple[time, time] | None) -> Hours:
    """The hours of both halves: the offer's own for the half they are in, usual ones otherwise."""
    if told is None:
        return _USUAL
    return {**_USUAL, Half.MORNING if told[0] < NOON else Half.AFTERNOON: told}


def half_day_on(day: date, half: Half, calendar: SchoolCalendar, hours: Hours) -> HalfDay:
    """That half of that day."""
    starts, ends = hours[half]
    return HalfDay(day, half, calendar.at(day, starts), calendar.at(day, ends))


def half_day_named(name: str, calendar: SchoolCalendar, hours: Hours) -> HalfDay | None:
    """The half-day that a card speaks of; None when the words are not ours."""
    day, _, half = name.partition(" ")
    try:
        return half_day_on(date.fromisoformat(day), Half(half), calendar, hours)
    except ValueError:
        return None


def half_day_said(said: str, calendar: SchoolCalendar, hours: Hours, now: datetime) -> str:
    """The name of the half-day in a sentence such as "on 3 December, morning"; "" when none is.

    Without a year the next such day is meant.
    """
    words, today = said.lower(), now.astimezone(calendar.zone).date()
    half = _HALF_SAID.search(words)
    named = next((each for each in days_in(words, today) if not each.is_week), None)
    day = next((each for each in named.meant if each >= today), None) if named else None
    return half_day_on(day, Half(half[1]), calendar, hours).name if day and half else ""


def earliest_day(calendar: SchoolCalendar, now: datetime) -> date | None:
    """The first day with enough notice; None when the known years end before it."""
    day: date | None = now.astimezone(calendar.zone).date()
    for _ in range(NOTICE_SCHOOL_DAYS):
        day = calendar.school_day_from(day + ONE_DAY) if day else None
    return day


def is_possible(half_day: HalfDay, calendar: SchoolCalendar, school_id: str, now: datetime) -> bool:
    """Whether a meeting may be held then: a school day with pupils, and with enough notice."""
    earliest = earliest_day(calendar, now)
    year = calendar.year_of(half_day.on)
    if earliest is None or year is None or half_day.on < earliest:
        return False
    return year.is_school_day(half_day.on) and not _is_inset(half_day.on, year, school_id)


def _is_inset(day: date, year: SchoolYear, school_id: str) -> bool:
    return any(each.on == day and each.school in {None, school_id} for each in year.inset_days)


@dataclass(frozen=True)
class Window:
    """One look ahead, both days included."""

    starts_on: date
    ends_on: date
    #: Whether the school year goes on after it.
    has_more: bool


def window(
    calendar: SchoolCalendar, year: SchoolYear, now: datetime, page: int = 0
) -> Window | None:
    """The ``page``-th look ahead within one school year; None when there is nothing left of it."""
    earliest = earliest_day(calendar, now)
    if earliest is None:
        return None
    starts_on = max(earliest, year.starts_on) + page * LOOK_AHEAD
    ends_on = min(starts_on + LOOK_AHEAD - ONE_DAY, year.ends_on)
    if starts_on > ends_on:
        return None
    return Window(starts_on, ends_on, has_more=ends_on < year.ends_on)


def possible_half_days(
    ahead: Window, calendar: SchoolCalendar, hours: Hours, school_id: str, now: datetime
) -> list[HalfDay]:
    """Every half-day of a window on which a meeting may be held, soonest first."""
    every = (
        half_day_on(ahead.starts_on + timedelta(days=at), half, calendar, hours)
        for at in range((ahead.ends_on - ahead.starts_on).days + 1)
        for half in Half
    )
    return [each for each in every if is_possible(each, calendar, school_id, now)]


def free_half_days(possible: Iterable[HalfDay], busy: Sequence[Busy]) -> list[HalfDay]:
    """Those on which nobody has anything else."""
    return [each for each in possible if not any(each.overlaps(taken) for taken in busy)]


def spread(free: Sequence[HalfDay], most: int) -> list[HalfDay]:
    """A few half-days to offer first: one a day, some days apart, mornings and afternoons in turn.

    When that leaves too few, days in between fill up. Soonest first.
    """
    chosen: list[HalfDay] = []
    for apart in (APART, ONE_DAY):
        for day in sorted({each.on for each in free}):
            if len(chosen) < most and all(abs(day - each.on) >= apart for each in chosen):
                chosen.append(_in_turn([each for each in free if each.on == day], len(chosen)))
    return sorted(chosen, key=lambda each: each.starts_at)


def _in_turn(halves: Sequence[HalfDay], turn: int) -> HalfDay:
    wanted = list(Half)[turn % len(Half)]
    return next((each for each in halves if each.half is wanted), halves[0])


def years_to_plan(calendar: SchoolCalendar, now: datetime, first: str = "") -> list[SchoolYear]:
    """The running school year and those after it, or from the one named ``first`` on."""
    today = now.astimezone(calendar.zone).date()
    running = calendar.year_of(today)
    years = [each for each in calendar.years if each == running or each.starts_on > today]
    return next((years[at:] for at, each in enumerate(years) if each.name == first), years)
