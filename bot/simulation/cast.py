"""Who takes part in a simulated year: a made-up trust of any size, and its programme."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from bot.loading.demo_trust import SPECIALIST, TENANT_ID, demo_trust
from hub.booking import Session
from hub.errors import CannotSimulate
from hub.offer import INSET_TIER, Offer
from hub.people import Person, Role, School
from hub.planning.situation import Situation
from hub.planning.year_plan import plan_year
from hub.school_year import SchoolCalendar, SchoolYear

_NAMESPACE = UUID("0c2b3a52-93c5-4c55-8f0e-7d1f0a9be0aa")
#: A school of about this many staff; the trust has as many schools as that makes.
STAFF_A_SCHOOL = 30
FEWEST_SCHOOLS = 3
#: One in so many staff leaves in the course of the year, and somebody new comes; at least one.
ONE_LEAVES_IN = 40
CLINIC_TIER = "4"
#: These in every school, in this order, the last a deputy; then whoever teaches and helps.
_EACH_SCHOOL = (
    *(Role.SENCO, Role.HEADTEACHER, Role.MATHS_LEAD, Role.CURRICULUM_LEAD),
    Role.SENCO,
)
_OTHERS = (Role.CLASS_TEACHER, Role.CLASS_TEACHER, Role.TEACHING_ASSISTANT, Role.PASTORAL)
#: One in so many sessions besides INSET days is online, so that the reminder an hour before is seen at work.
_ONLINE_EVERY = 3
#: One in so many sessions has few places, so that people wait for one: this share of all staff.
_TIGHT_EVERY = 4
_FEW = 0.1
_MEETING_LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_simulated"


@dataclass(frozen=True)
class Cast:
    """The trust, its staff and what the year holds."""

    year: SchoolYear
    schools: tuple[School, ...]
    lead: Person
    staff: tuple[Person, ...]
    sessions: tuple[Session, ...]
    #: Clinics as planned; leads put them on the programme in the course of the year.
    clinics: tuple[Session, ...] = ()
    #: Colleagues who come in the course of the year; their posts are those of whoever left.
    newcomers: tuple[Person, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody who is there when the year begins, the lead first."""
        return (self.lead, *self.staff)

    def since(self, day: date) -> "Cast":
        """The same trust with what it still has before it on that day."""
        coming = tuple(each for each in self.sessions if each.starts_at.date() >= day)
        clinics = tuple(each for each in self.clinics if each.starts_at.date() >= day)
        return replace(self, sessions=coming, clinics=clinics)


def cast_of(
    year_name: str, people: int, offer: Offer, zone: ZoneInfo, chance: random.Random
) -> Cast:
    """A trust of so many staff besides the lead, in the school year of this name.

    Raises CannotSimulate when ``year_name`` is none.
    """
    year = _year(year_name, offer, zone)
    schools = tuple(
        School(f"school-{number + 1}", f"School {number + 1}")
        for number in range(max(FEWEST_SCHOOLS, people // STAFF_A_SCHOOL))
    )
    calendar = SchoolCalendar.of([year], zone)
    situation = Situation(
        year=year,
        offer=offer,
        schools=schools,
        sessions=(),
        busy={},
        hub_schools=schools[:2],
        from_day=year.starts_on,
    )
    planned = plan_year(situation, calendar, SPECIALIST).sessions
    # The schools arrange their own meetings in the course of the year, or forget to.
    own = [each for each in planned if not each.is_school_meeting and each.tier != "5"]
    tight = list(_with_few_places(own, people))
    return Cast(
        year=year,
        schools=schools,
        lead=_person("lead", frozenset({Role.LEAD}), None),
        staff=tuple(_staff(people, schools, chance)),
        sessions=tuple(_with_links([each for each in tight if each.tier != CLINIC_TIER])),
        clinics=tuple(each for each in tight if each.tier == CLINIC_TIER),
        newcomers=tuple(_newcomers(people)),
    )


def _year(name: str, offer: Offer, zone: ZoneInfo) -> SchoolYear:
    first = name.split("-", maxsplit=1)[0].strip()
    if not (first.isascii() and first.isdigit() and 2000 <= int(first) <= 2100):  # noqa: PLR2004
        raise CannotSimulate(f"{name} is no school year; write it like 2026-27")
    year = demo_trust(date(int(first), 9, 1), zone, offer).year
    if year.name != name.strip().replace("/", "-"):
        raise CannotSimulate(f"{name} is no school year; did you mean {year.name}?")
    return year


def _staff(people: int, schools: tuple[School, ...], chance: random.Random) -> Iterator[Person]:
    for number in range(people):
        school = schools[number % len(schools)]
        nth = number // len(schools)
        role = _EACH_SCHOOL[nth] if nth < len(_EACH_SCHOOL) else chance.choice(_OTHERS)
        yield _person(f"staff-{number + 1}", frozenset({role}), school)


def _person(name: str, roles: frozenset[Role], school: School | None) -> Person:
    return Person(
        id=uuid5(_NAMESPACE, f"person {name}"),
        tenant_id=TENANT_ID,
        object_id=str(uuid5(_NAMESPACE, name)),
        name=name,
        roles=roles,
        school=school,
        sign_in_name=f"{name}@simulated.send-hub.example",
    )


def _newcomers(people: int) -> Iterator[Person]:
    for number in range(max(1, people // ONE_LEAVES_IN)):
        yield _person(f"newcomer-{number + 1}", frozenset(), None)


def _with_few_places(sessions: list[Session], people: int) -> Iterator[Session]:
    for number, session in enumerate(sessions):
        few = min(session.capacity, max(1, round(people * _FEW)))
        yield replace(session, capacity=few) if number % _TIGHT_EVERY == 0 else session


def _with_links(sessions: list[Session]) -> Iterator[Session]:
    might_be_online = 0
    for session in sessions:
        might_be_online += session.tier != INSET_TIER
        is_online = session.tier != INSET_TIER and might_be_online % _ONLINE_EVERY == 0
        yield replace(session, online_url=_MEETING_LINK, venue="Teams") if is_online else session
