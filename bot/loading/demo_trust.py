"""A made-up trust for the demo: schools A to H, staff by role, a school year of sessions.

The dates are typical ones, not the published calendar of any authority. Everything follows from
the school year, so that starting the demo again adds nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import holidays

from hub.booking import Session
from hub.offer import Offer
from hub.people import Person, Role, School
from hub.school_year import HalfTerm, SchoolCalendar, SchoolYear

#: Names everything made up here, so that ids are the same at each start.
_NAMESPACE = UUID("6f0a7c62-5f0c-4c3e-9d51-0d8a52c0b6a1")
TENANT_ID = str(uuid5(_NAMESPACE, "tenant"))
_DOMAIN = "demo.send-hub.example"
_FIRST_MONTH = 9
#: The clinic of this half-term has one place, so that a waiting list can be seen.
SMALL_CLINIC = 2
SPECIALIST = "Hebden Green School"

SCHOOLS = tuple(
    School(id=f"school-{letter.lower()}", name=f"School {letter}", is_partner=letter == "H")
    for letter in "ABCDEFGH"
)
_STAFF = (
    (Role.CLASS_TEACHER, 0),
    (Role.LEAD, None),
    (Role.SENCO, 1),
    (Role.TEACHING_ASSISTANT, 3),
    (Role.HEADTEACHER, 2),
    (Role.MATHS_LEAD, 1),
    (Role.SENCO, 0),
    (Role.CLASS_TEACHER, 7),
    (Role.HEADTEACHER, 0),
    (Role.HEADTEACHER, 1),
)
#: Month and day of each half-term's ends; the year is that of the month.
_HALF_TERMS = (
    ("Autumn 1", (9, 1), (10, 23)),
    ("Autumn 2", (11, 2), (12, 18)),
    ("Spring 1", (1, 4), (2, 12)),
    ("Spring 2", (2, 22), (3, 25)),
    ("Summer 1", (4, 12), (5, 28)),
    ("Summer 2", (6, 7), (7, 21)),
)
#: Weeks into the half-term, tier, title, capacity; one clinic each half-term, as the offer says.
_PLAN = (
    (1, "1", "SENCo meeting", 30, (0, 2, 4)),
    (2, "2a", "SENCo training: graduated approach in practice", 24, (0, 1, 3, 4)),
    (3, "2b", "SENCo and maths working party", 20, (0, 2, 3, 5)),
    (4, "2c", "Curriculum visit to a hub class", 12, (1, 2, 3, 4)),
)
_CLINICS = (
    "Clinic: settling into new routines",
    "Clinic: sensory needs in the classroom",
    "Clinic: anxiety and coming into school",
    "Clinic: language and vocabulary",
    "Clinic: working memory in lessons",
    "Clinic: planning good transitions",
)
_STRANDS = ("Adaptive teaching", "AAC and symbols", "Technology for communication")


@dataclass(frozen=True)
class DemoTrust:
    """Everything that the demo loads."""

    year: SchoolYear
    schools: tuple[School, ...]
    people: tuple[Person, ...]
    sessions: tuple[Session, ...]

    @property
    def teacher(self) -> Person:
        """The class teacher whose chat the first Playground shows."""
        return self.people[0]

    @property
    def lead(self) -> Person:
        """The Trust SEND Lead, shown in the second."""
        return self.people[1]

    def attendance(self, now: datetime) -> Iterator[tuple[Person, Session]]:
        """Who came to what is over: everybody whose own tier it was, so that a year has a past."""
        for session in self.sessions:
            if session.ends_at < now and session.audience:
                for person in self.people:
                    if not person.roles.isdisjoint(session.audience):
                        yield person, session


def demo_trust(today: date, zone: ZoneInfo, offer: Offer) -> DemoTrust:
    """The trust in the school year around ``today``; July and August look ahead to the next."""
    first = today.year if today.month >= _FIRST_MONTH - 2 else today.year - 1
    year = _year(first)
    sessions = tuple(_sessions(year, SchoolCalendar.of([year], zone), offer))
    return DemoTrust(year, SCHOOLS, tuple(_people()), sessions)


def _year(first: int) -> SchoolYear:
    half_terms = tuple(
        HalfTerm(name, _in_year(first, *starts), _in_year(first, *ends))
        for name, starts, ends in _HALF_TERMS
    )
    england = holidays.country_holidays("GB", subdiv="ENG", years=[first, first + 1])
    in_year = frozenset(
        day for day in england if half_terms[0].starts_on <= day <= half_terms[-1].ends_on
    )
    return SchoolYear(f"{first}-{(first + 1) % 100:02d}", half_terms, in_year)


def _in_year(first: int, month: int, day: int) -> date:
    return date(first if month >= _FIRST_MONTH else first + 1, month, day)


def _people() -> Iterator[Person]:
    for role, at in _STAFF:
        school = None if at is None else SCHOOLS[at]
        name = f"{role[0].upper()}{role[1:]}" + (f", {school.name}" if school else "")
        yield Person(
            id=uuid5(_NAMESPACE, f"person {name}"),
            tenant_id=TENANT_ID,
            object_id=str(uuid5(_NAMESPACE, name)),
            name=name,
            roles=frozenset({role}),
            school=school,
            sign_in_name=_sign_in_name(role, school),
        )


def _sign_in_name(role: Role, school: School | None) -> str:
    words = role.lower().replace(" ", "-") + (f".{school.id}" if school else "")
    return f"{words}@{_DOMAIN}"


def _sessions(year: SchoolYear, calendar: SchoolCalendar, offer: Offer) -> Iterator[Session]:
    for number, half_term in enumerate(year.half_terms):
        # The clinic comes late in the half-term, the second week before its end.
        clinic_on = _school_day(calendar, half_term.ends_on - timedelta(days=15))
        venue = SCHOOLS[number % 7].name
        yield _session(
            calendar,
            offer,
            "4",
            _CLINICS[number],
            clinic_on,
            venue,
            1 if number == SMALL_CLINIC else 12,
        )
        for week, tier, title, capacity, terms in _PLAN:
            if number in terms:
                on = _school_day(
                    calendar, half_term.starts_on + timedelta(weeks=week, days=number % 5)
                )
                yield _session(calendar, offer, tier, title, on, venue, capacity)
    for number in (0, 2, 4):
        inset_on = _school_day(calendar, year.half_terms[number].ends_on - timedelta(days=1))
        for strand in _STRANDS:
            for slot in ("morning", "afternoon"):
                yield _inset(calendar, inset_on, strand, slot)


def _school_day(calendar: SchoolCalendar, day: date) -> date:
    return calendar.school_day_from(day) or day


def _session(
    calendar: SchoolCalendar,
    offer: Offer,
    tier: str,
    title: str,
    on: date,
    venue: str,
    capacity: int,
) -> Session:
    told = offer.tier(tier)
    starts, ends = (told.hours if told else None) or (time(10), time(13))
    return Session(
        id=uuid5(_NAMESPACE, f"{tier} {title} {on}"),
        tier=tier,
        title=title,
        starts_at=calendar.at(on, starts),
        ends_at=calendar.at(on, ends),
        venue=venue,
        capacity=capacity,
        leads=told.leads if told else (),
        audience=told.audience if told else frozenset(),
        released_to_partners_at=datetime.combine(on - timedelta(days=14), time(8), calendar.zone),
    )


def _inset(calendar: SchoolCalendar, on: date, strand: str, slot: str) -> Session:
    starts, ends = (time(9), time(12)) if slot == "morning" else (time(13), time(15, 30))
    return Session(
        id=uuid5(_NAMESPACE, f"3 {strand} {slot} {on}"),
        tier="3",
        title=f"INSET: {strand} ({slot})",
        starts_at=calendar.at(on, starts),
        ends_at=calendar.at(on, ends),
        venue=SPECIALIST,
        capacity=20,
        leads=("Trust SEND Lead", "specialist partner team"),
        strand=strand,
        slot=slot,
    )
