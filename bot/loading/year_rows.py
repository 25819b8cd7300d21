"""A table of a TOML file as a school year, and whether the years go together."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

import holidays

from bot.loading.cells import Cells
from bot.loading.people_rows import named_school
from hub.people import School
from hub.school_year import HalfTerm, InsetDay, SchoolYear
from hub.spoken import spoken_day

SCHOOL_YEAR = ("name", "half_terms", "inset_days", "bank_holidays")
HALF_TERMS_A_YEAR = 6
LONGEST_NAME = 40
_SATURDAY = 5
LONGEST_YEAR = timedelta(days=400)
_YEAR_NAME = re.compile(r"(20\d\d)-(\d\d)")


def read_year(cells: Cells, schools: Sequence[School]) -> SchoolYear | None:
    """One school year; None when something in it is wrong."""
    name = cells.text("name", longest=20, required=True)
    half_terms = [
        term for table in cells.tables("half_terms") if (term := _half_term(cells, table))
    ]
    if cells.are_good:
        _check(cells, name, half_terms)
    inset_days = [
        day for table in cells.tables("inset_days") if (day := _inset_day(cells, table, schools))
    ]
    extra = cells.days("bank_holidays")
    if not cells.are_good:
        return None
    first, last = half_terms[0].starts_on, half_terms[-1].ends_on
    england = holidays.country_holidays("GB", subdiv="ENG", years=range(first.year, last.year + 1))
    off = {each for each in england if first <= each <= last} | set(extra)
    return SchoolYear(name, tuple(half_terms), frozenset(off), frozenset(inset_days))


def _check(cells: Cells, name: str, half_terms: Sequence[HalfTerm]) -> None:
    if len(half_terms) != HALF_TERMS_A_YEAR:
        cells.fail("half_terms", f"a year has six half-terms, here are {len(half_terms)}")
        return
    for one, after in pairwise(half_terms):
        if after.starts_on <= one.ends_on:
            cells.fail("half_terms", f"{after.name} begins before {one.name} is over")
    if half_terms[-1].ends_on - half_terms[0].starts_on > LONGEST_YEAR:
        cells.fail("half_terms", "the last ends more than 13 months after the first begins")
    if len({each.name for each in half_terms}) < len(half_terms):
        cells.fail("half_terms", "two have the same name; give each its own, such as Autumn 2")
    first = half_terms[0].starts_on
    found = _YEAR_NAME.fullmatch(name)
    expected = f"{first.year}-{(first.year + 1) % 100:02d}"
    if found is None or name != expected:
        words = f"“{name}” begins on {spoken_day(first)}, so it must be {expected}"
        cells.fail("name", f"{words}; put the name or the dates right")


def _half_term(cells: Cells, table: Mapping[str, object]) -> HalfTerm | None:
    name, starts_on, ends_on = (table.get(key) for key in ("name", "starts_on", "ends_on"))
    days = [day for day in (starts_on, ends_on) if type(day) is date]
    if not isinstance(name, str) or len(days) != 2:  # noqa: PLR2004 - a first and a last day
        cells.fail("half_terms", "each needs name, starts_on and ends_on, such as 2026-09-01")
        return None
    if not name.strip() or len(name) > LONGEST_NAME:
        cells.fail("half_terms", f"each needs a name of 1 to {LONGEST_NAME} characters")
        return None
    if days[1] < days[0]:
        cells.fail("half_terms", f"{name} ends before it begins")
        return None
    return HalfTerm(name, days[0], days[1])


def _inset_day(
    cells: Cells, table: Mapping[str, object], schools: Sequence[School]
) -> InsetDay | None:
    on, at = table.get("on"), str(table.get("school", ""))
    if not isinstance(on, date) or isinstance(on, datetime) or table.keys() - {"on", "school"}:
        cells.fail("inset_days", "each needs on = 2026-10-23, and may name a school")
        return None
    if on.weekday() >= _SATURDAY:
        cells.fail("inset_days", f"{spoken_day(on)} is at the weekend; put the day right")
        return None
    school = named_school(cells, "inset_days", at, schools)
    return InsetDay(on, school.id if school else None)


def overlaps(loaded: Mapping[str, SchoolYear], known: Iterable[SchoolYear]) -> Iterator[str]:
    """Mistakes where one year begins before another is over.

    ``loaded`` are years by the row they came from; they replace known ones of the same name.
    """
    names = {year.name for year in loaded.values()}
    standing = [("", year) for year in known if year.name not in names]
    in_order = sorted([*standing, *loaded.items()], key=lambda each: each[1].starts_on)
    for (where, one), (later, after) in pairwise(in_order):
        if after.starts_on <= one.ends_on:
            yield (
                f"{later or where}, column half_terms: {after.name} begins on "
                f"{spoken_day(after.starts_on)}, before {one.name} is over on "
                f"{spoken_day(one.ends_on)}; no two school years may overlap"
            )
