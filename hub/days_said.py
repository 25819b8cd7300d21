"""Single days as people write them, in UK order: "3rd Dec", "03/12", "on the 25th", "next Tuesday"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hub.spoken import MONTHS, WEEKDAYS

#: A leap day comes round within this many years (2096 to 2104).
_YEARS_AHEAD = 9
_FIRST_FULL_YEAR = 100
_MONTH_NAMES = "|".join(f"{month}|{month[:3]}" for month in MONTHS).lower() + "|sept"
_WEEKDAY_NAMES = "|".join(f"{day}|{day[:4]}|{day[:3]}" for day in WEEKDAYS).lower() + "|thurs"
_WEEK = (
    r"(?P<week>\b(?:the )?(?:w/?c|week (?:commencing|beginning|starting|of))"
    rf"(?: (?:on|the|{_WEEKDAY_NAMES}))*,? )?"
)
_LED = rf"{_WEEK}(?:\b(?:{_WEEKDAY_NAMES}),? (?:the )?)?"
_DAY = r"(?P<day>\d{1,2})"
_TH = r"(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month>{_MONTH_NAMES})"
_YEAR = r"(?:,? (?P<year>\d{4})\b(?![-/]))?"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        # "Tier 4 January" is a tier in a month.
        rf"{_LED}\b(?<!tier ){_DAY}{_TH}(?: of)? {_MONTH}\b{_YEAR}",
        # "May 4 of us come?" asks for leave.
        r"(?:(?!may|mar)|(?<=\bon )|(?<=\bby )|(?<=\bfor )|(?<=\bbefore )|(?<=\bafter ))"
        rf"{_LED}\b{_MONTH} (?:the )?{_DAY}{_TH}\b(?![-/.:]\d){_YEAR}",
        # "24/7" is no day in July, and half a term no first of February.
        rf"{_LED}(?<![\d/])\b(?!24/7\b){_DAY}/(?P<month>\d{{1,2}})(?:/(?P<year>\d{{4}}|\d{{2}}))?"
        r"\b(?![/\d])(?! (?:term|a?\s?day|way|hour|of))",
        # With points only a whole date: "9.10" is a time of day.
        rf"{_LED}(?<![\d.])\b{_DAY}\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}|\d{{2}})\b",
        rf"{_WEEK}\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b",
    )
)
_DAY_OF_THE_MONTH = re.compile(
    r"\b(?:on|for|before|by|after|until|till) the (?P<day>\d{1,2})(?:st|nd|rd|th)\b"
    r"(?! (?:of|one|time|half|clinic|session|meeting|year|floor|\d|[a-z]+ (?:clinic|session)))"
)
#: Two days of one month: "3 to 10 December".
_DAYS_OF_A_MONTH = re.compile(
    rf"\b(?P<first>\d{{1,2}}{_TH}) ?(?P<joined>and|to|until|-|–) ?(?P<last>\d{{1,2}}{_TH})(?: of)? "
    rf"(?P<month>{_MONTH_NAMES})\b"
)
#: "Sat" and "sun" are words of their own.
_WEEKDAY = re.compile(rf"\b(?P<which>next |this |on |coming )?(?P<name>{_WEEKDAY_NAMES})s?\b")
_ITS_OWN = re.compile(
    r" (?:(?:send|senco|maths) )?(?:clinic|session|meeting|training|inset|one|visit)\b"
)
_ANY = re.compile(r"\b(?:an?|any|every|each|most) $")
_NEEDS_MORE = frozenset({"sat", "sun", "satu", "sund"})


@dataclass(frozen=True)
class Day:
    """Where a text names a day, and the dates that can be meant, soonest first."""

    starts_at: int
    ends_at: int
    meant: tuple[date, ...]
    #: The week that the day is in: "w/c 11 Jan".
    is_week: bool = False


def spelled_out(said: str) -> str:
    """The same text with the month beside both days of "3 to 10 December"."""
    return _DAYS_OF_A_MONTH.sub(r"\g<first> \g<month> \g<joined> \g<last> \g<month>", said)


def days_in(said: str, today: date) -> Iterator[Day]:
    """Every day that a text (in lower case) names by its date; what no month has is left out."""
    for pattern in _DATES:
        for match in pattern.finditer(said):
            meant = tuple(_dated(match, today))
            if meant:
                yield Day(match.start(), match.end(), meant, is_week=match["week"] is not None)
    for match in _DAY_OF_THE_MONTH.finditer(said):
        meant = tuple(_in_the_months(int(match["day"]), today))
        if meant:
            # The words in front say whether the day itself is meant.
            yield Day(match.start("day"), match.end(), meant)


def weekday_in(said: str, today: date) -> Day | None:
    """The day of the week that a text names; "next Tuesday" is the one of next week."""
    for match in _WEEKDAY.finditer(said):
        which = (match["which"] or "").strip()
        if match["name"] in _NEEDS_MORE and not which:
            continue
        # "On Fridays" and "any Friday" are any of them; "on Fridays clinic" lacks an apostrophe.
        if _ANY.search(said[: match.start()]):
            continue
        is_many = which in {"on", ""} and match[0].endswith("days")
        if is_many and not _ITS_OWN.match(said[match.end() :]):
            continue
        number = next(at for at, day in enumerate(WEEKDAYS) if day[:3].lower() == match["name"][:3])
        ahead = (number - today.weekday()) % 7
        if which == "next":
            ahead = number + 7 - today.weekday()
        return Day(match.start(), match.end(), (today + timedelta(days=ahead),))
    return None


def _dated(match: re.Match[str], today: date) -> Iterator[date]:
    day, month = int(match["day"]), _number_of(match["month"])
    if match["year"]:
        year = int(match["year"])
        years: Iterable[int] = [year if year >= _FIRST_FULL_YEAR else 2000 + year]
    else:
        years = range(today.year, today.year + _YEARS_AHEAD)
    for each in years:
        if found := _date(each, month, day):
            yield found


def _in_the_months(day: int, today: date) -> Iterator[date]:
    for ahead in range(12):
        years, month = divmod(today.month - 1 + ahead, 12)
        if found := _date(today.year + years, month + 1, day):
            yield found


def _number_of(month: str) -> int:
    if month.isdigit():
        return int(month)
    return next(at for at, each in enumerate(MONTHS, 1) if each[:3].lower() == month[:3])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
