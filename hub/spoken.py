"""Dates, times and short lists as people in school say them: plain UK English."""

from collections.abc import Sequence
from datetime import date, datetime

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def spoken_day(day: date) -> str:
    """``Thursday 26 November 2026``."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """``Thu 26 Nov``, for buttons and lists."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def spoken_hours(starts_at: datetime, ends_at: datetime) -> str:
    """``10:00–13:00``, in the zone of the datetimes given."""
    return f"{starts_at:%H:%M}–{ends_at:%H:%M}"


def spoken_moment(moment: datetime) -> str:
    """``Thursday 26 November 2026 at 15:45``."""
    return f"{spoken_day(moment.date())} at {moment:%H:%M}"


def relative_day(day: date, today: date) -> str:
    """``today``, ``tomorrow`` or ``on Thursday 26 November 2026``."""
    match (day - today).days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case _:
            return f"on {spoken_day(day)}"


def spoken_list(words: Sequence[str], last: str = "and") -> str:
    """``SENCos, maths leads and headteachers``."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no joining
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def ordinal(number: int) -> str:
    """``1st``, ``2nd``, ``3rd``, ``11th``."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def cut_short(text: str, longest: int) -> str:
    """A text of at most ``longest`` characters, ending at the end of a word."""
    said = " ".join(text.split())
    if len(said) <= longest:
        return said
    kept = said[:longest]
    # One word longer than all there is room for has to be cut.
    whole = kept[:-1].rpartition(" ")[0] or kept[:-1]
    return f"{whole.rstrip(' ,;:–-')}…"


def counted(number: int, noun: str) -> str:
    """``1 place``, ``12 places``, ``no places``."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def counted_people(number: int) -> str:
    """``1 person``, ``14 people``."""
    return "1 person" if number == 1 else f"{number} people"
