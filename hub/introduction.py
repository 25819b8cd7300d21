"""Who somebody says they are: roles and school, out of a sentence or the directory.

A person may hold several roles. Nobody gives themselves a role that the trust gives, and a guest
may only name a partner school, so that no word of theirs opens what is not released to them.
Source: domain, section 3.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.directory import Profile
from hub.job_titles import roles_and_rest, roles_in
from hub.offer import Offer, Tier
from hub.people import GIVEN_BY_THE_TRUST, Person, Role, School
from hub.school_names import schools_in
from hub.school_year import SchoolCalendar

_OF_ONESELF = re.compile(
    r"^\W*((hi|hello|hey|please note|actually|by the way|fyi)\W+)?"
    r"(i'?m|i am|i'?ve|i have|i work|i now|my (new )?(role|job|school))\b",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\b(also|as well|too|on top)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(not|no longer|any ?more|stopped being)\b", re.IGNORECASE)
#: An unknown school's name may follow these.
_ELSEWHERE = re.compile(r"\b(?:at|to|from|in) (?P<school>[\w' .-]+?)(?: now)?\W*$")
_SMALL_WORDS = frozenset(
    re.findall(
        r"[\w']+",
        "hi hello hey please note actually by the way fyi i i'm im am i've ive have has been i my "
        "a an the at in of to for from and or as well also too now new just both is are be being "
        "become became moved move changed started work works working role job school currently "
        "not no longer any more anymore stopped this year here these days on top our with &",
    )
)


class Change(StrEnum):
    """What a sentence does to the roles somebody has."""

    SET = "set"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True)
class SaidOfOneself:
    """A sentence like "I'm the SENCo at School B now", understood."""

    change: Change
    roles: frozenset[Role]
    school: School | None
    #: A school that was named and is not known; empty otherwise.
    unknown_school: str = ""

    def applied_to(self, person: Person) -> frozenset[Role]:
        """The roles of this person after what they said; those the trust gave stay."""
        match self.change:
            case Change.ADD:
                return person.roles | self.roles
            case Change.REMOVE:
                return person.roles - (self.roles - GIVEN_BY_THE_TRUST)
        kept = person.roles & GIVEN_BY_THE_TRUST
        return (self.roles | kept) if self.roles else person.roles


def speaks_of_oneself(text: str) -> bool:
    """Whether it begins as a statement about oneself does; nothing else needs a closer look."""
    return bool(_OF_ONESELF.search(text.replace("’", "'")))


def said_of_oneself(text: str, schools: Iterable[School]) -> SaidOfOneself | None:
    """Roles and school that somebody states of themselves; None for any other message.

    Strict on purpose: once roles, school and small words are taken out, nothing may remain, so
    that "I'm a teacher and need help with phonics" is a request and no statement.
    """
    said = " ".join(text.replace("’", "'").split())
    if not _OF_ONESELF.search(said):
        return None
    named = schools_in(said, schools)
    roles, rest = roles_and_rest(_without(said, named))
    rest = " ".join(rest.split())
    unknown = ""
    if not named and roles and (found := _ELSEWHERE.search(rest)):
        unknown, rest = _unknown(found, rest)
    if len(named) > 1 or not (roles or named) or _words(rest) - _SMALL_WORDS:
        return None
    change = Change.SET
    if _NOT.search(said):
        change = Change.REMOVE
    elif _ALSO.search(said):
        change = Change.ADD
    school = named[0] if named and change is not Change.REMOVE else None
    return SaidOfOneself(change, roles - GIVEN_BY_THE_TRUST, school, unknown)


def _unknown(found: re.Match[str], rest: str) -> tuple[str, str]:
    name = found["school"].strip()
    if not _words(name) - _SMALL_WORDS:
        return "", rest
    return name, rest[: found.start()]


def _without(said: str, schools: Iterable[School]) -> str:
    for school in schools:
        said = re.sub(re.escape(school.name), " ", said, flags=re.IGNORECASE)
    return said


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w'&]+", text.lower()))


def guess(profile: Profile, schools: Iterable[School]) -> tuple[frozenset[Role], School | None]:
    """Roles and school as the directory suggests them, to be confirmed by the person."""
    known = list(schools)
    for words in (profile.office_location, profile.department):
        if named := schools_in(words, known):
            return roles_in(profile.job_title), named[0]
    return roles_in(profile.job_title), None


def own_choice(roles: Iterable[Role], person: Person) -> frozenset[Role]:
    """The roles somebody chose for themselves, with those that the trust has given them."""
    return (frozenset(roles) - GIVEN_BY_THE_TRUST) | (person.roles & GIVEN_BY_THE_TRUST)


def may_be_at(school: School, person: Person) -> bool:
    """Whether this person may say that they work there: a guest only at a partner school."""
    return school.is_partner or not person.is_guest


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
