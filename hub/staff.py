"""Who holds which role, as the lead sees it and puts it right (domain, section 3)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hub.booking import Booking, may_book
from hub.people import Person, Role
from hub.refusals import Reason

#: Roles that a lead may give. Who is a lead is for the trust's settings to say.
GIVEN_BY_LEADS = tuple(role for role in Role if role is not Role.LEAD)
#: Stands for "none" in a search: people without a role, or without a school.
NONE_YET = "none"
#: Why somebody may no longer hold a place after a change of role or school.
_OF_THE_PERSON = frozenset({Reason.AUDIENCE, Reason.NOT_RELEASED})


@dataclass(frozen=True)
class StaffSearch:
    """Whom a lead is looking for; empty fields do not narrow it down."""

    #: Part of a name.
    name: str = ""
    #: A role's name, or ``NONE_YET``.
    role: str = ""
    #: A school's id, or ``NONE_YET``.
    school_id: str = ""


@dataclass(frozen=True)
class PutRight:
    """Somebody as they stand after a lead put their role or school right."""

    person: Person
    #: Places and waits of theirs that they could not book any more; kept all the same.
    in_doubt: tuple[Booking, ...] = ()


def roles_after(held: Iterable[Role], given: Iterable[Role]) -> frozenset[Role]:
    """What is written down when a lead gives roles; being a lead is neither given nor taken so."""
    return (frozenset(given) & frozenset(GIVEN_BY_LEADS)) | (frozenset(held) & {Role.LEAD})


def mark_of(person: Person) -> str:
    """A short mark of role and school as a card showed them; it differs once they do."""
    told = [*sorted(person.roles), person.school.id if person.school else ""]
    return hashlib.blake2b("\n".join(told).encode(), digest_size=8).hexdigest()


def in_doubt(person: Person, bookings: Iterable[Booking], now: datetime) -> tuple[Booking, ...]:
    """The bookings to come that this person, as they stand now, could not make any more."""
    return tuple(
        booking
        for booking in bookings
        if (refusal := may_book(person, booking.session, now)) and refusal.reason in _OF_THE_PERSON
    )
