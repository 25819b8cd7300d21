"""What is held about somebody, told in words: what each kind is called, and one row as a line."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from hub.spoken import short_day

#: Each kind by the name of its table: one, and several.
KINDS: Mapping[str, tuple[str, str]] = {
    "announcements": ("announcement you wrote", "announcements you wrote"),
    "app_installs": ("try to install me for you", "tries to install me for you"),
    "bookings": ("booking", "bookings"),
    "calendar_events": ("calendar event", "calendar events"),
    "conversations": ("address of this chat", "addresses of this chat"),
    "dialog_state": ("note of where this chat stands", "notes of where this chat stands"),
    "feedback": ("answer after a session", "answers after sessions"),
    "meetings": ("Teams meeting you host", "Teams meetings you host"),
    "next_steps": ("next step you wrote down", "next steps you wrote down"),
    "nudge_choices": ("choice of reminders", "choices of reminders"),
    "nudge_rules": ("nudge rule you set", "nudge rules you set"),
    "nudges": ("reminder", "reminders"),
    "outbox": ("thing sent or to be sent", "things sent or to be sent"),
    "quick_answers": ("quick answer of yours", "quick answers of yours"),
    "request_entries": ("line in the history of requests", "lines in the history of requests"),
    "request_visits": ("time for a visit", "times for visits"),
    "requests": ("request", "requests"),
    "suggestions": ("session passed on", "sessions passed on"),
    "toolkit_notes": ("toolkit you opened, saved or rated", "toolkits you opened, saved or rated"),
    "topic_ideas": ("clinic topic you proposed", "clinic topics you proposed"),
    "topic_supports": ("clinic topic you support", "clinic topics you support"),
    "visit_events": ("visit or call in your calendar", "visits or calls in your calendar"),
}
#: What only the machinery needs; the whole is in the file.
_UNTOLD = frozenset({"key", "lane", "lease", "payload", "etag", "document", "told", "revision"})


def counted(kind: str, count: int) -> str:
    """How many of a kind, such as "2 bookings"; a kind without a name goes by its table's."""
    one, several = KINDS.get(kind, (kind.replace("_", " "), kind.replace("_", " ")))
    return f"{count} {one if count == 1 else several}"


def lines(held: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """Every row that says something, one a line, kind by kind."""
    told = []
    for kind, rows in sorted(held.items()):
        for row in rows:
            if values := _values(row):
                name = counted(kind, 1).removeprefix("1 ")
                told.append(f"{name[0].upper()}{name[1:]}: {values}")
    return told


def _values(row: Mapping[str, Any]) -> str:
    names = sorted(row, key=lambda name: not name.endswith(" name"))
    said = [(name, _said(row[name])) for name in names if _is_told(name)]
    return "; ".join(
        words if name.endswith(" name") else f"{name.replace('_', ' ')} {words}"
        for name, words in said
        if words
    )


def _is_told(name: str) -> bool:
    return name not in _UNTOLD and name != "id" and not name.endswith("_id")


def _said(value: Any) -> str:
    match value:
        case datetime():
            return f"{short_day(value.date())} {value.year}, {value:%H:%M}"
        case date():
            return f"{short_day(value)} {value.year}"
        case bool():
            return "yes" if value else "no"
        case Mapping():
            return ", ".join(f"{key}: {_said(each)}" for key, each in value.items() if each)
        case list() | tuple():
            return ", ".join(_said(each) for each in value)
        case None:
            return ""
        case _:
            return str(value)
