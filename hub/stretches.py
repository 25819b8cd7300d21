"""Stretches of days by the names that people in school give them: "Spring 1", "w/c 11 Jan", "xmas".

What lies in a school year is known from its calendar, never guessed. A name without a year stands
for the next such days to come, and for those after them: whoever asks about "before December" in
December means the next.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hub.days_said import Day, days_in, weekday_in
from hub.school_year import ONE_DAY, HalfTerm, SchoolCalendar
from hub.spoken import MONTHS, spoken_day
from hub.stretch import ONE_WEEK, Named, Stretch, month_of, week_of
from hub.stretches_counted import COUNTED

_YEARS_AHEAD = 3
_HALF_TERM = r"half[ -]?term"
_NUMBERS = {"one": 1, "a": 1, "two": 2, "couple of": 2, "three": 3, "few": 3, "four": 4, "six": 6}
_MONTH_NAMES = "|".join(f"{month}|{month[:3]}" for month in MONTHS).lower() + "|sept"


_Reads = Callable[[re.Match[str], SchoolCalendar, date], Iterable[Stretch]]


def stretches_in(said: str, calendar: SchoolCalendar, today: date) -> list[Named]:
    """Everything in a text (in lower case) that names days, in its order; the longest name wins."""
    found = sorted(_all(said, calendar, today), key=lambda each: (each.starts_at, -each.ends_at))
    kept: list[Named] = []
    for each in found:
        if not kept or each.starts_at >= kept[-1].ends_at:
            kept.append(each)
    return kept


def _all(said: str, calendar: SchoolCalendar, today: date) -> Iterator[Named]:
    dated = list(days_in(said, today))
    for day in dated:
        yield _day(day)
    weekday = weekday_in(said, today)
    # The weekday of "Thursday 3 December" is part of that date.
    if weekday and not any(
        day.starts_at < weekday.ends_at and weekday.starts_at < day.ends_at for day in dated
    ):
        yield _day(weekday)
    for pattern, reads in (*_READERS, *COUNTED):
        for match in pattern.finditer(said):
            # "End of next term": the words in front say what becomes of the term itself.
            is_part = " of" in (match.groupdict().get("which") or "")
            starts_at = match.start("noun") if is_part else match.start()
            if meant := tuple(reads(match, calendar, today)):
                yield Named(starts_at, match.end(), meant)
    for pattern, ends in _BREAKS:
        for match in pattern.finditer(said):
            meant = tuple(_breaks(calendar, match, ends))
            is_whole = match["holiday"] is not None
            yield Named(match.start(), match.end(), meant, is_break=True, is_whole=is_whole)


def _day(day: Day) -> Named:
    named = Named(day.starts_at, day.ends_at, (), is_day=not day.is_week)
    if day.is_week:
        return replace(named, meant=tuple(week_of(each) for each in day.meant))
    return replace(named, meant=tuple(_one(each, f"on {spoken_day(each)}") for each in day.meant))


def _one(day: date, words: str) -> Stretch:
    return Stretch(day, day, spoken_day(day), words)


def _today(_match: re.Match[str], _calendar: SchoolCalendar, today: date) -> Iterable[Stretch]:
    return [_one(today, "today")]


def _tomorrow(_match: re.Match[str], _calendar: SchoolCalendar, today: date) -> Iterable[Stretch]:
    return [_one(today + ONE_DAY, "tomorrow")]


def _this_or_next(match: re.Match[str], calendar: SchoolCalendar, today: date) -> Iterable[Stretch]:
    """This or the next week, month, half-term, term or school year; the rest or the end of one."""
    is_next = match["which"].startswith(("next", "following", "coming"))
    unit = "half-term" if match["noun"].startswith("half") else match["noun"].split()[-1]
    match unit:
        case "week":
            monday = today - timedelta(days=today.weekday())
            every = [
                Stretch(monday + at * ONE_WEEK, monday + at * ONE_WEEK + 6 * ONE_DAY, "", "")
                for at in range(2)
            ]
        case "month":
            month = month_of(today.year, today.month)
            after = month.ends_on + ONE_DAY
            return [month_of(after.year, after.month)] if is_next else [month]
        case "half-term":
            every = [Stretch(h.starts_on, h.ends_on, "", "") for h in _halves(calendar)]
        case "term":
            every = [Stretch(first, last, "", "") for first, last, _ in _terms(calendar)]
        case _:
            every = [Stretch(y.starts_on, y.ends_on, "", "") for y in calendar.years]
            unit = "school year"
    to_come = [each for each in every if each.ends_on >= today]
    skipped = bool(is_next and to_come and to_come[0].starts_on <= today)
    words = f"next {unit}" if is_next else f"this {unit}"
    return [replace(each, name=words, words=words) for each in to_come[skipped : skipped + 1]]


def _in_the_next(match: re.Match[str], _calendar: SchoolCalendar, today: date) -> Iterable[Stretch]:
    number = match["number"] or "two"
    count = int(number) if number.isdigit() else _NUMBERS[number]
    unit = match["unit"].rstrip("s")
    if unit == "fortnight":
        unit = "week"
    days = {"day": 1, "week": 7, "month": 30}[unit] * count
    words = f"in the next {count} {unit}{'' if count == 1 else 's'}"
    return [Stretch(today, today + timedelta(days=days), words.removeprefix("in "), words)]


def _school_year(match: re.Match[str], calendar: SchoolCalendar, _today: date) -> Iterable[Stretch]:
    wanted = f"{match['first']}-{match['last'][-2:]}"
    return [
        Stretch(each.starts_on, each.ends_on, each.name, f"in {each.name}")
        for each in calendar.years
        if each.name == wanted
    ]


def _half_term(match: re.Match[str], calendar: SchoolCalendar, _today: date) -> Iterable[Stretch]:
    number = {"one": "1", "two": "2"}.get(match["number"], match["number"])
    wanted = f"{match['season']} {number}"
    return [
        Stretch(each.starts_on, each.ends_on, each.name, f"in {each.name}")
        for each in _halves(calendar)
        if each.name.lower() == wanted
    ]


def _term(match: re.Match[str], calendar: SchoolCalendar, _today: date) -> Iterable[Stretch]:
    name = f"the {match['season']} term"
    return [
        Stretch(first, last, name, f"in {name}")
        for first, last, season in _terms(calendar)
        if season == match["season"] and match["year"] in (None, str(first.year))
    ]


def _month_named(match: re.Match[str], _calendar: SchoolCalendar, today: date) -> Iterable[Stretch]:
    number = next(at for at, each in enumerate(MONTHS, 1) if each[:3].lower() == match["month"][:3])
    if match["year"]:
        return [month_of(int(match["year"]), number)]
    return [month_of(today.year + ahead, number) for ahead in range(_YEARS_AHEAD)]


def _calendar_year(
    match: re.Match[str], _calendar: SchoolCalendar, _today: date
) -> Iterable[Stretch]:
    year = int(match["year"])
    return [Stretch(date(year, 1, 1), date(year, 12, 31), str(year), f"in {year}")]


def _breaks(
    calendar: SchoolCalendar, match: re.Match[str], ends: Iterable[int]
) -> Iterator[Stretch]:
    """The holidays that end these half-terms of each year; one that nobody knows the end of too."""
    halves = _halves(calendar)
    after = dict(pairwise(halves))
    named = match["month"] if "month" in match.re.groupindex else None
    for year in calendar.years:
        for at in ends:
            if at >= len(year.half_terms) or (named and _HALF_TERM_BY[named[:3]] != at):
                continue
            ending = year.half_terms[at]
            following = after.get(ending)
            last = following.starts_on - ONE_DAY if following else ending.ends_on + ONE_WEEK
            name = _BREAK_NAMES[at]
            yield Stretch(ending.ends_on + ONE_DAY, last, name, f"over {name}")


def _halves(calendar: SchoolCalendar) -> list[HalfTerm]:
    return [each for year in calendar.years for each in year.half_terms]


def _terms(calendar: SchoolCalendar) -> Iterator[tuple[date, date, str]]:
    for year in calendar.years:
        for at, season in ((0, "autumn"), (2, "spring"), (4, "summer")):
            if len(year.half_terms) > at + 1:
                yield year.half_terms[at].starts_on, year.half_terms[at + 1].ends_on, season


def end_of_year(calendar: SchoolCalendar, day: date) -> date:
    """The last day of the school year that ``day`` is in; a year on where none is known."""
    year = calendar.year_of(day)
    return max(year.ends_on, day) if year else day + 52 * ONE_WEEK


_BREAK_NAMES = {0: "half-term", 2: "half-term", 4: "half-term", 1: "Christmas", 3: "Easter"} | {
    5: "the summer"
}
#: Half-term breaks by the month or season that people call them by.
_HALF_TERM_BY = {"oct": 0, "aut": 0, "feb": 2, "spr": 2, "may": 4, "sum": 4}
_HOLIDAY = r"(?P<holiday> (?:holidays?|break|hols))?\b"
_BREAKS: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...] = tuple(
    (re.compile(pattern), ends)
    for pattern, ends in (
        (rf"\b(?:christmas|xmas){_HOLIDAY}", (1,)),
        (rf"\beaster{_HOLIDAY}", (3,)),
        (rf"\bsummer{_HOLIDAY}", (5,)),
        (
            r"\b(?:(?P<month>october|oct|autumn|february|feb|spring|may|summer) )?"
            rf"{_HALF_TERM}{_HOLIDAY}",
            (0, 2, 4),
        ),
    )
)
_UNIT = rf"(?P<noun>{_HALF_TERM}|(?:(?:school|academic) )?(?:term|week|month|year))\b"
_READERS: tuple[tuple[re.Pattern[str], _Reads], ...] = tuple(
    (re.compile(pattern), reads)
    for pattern, reads in (
        (r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", _today),
        (r"\btomorrow\b", _tomorrow),
        (
            rf"\b(?P<which>this|next|following|coming|(?:rest|end) of(?: the| this)?) {_UNIT}",
            _this_or_next,
        ),
        (
            r"\b(?:(?:in|over|within) )?(?:the )?next (?P<number>\d{1,2}|a|couple of|few|two|three"
            r"|four|six)? ?(?P<unit>fortnight|(?:day|week|month)s)\b",
            _in_the_next,
        ),
        (r"\b(?:in )?(?P<first>20\d\d)[-/–](?P<last>(?:20)?\d\d)\b(?![-/])", _school_year),
        (
            r"\b(?P<season>autumn|spring|summer)(?: term)? ?(?P<number>[12]|one|two)\b(?![-/])",
            _half_term,
        ),
        (r"\b(?P<season>autumn|spring|summer) term\b(?: (?P<year>20\d\d))?", _term),
        (
            r"\bin (?:the )?(?P<season>autumn|spring|summer)\b"
            rf"(?! (?:term|holiday|break|hols|{_HALF_TERM}|[12]\b))(?: (?P<year>20\d\d))?",
            _term,
        ),
        # "May" and "march" are verbs too: months only where the words around say so.
        (
            rf"\b(?!may\b|march\b|mar\b)(?:(?<!\d )|(?<=tier \d ))(?P<month>{_MONTH_NAMES})\b(?: (?P<year>20\d\d))?",
            _month_named,
        ),
        (r"\b(?P<month>may|march|mar) (?P<year>20\d\d)\b", _month_named),
        (
            r"\b(?P<month>may|march|mar)\b(?P<year>(?!))?"
            r"(?= (?:(?:send|senco|maths|inset) )?(?:clinic|session|meeting|training|visit|inset|one|dates?)s?\b)",
            _month_named,
        ),
        (
            r"(?:(?<=\bin )|(?<=\bthis )|(?<=\bnext )|(?<=\bduring )|(?<=\bfor )|(?<=\bearly )"
            r"|(?<=\blate )|(?<=\bmid[ -])|(?<=\bby )|(?<=\buntil )|(?<=\btill )|(?<=\bbefore )"
            r"|(?<=\bafter )|(?<=\bfrom )|(?<=\bbetween )|(?<=\bto )|(?<=\band )|(?<=\bor )"
            r"|(?<=\bof ))(?P<month>may|march|mar)\b(?P<year>(?!))?",
            _month_named,
        ),
        (r"\bin (?P<year>20\d\d)\b(?![-/–])", _calendar_year),
    )
)
