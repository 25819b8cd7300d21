"""Who is on a session and who came: what a lead sees of it, and when a register may be taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from hub import refusals
from hub.booking import BookingState, Session, SessionState
from hub.refusals import Refusal

#: States of those whose names are on the register.
ON_THE_REGISTER = (BookingState.CONFIRMED, BookingState.ATTENDED, BookingState.MISSED)
#: Somebody not yet marked is taken to have come, as most do; the lead unticks who did not.
TAKEN_AS_THERE = frozenset({BookingState.CONFIRMED, BookingState.ATTENDED})


@dataclass(frozen=True)
class Attendee:
    """One person on a session, as its lead sees them."""

    booking_id: UUID
    name: str
    school: str
    state: BookingState
    #: The order in which people booked or joined the waiting list.
    arrival: int
    hopes: str = ""


@dataclass(frozen=True)
class Ratings:
    """How many said what of a session, from 4 (very useful) to 1 (not useful)."""

    counts: tuple[tuple[int, int], ...] = ()

    @property
    def answers(self) -> int:
        """How many have answered."""
        return sum(count for _, count in self.counts)

    def of(self, rating: int) -> int:
        """How many gave this rating."""
        return dict(self.counts).get(rating, 0)


@dataclass(frozen=True)
class SessionStanding:
    """A session as its lead sees it: the people in figures, and the notes that stay with leads."""

    session: Session
    #: Confirmed, or marked as having come.
    booked: int
    #: Places kept for somebody's answer.
    offered: int
    waiting: int
    came: int = 0
    registered_at: datetime | None = None
    override_note: str = ""

    @property
    def expecting(self) -> int:
        """How many people hear of it when the session changes."""
        return self.booked + self.offered + self.waiting


@dataclass(frozen=True)
class Register:
    """Everybody whose name is on the register, in the order in which they booked."""

    session: Session
    registered_at: datetime | None
    names: tuple[Attendee, ...]

    @property
    def came(self) -> int:
        """How many are marked as having come."""
        return sum(each.state is BookingState.ATTENDED for each in self.names)

    @property
    def missed(self) -> int:
        """How many are marked as not having come."""
        return sum(each.state is BookingState.MISSED for each in self.names)


def mark_of(names: Iterable[Attendee]) -> str:
    """A short mark of how these names stand, to tell whether a colleague changed them meanwhile."""
    stand = ";".join(f"{each.booking_id}:{each.state}" for each in names)
    return sha256(stand.encode()).hexdigest()[:16]


def may_take_register(session: Session, now: datetime) -> Refusal | None:
    """Why the register cannot be taken at ``now``; None from the morning of its day on."""
    if session.state is SessionState.CANCELLED:
        return refusals.session_cancelled(session.title)
    day = session.starts_at.date()
    if now.astimezone(session.starts_at.tzinfo).date() < day:
        return refusals.register_not_yet(session.title, day)
    return None
