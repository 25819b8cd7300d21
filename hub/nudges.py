"""Why the bot writes first, as values, and whether a message is still wanted.

What is due is worked out in ``hub.reminders``, ``hub.afterwards``, ``hub.school_meetings`` and
``hub.gaps``; the planner writes it to the outbox. Delivery asks ``no_longer_wanted`` once more just
before sending, since the truth moves while a nudge waits, and ``hub.manners`` whether it may go.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hub.booking import Booking, BookingState, SessionState


class Rule(StrEnum):
    """Why somebody is written to. The names go into keys, so they never change."""

    #: A week before a booked session, with joining instructions and what to bring.
    SESSION_WEEK = "session-week"
    #: An hour before an online session, to the minute.
    SESSION_HOUR = "session-hour"
    #: The school day before a booked session, 15:45 (domain, section 4).
    SESSION_SOON = "session-soon"
    #: Some days before a booked session: the toolkit on its subject (offer, core services).
    READ_AHEAD = "read-ahead"
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
    #: A SENCo missed a SENCo meeting; the next one is still to book (offer, tier 1).
    TIER_1_MISSED = "tier-1-missed"
    #: A SENCo has no place at the next SENCo meeting (offer, tier 1).
    TIER_1_OPEN = "tier-1-open"
    #: A SENCo has no SENCo training this term (offer, tier 2a).
    TIER_2A_OPEN = "tier-2a-open"
    #: The SENCo comes to the working party, the school's maths lead does not (offer, tier 2b).
    MATHS_LEAD_MISSING = "maths-lead-missing"
    #: Nobody from the school is on the next INSET day (offer, tier 3).
    INSET_NOBODY = "inset-nobody"
    #: The school's meeting is not arranged by the end of Spring 1 (offer, tier 5).
    SCHOOL_MEETING_OPEN = "school-meeting-open"
    #: For leads: no clinic is set for this half-term (offer, tier 4).
    CLINIC_NOT_SET = "clinic-not-set"
    #: For leads: the year's programme falls short of the offer (design, promise 6).
    YEAR_BEHIND = "year-behind"
    #: How was it? The same afternoon, once the register is taken (journey 10).
    FEEDBACK = "feedback"
    #: How did you share it in school? Two weeks after tier 2a (offer, tier 2a, purpose).
    SHARING = "sharing"
    #: How are the agreed next steps coming on? Some weeks after a tier 5 meeting (journey 4).
    NEXT_STEPS = "next-steps"
    #: A request moved on; told to whoever waits for that.
    REQUEST_UPDATE = "request-update"
    #: For leads: somebody asked for something.
    REQUEST_NEW = "request-new"
    #: A visit or a call of a request is on the next school day.
    VISIT_SOON = "visit-soon"
    #: An hour before a call on Teams, to the minute.
    CALL_HOUR = "call-hour"
    #: For leads: what was promised to somebody has slipped.
    REQUEST_STALLED = "request-stalled"
    #: Times for a visit are on offer, and the asker has not chosen one.
    TIMES_WAITING = "times-waiting"
    #: A visit or a call is over, and whoever came has not recorded it.
    VISIT_UNRECORDED = "visit-unrecorded"
    #: Some weeks after a visit: would a follow-up help?
    FOLLOW_UP_DUE = "follow-up-due"
    #: The answer, in the person's own chat, to a press where others read along.
    PRESSED_IN_PUBLIC = "pressed-in-public"


#: Rules whose subject is a booking of the person; the others say what theirs is.
ABOUT_A_BOOKING = frozenset(
    {
        Rule.SESSION_WEEK,
        Rule.SESSION_HOUR,
        Rule.SESSION_SOON,
        Rule.READ_AHEAD,
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
#: Rules whose subject is a visit or a call of a request.
ABOUT_A_VISIT = frozenset({Rule.VISIT_SOON, Rule.CALL_HOUR})
#: What is told to many at one time in the same words.
TOLD_TO_MANY = frozenset(
    {Rule.ANNOUNCEMENT, Rule.SESSION_MOVED, Rule.SESSION_CANCELLED, Rule.SESSION_BACK_ON}
)
#: Answers to what the person did a moment ago: no nudges, so neither hours nor caps hold them up.
ANSWERS = frozenset({Rule.PRESSED_IN_PUBLIC})
#: Those, and replies in a conversation that somebody began by asking for something: hours hold
#: replies, the caps do not, or the third step of a request would wait until tomorrow.
UNCAPPED = ANSWERS | {Rule.REQUEST_UPDATE, Rule.REQUEST_NEW}
#: Rules that look back on a session; for all others its start is the end of the matter.
ABOUT_THE_PAST = frozenset({Rule.FEEDBACK, Rule.SHARING, Rule.NEXT_STEPS})


class NudgeState(StrEnum):
    """What became of a nudge that was planned."""

    PENDING = "pending"
    #: Part of a message in the outbox.
    COMPOSED = "composed"
    #: Let go before it went into one.
    DROPPED = "dropped"


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


def no_longer_wanted(rule: Rule, booking: Booking, now: datetime) -> str | None:
    """Why this message should not be sent any more, in words for the log; None when it should."""
    if rule in ABOUT_THE_PAST:
        return _not_to_be_asked(rule, booking)
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
        case Rule.SESSION_SOON | Rule.SESSION_WEEK | Rule.SESSION_HOUR | Rule.READ_AHEAD:
            if booking.state is not BookingState.CONFIRMED:
                return "the place was given up"
        case Rule.PLACE_OFFERED | Rule.INVITED:
            if booking.state is not BookingState.OFFERED:
                return "the offer was answered"
            if booking.offer_until is not None and booking.offer_until <= now:
                return "the offer has lapsed"
    return None


def _not_to_be_asked(rule: Rule, booking: Booking) -> str | None:
    # A register can be put right after the question was planned.
    if rule is not Rule.NEXT_STEPS and booking.state is not BookingState.ATTENDED:
        return "the person was not there"
    return None
