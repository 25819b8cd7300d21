"""The times that the Hub promises for requests, in school days, and when they slip.

A day's promise ends with the day: what is promised "within two school days" of a Monday is late
on Thursday morning. Source: the trust's settings; domain, section 2 (timeliness of each step).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hub.requests import Request, State
from hub.school_year import ONE_DAY, SchoolCalendar
from hub.services import Service
from hub.spoken import spoken_day


@dataclass(frozen=True)
class Promises:
    """How many school days each step may take."""

    acknowledge_within: int = 2
    visit_within: int = 10
    answer_within: int = 1


#: What the Hub promises unless the trust's settings say otherwise.
USUAL_PROMISES = Promises()


class Promised(StrEnum):
    """What is promised next; each reads on from "promised: "."""

    ACKNOWLEDGED = "an acknowledgement"
    VISIT_OFFERED = "times for a visit"
    ANSWERED = "an answer"


@dataclass(frozen=True)
class Due:
    """What somebody waits for, and by when."""

    what: Promised
    by: date
    is_late: bool

    @property
    def spoken(self) -> str:
        """``an acknowledgement by Wednesday 25 November 2026``, with the admission when late."""
        words = f"{self.what} by {spoken_day(self.by)}"
        return f"{words} (late)" if self.is_late else words


def due_next(
    request: Request,
    service: Service | None,
    promises: Promises,
    calendar: SchoolCalendar,
    now: datetime,
) -> Due | None:
    """What the asker was promised next; None when the next move is theirs or all is done."""
    if request.submitted_at is None:
        return None
    is_question = service is not None and service.is_question and request.lapsed_at is None
    waits_since = request.lapsed_at or request.submitted_at
    if request.state is State.SUBMITTED:
        days = promises.answer_within if is_question else promises.acknowledge_within
        what = Promised.ANSWERED if is_question else Promised.ACKNOWLEDGED
        return _due(what, waits_since, days, calendar, now)
    has_visit = service is not None and service.has_visit
    if request.state is State.ACKNOWLEDGED and has_visit and request.offered_at is None:
        return _due(Promised.VISIT_OFFERED, waits_since, promises.visit_within, calendar, now)
    return None


def _due(
    what: Promised, since: datetime, days: int, calendar: SchoolCalendar, now: datetime
) -> Due | None:
    by = school_days_after(calendar, since, days)
    if by is None:
        return None
    return Due(what, by, now.astimezone(calendar.zone).date() > by)


def school_days_after(calendar: SchoolCalendar, since: datetime, days: int) -> date | None:
    """The day that is so many school days later; None when the known years end before it."""
    day: date | None = since.astimezone(calendar.zone).date()
    for _ in range(days):
        day = calendar.school_day_from(day + ONE_DAY) if day else None
    return day


def has_lapsed(
    asked_at: datetime, promises: Promises, calendar: SchoolCalendar, now: datetime
) -> bool:
    """Whether a question has waited its school day: until the same time, a school day later."""
    by = school_days_after(calendar, asked_at, promises.answer_within)
    if by is None:
        return False
    return calendar.at(by, asked_at.astimezone(calendar.zone).time()) <= now
