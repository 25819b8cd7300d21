"""The school meeting of tier 5: how it stands, choosing a half-day, holding, moving, calling off.

Calendars are asked before a transaction begins (``dialogs.half_days``); the store looks at the
Hub's own engagements again inside it. Next steps are next door, in ``dialogs.next_steps``.
"""

from datetime import datetime
from uuid import UUID

from microsoft_teams.cards import AdaptiveCard, ExecuteAction

from cards.greeting import notice_card, refusal_card
from cards.guarded import not_kept_words
from cards.half_days import EVERY, HALF_DAY_INPUT, SCHOOL_INPUT, holding, moving
from cards.next_steps import next_steps_card
from cards.parts import Verb, button
from cards.school_meeting import (
    WHY_INPUT,
    call_off_question_card,
    called_off_card,
    meeting_card,
    not_yours_card,
    schools_card,
    waiting_for_card,
)
from dialogs.answer import Answer, Listening, OnPress, Press, not_understood
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from dialogs.half_days import Look, hours, is_free, offer
from hub import refusals
from hub.booking import LONGEST_HOPES, SessionState
from hub.half_days import half_day_named, years_to_plan
from hub.people import Person
from hub.refusals import Reason, Refusal
from hub.school_meetings import SchoolMeeting, may_arrange, may_change, may_meet
from hub.school_year import SchoolCalendar
from store import meeting_parties, school_meeting_reads, school_meetings, school_years

#: The dialog that takes a yes or a no to calling a meeting off.
CALL_OFF = "call-off-meeting"


async def show(
    desk: Desk, person: Person, school_id: str = "", look: Look | None = None
) -> AdaptiveCard:
    """The meeting of a school as it stands, or half-days to choose from when it has none yet.

    A lead who names no school sees all schools; everybody else's school is their own.
    """
    look, now = look or Look(), desk.now()
    if person.is_lead and not school_id:
        return await show_schools(desk, look.intro)
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        school = person.school
        if school_id:
            school = await meeting_parties.school_with_id(db, school_id)
        refusal = may_arrange(person, school)
        if refusal or school is None:
            return refused(refusal or refusals.school_gone())
        party = await meeting_parties.party_of(db, person, school)
        found = await school_meeting_reads.meeting_or_year(db, school, calendar, now, look.year)
    match found:
        case SchoolMeeting():
            return standing_card(found, calendar, now, look.intro)
        case None:
            return _no_calendar()
    if refusal := may_meet(party):
        return waiting_for_card(refusal, party, _ways_to_bring_in(person))
    return await offer(desk, holding(school), party.people, school, found, look)


async def show_schools(desk: Desk, intro: str = "") -> AdaptiveCard:
    """Which schools have their meeting of the running year; for leads."""
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        years = years_to_plan(calendar, desk.now())
        if not years:
            return _no_calendar()
        found = await school_meeting_reads.standings(db, years[0].name)
    return schools_card(years[0].name, found, intro)


async def show_meeting(desk: Desk, person: Person, session_id: UUID) -> AdaptiveCard:
    """One meeting, whatever has become of it."""
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        found = await school_meeting_reads.meeting_with_id(db, person, session_id)
    if isinstance(found, Refusal):
        return refused(found)
    return standing_card(found, calendar, desk.now())


def standing_card(
    meeting: SchoolMeeting, calendar: SchoolCalendar, now: datetime, intro: str = ""
) -> AdaptiveCard:
    """A meeting to come, called off, or held and with its next steps."""
    if meeting.session.state is SessionState.CANCELLED:
        return called_off_card(meeting)
    if not meeting.has_begun(now):
        return meeting_card(meeting, intro=intro)
    following = [
        year for year in calendar.years if year.starts_on > meeting.session.starts_at.date()
    ]
    return next_steps_card(meeting, intro, next(iter(following), None))


async def hold(desk: Desk, person: Person, school_id: str, name: str) -> AdaptiveCard:
    """Arrange the meeting on a half-day, if it is still free for everybody."""
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        school = await meeting_parties.school_with_id(db, school_id)
        refusal = may_arrange(person, school)
        if refusal or school is None:
            return refused(refusal or refusals.school_gone())
        party = await meeting_parties.party_of(db, person, school)
    half_day = half_day_named(name, calendar, hours(desk))
    if half_day is None or not await is_free(desk, party.people, school, half_day, calendar):
        return await show(desk, person, school_id, Look(intro=refusals.half_day_taken().say))
    async with desk.database.begin() as db:
        outcome = await school_meetings.hold(db, person, school_id, half_day, calendar, desk.now())
    if not isinstance(outcome, Refusal):
        return meeting_card(outcome)
    if outcome.reason in {Reason.HALF_DAY_TAKEN, Reason.MEETING_HELD, Reason.SOMEBODY_MISSING}:
        # The card of how things stand says what can be done instead.
        return await show(desk, person, school_id, Look(intro=outcome.say))
    return refused(outcome)


async def ask_move(
    desk: Desk, person: Person, session_id: UUID, look: Look | None = None
) -> AdaptiveCard:
    """Half-days to which a meeting could move."""
    meeting = await _changeable(desk, person, session_id)
    if isinstance(meeting, Refusal):
        return refused(meeting)
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
    year = calendar.year_of(meeting.session.starts_at.date())
    if year is None:
        return _no_calendar()
    return await offer(
        desk, moving(meeting), meeting.people, meeting.school, year, look or Look(), session_id
    )


async def move(desk: Desk, person: Person, session_id: UUID, name: str) -> AdaptiveCard:
    """Put a meeting on another half-day, if that is still free for everybody."""
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        meeting = await school_meeting_reads.meeting_with_id(db, person, session_id)
    if isinstance(meeting, Refusal):
        return refused(meeting)
    half_day = half_day_named(name, calendar, hours(desk))
    taken = Look(intro=refusals.half_day_taken().say)
    if half_day is None:
        return await ask_move(desk, person, session_id, taken)
    # Their calendars hold this very meeting, so its own half-day always looks taken.
    stays = half_day.starts_at == meeting.session.starts_at
    if not stays and not await is_free(desk, meeting.people, meeting.school, half_day, calendar):
        return await ask_move(desk, person, session_id, taken)
    async with desk.database.begin() as db:
        outcome = await school_meetings.move(db, person, session_id, half_day, calendar, desk.now())
    if not isinstance(outcome, Refusal):
        title = "Your school meeting stays then" if stays else "Your school meeting has moved"
        return meeting_card(outcome, title)
    if outcome.reason in {Reason.HALF_DAY_TAKEN, Reason.MEETING_HELD}:
        return await ask_move(desk, person, session_id, Look(intro=outcome.say))
    return refused(outcome)


async def ask_call_off(desk: Desk, person: Person, session_id: UUID) -> Answer:
    """Ask before everybody's calendar is changed, and listen for a typed yes or no."""
    meeting = await _changeable(desk, person, session_id)
    if isinstance(meeting, Refusal):
        return Answer(refused(meeting))
    asked = Listening(CALL_OFF, {"session": str(session_id)})
    return Answer(call_off_question_card(meeting), asked)


async def call_off(desk: Desk, person: Person, session_id: UUID, why: str = "") -> AdaptiveCard:
    """Take the meeting out of everybody's calendar; an unsafe reason is not kept."""
    said = why.strip()[:LONGEST_HOPES]
    guarded = await seen_in(desk, said)
    kept = "" if guarded else said
    async with desk.database.begin() as db:
        calendar = await school_years.calendar(db)
        outcome = await school_meetings.call_off(db, person, session_id, calendar, desk.now(), kept)
    if isinstance(outcome, Refusal):
        return refused(outcome)
    return called_off_card(outcome, not_kept_words(guarded))


async def _changeable(desk: Desk, person: Person, session_id: UUID) -> SchoolMeeting | Refusal:
    async with desk.database.read() as db:
        meeting = await school_meeting_reads.meeting_with_id(db, person, session_id)
    if isinstance(meeting, Refusal):
        return meeting
    return may_change(meeting.session, desk.now()) or meeting


def refused(refusal: Refusal) -> AdaptiveCard:
    """A no about a school meeting, with the way to put a role or a school right."""
    if refusal.reason in {Reason.AUDIENCE, Reason.SCHOOL_UNKNOWN}:
        return not_yours_card(refusal)
    return refusal_card(refusal)


def _ways_to_bring_in(person: Person) -> list[ExecuteAction]:
    return [button("Staff and roles", Verb.STAFF)] if person.is_lead else []


def _no_calendar() -> AdaptiveCard:
    return notice_card(
        "The school calendar ends too soon for me",
        "I don't know the coming school days yet, so I can't find a half-day. The Trust SEND Lead "
        "can load the next school year; then ask me again.",
    )


def look_of(press: Press) -> Look:
    """Which half-days a button leads to."""
    return Look(press.page, press.text_of("times") == EVERY, press.text_of("year"))


async def _show(desk: Desk, person: Person, press: Press) -> Answer:
    if session_id := press.id_of("session"):
        return Answer(await show_meeting(desk, person, session_id), settles=True)
    return Answer(await show(desk, person, press.text_of(SCHOOL_INPUT), look_of(press)))


async def _hold(desk: Desk, person: Person, press: Press) -> Answer:
    school_id, name = press.text_of(SCHOOL_INPUT), press.text_of(HALF_DAY_INPUT)
    return Answer(await hold(desk, person, school_id, name))


async def _change(desk: Desk, person: Person, press: Press) -> Answer:
    session_id = press.id_of("session")
    if session_id is None:
        return not_understood()
    match press.verb:
        case Verb.ASK_MOVE_SCHOOL_MEETING:
            shown = await ask_move(desk, person, session_id, look_of(press))
        case Verb.MOVE_SCHOOL_MEETING:
            shown = await move(desk, person, session_id, press.text_of(HALF_DAY_INPUT))
        case Verb.CANCEL_SCHOOL_MEETING:
            shown = await call_off(desk, person, session_id, press.text_of(WHY_INPUT))
        case _:
            return await ask_call_off(desk, person, session_id)
    return Answer(shown, settles=True)


PRESSES: dict[Verb, OnPress] = {
    Verb.SCHOOL_MEETING: _show,
    Verb.HOLD_SCHOOL_MEETING: _hold,
    Verb.ASK_MOVE_SCHOOL_MEETING: _change,
    Verb.MOVE_SCHOOL_MEETING: _change,
    Verb.ASK_CANCEL_SCHOOL_MEETING: _change,
    Verb.CANCEL_SCHOOL_MEETING: _change,
}
