"""The toolkit on what somebody booked, a few days before it: two minutes that make more of the hour.

Source: offer, core services ("quick reference toolkits").
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from hub.booking import Booking, Session
from hub.nudges import Nudge, Rule
from hub.reminders import (
    NO_DAYS_OFF,
    NOBODY_PART_TIME,
    first_of_each_day,
    reminder_due_at,
)
from hub.rule_book import RuleBook
from hub.school_year import LONGEST_BREAK, ONE_DAY, SchoolCalendar
from hub.toolkits.page import Toolkit

#: The toolkit on a session's subject; None where there is none.
ToolkitOn = Callable[[Session], Toolkit | None]
#: Whoever opened the page within this time has no need to be told of it.
LATELY = timedelta(days=60)

#: Nearer to the session the reminder alone is welcome.
READING_LASTS = timedelta(days=1)


def no_toolkit(session: Session) -> None:
    """Where no toolkits are known."""
    _ = session


def due_reading(
    bookings: Iterable[Booking],
    toolkit_on: ToolkitOn,
    book: RuleBook,
    calendar: SchoolCalendar,
    now: datetime,
    days_off: Mapping[UUID, frozenset[int]] = NOBODY_PART_TIME,
) -> list[Nudge]:
    """What to read, owed at ``now`` for these bookings; the same answer however often it is asked.

    From 15:45 on the rule's days before the session, for a day. Whoever booked later than that gets
    none. Of an INSET day's strands the first with a toolkit counts.
    """
    if not book.is_on(Rule.READ_AHEAD):
        return []
    ahead = timedelta(days=book.days(Rule.READ_AHEAD))
    # A subject is found out once for a session, and only for one that is near.
    near = now + ahead + LONGEST_BREAK
    known: dict[UUID, bool] = {}

    def has_toolkit(session: Session) -> bool:
        if session.id not in known:
            known[session.id] = session.starts_at < near and toolkit_on(session) is not None
        return known[session.id]

    found = []
    for booking in first_of_each_day(each for each in bookings if has_toolkit(each.session)):
        starts_at, own = booking.session.starts_at, days_off.get(booking.person_id, NO_DAYS_OFF)
        due_at = reminder_due_at(starts_at - ahead + ONE_DAY, calendar, own)
        soon = reminder_due_at(starts_at, calendar, own) or starts_at
        if due_at is None or not due_at <= now < min(soon, due_at + READING_LASTS):
            continue
        if not (booking.since and booking.since > due_at):
            key = f"{Rule.READ_AHEAD}:{booking.id}"
            found.append(Nudge(Rule.READ_AHEAD, booking.person_id, booking.id, due_at, key))
    return found
