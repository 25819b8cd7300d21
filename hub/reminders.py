"""When a booked session is remembered: a week before, the school day before, an hour before.

Source: domain, section 4; the hour is for online sessions, where being a minute late shows.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from hub.booking import Booking, BookingState, Session, SessionState
from hub.nudges import Nudge, Rule
from hub.offer import INSET_TIER
from hub.rule_book import RuleBook
from hub.school_year import DAY_OPENS, NUDGE_TIME, ONE_DAY, SchoolCalendar

ONE_HOUR = timedelta(hours=1)
NO_DAYS_OFF: frozenset[int] = frozenset()
NOBODY_PART_TIME: Mapping[UUID, frozenset[int]] = MappingProxyType({})
#: By which rule, from when, and until when.
_Moment = tuple[Rule, datetime, datetime]
#: A reminder looks this far back for a day on which somebody part-time is at work.
_LOOKS_BACK = 14
#: One this much later than its moment says nothing that the next one does not say better.
WEEK_REMINDER_LASTS = timedelta(days=3)


def due_reminders(
    bookings: Iterable[Booking],
    book: RuleBook,
    calendar: SchoolCalendar,
    now: datetime,
    days_off: Mapping[UUID, frozenset[int]] = NOBODY_PART_TIME,
) -> list[Nudge]:
    """Reminders owed at ``now`` for these bookings; the same answer however often it is asked.

    Somebody who booked after the reminder's hour has just read the card, and gets none.
    ``days_off`` are weekdays (Monday 0) by person id. At most one reminder of a session is due at
    a time: the nearest to it. The strands of one INSET day are one thing to remember.
    """
    found: list[Nudge] = []
    # Many hold a place on the same session, and most work every day.
    known: dict[tuple[UUID, frozenset[int]], list[_Moment]] = {}
    for booking in first_of_each_day(bookings):
        own = days_off.get(booking.person_id, NO_DAYS_OFF)
        alike = (booking.session.id, own)
        if alike not in known:
            known[alike] = list(_moments(booking.session, book, calendar, own))
        moments = known[alike]
        found += [
            _nudge(rule, booking, due_at)
            for rule, due_at, until in moments
            if due_at <= now < until and not (booking.since and booking.since > due_at)
        ]
    return found


def first_of_each_day(bookings: Iterable[Booking]) -> Iterator[Booking]:
    """The places to remind of: of an INSET day's strands only the first."""
    seen: set[tuple[UUID, date]] = set()
    for booking in sorted(bookings, key=lambda each: (each.session.starts_at, str(each.id))):
        session = booking.session
        # The key of one called off would be used up, and put back on it would have no reminder.
        if booking.state is not BookingState.CONFIRMED or session.state is SessionState.CANCELLED:
            continue
        if session.tier == INSET_TIER:
            day = (booking.person_id, session.starts_at.date())
            if day in seen:
                continue
            seen.add(day)
        yield booking


def _moments(
    session: Session, book: RuleBook, calendar: SchoolCalendar, days_off: Collection[int]
) -> Iterator[_Moment]:
    """Each reminder of a session: from when it is due, and until when it helps."""
    soon = reminder_due_at(session.starts_at, calendar, days_off)
    if soon and book.is_on(Rule.SESSION_SOON):
        yield Rule.SESSION_SOON, soon, session.starts_at
    can_be_joined_online = session.is_online or session.online_url
    if can_be_joined_online and book.is_on(Rule.SESSION_HOUR):
        yield Rule.SESSION_HOUR, session.starts_at - ONE_HOUR, session.starts_at
    if book.is_on(Rule.SESSION_WEEK):
        ahead = timedelta(days=book.days(Rule.SESSION_WEEK))
        week = reminder_due_at(session.starts_at - ahead + ONE_DAY, calendar, days_off)
        if week and (soon is None or week < soon):
            last = min(week + WEEK_REMINDER_LASTS, soon or session.starts_at)
            yield Rule.SESSION_WEEK, week, last


def reminder_due_at(
    starts_at: datetime, calendar: SchoolCalendar, days_off: Collection[int] = NO_DAYS_OFF
) -> datetime | None:
    """15:45 on the last school day before on which the person works; None when none is known.

    Whoever never works on the fortnight before is reminded on the school day before all the same.
    """
    first = calendar.school_day_before(starts_at.astimezone(calendar.zone).date())
    day = first
    for _ in range(_LOOKS_BACK):
        if day is None or day.weekday() not in days_off:
            break
        day = calendar.school_day_before(day)
    chosen = day if day and day.weekday() not in days_off else first
    return calendar.at(chosen, NUDGE_TIME) if chosen else None


def is_at_the_hour(rule: Rule) -> bool:
    """Whether a rule is exact to the minute, and so the one exception from quiet hours."""
    return rule in {Rule.SESSION_HOUR, Rule.CALL_HOUR}


def _nudge(rule: Rule, booking: Booking, due_at: datetime) -> Nudge:
    # The start is in the key: a session that moves owes new reminders.
    starts = booking.session.starts_at.timestamp()
    key = f"{rule}:{booking.id}:{starts:.0f}"
    return Nudge(rule, booking.person_id, booking.id, due_at, key)


def next_morning(
    after: datetime, calendar: SchoolCalendar, days_off: Collection[int]
) -> datetime | None:
    """08:00 on the next school day after ``after`` on which the person works."""
    day = after.astimezone(calendar.zone).date() + ONE_DAY
    for _ in range(_LOOKS_BACK):
        found = calendar.school_day_from(day)
        if found is None:
            return None
        if found.weekday() not in days_off:
            return calendar.at(found, DAY_OPENS)
        day = found + ONE_DAY
    return calendar.at(day, DAY_OPENS)
