"""What is owed to whom, and whether it is still wanted: the rules behind every message sent first.

The planner asks ``due_nudges`` and writes what it says to the outbox; delivery asks
``no_longer_wanted`` once more just before sending, since the truth moves while a nudge waits.
Manners (quiet hours) are in ``hub.school_year``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hub.booking import Booking, BookingState, SessionState
from hub.people import Person
from hub.school_year import NUDGE_TIME, SchoolCalendar


class Rule(StrEnum):
    """Why somebody is written to. The names go into keys, so they never change."""

    #: The school day before a booked session, 15:45 (domain, section 4).
    SESSION_SOON = "session-soon"
    #: A place came up for whoever waited longest (journey 7).
    PLACE_OFFERED = "place-offered"
    #: A booked session has a new time or place (journey 8).
    SESSION_MOVED = "session-moved"
    #: A booked session does not go ahead (journey 8).
    SESSION_CANCELLED = "session-cancelled"
    #: A cancelled session goes ahead after all.
    SESSION_BACK_ON = "session-back-on"
    #: A colleague asked for a place in this person's name.
    INVITED = "invited"
    #: A colleague passes on that a session would be good to go to together (tier 2b).
    SESSION_SUGGESTED = "session-suggested"
    #: A school meeting was arranged, and this person is to be there (journey 4).
    MEETING_HELD = "meeting-held"
    #: News from the lead.
    ANNOUNCEMENT = "announcement"
    #: How was it? The same afternoon, once the register is taken (journey 10).
    FEEDBACK = "feedback"
    #: How did you share it in school? Two weeks after tier 2a (offer, tier 2a, purpose).
    SHARING = "sharing"
    #: How are the agreed next steps coming on? Some weeks after a tier 5 meeting (journey 4).
    NEXT_STEPS = "next-steps"
    #: The answer, in the person's own chat, to a press where others read along.
    PRESSED_IN_PUBLIC = "pressed-in-public"


#: Rules whose subject is a booking of the person; the others say what theirs is.
ABOUT_A_BOOKING = frozenset(
    {
        Rule.SESSION_SOON,
        Rule.PLACE_OFFERED,
        Rule.SESSION_MOVED,
        Rule.SESSION_CANCELLED,
        Rule.SESSION_BACK_ON,
        Rule.INVITED,
        Rule.MEETING_HELD,
        Rule.FEEDBACK,
        Rule.SHARING,
        Rule.NEXT_STEPS,
        Rule.PRESSED_IN_PUBLIC,
    }
)
#: Answers to what the person did a moment ago: no nudges, so neither hours nor caps hold them up.
ANSWERS = frozenset({Rule.PRESSED_IN_PUBLIC})
#: Rules that look back on a session; for all others its start is the end of the matter.
ABOUT_THE_PAST = frozenset({Rule.FEEDBACK, Rule.SHARING, Rule.NEXT_STEPS})


@dataclass(frozen=True)
class Nudge:
    """One message owed to one person. ``due_at`` is when it may first be sent."""

    rule: Rule
    person_id: UUID
    #: What it is about: a booking, a suggestion (``SESSION_SUGGESTED``) or an announcement.
    subject_id: UUID
    due_at: datetime
    #: The same nudge always has the same key; the store keeps one of each.
    key: str


def reminder_due_at(starts_at: datetime, calendar: SchoolCalendar) -> datetime | None:
    """15:45 on the school day before; None when the calendar does not know one."""
    day = calendar.school_day_before(starts_at.astimezone(calendar.zone).date())
    return calendar.at(day, NUDGE_TIME) if day else None


def due_nudges(bookings: Iterable[Booking], calendar: SchoolCalendar, now: datetime) -> list[Nudge]:
    """Reminders owed at ``now`` for these bookings; the same answer however often it is asked.

    Somebody who booked after the reminder's hour has just read the card, and gets none.
    """
    nudges = []
    for booking in bookings:
        due_at = reminder_due_at(booking.session.starts_at, calendar)
        if due_at is None or not due_at <= now < booking.session.starts_at:
            continue
        if booking.state is not BookingState.CONFIRMED:
            continue
        # Its key would be used up, and a session put back on would have no reminder.
        if booking.session.state is SessionState.CANCELLED:
            continue
        if booking.since is not None and booking.since > due_at:
            continue
        # The start is in the key: a session that moves owes a new reminder.
        starts = booking.session.starts_at.timestamp()
        key = f"{Rule.SESSION_SOON}:{booking.id}:{starts:.0f}"
        nudges.append(Nudge(Rule.SESSION_SOON, booking.person_id, booking.id, due_at, key))
    return nudges


def no_longer_wanted(rule: Rule, booking: Booking, person: Person, now: datetime) -> str | None:
    """Why this message should not be sent any more, in words for the log; None when it should."""
    if rule in ABOUT_THE_PAST:
        return _not_to_be_asked(rule, booking, person)
    if booking.session.starts_at <= now:
        return "the session has started"
    if rule is Rule.SESSION_CANCELLED:
        is_on = booking.session.state is not SessionState.CANCELLED
        return "the session is on again" if is_on else None
    if booking.session.state is SessionState.CANCELLED:
        return "the session was cancelled"
    match rule:
        case Rule.SESSION_MOVED | Rule.SESSION_BACK_ON | Rule.PRESSED_IN_PUBLIC | Rule.MEETING_HELD:
            if not booking.is_live:
                return "the place was given up"
        case Rule.SESSION_SOON:
            if booking.state is not BookingState.CONFIRMED:
                return "the place was given up"
            if not person.wants_nudges:
                return "the person stopped reminders"
        case Rule.PLACE_OFFERED | Rule.INVITED:
            if booking.state is not BookingState.OFFERED:
                return "the offer was answered"
            if booking.offer_until is not None and booking.offer_until <= now:
                return "the offer has lapsed"
    return None


def _not_to_be_asked(rule: Rule, booking: Booking, person: Person) -> str | None:
    if not person.wants_nudges:
        return "the person stopped reminders"
    # A register can be put right after the question was planned.
    if rule is not Rule.NEXT_STEPS and booking.state is not BookingState.ATTENDED:
        return "the person was not there"
    return None
