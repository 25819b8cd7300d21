"""People of one school who come together: who of them is coming, and who should be asked.

Source: training offer, tier 2b: SENCos and maths leads jointly; domain, section 1.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hub.booking import BookingState, Session
from hub.people import Person, Role

#: Tiers to which a school should send one of each role in the audience.
JOINT_TIERS = frozenset({"2b"})


@dataclass(frozen=True)
class Colleague:
    """Somebody of the same school, and how they stand with one session."""

    person: Person
    standing: BookingState | None = None


@dataclass(frozen=True)
class Seat:
    """One role that a school should send, and those who hold it there."""

    role: Role
    holders: tuple[Colleague, ...]

    @property
    def is_filled(self) -> bool:
        """Whether somebody in this role is coming."""
        return any(each.standing is BookingState.CONFIRMED for each in self.holders)

    @property
    def not_asked_yet(self) -> tuple[Colleague, ...]:
        """Those who have nothing to do with the session so far."""
        idle = {None, BookingState.CANCELLED}
        return tuple(each for each in self.holders if each.standing in idle)


def seats_of(session: Session, school_staff: Iterable[Colleague]) -> tuple[Seat, ...]:
    """The roles that one school should send to a joint session; empty for other sessions."""
    if session.tier not in JOINT_TIERS:
        return ()
    staff = list(school_staff)
    return tuple(
        Seat(role, tuple(each for each in staff if role in each.person.roles))
        for role in Role
        if role in session.audience
    )


def to_be_told(seats: Iterable[Seat], person: Person) -> list[Person]:
    """Whom to pass an invitation on to: holders of a role that nobody fills yet, but oneself."""
    found = {
        each.person.id: each.person
        for seat in seats
        if not seat.is_filled
        for each in seat.not_asked_yet
        if each.person.id != person.id
    }
    return list(found.values())
