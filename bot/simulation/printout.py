"""A simulated year on paper: who got what, by rule and by person, day by day, and what broke."""

import html
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from bot.simulation.watch import Event
from hub.rule_book import RuleBook
from hub.school_year import SchoolYear
from hub.spoken import MONTHS

#: From nothing to the busiest day.
_SHADES = " ·░▒▓█"
_MOST_PEOPLE = 10


def as_text(year: SchoolYear, people: int, events: Sequence[Event], broken: Sequence[str]) -> str:
    """Everything for a terminal."""
    parts = [
        f"School year {year.name}: {people} staff, {len(events)} nudges",
        _by_rule(events),
        _never_fired(events),
        _by_person(events),
        heat_map(year, events),
        _verdict(broken),
    ]
    return "\n\n".join(parts)


def _by_rule(events: Sequence[Event]) -> str:
    book = RuleBook()
    counts = Counter(each.rule for each in events)
    lines = [f"{count:>7}  {book[rule].title}" for rule, count in counts.most_common()]
    return "\n".join(["By rule", *lines])


def never_fired(events: Sequence[Event]) -> list[str]:
    """Titles of the rules by which nobody heard anything, so that a hole is seen."""
    fired = {each.rule for each in events}
    return [each.title for each in RuleBook() if each.rule not in fired]


def _never_fired(events: Sequence[Event]) -> str:
    silent = never_fired(events)
    if not silent:
        return "Every rule fired."
    return "\n".join([f"Rules that never fired: {len(silent)}", *[f"- {e}" for e in silent]])


def _by_person(events: Sequence[Event]) -> str:
    counts = Counter(each.person for each in events)
    if not counts:
        return "Nobody heard anything."
    numbers = sorted(counts.values())
    middle = numbers[len(numbers) // 2]
    lines = [f"{count:>7}  {person}" for person, count in counts.most_common(_MOST_PEOPLE)]
    told = f"By person: {len(counts)} heard something, half of them {middle} or fewer; the most:"
    return "\n".join([told, *lines])


def heat_map(year: SchoolYear, events: Sequence[Event]) -> str:
    """A line a month, a sign a day: the darker, the more was sent; a dot is a quiet school day."""
    counts = Counter(each.at.date() for each in events)
    most = max(counts.values(), default=1)
    lines = ["Day by day (blank: no school)"]
    for first in _months(year):
        days = _days_of(first)
        signs = "".join(_sign(year, day, counts[day], most) for day in days)
        lines.append(f"{MONTHS[first.month - 1][:3]} {first.year}  {signs}")
    return "\n".join(lines)


def _sign(year: SchoolYear, day: date, count: int, most: int) -> str:
    if not count:
        return _SHADES[1] if year.is_school_day(day) else _SHADES[0]
    return _SHADES[2 + min(3, count * 4 // (most + 1))]


def _months(year: SchoolYear) -> list[date]:
    found = []
    month = year.starts_on.replace(day=1)
    while month <= year.ends_on:
        found.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return found


def _days_of(first: date) -> list[date]:
    after = (first + timedelta(days=32)).replace(day=1)
    return [first + timedelta(days=at) for at in range((after - first).days)]


def _verdict(broken: Sequence[str]) -> str:
    if not broken:
        return "Every promise was kept."
    return "\n".join([f"{len(broken)} times a promise was broken:", *[f"- {e}" for e in broken]])


def as_html(year: SchoolYear, people: int, events: Sequence[Event], broken: Sequence[str]) -> str:
    """The same as a page: a table of days, shaded and with its figures."""
    counts = Counter(each.at.date() for each in events)
    most = max(counts.values(), default=1)
    rows = "\n".join(
        f"<tr><th scope=row>{MONTHS[first.month - 1][:3]} {first.year}</th>"
        + "".join(_cell(year, day, counts[day], most) for day in _days_of(first))
        + "</tr>"
        for first in _months(year)
    )
    silent = "".join(f"<li>{html.escape(each)}</li>" for each in never_fired(events))
    holes = f"<h2>Rules that never fired</h2><ul>{silent}</ul>" if silent else ""
    said = html.escape(as_text(year, people, events, broken))
    return (
        f"<!doctype html><html lang=en-GB><meta charset=utf-8><title>School year {year.name}</title>"
        "<style>body{font:14px system-ui;margin:1rem}td{width:1.6em;height:1.6em;"
        "text-align:center;font-size:10px}th{text-align:left;padding-right:.5em}"
        ".no{background:#eee}</style>"
        f"<h1>School year {year.name}</h1><table>{rows}</table>{holes}<pre>{said}</pre></html>\n"
    )


def _cell(year: SchoolYear, day: date, count: int, most: int) -> str:
    label = f"{day:%d/%m}: {count}"
    if not count and not year.is_school_day(day):
        return f'<td class=no title="{label}"></td>'
    strength = 0.08 + 0.92 * count / most if count else 0
    words = str(count) if count else ""
    return f'<td style="background:rgba(0,90,160,{strength:.2f})" title="{label}">{words}</td>'
