"""Who somebody says they are: roles and school, out of a sentence or the directory.

A person may hold several roles. Nobody gives themselves a role that the trust gives, and a guest
may only name a partner school, so that no word of theirs opens what is not released to them.
Source: domain, section 3.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.directory import Profile
from hub.job_titles import roles_in
from hub.offer import Offer, Tier
from hub.people import GIVEN_BY_THE_TRUST, Person, Role, School
from hub.school_names import school_called, schools_in, sounds_like_a_school
from hub.school_year import SchoolCalendar
from hub.self_description import clauses_of


class Change(StrEnum):
    """What a sentence does to the roles somebody has."""

    SET = "set"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True)
class SaidOfOneself:
    """A sentence like "I'm the SENCo at School B now", understood."""

    change: Change
    #: The roles to set, add or remove.
    roles: frozenset[Role]
    school: School | None
    #: A school that was named and is not known; empty otherwise.
    unknown_school: str = ""
    #: Roles given up in the same breath: "I'm not the SENCo any more, I'm a class teacher".
    no_longer: frozenset[Role] = frozenset()
    #: The school that somebody has left without saying for which.
    left: School | None = None
    #: "I'm just a class teacher now": nothing else is left.
    is_all: bool = False

    def applied_to(self, person: Person) -> frozenset[Role]:
        """The roles of this person after what they said; those the trust gave stay.

        Whoever names one of several roles that they have keeps the others.
        """
        stay = person.roles & GIVEN_BY_THE_TRUST
        kept = (person.roles - self.no_longer) | stay
        match self.change:
            case Change.REMOVE:
                return (kept - self.roles) | stay
            case Change.SET if self.is_all or not (self.no_longer or self.roles <= kept):
                return self.roles | stay
            case _:
                return kept | self.roles


def said_of_oneself(text: str, schools: Sequence[School]) -> SaidOfOneself | None:
    """Roles and school that somebody states of themselves; None for any other message.

    Strict on purpose: once opening words, roles, school and small words are taken out of each
    clause, nothing may remain, so that "I'm a teacher and need help with phonics" is a request and
    "I have a TA" is no statement about oneself.
    """
    clauses = clauses_of(text, schools)
    if not clauses:
        return None
    held = frozenset().union(*(each.roles for each in clauses if not each.is_denied))
    gone = frozenset().union(*(each.roles for each in clauses if each.is_denied)) - held
    named = {each.school for each in clauses if each.school is not None and not each.is_denied}
    left = {each.school for each in clauses if each.school is not None and each.is_denied}
    if len(named) > 1 or len(left) > 1:
        return None
    school = schools[named.pop()] if named else None
    unknown = next((each.unknown_school for each in clauses if each.unknown_school), "")
    called = school_called(unknown, schools)
    if unknown and not (held or called or sounds_like_a_school(unknown)):
        return None
    if held or school or unknown:
        also = any(each.is_also for each in clauses)
        return SaidOfOneself(
            Change.ADD if also else Change.SET,
            held,
            school or called,
            "" if school or called else unknown,
            gone,
            is_all=any(each.is_all for each in clauses),
        )
    if not gone and not left:
        return None
    # "I'm not the SENCo at School B any more" gives up the role; they may well still be there.
    return SaidOfOneself(
        Change.REMOVE, gone, None, left=schools[left.pop()] if left and not gone else None
    )


def guess(profile: Profile, schools: Iterable[School]) -> tuple[frozenset[Role], School | None]:
    """Roles and school as the directory suggests them, to be confirmed by the person."""
    known = list(schools)
    for words in (profile.office_location, profile.department):
        named = schools_in(words, known)
        if len(named) == 1:
            return roles_in(profile.job_title), named[0]
        if called := school_called(words, known):
            return roles_in(profile.job_title), called
    return roles_in(profile.job_title), None


def own_choice(roles: Iterable[Role], person: Person) -> frozenset[Role]:
    """The roles somebody chose for themselves, with those that the trust has given them."""
    return (frozenset(roles) - GIVEN_BY_THE_TRUST) | (person.roles & GIVEN_BY_THE_TRUST)


def may_be_at(school: School, person: Person) -> bool:
    """Whether this person may say that they work there.

    Whoever signs in as a guest, or is with a partner school, may name partner schools only: trust
    staff have first call on places, and no word of theirs opens what is not released to them.
    """
    return school.is_partner or not (person.is_guest or person.is_from_partner)


def is_to_be_asked(person: Person, calendar: SchoolCalendar, now: datetime) -> bool:
    """Whether to ask who somebody is: never confirmed, or not in this school year."""
    if person.introduced_at is None:
        return True
    year = calendar.year_of(now.astimezone(calendar.zone).date())
    return year is not None and person.introduced_at < calendar.at_start_of(year)


def open_tiers(offer: Offer, roles: frozenset[Role]) -> list[Tier]:
    """The tiers that somebody with these roles may book, in the offer's order."""
    return [
        each for each in offer.tiers if not each.audience or not each.audience.isdisjoint(roles)
    ]
