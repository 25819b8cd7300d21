"""The trust's staff group, held against whom the Hub knows: who is new, changed, gone or back.

Names follow the directory always; roles and school only as long as they are the directory's own
suggestion, so that neither the person's word nor a lead's is ever overwritten.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from uuid import UUID

from hub.directory import Profile
from hub.introduction import guess, may_be_at
from hub.people import GIVEN_BY_THE_TRUST, Person, Role, School
from hub.spoken import counted_people

#: Why somebody's nudges are dropped, and why they gave up their places.
LEFT_THE_TRUST = "left the trust"
#: As much of a name as is kept.
LONGEST_NAME = 200
#: A reading that would take more people away than both of these is not believed.
MOST_LEAVERS = 5
LARGEST_SHARE = 0.2

Guessing = Callable[[Profile], tuple[frozenset[Role], School | None]]


@dataclass(frozen=True)
class Suggestion:
    """Roles and school as the directory last suggested them of somebody."""

    roles: frozenset[Role] = frozenset()
    school_id: str | None = None


@dataclass(frozen=True)
class Known:
    """Somebody as the Hub has them."""

    person: Person
    #: Whether they were in the group when it was last read.
    is_listed: bool
    suggested: Suggestion = Suggestion()


@dataclass(frozen=True)
class Entry:
    """Somebody of the group as they are to be written down."""

    object_id: str
    name: str
    sign_in_name: str
    is_guest: bool
    #: Without those that the trust gives, which stay as they are.
    roles: frozenset[Role]
    school_id: str | None
    suggested: Suggestion


@dataclass(frozen=True)
class Reading:
    """What one reading of the group changes."""

    new: tuple[Entry, ...] = ()
    #: People of the group who were known, by our own id, and stand there differently.
    changed: Mapping[UUID, Entry] = field(default_factory=dict)
    left: tuple[UUID, ...] = ()
    #: Why this reading is not believed; empty when it is.
    doubt: str = ""


def read_group(
    known: Iterable[Known],
    members: Iterable[Profile],
    gone: Collection[str],
    schools: Iterable[School],
) -> Reading:
    """Hold the group's members against everybody known.

    ``gone`` are the object ids of people outside the group whom the directory has no more. Members
    of whom it tells no name are not met: without leave to read users, Graph shows their ids only.
    """
    everybody, every_school = list(known), list(schools)
    # A whole staff shares few job titles and offices.
    look = cache(lambda words: guess(words, every_school))
    answer = {each.object_id: each for each in members}
    listed = {who: profile for who, profile in answer.items() if profile.is_enabled}
    no_more = {*gone, *(answer.keys() - listed.keys())}
    changed: dict[UUID, Entry] = {}
    left: list[UUID] = []
    here = 0
    for each in everybody:
        person, profile = each.person, listed.pop(each.person.object_id, None)
        is_gone = profile is None and (each.is_listed or person.object_id in no_more)
        if person.left_at is None and (profile or is_gone):
            here += 1
        if is_gone and person.left_at is None:
            left.append(person.id)
        if profile and (entry := _change(each, profile, look)):
            changed[person.id] = entry
    new = tuple(_met(each, look) for each in listed.values() if each.name)
    return Reading(new, changed, tuple(left), _doubt(len(left), here, is_empty=not answer))


def _change(known: Known, profile: Profile, look: Guessing) -> Entry | None:
    """How somebody in the group is to be written down; None when they stand there so already."""
    person = known.person
    own = person.roles - GIVEN_BY_THE_TRUST
    school_id = person.school.id if person.school else None
    before = Entry(
        object_id=person.object_id,
        name=person.name,
        sign_in_name=person.sign_in_name,
        is_guest=person.is_guest,
        roles=own,
        school_id=school_id,
        suggested=known.suggested,
    )
    after = _told(before, profile, person, look) if profile.name else before
    is_here = known.is_listed and person.left_at is None
    return None if is_here and after == before else after


def _told(before: Entry, profile: Profile, person: Person, look: Guessing) -> Entry:
    now = replace(person, is_guest=profile.is_guest)
    suggested = _suggestion(profile, now, before.suggested, look)
    after = replace(
        before,
        name=profile.name[:LONGEST_NAME],
        sign_in_name=profile.sign_in_name or before.sign_in_name,
        is_guest=profile.is_guest,
        suggested=suggested,
    )
    if person.introduced_at:
        return after
    if before.roles == before.suggested.roles:
        after = replace(after, roles=suggested.roles)
    if before.school_id == before.suggested.school_id:
        after = replace(after, school_id=suggested.school_id)
    return after


def _met(profile: Profile, look: Guessing) -> Entry:
    """Somebody new, as the directory suggests them; they confirm it when they first write."""
    nobody = Person(UUID(int=0), "", profile.object_id, profile.name, is_guest=profile.is_guest)
    suggested = _suggestion(profile, nobody, Suggestion(), look)
    return Entry(
        object_id=profile.object_id,
        name=profile.name[:LONGEST_NAME],
        sign_in_name=profile.sign_in_name,
        is_guest=profile.is_guest,
        roles=suggested.roles,
        school_id=suggested.school_id,
        suggested=suggested,
    )


def _suggestion(profile: Profile, person: Person, before: Suggestion, look: Guessing) -> Suggestion:
    """What the directory suggests now; where it has fallen silent, what it said last."""
    words = Profile(
        job_title=profile.job_title,
        department=profile.department,
        office_location=profile.office_location,
    )
    roles, school = look(words)
    is_theirs = school is not None and may_be_at(school, person)
    return Suggestion(
        roles=(roles - GIVEN_BY_THE_TRUST) or before.roles,
        school_id=school.id if school and is_theirs else before.school_id,
    )


def _doubt(leavers: int, here: int, *, is_empty: bool) -> str:
    """Why so many cannot have left since the last reading; empty when they can."""
    if not leavers:
        return ""
    if is_empty:
        return f"the group is empty, and {counted_people(here)} cannot have left at once"
    if leavers > MOST_LEAVERS and leavers > here * LARGEST_SHARE:
        return f"{leavers} of {counted_people(here)} would have left at once"
    return ""
