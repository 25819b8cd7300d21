"""Typed wishes about the school meeting and its next steps: the same doors as the buttons."""

import re
from uuid import UUID

from microsoft_teams.cards import AdaptiveCard

from cards.greeting import notice_card
from dialogs import next_steps, school_meeting
from dialogs.answer import Answer
from dialogs.desk import Desk
from dialogs.half_days import Look, hours
from hub import refusals
from hub.half_days import half_day_said
from hub.offer import SCHOOL_MEETING_TIER
from hub.people import Person, School
from hub.refusals import Reason, Refusal
from hub.school_meetings import ATTENDING, SchoolMeeting, may_arrange
from hub.school_names import schools_in
from hub.understanding import Intent, Understanding
from store import programme, school_meeting_reads, school_years

_MEETING = re.compile(
    r"(?<!whole )(?<!after )\bschool meetings?\b|\bannual (school )?(meeting|visit)\b|\btier ?5\b",
    re.IGNORECASE,
)
_MOVE = re.compile(
    r"\b(move|rearrange|reschedule|postpone|change|another (day|date|time|half[- ]day))\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"\b(another|a second|one more) (school )?(meeting|visit)\b", re.IGNORECASE)
_CALL_OFF = re.compile(r"\b(call(ed|ing)?( it| this)? off|cancel|drop)\b", re.IGNORECASE)
_STEPS = re.compile(r"\b(our|my|the|agreed|school'?s) next steps\b|^\W*next steps\b", re.IGNORECASE)
_WRITE = re.compile(
    r"^\W*((our|my|the|agreed) )?next steps\s*[:–-]\s*(?P<steps>.+)$", re.IGNORECASE | re.DOTALL
)
_NOT_DONE = re.compile(r"\b(?:not|never|yet to)\b|n't\b", re.IGNORECASE)
_TICK = re.compile(r"\bsteps? (?P<at>\d{1,2})\b.*\b(done|finished|complete)", re.IGNORECASE)
#: Wishes that a mention of the school meeting makes its own; help, privacy and others stay theirs.
_INTENTS = {
    Intent.BOOK_SESSION,
    Intent.WHATS_ON,
    Intent.MY_BOOKINGS,
    Intent.CANCEL_BOOKING,
    Intent.LEAD_PROGRAMME,
    Intent.REQUEST_SUPPORT,
    Intent.UNKNOWN,
}


async def hear_school_meeting(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Arrange, show, move or call off the school meeting; None when something else is meant."""
    said = meaning.text
    if meaning.intent not in _INTENTS or not (
        meaning.tier == SCHOOL_MEETING_TIER or _MEETING.search(said)
    ):
        return None
    school = await _school_meant(desk, person, said)
    coming = await _to_come(desk, person, school)
    is_dropped = meaning.intent is Intent.CANCEL_BOOKING and not _MOVE.search(said)
    calls_off = is_dropped or bool(_CALL_OFF.search(said))
    if coming and calls_off:
        return await school_meeting.ask_call_off(desk, person, coming.session.id)
    moves, half_day = bool(_MOVE.search(said)), await _half_day_in(desk, said)
    if coming and moves:
        return await _move(desk, person, coming.session.id, half_day)
    if half_day and school and not coming and not calls_off:
        return Answer(await school_meeting.hold(desk, person, school.id, half_day))
    nothing = "" if coming or not (moves or calls_off) else refusals.no_meeting_to_change().say
    if coming and (half_day or _ANOTHER.search(said)):
        nothing = "There is one already this school year, so I haven't arranged a second. Move it?"
    return Answer(await _as_it_stands(desk, person, school, nothing))


async def _half_day_in(desk: Desk, said: str) -> str:
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
    return half_day_said(said, calendar, hours(desk), desk.now())


async def _as_it_stands(
    desk: Desk, person: Person, school: School | None, intro: str
) -> AdaptiveCard:
    return await school_meeting.show(desk, person, school.id if school else "", Look(intro=intro))


async def _move(desk: Desk, person: Person, session_id: UUID, half_day: str) -> Answer:
    if half_day:
        return Answer(await school_meeting.move(desk, person, session_id, half_day))
    return Answer(await school_meeting.ask_move(desk, person, session_id))


async def hear_next_steps(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Show, add to or tick off next steps; None when something else is meant."""
    said = meaning.text
    if person.roles.isdisjoint(ATTENDING) and not person.is_lead:
        return None
    tick = None if _NOT_DONE.search(said) else _TICK.search(said)
    is_about_a_step = bool(_TICK.search(said))
    if not is_about_a_step and not _STEPS.search(said):
        return None
    school = await _school_meant(desk, person, said)
    if school is None and person.is_lead:
        return Answer(await school_meeting.show_schools(desk, "Whose next steps? Choose a school."))
    meeting = await _last(desk, person, school)
    if isinstance(meeting, Refusal) and meeting.reason is Reason.NOTHING_BOOKED:
        return Answer(await _as_it_stands(desk, person, school, meeting.say))
    if isinstance(meeting, Refusal):
        return Answer(school_meeting.refused(meeting))
    if tick:
        return await _tick(desk, person, meeting, int(tick["at"]))
    if write := _WRITE.match(said):
        return Answer(await next_steps.add_steps(desk, person, meeting, write["steps"]))
    return Answer(await school_meeting.show_meeting(desk, person, meeting.session.id))


async def _tick(desk: Desk, person: Person, meeting: SchoolMeeting, number: int) -> Answer:
    if not 1 <= number <= len(meeting.steps):
        return Answer(
            notice_card(
                f"There is no step {number}",
                f"There are {len(meeting.steps)}. Say “our next steps” to see them.",
            )
        )
    done = {each.id for each in meeting.steps if each.is_done} | {meeting.steps[number - 1].id}
    return Answer(await next_steps.tick_steps(desk, person, meeting.session.id, done))


async def _school_meant(desk: Desk, person: Person, said: str) -> School | None:
    """A person's own school; for a lead the one whose name is in the sentence."""
    if not person.is_lead:
        return person.school
    async with desk.database.read() as db:
        known = await programme.schools(db)
    named = schools_in(said, known)
    return named[0] if len(named) == 1 else None


async def _to_come(desk: Desk, person: Person, school: School | None) -> SchoolMeeting | None:
    if school is None or may_arrange(person, school):
        return None
    now = desk.now()
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        found = await school_meeting_reads.meeting_or_year(db, school, calendar, now)
    return found if isinstance(found, SchoolMeeting) and not found.has_begun(now) else None


async def _last(desk: Desk, person: Person, school: School | None) -> SchoolMeeting | Refusal:
    refusal = may_arrange(person, school)
    if refusal or school is None:
        return refusal or refusals.school_unknown()
    async with desk.database.read() as db:
        return await school_meeting_reads.last_meeting_of(db, school, desk.now()) or (
            refusals.nothing_agreed()
        )
