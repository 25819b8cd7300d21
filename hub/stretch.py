"""Some days by the name that people give them, and where a text names them."""

from dataclasses import dataclass
from datetime import date, timedelta

from hub.school_year import ONE_DAY
from hub.spoken import MONTHS, spoken_day

ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Stretch:
    """Some days, both ends included, by name (after "before") and in words (after "What's on")."""

    starts_on: date
    ends_on: date
    name: str
    words: str


@dataclass(frozen=True)
class Named:
    """Where a text names days, and the days that can be meant, soonest first."""

    starts_at: int
    ends_at: int
    meant: tuple[Stretch, ...]
    is_day: bool = False
    #: A holiday: only "before", "after" or "over" it is somebody asking for days.
    is_break: bool = False
    #: "The Easter holidays", in full, so that the days themselves are meant.
    is_whole: bool = False

    def first_from(self, day: date) -> Stretch | None:
        """The first that is not over by ``day``."""
        return next((each for each in self.meant if each.ends_on >= day), None)

    def first_after(self, day: date) -> Stretch | None:
        """The first that begins after ``day``."""
        return next((each for each in self.meant if each.starts_on > day), None)


def week_of(day: date) -> Stretch:
    """The whole week that a day is in."""
    monday = day - timedelta(days=day.weekday())
    name = f"the week of {spoken_day(monday)}"
    return Stretch(monday, monday + ONE_WEEK - ONE_DAY, name, f"in {name}")


def month_of(year: int, month: int) -> Stretch:
    """A whole month."""
    first = date(year, month, 1)
    last = (first + timedelta(days=32)).replace(day=1) - ONE_DAY
    return Stretch(first, last, MONTHS[month - 1], f"in {MONTHS[month - 1]} {year}")
