"""Sessions and places: who may book, who waits, who is offered a place that frees up.

A place counts as taken while it is confirmed or on offer; promise 1 (never overbooked) and
promise 2 (offered in order, with a time limit, never to two people) rest on that one sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from hub import refusals
from hub.offer import SCHOOL_MEETING_TIER
from hub.people import Person, Role
from hub.refusals import Refusal
from hub.school_year import SchoolCalendar

#: How long a person has to take a place that came up (journey 7).
OFFER_LASTS_SCHOOL_HOURS = 24
#: What leads write as the place of a session that is held online.
ONLINE_VENUES = frozenset(
    {
        "online",
        "teams",
        "microsoft teams",
        "ms teams",
        "on teams",
        "online on teams",
        "online (teams)",
    }
)
#: Words somebody may write about what they hope to get from a session.
LONGEST_HOPES = 500


class SessionState(StrEnum):
    """Whether a session still goes ahead."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


class BookingState(StrEnum):
    """Where one person stands with one session."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    MISSED = "missed"


#: States that hold a place; the capacity of a session limits how many can book one. Somebody who
#: came keeps theirs, so that a register taken early frees nothing.
HOLDS_A_PLACE = frozenset({BookingState.CONFIRMED, BookingState.OFFERED, BookingState.ATTENDED})
#: States in which somebody still has something to expect.
LIVE = frozenset({BookingState.CONFIRMED, BookingState.OFFERED, BookingState.WAITING})


@dataclass(frozen=True)
class Session:
    """One dated event of a tier. Times are in the Hub's own zone."""

    id: UUID
    tier: str
    title: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    capacity: int
    online_url: str = ""
    leads: tuple[str, ...] = ()
    strand: str = ""
    slot: str = ""
    #: Roles that may book; empty means any member of staff.
    audience: frozenset[Role] = frozenset()
    state: SessionState = SessionState.SCHEDULED
    notes: str = ""
    #: Partner schools may book from this moment; None means never.
    released_to_partners_at: datetime | None = None
    #: The school that a Tier 5 meeting is for, or that a visit is to; its id.
    school_id: str | None = None
    #: Rises with every change: people are told once for each that moves it, calendars follow, and
    #: a lead's form made from an older one is not saved over it.
    revision: int = 1
    #: Why it was moved or cancelled, in the lead's words.
    reason: str = ""
    #: The link of the Teams meeting that the Hub set up for it. No lead decides it, so two sessions
    #: that differ in nothing else are the same.
    join_url: str = field(default="", compare=False)

    @property
    def is_online(self) -> bool:
        """Whether nobody need travel to it."""
        return self.venue.strip().casefold() in ONLINE_VENUES

    @property
    def is_on_teams(self) -> bool:
        """Whether the Hub sets up a Teams meeting for it: a lead's own link goes before that."""
        return self.is_online and not self.online_url

    @property
    def link(self) -> str:
        """Where to join; empty when it is on site only, or the link is still to come."""
        return self.online_url or (self.join_url if self.is_online else "")

    @property
    def awaits_link(self) -> bool:
        """Whether its Teams meeting is still being set up."""
        return self.is_on_teams and not self.join_url

    @property
    def needs_meeting(self) -> bool:
        """Whether it should have a Teams meeting, as things stand."""
        return self.is_on_teams and self.state is SessionState.SCHEDULED

    @property
    def is_school_meeting(self) -> bool:
        """Whether this is one school's own meeting: not on the programme, nobody books a place."""
        return self.tier == SCHOOL_MEETING_TIER and self.school_id is not None


@dataclass(frozen=True)
class Booking:
    """One person's standing in one session."""

    id: UUID
    person_id: UUID
    session: Session
    state: BookingState
    #: What the person would like from the session, in their words; checked by the guard first.
    hopes: str = ""
    #: Place in the waiting list, 1 for whoever is next; None when not waiting.
    position: int | None = None
    #: An offered place lapses at this moment.
    offer_until: datetime | None = None
    #: When the present state began.
    since: datetime | None = field(default=None, compare=False)
    #: The colleague who asked for this place, while the person has not said yes to it themselves.
    invited_by: str = ""

    @property
    def is_live(self) -> bool:
        """Whether the person still has something to expect of this session."""
        return self.state in LIVE and self.session.state is SessionState.SCHEDULED


def may_book(person: Person, session: Session, now: datetime) -> Refusal | None:
    """Why this person may not book this session at ``now``; None when they may.

    Source: training offer, column "Audience"; partner schools from the release date only
    (domain, section 2).
    """
    if session.is_school_meeting:
        return refusals.meeting_meant_for()
    if not may_see(person, session, now):
        return refusals.not_released()
    if refusal := no_longer_on(session, now):
        return refusal
    if not is_meant_for(session, person):
        return refusals.meant_for(session.title, session.audience)
    return None


def is_meant_for(session: Session, person: Person) -> bool:
    """Whether the session's audience includes this person; no audience means all staff."""
    return not session.audience or not person.roles.isdisjoint(session.audience)


def no_longer_on(session: Session, now: datetime) -> Refusal | None:
    """Why nobody at all can book this session any more; None while somebody can."""
    if session.state is SessionState.CANCELLED:
        return refusals.session_cancelled(session.title)
    if session.starts_at <= now:
        return refusals.already_started(session.title)
    return None


def may_see(person: Person, session: Session, now: datetime) -> bool:
    """Whether a session is on this person's programme: partner schools wait for its release.

    A school's own meeting is on nobody's; ``hub.school_meetings`` says who sees it.
    """
    if session.is_school_meeting:
        return False
    released_at = session.released_to_partners_at
    return not person.is_from_partner or (released_at is not None and released_at <= now)


def state_for_newcomer(session: Session, taken: int) -> BookingState:
    """Whether somebody who books now gets a place or joins the waiting list."""
    return BookingState.CONFIRMED if taken < session.capacity else BookingState.WAITING


def places_left(session: Session, taken: int) -> int:
    """Places that nobody holds and nobody is being offered."""
    return max(0, session.capacity - taken)


def may_give_up(booking: Booking, now: datetime) -> Refusal | None:
    """Why a place can no longer be given up; None when it can."""
    if booking.state in LIVE and booking.session.state is SessionState.CANCELLED:
        return refusals.session_cancelled(booking.session.title)
    if not booking.is_live:
        return refusals.nothing_to_give_up(booking.session.title)
    if booking.session.is_school_meeting:
        return refusals.move_or_call_off()
    if booking.session.starts_at <= now:
        return refusals.already_started(booking.session.title)
    return None


def may_take_offer(booking: Booking, now: datetime) -> Refusal | None:
    """Why an offered place can no longer be taken; None when it can."""
    if booking.state is not BookingState.OFFERED:
        return refusals.no_offer(booking.session.title)
    if booking.offer_until is not None and booking.offer_until <= now:
        return refusals.offer_lapsed(booking.session.title)
    return may_give_up(booking, now)


def offer_until(session: Session, calendar: SchoolCalendar, now: datetime) -> datetime | None:
    """Until when a place that frees up at ``now`` is kept for whoever waited longest.

    The clock starts when that person can be told, the next school morning if need be, and runs
    for 24 school hours or until the session begins. None when they cannot be told in time; the
    place is then open to all.
    """
    told_at = calendar.next_disturbable(now)
    if told_at is None or told_at >= session.starts_at:
        return None
    end = calendar.after_school_hours(told_at, OFFER_LASTS_SCHOOL_HOURS)
    return min(end, session.starts_at) if end else session.starts_at


#: Undo is for a slip of the thumb, not a second thought a day later.
UNDO_LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class Placed:
    """The answer to "book me": the booking as it stands, and whether this call made it so."""

    booking: Booking
    is_new: bool
    #: Other places this person holds at the same time.
    clashes: tuple[Booking, ...] = ()


@dataclass(frozen=True)
class Clash:
    """Not booked yet: this person has a place elsewhere at the same time, and should choose."""

    session: Session
    others: tuple[Booking, ...]


@dataclass(frozen=True)
class OpenSession:
    """A session on the programme as one person sees it."""

    session: Session
    places_left: int
    waiting: int
    #: This person's own standing in it, if any.
    own: BookingState | None = None
    #: Whether the session is meant for somebody with this person's roles.
    is_for_me: bool = True


def overlap(one: Session, other: Session) -> bool:
    """Whether nobody can be at both."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def clashing(session: Session, held: Iterable[Booking]) -> tuple[Booking, ...]:
    """The confirmed places among ``held`` that are at the same time as this session."""
    return tuple(
        each
        for each in held
        if each.state is BookingState.CONFIRMED
        and each.session.id != session.id
        and each.session.state is SessionState.SCHEDULED
        and overlap(each.session, session)
    )
