"""When and for whom somebody asks what's on: "in January", "before half-term", "for TAs".

Days are inclusive and never in the past; a year is known from the school calendar, never guessed.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hub.job_titles import roles_in
from hub.people import Role
from hub.school_year import ONE_DAY, HalfTerm, SchoolCalendar, SchoolYear
from hub.spoken import MONTHS, WEEKDAYS, spoken_day

ONE_WEEK = timedelta(days=7)
_SUNDAY = 6
_MONTH_NAMES = "|".join(f"{month}|{month[:3]}" for month in MONTHS) + "|Sept"
_MONTH = re.compile(rf"\b({_MONTH_NAMES})\b(?: (\d{{4}}))?", re.IGNORECASE)
#: Also an adverb and a verb: months only where the words before say so.
_MAY_OR_MARCH = re.compile(
    r"\b(in|this|next|during|for|early|late|mid|by|until|till|before|after)[ -](may|march|mar)\b",
    re.IGNORECASE,
)
_DAY_IN_WORDS = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH_NAMES})\b(?:,? (\d{{4}}))?", re.IGNORECASE
)
_DAY_IN_FIGURES = re.compile(r"\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\b")
_WEEK_COMMENCING = re.compile(r"\b(w/?c|week (commencing|beginning|of|starting))\b", re.IGNORECASE)
_WEEKDAY_NAMES = "|".join(f"{day}|{day[:3]}|{day[:4]}" for day in WEEKDAYS)
_WEEKDAY = re.compile(rf"\b(next |this |on |coming )?({_WEEKDAY_NAMES})s?\b", re.IGNORECASE)
_HALF_TERM = r"half[ -]?term"
_NAMED_HALF_TERM = re.compile(r"\b(autumn|spring|summer)( term)? ?([12])\b", re.IGNORECASE)
_TERM = re.compile(r"\b(autumn|spring|summer) term\b", re.IGNORECASE)
#: The holiday that ends each half-term, by its number.
_BREAKS = (
    (re.compile(r"\b(christmas|xmas)\b", re.IGNORECASE), "Christmas", (1,)),
    (re.compile(r"\beaster\b", re.IGNORECASE), "Easter", (3,)),
    (re.compile(r"\b(the )?summer( holidays?)?\b", re.IGNORECASE), "the summer", (5,)),
    (re.compile(rf"\b{_HALF_TERM}\b", re.IGNORECASE), "half-term", (0, 2, 4)),
)
_BEFORE = r"\b(before|by|until|till|up to|this side of) (the )?"
_AFTER = r"\b(after|following|since|once back from) (the )?"


@dataclass(frozen=True)
class Span:
    """Some days, both ends included; ``words`` read on from "What's on"."""

    starts_on: date
    ends_on: date
    words: str


def span_in(text: str, calendar: SchoolCalendar, today: date) -> Span | None:
    """The days that a question names, from ``today`` on; None when it names none to come."""
    said = " ".join(text.lower().replace("’", "'").split())
    for reads in _READERS:
        found = reads(said, calendar, today)
        if found and found.ends_on >= today:
            return Span(max(found.starts_on, today), found.ends_on, found.words)
    return None


def role_asked(text: str) -> Role | None:
    """The role that a question is about, as in "what's on for TAs"; None for "for me"."""
    found = re.search(r"\bfor (?:the |our |my |all )?([a-z /'-]+)", text.lower())
    roles = roles_in(found[1]) if found else frozenset()
    return next(iter(roles)) if len(roles) == 1 else None


def _soon(said: str, _calendar: SchoolCalendar, today: date) -> Span | None:
    monday = today - timedelta(days=today.weekday())
    if re.search(r"\btoday\b", said):
        return Span(today, today, "today")
    if re.search(r"\btomorrow\b", said):
        return Span(today + ONE_DAY, today + ONE_DAY, "tomorrow")
    if re.search(r"\bthis week\b", said):
        return Span(today, monday + 6 * ONE_DAY, "this week")
    if re.search(r"\bnext week\b", said):
        return Span(monday + ONE_WEEK, monday + ONE_WEEK + 6 * ONE_DAY, "next week")
    if re.search(r"\bnext month\b", said):
        first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return _month(first.year, first.month)
    if re.search(r"\bthis month\b", said):
        return _month(today.year, today.month)
    return None


def _a_day(said: str, calendar: SchoolCalendar, today: date) -> Span | None:
    day = _day_in_words(said, calendar, today) or _day_in_figures(said, calendar, today)
    if day is None:
        return None
    before = re.search(_BEFORE + r"\w* ?\d", said)
    if before:
        return Span(today, day - ONE_DAY, f"before {spoken_day(day)}")
    if re.search(_AFTER + r"\w* ?\d", said):
        return Span(day + ONE_DAY, _end_of_year(calendar, day), f"after {spoken_day(day)}")
    if _WEEK_COMMENCING.search(said):
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + 6 * ONE_DAY, f"in the week of {spoken_day(monday)}")
    return Span(day, day, f"on {spoken_day(day)}")


def _day_in_words(said: str, calendar: SchoolCalendar, today: date) -> date | None:
    found = _DAY_IN_WORDS.search(said)
    if found is None:
        return None
    month = _month_number(found[2])
    return _dated(int(found[1]), month, found[3], calendar, today)


def _day_in_figures(said: str, calendar: SchoolCalendar, today: date) -> date | None:
    found = _DAY_IN_FIGURES.search(said)
    return _dated(int(found[1]), int(found[2]), found[3], calendar, today) if found else None


def _dated(
    day: int, month: int, year: str | None, calendar: SchoolCalendar, today: date
) -> date | None:
    """That day of the year named, or the next one to come; None for a day that no month has."""
    del calendar
    if year:
        number = int(year)
        years: Iterable[int] = [number if number > 99 else 2000 + number]  # noqa: PLR2004
    else:
        years = range(today.year, today.year + 5)
    for each in years:
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def _half_term(said: str, calendar: SchoolCalendar, today: date) -> Span | None:
    if named := _NAMED_HALF_TERM.search(said):
        name = f"{named[1].capitalize()} {named[3]}"
        return _first(
            _whole(each, f"in {each.name}")
            for each in _to_come(calendar, today)
            if each.name == name
        )
    to_come = _to_come(calendar, today)
    if re.search(rf"\bthis {_HALF_TERM}\b", said) and to_come:
        return _whole(to_come[0], "this half-term")
    if re.search(rf"\b(next|following|coming) {_HALF_TERM}\b", said) and to_come:
        in_one = today in to_come[0]
        following = to_come[1:2] if in_one else to_come[:1]
        return _first(_whole(each, "next half-term") for each in following)
    return None


def _break(said: str, calendar: SchoolCalendar, today: date) -> Span | None:
    """Before or after a holiday, which is told by the half-term that it ends."""
    for pattern, name, numbers in _BREAKS:
        if not pattern.search(said):
            continue
        ending = [
            (year, at)
            for year in calendar.years
            for at in numbers
            if at < len(year.half_terms) and year.half_terms[at].ends_on >= today
        ]
        if re.search(_BEFORE + pattern.pattern, said, re.IGNORECASE) and ending:
            year, at = ending[0]
            return Span(today, year.half_terms[at].ends_on, f"before {name}")
        if re.search(_AFTER + pattern.pattern, said, re.IGNORECASE):
            return _after_break(calendar, today, name, numbers)
    return None


def _after_break(
    calendar: SchoolCalendar, today: date, name: str, numbers: tuple[int, ...]
) -> Span | None:
    halves = [each for year in calendar.years for each in year.half_terms]
    for year in calendar.years:
        for at in numbers:
            following = _following(halves, year, at)
            # A holiday that is over is not meant: "after half-term" is about the next one.
            if following and following.starts_on > today:
                return Span(
                    following.starts_on,
                    _end_of_year(calendar, following.starts_on),
                    f"after {name}",
                )
    return None


def _following(halves: list[HalfTerm], year: SchoolYear, at: int) -> HalfTerm | None:
    if at >= len(year.half_terms):
        return None
    index = halves.index(year.half_terms[at]) + 1
    return halves[index] if index < len(halves) else None


def _term(said: str, calendar: SchoolCalendar, today: date) -> Span | None:
    terms = [
        (year.half_terms[at : at + 2], name)
        for year in calendar.years
        for at, name in ((0, "autumn"), (2, "spring"), (4, "summer"))
        if len(year.half_terms) > at + 1 and year.half_terms[at + 1].ends_on >= today
    ]
    if named := _TERM.search(said):
        return _first(
            Span(half[0].starts_on, half[1].ends_on, f"in the {name} term")
            for half, name in terms
            if name == named[1].lower()
        )
    if re.search(r"\bthis term\b", said) and terms:
        half, _ = terms[0]
        return Span(half[0].starts_on, half[1].ends_on, "this term")
    if re.search(r"\bnext term\b", said) and terms:
        in_one = terms[0][0][0].starts_on <= today
        return _first(
            Span(half[0].starts_on, half[1].ends_on, "next term")
            for half, _ in (terms[1:2] if in_one else terms[:1])
        )
    if re.search(r"\b(this|the rest of the) (school )?year\b", said):
        return Span(today, _end_of_year(calendar, today), "this school year")
    return None


def _month_named(said: str, calendar: SchoolCalendar, today: date) -> Span | None:
    for found in _MONTH.finditer(_DAY_IN_WORDS.sub(" ", said)):
        month = _month_number(found[1])
        unclear = found[1].lower() in {"may", "march", "mar"} and not found[2]
        if unclear and not _MAY_OR_MARCH.search(said):
            continue
        year = int(found[2]) if found[2] else today.year + (month < today.month)
        whole = _month(year, month)
        if re.search(_BEFORE + rf"{found[1]}\b", said):
            return Span(today, whole.starts_on - ONE_DAY, f"before {MONTHS[month - 1]}")
        if re.search(_AFTER + rf"{found[1]}\b", said):
            return Span(
                whole.ends_on + ONE_DAY,
                _end_of_year(calendar, whole.ends_on),
                f"after {MONTHS[month - 1]}",
            )
        return whole
    return None


def _weekday_named(said: str, _calendar: SchoolCalendar, today: date) -> Span | None:
    found = _WEEKDAY.search(said)
    if found is None:
        return None
    wanted = next(at for at, day in enumerate(WEEKDAYS) if day[:3].lower() == found[2][:3].lower())
    ahead = (wanted - today.weekday()) % 7
    if (found[1] or "").startswith("next"):
        # "Next Tuesday" is the one of next week, as most people in school mean it.
        ahead = wanted + 7 - today.weekday()
    day = today + ahead * ONE_DAY
    return Span(day, day, f"on {spoken_day(day)}")


def _month(year: int, month: int) -> Span:
    first = date(year, month, 1)
    last = (first + timedelta(days=32)).replace(day=1) - ONE_DAY
    return Span(first, last, f"in {MONTHS[month - 1]} {year}")


def _month_number(name: str) -> int:
    return next(at for at, each in enumerate(MONTHS, 1) if each[:3].lower() == name[:3].lower())


def _whole(half_term: HalfTerm, words: str) -> Span:
    return Span(half_term.starts_on, half_term.ends_on, words)


def _to_come(calendar: SchoolCalendar, today: date) -> list[HalfTerm]:
    return [each for year in calendar.years for each in year.half_terms if each.ends_on >= today]


def _end_of_year(calendar: SchoolCalendar, day: date) -> date:
    year = calendar.year_of(day)
    return max(year.ends_on, day) if year else day + 52 * ONE_WEEK


def _first(spans: Iterable[Span]) -> Span | None:
    return next(iter(spans), None)


_Reads = Callable[[str, SchoolCalendar, date], Span | None]
#: Tried in this order: a date before its month, a named half-term before its term.
_READERS: tuple[_Reads, ...] = (
    _a_day,
    _half_term,
    _break,
    _term,
    _soon,
    _month_named,
    _weekday_named,
)
