"""Days that people count to: "term 3", "the second half of spring", "in 3 weeks", "a fortnight's time".

In schools that number their terms there are six, one for each half-term.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from hub.school_year import SchoolCalendar
from hub.spoken import spoken_day
from hub.stretch import Stretch, month_of, week_of

_COUNTS = {"a": 1, "one": 1, "two": 2, "couple of": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBER = r"(?P<number>\d{1,2}|" + "|".join(_COUNTS) + ")"
_FIRST_HALF = frozenset({"first", "1st"})

Counts = Callable[[re.Match[str], SchoolCalendar, date], Iterable[Stretch]]


def _numbered_term(
    match: re.Match[str], calendar: SchoolCalendar, _today: date
) -> Iterable[Stretch]:
    place = _count(match["number"]) - 1
    for year in calendar.years:
        for half in year.half_terms[place : place + 1]:
            yield Stretch(half.starts_on, half.ends_on, half.name, f"in {half.name}")


def _half_of_a_term(
    match: re.Match[str], calendar: SchoolCalendar, _today: date
) -> Iterable[Stretch]:
    number = 1 if match["which"] in _FIRST_HALF else 2
    for year in calendar.years:
        for half in year.half_terms:
            if half.name.lower() == f"{match['season']} {number}":
                yield Stretch(half.starts_on, half.ends_on, half.name, f"in {half.name}")


def _in_so_long(match: re.Match[str], _calendar: SchoolCalendar, today: date) -> Iterable[Stretch]:
    """The day, the week or the month that is so far ahead: "in 3 weeks" is not all three of them."""
    count = _count(match["number"])
    match match["unit"].rstrip("s"):
        case "day":
            return [_day(today + timedelta(days=count))]
        case "month":
            years, month = divmod(today.month - 1 + count, 12)
            return [month_of(today.year + years, month + 1)]
        case "fortnight":
            return [week_of(today + timedelta(weeks=2 * count))]
        case _:
            return [week_of(today + timedelta(weeks=count))]


def _day(day: date) -> Stretch:
    return Stretch(day, day, spoken_day(day), f"on {spoken_day(day)}")


def _count(number: str) -> int:
    return int(number) if number.isdigit() else _COUNTS[number]


#: Patterns for texts in lower case, and what each makes of its match.
COUNTED: tuple[tuple[re.Pattern[str], Counts], ...] = tuple(
    (re.compile(pattern), counts)
    for pattern, counts in (
        (
            r"\b(?:in )?(?<!half )(?<!half-)term (?P<number>[1-6]|one|two|three|four|five|six)\b(?![-/])",
            _numbered_term,
        ),
        (
            r"\b(?:in )?(?:the )?(?P<which>first|1st|second|2nd|last) half of(?: the)? "
            r"(?P<season>autumn|spring|summer)\b(?: term)?",
            _half_of_a_term,
        ),
        (
            rf"\bin (?:about )?(?:a )?{_NUMBER} (?P<unit>days?|weeks?|fortnights?|months?)\b",
            _in_so_long,
        ),
    )
)
