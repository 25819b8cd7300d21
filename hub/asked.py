"""When and for whom somebody asks what's on: "in January", "before half-term", "for TAs".

Days are inclusive and never in the past. Which days a name stands for is known next door, in
``hub/stretches.py``; here is what the words around it make of them.
"""

import re
from dataclasses import dataclass
from datetime import date

from hub.days_said import spelled_out
from hub.job_titles import roles_and_rest, roles_in
from hub.people import Role
from hub.school_year import ONE_DAY, SchoolCalendar
from hub.spoken import MONTHS
from hub.stretch import Named, Stretch
from hub.stretches import end_of_year, stretches_in

_BEFORE = re.compile(r"\b(?:before|this side of)(?: the)? $")
_BY = re.compile(r"\bby(?: the)? $")
_UNTIL = re.compile(r"\b(?:until|till|up to)(?: the)? $")
_TO_THE_END = re.compile(r"\b(before|by|until|till|up to)(?: the)? end of(?: the| this)? $")
_AFTER = re.compile(r"\b(?:after|following|since|once back from)(?: the)? $")
_FROM = re.compile(r"\b(?:from|starting|as of)(?: the)? $")
_BETWEEN = re.compile(r"\b(?:between|from)(?: the)? $")
_OVER = re.compile(r"\b(?:over|during|at|in)(?: the)? $")
_JOINED = re.compile(r"^ ?(?:to|until|till|and|or|-|–)(?: the)? ?$")
#: "Jan feb", "jan/feb".
_SIDE_BY_SIDE = re.compile(r"^[ ,/&+]+$")
_FOR = re.compile(
    r"\b(?:for|open to|aimed at|suitable for) (?:the |our |my |all |an? )*(?P<whom>[\w /'&-]+)"
)
#: No role's name is longer, in words.
_LONGEST_ROLE = 4


@dataclass(frozen=True)
class Span:
    """Some days, both ends included; ``words`` read on from "What's on"."""

    starts_on: date
    ends_on: date
    words: str


def span_in(text: str, calendar: SchoolCalendar, today: date) -> Span | None:
    """The days that a question names, from ``today`` on; None when it names none to come."""
    said = spelled_out(" ".join(text.lower().replace("’", "'").split()))
    found = [
        each
        for each in stretches_in(said, calendar, today)
        if not each.is_break or each.is_whole or _leads_to_a_break(said[: each.starts_at])
    ]
    for at, each in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        span = _joined(said, each, following, today) or _led(said, each, calendar, today)
        if span and span.starts_on <= span.ends_on and span.ends_on >= today:
            return Span(max(span.starts_on, today), span.ends_on, span.words)
    return None


def _leads_to_a_break(lead: str) -> bool:
    return any(
        each.search(lead) for each in (_BEFORE, _BY, _UNTIL, _TO_THE_END, _AFTER, _FROM, _OVER)
    )


def _joined(said: str, one: Named, other: Named | None, today: date) -> Span | None:
    """From one to another, as in "between January and March" or "jan or feb"."""
    if other is None:
        return None
    between = said[one.ends_at : other.starts_at]
    if not (_JOINED.match(between) or (_SIDE_BY_SIDE.match(between) and _are_months(one, other))):
        return None
    begins = one.first_from(today)
    ends = other.first_from(begins.ends_on) if begins else None
    if begins is None or ends is None or one.is_break or other.is_break:
        return None
    is_range = _BETWEEN.search(said[: one.starts_at]) or "or" not in said[one.ends_at :].split()[:1]
    if not is_range and (ends.starts_on - begins.ends_on).days > 1:
        return None
    return Span(begins.starts_on, ends.ends_on, f"from {begins.name} to {ends.name}")


def _are_months(*named: Named) -> bool:
    return all(each.meant and each.meant[0].name in MONTHS for each in named)


def _led(said: str, named: Named, calendar: SchoolCalendar, today: date) -> Span | None:
    """What the words in front make of the days: before them, up to their end, after them."""
    lead = said[: named.starts_at]
    stretch = named.first_from(today)
    if _BEFORE.search(lead) or (_BY.search(lead) and not named.is_day):
        return _before(named.first_after(today), today)
    if named.is_break and _UNTIL.search(lead):
        return _before(named.first_after(today), today)
    if stretch is None:
        return None
    if found := _TO_THE_END.search(lead):
        return Span(today, stretch.ends_on, f"{found[1]} the end of {stretch.name}")
    if found := _BY.search(lead) or _UNTIL.search(lead):
        return Span(today, stretch.ends_on, f"{found[0].split()[0]} {stretch.name}")
    if _AFTER.search(lead):
        first = stretch.ends_on + ONE_DAY
        return Span(first, end_of_year(calendar, first), f"after {stretch.name}")
    if _FROM.search(lead):
        last = end_of_year(calendar, stretch.starts_on)
        return Span(stretch.starts_on, last, f"from {stretch.name}")
    return Span(stretch.starts_on, stretch.ends_on, stretch.words)


def _before(stretch: Stretch | None, today: date) -> Span | None:
    if stretch is None:
        return None
    return Span(today, stretch.starts_on - ONE_DAY, f"before {stretch.name}")


def role_asked(text: str) -> Role | None:
    """The role that a question is about, as in "what's on for TAs"; None for "for me"."""
    for found in _FOR.finditer(text.lower().replace("’", "'")):
        words = found["whom"].split()
        for count in range(min(_LONGEST_ROLE, len(words)), 0, -1):
            roles, rest = roles_and_rest(" ".join(words[:count]))
            if len(roles) == 1 and not rest.strip(" s'"):
                is_one_of_several = words[count : count + 1] in (["and"], ["or"], ["&"])
                several = is_one_of_several and roles_in(" ".join(words[count + 1 :]))
                return None if several else next(iter(roles))
    return None
