"""After a session: how was it, that afternoon; and after SENCo training, how was it shared.

Source: journey 10, and the purpose of tier 2a ("learning is disseminated effectively back in
school").
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from hub.booking import Booking, BookingState, Session
from hub.nudge_rules import MOST_DAYS
from hub.nudges import Nudge, Rule
from hub.rule_book import RuleBook
from hub.school_year import DAY_CLOSES, NUDGE_TIME, ONE_DAY, SchoolCalendar

#: What somebody can say of a session, most useful first.
RATINGS = {4: "Very useful", 3: "Useful", 2: "A bit useful", 1: "Not useful"}
#: How far it has gone in school, furthest first; kept as a number too.
SHARED = {3: "With all our staff", 2: "With some colleagues", 1: "Not yet"}
#: The tier whose learning is to be shared in school.
SHARED_TIER = "2a"
#: Later than this nobody remembers.
MOST_SCHOOL_DAYS_LATE = 3
#: How far back the planner looks: the longest lead time, a holiday in between, days of grace.
LOOKS_BACK = timedelta(days=MOST_DAYS + 60)
#: One sentence.
LONGEST_WORDS = 500
#: Fewer answers than this could point to one person (domain, section 2).
FEWEST_SHOWN = 5


def due_afterwards(
    bookings: Iterable[Booking], book: RuleBook, calendar: SchoolCalendar, now: datetime
) -> list[Nudge]:
    """Questions owed at ``now`` to those who came; the same answer however often it is asked."""
    nudges = []
    for booking in bookings:
        if booking.state is not BookingState.ATTENDED:
            continue
        for rule in (Rule.FEEDBACK, Rule.SHARING):
            day = _day_of(rule, booking.session, book, calendar)
            if day is None or not book.is_on(rule):
                continue
            due_at = _asked_at(day, booking, calendar)
            if due_at <= now < _last_moment(day, calendar):
                key = f"{rule}:{booking.id}"
                nudges.append(Nudge(rule, booking.person_id, booking.id, due_at, key))
    return nudges


def _asked_at(day: date, booking: Booking, calendar: SchoolCalendar) -> datetime:
    """Not before the session is over, nor before the register says that they came."""
    at = max(calendar.at(day, NUDGE_TIME), booking.session.ends_at)
    return max(at, booking.since) if booking.since else at


def _last_moment(day: date, calendar: SchoolCalendar) -> datetime:
    """The end of the third school day after the one to ask on, or of the last one known."""
    for _ in range(MOST_SCHOOL_DAYS_LATE):
        day = calendar.school_day_from(day + ONE_DAY) or day
    return calendar.at(day, DAY_CLOSES)


def _day_of(rule: Rule, session: Session, book: RuleBook, calendar: SchoolCalendar) -> date | None:
    day = session.starts_at.astimezone(calendar.zone).date()
    match rule:
        case Rule.FEEDBACK:
            return day
        case Rule.SHARING if session.tier == SHARED_TIER:
            return calendar.school_day_from(day + timedelta(days=book.days(rule)))
        case _:
            return None
