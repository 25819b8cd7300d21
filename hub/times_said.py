"""Times of visits as people write them: proposed by a lead, or taken by whoever asked."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from hub.days_said import days_in, weekday_in
from hub.school_year import SchoolCalendar
from hub.visit_times import Part, Slot, slot_named

_TIME_SAID = re.compile(
    r"\b(?:at )?(?P<hour>\d{1,2})(?:(?:[:.](?P<minute>\d{2}))\s?(?P<half>am|pm)?|\s?(?P<only>am|pm))\b"
)
_BARE_HOUR = re.compile(r"\bat (?P<hour>\d{1,2})\b(?![:.]?\d)")
_PART_SAID = re.compile(r"\b(?P<part>after[ -]school|mornings?|afternoons?)\b")
#: "At 2" is in the afternoon: nobody visits at night.
_FIRST_HOUR = 7
NOON = 12
_ORDINALS = {"first": 1, "second": 2, "third": 3, "1st": 1, "2nd": 2, "3rd": 3}
_ORDINAL = re.compile(rf"\b(?P<which>{'|'.join(_ORDINALS)})\b")
_DAY_ALONE = re.compile(r"\bthe (?P<day>\d{1,2})(?:st|nd|rd|th)\b")
#: What may stand beside the time that somebody takes; anything else is another wish.
_POLITE = re.compile(
    r"\b(?:yes|yep|ok|okay|please|thanks?|thank you|cheers|the|one|option|time|on|at|is|works?|would|be"
    r"|fine|good|great|perfect|best|suits?|me|for|us|that|i|can|could|do|will|ll|take|choose|pick"
    r"|lets|let s|go|with|it|oclock|o clock|well|then)\b"
)
#: Where a day stands in a text, and the first such day from today on.
_Day = tuple[int, int, date | None]


def moments_said(text: str, calendar: SchoolCalendar, now: datetime) -> list[datetime]:
    """Moments in words such as "3 December at 2pm, 4 December 10:00", as far as they are to come.

    A time without a day of its own belongs to the day named last before it.
    """
    words = " ".join(text.lower().split())
    days = _days(words, now.astimezone(calendar.zone).date())
    found = []
    for match in _TIME_SAID.finditer(words):
        if any(starts <= match.start() < ends for starts, ends, _ in days):
            continue
        day = _day_before(match.start(), days)
        at = _time_of(match)
        if day and at:
            found.append(calendar.at(day, at))
    return [each for each in dict.fromkeys(found) if each > now]


def _days(words: str, today: date) -> list[_Day]:
    days: list[_Day] = sorted(
        (each.starts_at, each.ends_at, next((d for d in each.meant if d >= today), None))
        for each in days_in(words, today)
    )
    if not days and (named := weekday_in(words, today)):
        days = [(named.starts_at, named.ends_at, named.meant[0])]
    return days


def _day_before(at: int, days: Sequence[_Day]) -> date | None:
    return next((day for starts, _, day in reversed(days) if starts < at), None)


def _time_of(match: re.Match[str]) -> time | None:
    told = match.groupdict()
    hour, half = int(match["hour"]), told.get("half") or told.get("only")
    if (half == "pm" and hour < NOON) or (not half and hour < _FIRST_HOUR):
        hour += NOON
    try:
        return time(hour, int(told.get("minute") or 0))
    except ValueError:
        return None


def slots_said(text: str, calendar: SchoolCalendar, now: datetime) -> list[Slot]:
    """Parts of days in words such as "1 December after school", as far as they are to come."""
    words = " ".join(text.lower().split())
    days = _days(words, now.astimezone(calendar.zone).date())
    found = []
    for match in _PART_SAID.finditer(words):
        day = _day_before(match.start(), days)
        part = match["part"].rstrip("s").replace("-", " ")
        slot = slot_named(f"{day} {Part(part)}", calendar) if day else None
        if slot and slot.starts_at > now:
            found.append(slot)
    return list(dict.fromkeys(found))


def taken_in(
    text: str, offered: Sequence[datetime], calendar: SchoolCalendar, now: datetime
) -> datetime | None:
    """The one of the offered times that a short answer takes: "the first one", "3 December is fine".

    None where it names none of them or several, or says anything besides.
    """
    words = " ".join(text.lower().replace("’", "'").replace("'", "").split())
    left, wanted, is_named = words, list(offered), False
    for starts, ends, day in reversed(_days(words, now.astimezone(calendar.zone).date())):
        wanted, is_named = [each for each in wanted if each.date() == day], True
        left = left[:starts] + " " + left[ends:]
    if found := _DAY_ALONE.search(left):
        of_the_month = [each for each in wanted if each.day == int(found["day"])]
        if of_the_month:
            wanted, is_named = of_the_month, True
            left = left.replace(found[0], " ")
    if found := _TIME_SAID.search(left) or _BARE_HOUR.search(left):
        at = _time_of(found)
        wanted, is_named = [each for each in wanted if each.time() == at], True
        left = left.replace(found[0], " ")
    if found := _ORDINAL.search(left):
        number = _ORDINALS[found["which"]]
        wanted = [each for each in wanted if each in offered[number - 1 : number]]
        is_named, left = True, left.replace(found[0], " ")
    says_more = re.search(r"\w", _POLITE.sub(" ", left))
    return wanted[0] if is_named and not says_more and len(wanted) == 1 else None
