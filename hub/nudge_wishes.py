"""What somebody types about the bot's manners: stop this, quiet until then, I don't work Fridays."""

import re
from dataclasses import dataclass, replace

from hub.manners import CAN_BE_STOPPED, Choices, Quiet
from hub.nudge_rules import Family
from hub.spoken import WEEKDAYS

_STOP = re.compile(r"\b(stop|no more|off|unsubscribe|mute|don'?t|quiet|less)\b", re.IGNORECASE)
_START = re.compile(r"\b(start|on|resume|again|unmute|back)\b", re.IGNORECASE)
_DO_NOT_STOP = re.compile(r"\b(don'?t|do not|never) (stop|mute|turn off)", re.IGNORECASE)
_FAMILY_WORDS = {
    Family.AFTERWARDS: re.compile(
        r"\b(feedback|how useful|ratings?|questions?|surveys?|asking me how)\b", re.IGNORECASE
    ),
    Family.NEWS: re.compile(r"\b(news|announcements?|invitations?|invites?)\b", re.IGNORECASE),
    Family.GAPS: re.compile(
        r"\b(nudg\w*|nagging|chasing|still to book|haven'?t booked|book things)\b", re.IGNORECASE
    ),
    Family.READING: re.compile(r"\b(reading|toolkits?|pages? to read)\b", re.IGNORECASE),
    Family.REMINDERS: re.compile(r"\bsession reminders?\b", re.IGNORECASE),
}
_STOP_KIND = re.compile(
    r"^\W*(?:please |pls |can you )*(?:stop|no more|turn off|switch off|mute)\b", re.IGNORECASE
)
_QUIET = re.compile(
    r"\b(snooze|quiet|pause|not now|leave me alone|mute|hold off|later)\b", re.IGNORECASE
)
_NEXT_WEEK = re.compile(r"\b(next week|monday|a week|this week)\b", re.IGNORECASE)
_AFTER_BREAK = re.compile(
    r"\b(half[ -]?term|holidays?|break|next term|easter|christmas|xmas|summer)\b", re.IGNORECASE
)
_NOT_WORKING = re.compile(
    r"\b(?:i (?:don'?t|do not|never) work|i'?m (?:not in|off|not working)|not in|days? off"
    r"|don'?t (?:write|message|nudge|remind) me) (?:on )?(?P<days>.*)",
    re.IGNORECASE,
)
_WORKING = re.compile(
    r"\bi (?:only )?work (?:on )?(?P<days>(?:mon|tue|wed|thu|fri).*)", re.IGNORECASE
)
_RANGE = re.compile(r"\b(\w+day)s? (?:to|till|until|-|–) (\w+day)s?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Change:
    """What becomes of somebody's choices."""

    choices: Choices
    #: Whether reminders are wanted at all from now on; None leaves it.
    wanted: bool | None = None
    #: What was done, for the card's first line; empty where only the settings are shown.
    done: str = ""


def change_asked(said: str, choices: Choices, quiets: list[Quiet]) -> Change:
    """What these words ask for; nothing changes when they ask for nothing that is known."""
    if off := days_not_worked(said):
        return Change(replace(choices, days_off=off), done="Noted: I won't write on those days")
    if _DO_NOT_STOP.search(said):
        return Change(choices, wanted=True, done="Reminders are on")
    if quiet := _quiet_asked(said, quiets):
        return Change(replace(choices, snoozed_until=quiet.until), done="I'll be quiet till then")
    for family, words in _FAMILY_WORDS.items():
        if words.search(said) and (_STOP.search(said) or _START.search(said)):
            return _switched(choices, family, is_on=not _STOP.search(said))
    if _STOP.search(said):
        return Change(choices, wanted=False)
    if _START.search(said):
        return Change(replace(choices, snoozed_until=None), wanted=True)
    return Change(choices)


def _switched(choices: Choices, family: Family, *, is_on: bool) -> Change:
    stopped = choices.stopped - {family} if is_on else choices.stopped | {family}
    done = "Switched on again" if is_on else "Done: none of those any more"
    return Change(replace(choices, stopped=stopped & CAN_BE_STOPPED), done=done)


def _quiet_asked(said: str, quiets: list[Quiet]) -> Quiet | None:
    if not _QUIET.search(said) and not re.search(r"\buntil\b|\btill\b|\bafter\b", said):
        return None
    wanted = ""
    if _AFTER_BREAK.search(said):
        wanted = "next-half-term"
    elif _NEXT_WEEK.search(said) or re.search(r"\b(snooze|not now|later)\b", said, re.IGNORECASE):
        wanted = "next-week"
    return next((each for each in quiets if each.key == wanted), None)


def stops_a_kind(said: str) -> bool:
    """Whether these words outright stop one kind of message."""
    return bool(_STOP_KIND.match(said)) and any(
        words.search(said) for words in _FAMILY_WORDS.values()
    )


def days_not_worked(said: str) -> frozenset[int]:
    """Weekdays (Monday 0) that somebody says they do not work; empty when none are told."""
    if found := _NOT_WORKING.search(said):
        return _weekdays(found["days"])
    if found := _WORKING.search(said):
        worked = _weekdays(found["days"])
        return frozenset(range(5)) - worked if worked else frozenset()
    return frozenset()


def _weekdays(said: str) -> frozenset[int]:
    days = {
        at
        for at, day in enumerate(WEEKDAYS[:5])
        if re.search(rf"\b{day[:3]}\w*", said, re.IGNORECASE)
    }
    if (found := _RANGE.search(said)) and len(days) == 2:  # noqa: PLR2004 - from and to
        first, last = (_at(each) for each in found.groups())
        if first is not None and last is not None and first <= last:
            return frozenset(range(first, last + 1))
    return frozenset(days)


def _at(day: str) -> int | None:
    names = [each.lower() for each in WEEKDAYS[:5]]
    return names.index(day.lower()) if day.lower() in names else None
