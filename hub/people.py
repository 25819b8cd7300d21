"""Who the Hub serves: schools, roles, people."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody does in school; a person may hold several (domain, section 3)."""

    CLASS_TEACHER = "class teacher"
    TEACHING_ASSISTANT = "teaching assistant"
    SENCO = "SENCo"
    HEADTEACHER = "headteacher"
    SENIOR_LEADER = "senior leader"
    MATHS_LEAD = "maths lead"
    CURRICULUM_LEAD = "curriculum lead"
    SUBJECT_LEADER = "subject leader"
    HUB_CLASS_TEACHER = "hub class teacher"
    PASTORAL = "pastoral staff"
    OFFICE = "school office"
    LEAD = "Trust SEND Lead"
    TRUST_MATHS_LEAD = "Trust Maths Lead"


#: Roles that nobody can give themselves: the trust's settings and files do.
GIVEN_BY_THE_TRUST = frozenset({Role.LEAD, Role.TRUST_MATHS_LEAD})


#: What somebody is called until their name is known.
NAMELESS = "Colleague"


@dataclass(frozen=True)
class School:
    """A school of the trust, or a partner of it."""

    id: str
    name: str
    #: A partner school sees only what has been released to partners.
    is_partner: bool = False


@dataclass(frozen=True)
class Standing:
    """How somebody stands to the trust, as its directory and its settings have it."""

    #: In lower case; empty until it is known.
    sign_in_name: str
    is_guest: bool
    is_lead: bool


@dataclass(frozen=True)
class Person:
    """A member of staff. Identity is the tenant and the Entra object id, nothing else."""

    id: UUID
    tenant_id: str
    object_id: str
    name: str
    roles: frozenset[Role] = frozenset()
    school: School | None = None
    #: Whether this person wants reminders at all; calendar events come regardless.
    wants_nudges: bool = True
    #: A guest account, or one of another tenant: a colleague of a partner school.
    is_guest: bool = False
    #: When this person last confirmed school and roles; None until they have.
    introduced_at: datetime | None = None
    #: What they sign in with, in lower case; empty until the directory or a file has said so.
    sign_in_name: str = ""
    #: When this person was found to have left the trust; None while they are here.
    left_at: datetime | None = None
    #: Whether Microsoft 365 has a calendar for this person, as far as is known.
    has_mailbox: bool = True

    @property
    def first_name(self) -> str:
        """How to greet somebody; whole names that are roles ("Class teacher, School A") stay whole."""
        if "," in self.name or self.name in set(Role):
            return self.name.split(",")[0].strip()
        return self.name.split(" ")[0]

    @property
    def is_from_partner(self) -> bool:
        """Whether this person works in a partner school; a guest does until a school is known."""
        return self.school.is_partner if self.school else self.is_guest

    @property
    def is_lead(self) -> bool:
        """Whether this person runs the Hub; only the trust's settings and files make it so."""
        return Role.LEAD in self.roles

    @property
    def standing(self) -> Standing:
        """How this person stands to the trust, as far as it has been noted."""
        return Standing(self.sign_in_name, self.is_guest, self.is_lead)


#: Nobody's id: no booking is ever found under it.
_NOBODY = UUID(int=0)


def as_anybody(person: Person) -> Person:
    """Nobody in particular, who may see what all staff may, or all staff of partner schools.

    What is read for them holds nothing of this person, their school or their roles, so it can be
    shown where others read along.
    """
    return Person(
        id=_NOBODY,
        tenant_id=person.tenant_id,
        object_id="",
        name="",
        is_guest=person.is_from_partner,
    )
