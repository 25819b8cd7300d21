"""Gaps against the offer's cadences that a nudge may close: a person's, a school's, the Hub's.

Each is found from the facts of one school year, and owed once. A gap is owed only while it can
still be closed, and never to somebody who has said no to the very session.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from hub.booking import LIVE, BookingState, Session
from hub.cadence import meetings_in, school_of, sessions_in
from hub.nudges import Nudge, Rule
from hub.offer import INSET_TIER, Offer
from hub.people import Person, Role, School
from hub.programme_standing import programme_standing
from hub.rule_book import RuleBook
from hub.school_year import NUDGE_TIME, ONE_DAY, SchoolCalendar, SchoolYear

SENCO_MEETINGS = "1"
SENCO_TRAINING = "2a"
WORKING_PARTY = "2b"
CLINICS = "4"
#: Rules that this room answers for.
GAP_RULES = frozenset(
    {
        Rule.TIER_1_MISSED,
        Rule.TIER_1_OPEN,
        Rule.TIER_2A_OPEN,
        Rule.MATHS_LEAD_MISSING,
        Rule.INSET_NOBODY,
        Rule.SCHOOL_MEETING_OPEN,
        Rule.CLINIC_NOT_SET,
        Rule.YEAR_BEHIND,
    }
)
#: A missed meeting is spoken of for this long.
MISSED_LASTS = timedelta(days=14)
#: A gap of the Hub's is spoken of for this long; the next half-term has its own.
HUB_GAP_LASTS = timedelta(days=21)
#: A half-term with less left than this has no room for a clinic that people can plan for.
ROOM_FOR_A_CLINIC = timedelta(days=7)
#: Six half-terms make three terms.
_HALVES = 2
_SPRING_1 = 2


@dataclass(frozen=True)
class YearFacts:
    """What one school year holds that gaps are told by."""

    year: SchoolYear
    sessions: tuple[Session, ...]
    schools: tuple[School, ...]
    #: Whoever may be told of a gap: SENCos, headteachers, maths leads and leads.
    people: tuple[Person, ...]
    #: By person and session, of those people.
    states: Mapping[tuple[UUID, UUID], BookingState]
    #: INSET days on which somebody of a school has a place: day and school id.
    inset_places: frozenset[tuple[date, str]]


@dataclass(frozen=True)
class _Gap:
    rule: Rule
    subject_id: UUID
    opens_at: datetime
    closes_at: datetime
    #: Tells one gap from another of its rule.
    mark: str

    def nudge(self, person: Person) -> Nudge:
        key = f"{self.rule}:{person.id}:{self.mark}"
        return Nudge(self.rule, person.id, self.subject_id, self.opens_at, key)


def due_gaps(
    facts: YearFacts, offer: Offer, book: RuleBook, calendar: SchoolCalendar, now: datetime
) -> list[Nudge]:
    """Nudges about gaps that are open at ``now``; the same answer however often it is asked."""
    look = _Look(facts, offer, book, calendar, now)
    return [
        gap.nudge(person)
        for person in facts.people
        for gap in look.gaps_of(person)
        if book.is_on(gap.rule) and gap.opens_at <= now < gap.closes_at
    ]


@dataclass(frozen=True)
class _Look:
    facts: YearFacts
    offer: Offer
    book: RuleBook
    calendar: SchoolCalendar
    now: datetime

    def gaps_of(self, person: Person) -> Iterator[_Gap]:
        if person.is_lead:
            yield from self._of_the_hub()
        if person.is_from_partner:
            return
        if Role.SENCO in person.roles:
            yield from self._senco_meetings(person)
            yield from self._senco_training(person)
            yield from self._working_party(person)
        if person.school and not person.roles.isdisjoint({Role.SENCO, Role.HEADTEACHER}):
            yield from self._inset(person.school)
            yield from self._school_meeting(person.school)

    def _senco_meetings(self, person: Person) -> Iterator[_Gap]:
        """Every SENCo is expected at each: the next one, and why if the last was missed."""
        meetings = self._sessions(SENCO_MEETINGS)
        coming = next((each for each in meetings if each.starts_at > self.now), None)
        if coming is None or self._state(person, coming) is not None:
            return
        gone = [each for each in meetings if each.ends_at <= self.now]
        if gone and self._state(person, gone[-1]) is BookingState.MISSED:
            after = timedelta(days=self.book.days(Rule.TIER_1_MISSED))
            opens = self._at(_day(gone[-1].starts_at) + after)
            closes = min(opens + MISSED_LASTS, coming.starts_at)
            yield _Gap(Rule.TIER_1_MISSED, coming.id, opens, closes, str(gone[-1].id))
        yield self._ahead_of(Rule.TIER_1_OPEN, coming, str(coming.id))

    def _senco_training(self, person: Person) -> Iterator[_Gap]:
        term = self._term()
        if term is None:
            return
        starts_on, ends_on = term
        own = [
            each
            for each in self._sessions(SENCO_TRAINING)
            if starts_on <= _day(each.starts_at) <= ends_on
        ]
        if any(self._state(person, each) in LIVE | {BookingState.ATTENDED} for each in own):
            return
        coming = [
            each for each in own if each.starts_at > self.now and self._state(person, each) is None
        ]
        if coming:
            after = timedelta(days=self.book.days(Rule.TIER_2A_OPEN))
            mark = starts_on.isoformat()
            opens = self._at(starts_on + after)
            yield _Gap(Rule.TIER_2A_OPEN, coming[0].id, opens, coming[-1].starts_at, mark)

    def _working_party(self, person: Person) -> Iterator[_Gap]:
        """Journey 3: the SENCo sees that the maths lead has no place."""
        if person.school is None or Role.MATHS_LEAD in person.roles:
            return
        maths_leads = [
            each
            for each in self.facts.people
            if each.school == person.school and Role.MATHS_LEAD in each.roles
        ]
        for each in self._sessions(WORKING_PARTY):
            if each.starts_at <= self.now or self._state(person, each) not in LIVE:
                continue
            if not any(self._state(other, each) in LIVE for other in maths_leads):
                yield self._ahead_of(Rule.MATHS_LEAD_MISSING, each, str(each.id))

    def _inset(self, school: School) -> Iterator[_Gap]:
        coming = [each for each in self._sessions(INSET_TIER) if each.starts_at > self.now]
        if not coming or school.is_partner:
            return
        day = _day(coming[0].starts_at)
        if (day, school.id) not in self.facts.inset_places:
            # By its session, so that a day that moves is not a new thing.
            yield self._ahead_of(Rule.INSET_NOBODY, coming[0], str(coming[0].id))

    def _school_meeting(self, school: School) -> Iterator[_Gap]:
        year = self.facts.year
        if school.is_partner or len(year.half_terms) <= _SPRING_1:
            return
        met = meetings_in(year, self.facts.sessions, self.calendar)
        if any(school_of(each, self.facts.schools) == school for each in met):
            return
        after = timedelta(days=self.book.days(Rule.SCHOOL_MEETING_OPEN) + 1)
        opens = self._at(year.half_terms[_SPRING_1].ends_on + after)
        mark = f"{year.name}:{school.id}"
        closes = self._at(year.ends_on)
        yield _Gap(Rule.SCHOOL_MEETING_OPEN, subject_of(mark), opens, closes, mark)

    def _of_the_hub(self) -> Iterator[_Gap]:
        year, today = self.facts.year, _day(self.now.astimezone(self.calendar.zone))
        half_term = year.half_term_of(today)
        if half_term is None:
            return
        mark = f"{year.name}:{half_term.name}"
        clinics = [e for e in self._sessions(CLINICS) if _day(e.starts_at) in half_term]
        if not clinics:
            opens = self._into(Rule.CLINIC_NOT_SET, half_term.starts_on)
            closes = self._at(half_term.ends_on - ROOM_FOR_A_CLINIC)
            yield _Gap(Rule.CLINIC_NOT_SET, subject_of(mark), opens, closes, mark)
        opens = self._into(Rule.YEAR_BEHIND, half_term.starts_on)
        if opens <= self.now < opens + HUB_GAP_LASTS and self._is_behind(today):
            yield _Gap(Rule.YEAR_BEHIND, subject_of(mark), opens, opens + HUB_GAP_LASTS, mark)

    def _is_behind(self, today: date) -> bool:
        facts = self.facts
        lines = programme_standing(facts.sessions, self.offer, self.calendar, facts.schools, today)
        return bool(lines)

    def _ahead_of(self, rule: Rule, session: Session, mark: str) -> _Gap:
        ahead = timedelta(days=self.book.days(rule))
        day = _day(session.starts_at) - ahead
        # In good time rather than late: before a holiday, not after it.
        day = self.calendar.school_day_before(day + ONE_DAY) or day
        opens = self.calendar.at(day, NUDGE_TIME)
        return _Gap(rule, session.id, opens, session.starts_at, mark)

    def _into(self, rule: Rule, day: date) -> datetime:
        return self._at(day + timedelta(days=self.book.days(rule)))

    def _at(self, day: date) -> datetime:
        """15:45 on that day, or on the next school day."""
        return self.calendar.at(self.calendar.school_day_from(day) or day, NUDGE_TIME)

    def _sessions(self, tier: str) -> list[Session]:
        return sessions_in(self.facts.year, self.facts.sessions, tier)

    def _state(self, person: Person, session: Session) -> BookingState | None:
        return self.facts.states.get((person.id, session.id))

    def _term(self) -> tuple[date, date] | None:
        """The first and the last day of the term that ``now`` is in; None in a holiday."""
        today = _day(self.now.astimezone(self.calendar.zone))
        halves = self.facts.year.half_terms
        for at in range(0, len(halves), _HALVES):
            term = halves[at : at + _HALVES]
            if term[0].starts_on <= today <= term[-1].ends_on:
                return term[0].starts_on, term[-1].ends_on
        return None


def subject_of(mark: str) -> UUID:
    """An id for what is no row: a school's year, or a half-term of the Hub's."""
    return uuid5(NAMESPACE_OID, f"send-hub:{mark}")


def _day(moment: datetime) -> date:
    return moment.date()
