"""What suits somebody, week in, week out: "on Fridays", "in the morning", "after school", "online".

Single days and stretches of the year are told next door (hub/asked.py).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from hub.booking import Session
from hub.spoken import WEEKDAYS, spoken_list

NOON = time(12)
#: Staff are free from about then (domain notes, section 4: 15:15).
SCHOOL_IS_OVER = time(15)


class Part(StrEnum):
    """A part of the day; after school is part of the afternoon."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    AFTER_SCHOOL = "after-school"


class Held(StrEnum):
    """How a session is held; one in a room may have a link as well."""

    ONLINE = "online"
    IN_PERSON = "in-person"


@dataclass(frozen=True)
class Suits:
    """What suits somebody; everything left out suits."""

    #: Numbers from 0, Monday.
    weekdays: frozenset[int] = frozenset()
    part: Part | None = None
    held: Held | None = None

    @property
    def words(self) -> str:
        """Such as "on Fridays after school, online"; it reads on from "What's on"."""
        days = [f"{WEEKDAYS[each]}s" for each in sorted(self.weekdays)]
        on = f"on {spoken_list(days)}" if days else ""
        when = " ".join(filter(None, [on, _PART_WORDS[self.part] if self.part else ""]))
        held = {None: "", Held.ONLINE: "online", Held.IN_PERSON: "in person"}[self.held]
        return ", ".join(filter(None, [when, held]))

    def takes(self, session: Session) -> bool:
        """Whether this session suits; its times are in the Hub's zone."""
        starts = session.starts_at
        if self.weekdays and starts.weekday() not in self.weekdays:
            return False
        match self.held:
            case Held.ONLINE if not (session.is_online or session.online_url):
                return False
            case Held.IN_PERSON if session.is_online:
                return False
        match self.part:
            case Part.MORNING:
                return starts.time() < NOON
            case Part.AFTERNOON:
                return starts.time() >= NOON
            case Part.AFTER_SCHOOL:
                return starts.time() >= SCHOOL_IS_OVER
        return True


ANYTHING_SUITS = Suits()
_PART_WORDS = {
    Part.MORNING: "in the morning",
    Part.AFTERNOON: "in the afternoon",
    Part.AFTER_SCHOOL: "after school",
}
_NAMES = "|".join(f"{day}|{day[:3]}" for day in WEEKDAYS).lower() + "|tues|weds|thur|thurs"
#: A weekday of any week. "Fridays clinic" only lacks an apostrophe and is one day, unless "on" or
#: "any" says otherwise.
_WEEKDAYS = re.compile(
    rf"\b(?:(?P<any>(?:on )?(?:an?|any|every|each|most) )(?P<one>{_NAMES})s?"
    r"|(?:on )?(?P<many>mon|tues|wednes|thurs|fri|satur|sun)days)\b(?!')"
)
_AND_MORE = re.compile(
    r" ?(?:,|/|&|and|or) ?(?:on )?(?:an?|any )?(?P<many>mon|tues|wednes|thurs|fri|satur|sun)days?\b"
)
_ITS_OWN = re.compile(
    r" (?:(?:send|senco|maths) )?(?:clinic|session|meeting|training|inset|one|visit)\b"
)
_THINGS = r"(?:clinic|session|meeting|training|one|slot|time|course|event|thing)s?"
_DAY = rf"(?:{_NAMES}|today|tomorrow)"
_PARTS = (
    (
        Part.AFTER_SCHOOL,
        re.compile(
            r"\bafter[- ]school(?! club)\b|\btwilights?\b|\bafter (?:3|3pm|half 3|3[:.]\d0)\b"
        ),
    ),
    (
        Part.MORNING,
        re.compile(
            rf"\bmornings\b|\b(?:in the|{_DAY}|a|any) morning\b|(?<!good )\bmorning (?:only|{_THINGS})\b"
            r"|\bam only\b|\bbefore (?:lunch|noon)\b"
        ),
    ),
    (
        Part.AFTERNOON,
        re.compile(
            rf"\bafternoons\b|\b(?:in the|{_DAY}|an|any) afternoon\b"
            rf"|(?<!good )\bafternoon (?:only|{_THINGS})\b|\bpm only\b|\bafter (?:lunch|noon)\b"
        ),
    ),
)
_HELD = (
    (
        Held.ONLINE,
        re.compile(
            r"\bon-?line\b|\bvirtual(?:ly)?\b|\bremote(?:ly)?\b|\bfrom home\b"
            r"|\b(?:on|via|over|by) (?:ms )?(?:teams|zoom)\b"
        ),
    ),
    (Held.IN_PERSON, re.compile(r"\bin[- ]person\b|\bface[- ]to[- ]face\b|\bf2f\b")),
)
#: What may stand beside words of this kind when they are all that somebody says.
_BESIDE = re.compile(
    r"\b(?:only|just|please|pls|any|anything|something|what about|how about|and|or|the|in|on|i can do"
    r"|i can only do|i prefer|better|best|for me|would suit|suits?|ones?)\b|\W"
)


def suits_in(text: str) -> Suits:
    """What a question says of what suits; nothing said suits anything."""
    said = _plain(text)
    return Suits(
        frozenset(_weekdays_in(said)),
        next((part for part, pattern in _PARTS if pattern.search(said)), None),
        next((held for held, pattern in _HELD if pattern.search(said)), None),
    )


def is_only_what_suits(text: str) -> bool:
    """Whether somebody says when it suits and nothing else: "Tuesdays after school"."""
    said = _plain(text)
    if suits_in(said) == ANYTHING_SUITS:
        return False
    for pattern in (_WEEKDAYS, _AND_MORE, *(each for _, each in (*_PARTS, *_HELD))):
        said = pattern.sub(" ", said)
    return not _BESIDE.sub("", said)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _weekdays_in(said: str) -> Iterable[int]:
    for found in _WEEKDAYS.finditer(said):
        if found["any"] or not _ITS_OWN.match(said[found.end() :]):
            yield _number(found["one"] or found["many"])
            end = found.end()
            while more := _AND_MORE.match(said, end):
                yield _number(more["many"])
                end = more.end()


def _number(name: str) -> int:
    return next(at for at, day in enumerate(WEEKDAYS) if day[:3].lower() == name[:3])
