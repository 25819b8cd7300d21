"""Times for a visit or a call: half-days and after-school hours that are free.

Pure: the calendar, everybody's busy times and the present moment come in, slots go out. Times in
words are read next door, in ``hub.times_said``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from hub.directory import Busy
from hub.half_days import earliest_day
from hub.school_year import ONE_DAY, SchoolCalendar
from hub.spoken import short_day

#: How far ahead times are offered: a visit is promised within ten school days.
LOOK_AHEAD = timedelta(weeks=4)
#: A choice of this many is quickly read.
OFFERED = 8
#: So many times can be proposed for one visit; each is a button.
MOST_PROPOSED = 3
#: How long a visit or a call is when nobody says.
USUAL_LENGTH = timedelta(hours=1)
CALL_LENGTH = timedelta(minutes=30)
#: So many times for a call are offered; each is a button.
CALLS_OFFERED = 4
#: When a teacher has no class, and nobody is kept late.
_CALLS_START = (time(15, 30), time(16), time(16, 30))


class Part(StrEnum):
    """Which part of a school day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    AFTER_SCHOOL = "after school"


_HOURS: Mapping[Part, tuple[time, time]] = {
    Part.MORNING: (time(9), time(12)),
    Part.AFTERNOON: (time(13), time(15)),
    Part.AFTER_SCHOOL: (time(15, 30), time(16, 30)),
}


@dataclass(frozen=True)
class Slot:
    """A stretch of one day in which somebody could come."""

    on: date
    part: Part
    starts_at: datetime
    ends_at: datetime

    @property
    def name(self) -> str:
        """``2026-12-01 after school``; what a card carries."""
        return f"{self.on.isoformat()} {self.part}"

    @property
    def in_short(self) -> str:
        """``Tue 1 Dec, after school``."""
        return f"{short_day(self.on)}, {self.part}"


def slot_named(name: str, calendar: SchoolCalendar) -> Slot | None:
    """The slot that a card speaks of; None when the words are not ours."""
    day, _, part = name.partition(" ")
    try:
        return _slot(date.fromisoformat(day), Part(part), calendar)
    except ValueError:
        return None


def in_words(names: str) -> list[str]:
    """Slots by name, with commas between, as people say them; what is no slot is left out."""
    told = []
    for name in names.split(","):
        day, _, part = name.partition(" ")
        try:
            told.append(f"{short_day(date.fromisoformat(day))}, {Part(part)}")
        except ValueError:
            continue
    return told


def free_slots(
    calendar: SchoolCalendar, school_id: str, now: datetime, busy: Sequence[Busy]
) -> list[Slot]:
    """Slots to come on which nobody has anything else, soonest first; with some days' notice."""
    return [
        each
        for each in _possible(calendar, school_id, now)
        if not any(
            taken.starts_at < each.ends_at and each.starts_at < taken.ends_at for taken in busy
        )
    ]


def free_calls(
    calendar: SchoolCalendar, school_id: str, now: datetime, busy: Sequence[Busy]
) -> list[datetime]:
    """Starts of half-hours after school at which nobody has anything else, soonest first."""
    days = dict.fromkeys(each.on for each in _possible(calendar, school_id, now))
    starts = [calendar.at(day, clock) for day in days for clock in _CALLS_START]
    return [
        each
        for each in starts
        if not any(taken.starts_at < each + CALL_LENGTH and each < taken.ends_at for taken in busy)
    ]


def calls_to_offer(free: Sequence[datetime]) -> list[datetime]:
    """The first of each of the next days on which there is one."""
    by_day: dict[date, datetime] = {}
    for each in free:
        by_day.setdefault(each.date(), each)
    return list(by_day.values())[:CALLS_OFFERED]


def look_ahead(calendar: SchoolCalendar, now: datetime) -> tuple[datetime, datetime] | None:
    """From when until when calendars are worth asking; None when no school day is known."""
    first = earliest_day(calendar, now)
    if first is None:
        return None
    return calendar.at(first, time(0)), calendar.at(first, time(0)) + LOOK_AHEAD


def _possible(calendar: SchoolCalendar, school_id: str, now: datetime) -> Iterator[Slot]:
    day = earliest_day(calendar, now)
    last = day + LOOK_AHEAD if day else None
    while day and last and day < last:
        year = calendar.year_of(day)
        closed = year and any(
            each.on == day and each.school in {None, school_id} for each in year.inset_days
        )
        if calendar.is_school_day(day) and not closed:
            yield from (_slot(day, part, calendar) for part in Part)
        day += ONE_DAY


def _slot(day: date, part: Part, calendar: SchoolCalendar) -> Slot:
    starts, ends = _HOURS[part]
    return Slot(day, part, calendar.at(day, starts), calendar.at(day, ends))


def spread(free: Sequence[Slot], wanted: Iterable[str] = (), most: int = OFFERED) -> list[Slot]:
    """A few to offer: those already wanted first, then one a day with the parts in turn."""
    names = set(wanted)
    chosen = [each for each in free if each.name in names][:most]
    by_day: dict[date, list[Slot]] = {}
    for each in free:
        by_day.setdefault(each.on, []).append(each)
    for at, of_the_day in enumerate(by_day.values()):
        if len(chosen) < most:
            part = list(Part)[at % len(Part)]
            slot = next((each for each in of_the_day if each.part is part), of_the_day[0])
            chosen += [slot] if slot not in chosen else []
    return sorted(chosen, key=lambda each: each.starts_at)
