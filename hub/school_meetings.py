"""Tier 5, the individual school meeting: who may arrange it, who comes, and what was agreed.

One half-day a school year in each school of the trust, with the SENCo and the headteacher both
there. Source: training offer, tier 5; domain, journey 4. When it can be is in ``hub.half_days``.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from hub import refusals
from hub.booking import Session, SessionState
from hub.half_days import HalfDay
from hub.nudges import Nudge, Rule
from hub.people import Person, Role, School
from hub.refusals import Refusal
from hub.rule_book import RuleBook
from hub.school_year import NUDGE_TIME, SchoolCalendar

#: Both must be able to come (domain, section 1).
ATTENDING = (Role.SENCO, Role.HEADTEACHER)
#: How the offer names the Trust SEND Lead and team among the leads of a session.
_THE_TEAM = "Trust SEND"
MOST_STEPS = 10
LONGEST_STEP = 300


@dataclass(frozen=True)
class Party:
    """Everybody who is to be at one school's meeting."""

    school: School
    #: SENCos and headteachers of the school, by name; one person may be both.
    staff: tuple[Person, ...]
    lead: Person | None

    @property
    def people(self) -> tuple[Person, ...]:
        """All of them, each once."""
        lead = () if self.lead is None else (self.lead,)
        return tuple({each.id: each for each in (*self.staff, *lead)}.values())

    @property
    def missing(self) -> tuple[Role, ...]:
        """Roles that nobody whom the Hub knows holds at this school."""
        held = frozenset[Role]().union(*(each.roles for each in self.staff))
        return tuple(role for role in ATTENDING if role not in held)


@dataclass(frozen=True)
class NextStep:
    """One step agreed at the meeting."""

    id: UUID
    words: str
    is_done: bool = False


@dataclass(frozen=True)
class SchoolMeeting:
    """One school's meeting of one year, with who comes and what was agreed."""

    session: Session
    school: School
    people: tuple[Person, ...]
    steps: tuple[NextStep, ...] = ()

    def has_begun(self, now: datetime) -> bool:
        """Whether there can be next steps, and no moving any more."""
        return self.session.starts_at <= now


@dataclass(frozen=True)
class Openings:
    """Half-days to choose from, in one look ahead."""

    half_days: tuple[HalfDay, ...]
    #: Names of people whose calendars could not be seen.
    unseen: tuple[str, ...]
    page: int
    has_more: bool


def may_arrange(person: Person, school: School | None) -> Refusal | None:
    """Why this person may not arrange or see the meeting of this school; None when they may.

    Source: training offer, tier 5, "Audience: SENCo and Headteacher (per school)".
    """
    if person.is_from_partner or (school and school.is_partner):
        return refusals.meeting_not_for_partners()
    if person.is_lead:
        return None if school else refusals.school_gone()
    if person.roles.isdisjoint(ATTENDING):
        return refusals.meeting_meant_for()
    if person.school is None:
        return refusals.school_unknown()
    if school is None or school.id != person.school.id:
        return refusals.meeting_of_another_school()
    return None


def may_meet(party: Party) -> Refusal | None:
    """Why a meeting with these people has to wait; None when everybody needed is known."""
    if party.lead is None:
        return refusals.no_lead_known()
    if party.missing:
        return refusals.somebody_missing(party.missing, party.school.name)
    return None


def may_change(session: Session, now: datetime) -> Refusal | None:
    """Why a meeting can no longer be moved or called off; None when it can."""
    if session.state is SessionState.CANCELLED:
        return refusals.meeting_called_off()
    if session.starts_at <= now:
        return refusals.meeting_begun()
    return None


def is_led_by(session: Session, lead: Person) -> bool:
    """Whether a session takes a lead's time, though leads book no place on what they lead."""
    return any(lead.name in each or _THE_TEAM in each for each in session.leads)


def steps_in(said: str) -> list[str]:
    """The steps in what somebody wrote, one a line, without bullets, blanks and repeats."""
    lines = (" ".join(line.strip(" \t-–•*").split()) for line in said.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def may_keep(steps: Sequence[str]) -> Refusal | None:
    """Why these are too many steps, or too long; None when they can be kept."""
    if len(steps) > MOST_STEPS or any(len(each) > LONGEST_STEP for each in steps):
        return refusals.steps_too_many(MOST_STEPS, LONGEST_STEP)
    return None


def fingerprint(steps: Iterable[NextStep]) -> str:
    """What a form was made from, so that it is not saved over a colleague's newer words."""
    words = "\n".join(each.words for each in steps)
    return hashlib.blake2b(words.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class OpenSteps:
    """Somebody's past meeting of which steps are still open, and when there first were any."""

    booking_id: UUID
    person_id: UUID
    met_at: datetime
    first_written_at: datetime


def due_check_ins(
    found: Iterable[OpenSteps], book: RuleBook, calendar: SchoolCalendar, now: datetime
) -> list[Nudge]:
    """Check-ins owed at ``now``: 15:45 on the first school day some weeks after the meeting.

    Steps written up later than that are given as long again. Each is owed once.
    """
    if not book.is_on(Rule.NEXT_STEPS):
        return []
    after = timedelta(days=book.days(Rule.NEXT_STEPS))
    nudges = []
    for each in found:
        due_at = check_in_at(each.met_at, after, calendar)
        if due_at is not None and due_at < each.first_written_at:
            due_at = check_in_at(each.first_written_at, after, calendar)
        if due_at is not None and due_at <= now:
            key = f"{Rule.NEXT_STEPS}:{each.booking_id}"
            nudges.append(Nudge(Rule.NEXT_STEPS, each.person_id, each.booking_id, due_at, key))
    return nudges


def check_in_at(since: datetime, after: timedelta, calendar: SchoolCalendar) -> datetime | None:
    """When to ask how steps agreed at ``since`` are coming on; None when no known year says."""
    day = calendar.school_day_from((since.astimezone(calendar.zone) + after).date())
    return calendar.at(day, NUDGE_TIME) if day else None
