"""What a nudge about a gap says, if the gap is still open."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.graph.activity_feed import Bell
from bot.nudges.told import Telling, Told, Unwanted
from cards.gaps import hub_gap_card, school_meeting_gap_card, session_gap_card
from hub.activity_types import HUB_NEWS
from hub.booking import Session
from hub.gaps import YearFacts, due_gaps
from hub.nudge_rules import RuleTerms
from hub.nudges import Rule
from hub.people import Person
from hub.programme_standing import programme_standing
from hub.spoken import spoken_day, spoken_hours
from store.year_facts import year_facts


async def tell_gap(
    db: AsyncSession, rule: Rule, person: Person, subject_id: UUID, telling: Telling
) -> Told | Unwanted:
    """Put an open gap into words for the person who can close it."""
    today = telling.now.astimezone(telling.calendar.zone).date()
    year = telling.calendar.year_of(today)
    if year is None:
        return Unwanted("the school year is over")
    facts = await year_facts(db, year)
    due = due_gaps(facts, telling.offer, telling.book, telling.calendar, telling.now)
    if not any((e.rule, e.person_id, e.subject_id) == (rule, person.id, subject_id) for e in due):
        return Unwanted("the gap is closed")
    terms = telling.book[rule]
    match rule:
        case Rule.CLINIC_NOT_SET:
            half_term = year.half_term_of(today)
            named = half_term.name if half_term else "this half-term"
            return about_the_hub(terms, [f"Nothing is set for {named} yet."], subject_id)
        case Rule.YEAR_BEHIND:
            standing = programme_standing(
                facts.sessions, telling.offer, telling.calendar, facts.schools, today
            )
            return about_the_hub(terms, standing, subject_id)
        case Rule.SCHOOL_MEETING_OPEN:
            school = person.school.name if person.school else "your school"
            return about_a_school(terms, school, subject_id)
        case _:
            return about_a_session(terms, _session(facts, subject_id))


def _session(facts: YearFacts, session_id: UUID) -> Session:
    return next(each for each in facts.sessions if each.id == session_id)


def about_a_session(terms: RuleTerms, session: Session) -> Told:
    """Say that a session is still to book, or to send somebody to."""
    hours = spoken_hours(session.starts_at, session.ends_at)
    preview = f"{spoken_day(session.starts_at.date())}, {hours}, {session.venue}"
    headline = {"headline": f"{terms.title}: {session.title}"}
    bell = Bell(HUB_NEWS, preview, headline, session.title, session.id)
    return Told(bell, session_gap_card(terms, session), session.starts_at)


def about_a_school(terms: RuleTerms, school: str, subject_id: UUID) -> Told:
    """Say that a school's meeting is still to arrange."""
    bell = Bell(HUB_NEWS, school, {"headline": terms.title}, terms.title, subject_id)
    return Told(bell, school_meeting_gap_card(terms, school))


def about_the_hub(terms: RuleTerms, lines: list[str], subject_id: UUID) -> Told:
    """Say to a lead where the Hub's programme falls short."""
    bell = Bell(HUB_NEWS, lines[0], {"headline": terms.title}, terms.title, subject_id)
    return Told(bell, hub_gap_card(terms, lines))
