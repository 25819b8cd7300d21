"""The programme for its leads: what is to come, one session with its people, off and on again."""

from uuid import UUID

from cards.greeting import refusal_card
from cards.guarded import guarded_card
from cards.lead_programme import (
    NOTE_INPUT,
    PAGE_SIZE,
    REASON_INPUT,
    ask_back_on_card,
    ask_cancel_card,
    lead_session_card,
    programme_card,
)
from cards.parts import Verb
from dialogs.answer import Answer, OnPress, Press, leads_only, not_understood
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from hub import refusals
from hub.booking import LONGEST_HOPES, Session, SessionState
from hub.guard_rails import concerns_about
from hub.people import Person
from hub.programme_standing import programme_standing
from hub.refusals import Refusal
from hub.register import SessionStanding, may_take_register
from hub.session_draft import LONGEST
from hub.spoken import counted_people
from store import feedback, lead_programme, programme, school_years, session_changes


async def show_programme(desk: Desk, page: int = 0) -> Answer:
    """What is to come, with the year's standing on the first page."""
    now = desk.now()
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        schools = await programme.schools(db)
        everything = await lead_programme.all_sessions(db)
        found = await lead_programme.standings_to_come(db, now)
    page = min(page, max(0, len(found) - 1) // PAGE_SIZE)
    today = now.astimezone(calendar.zone).date()
    lines = programme_standing(everything, desk.offer, calendar, schools, today)
    card = programme_card(
        found[page * PAGE_SIZE : (page + 1) * PAGE_SIZE],
        lines if page == 0 else [],
        page=page,
        has_more=len(found) > (page + 1) * PAGE_SIZE,
    )
    return Answer(card)


async def show_session(desk: Desk, session_id: UUID, page: int = 0, intro: str = "") -> Answer:
    """One session with everybody on it."""
    now = desk.now()
    async with desk.database.read() as db:
        standing = await lead_programme.standing_of(db, session_id)
        if standing is None:
            return Answer(refusal_card(refusals.session_gone()))
        people = await lead_programme.attendees(db, session_id)
        ratings = await feedback.ratings_of(db, session_id)
    session = standing.session
    card = lead_session_card(
        standing,
        people,
        ratings,
        page=page,
        intro=intro,
        is_begun=session.starts_at <= now,
        has_register=may_take_register(session, now) is None,
    )
    return Answer(card)


async def ask_cancel(desk: Desk, session_id: UUID, note: str = "") -> Answer:
    """Say how many would hear of it, and ask why."""
    async with desk.database.read() as db:
        standing = await lead_programme.standing_of(db, session_id)
    if standing is None:
        return Answer(refusal_card(refusals.session_gone()))
    if standing.session.starts_at <= desk.now():
        return Answer(refusal_card(refusals.already_started(standing.session.title)))
    return Answer(ask_cancel_card(standing, note))


async def cancel(desk: Desk, session_id: UUID, reason: str) -> Answer:
    """Call a session off: everybody on it is told, with the reason, and their calendars follow."""
    said = reason.strip()[:LONGEST_HOPES]
    if guarded := await seen_in(desk, said):
        return Answer(guarded_card(guarded))
    async with desk.database.begin() as db:
        calendar = await school_years.calendar(db)
        standing = await lead_programme.standing_of(db, session_id)
        outcome = await session_changes.cancel(db, session_id, said, desk.now(), calendar)
    if standing and standing.session.state is SessionState.CANCELLED:
        return await show_session(desk, session_id, intro="It was called off already")
    return await _changed(desk, outcome, told("Called off.", standing))


async def reinstate(desk: Desk, session_id: UUID, note: str = "") -> Answer:
    """Put a session back on; everybody who was on it is told and has their place again.

    What has been set meanwhile may speak against it: then a lead says why it goes ahead.
    """
    if guarded := await seen_in(desk, note):
        return Answer(guarded_card(guarded))
    async with desk.database.begin() as db:
        calendar = await school_years.calendar(db)
        standing = await lead_programme.standing_of(db, session_id)
        if standing is None:
            return Answer(refusal_card(refusals.session_gone()))
        if standing.session.state is SessionState.SCHEDULED:
            return await show_session(desk, session_id, intro="It is on already")
        others = await lead_programme.all_sessions(db)
        schools = await programme.schools(db)
        concerns = concerns_about(standing.session, others, desk.offer, calendar, schools)
        if any(not each.may_be_overridden for each in concerns) or (concerns and not note):
            return Answer(ask_back_on_card(standing, concerns))
        outcome = await session_changes.reinstate(
            db, session_id, desk.now(), calendar, note[: LONGEST["note"]] if concerns else ""
        )
    return await _changed(desk, outcome, told("Back on.", standing))


def told(begins: str, standing: SessionStanding | None) -> str:
    """What was done, and how many people hear of it."""
    number = standing.expecting if standing else 0
    if not number:
        return f"{begins} Nobody had booked."
    return f"{begins} I'm telling {counted_people(number)}."


async def _changed(desk: Desk, outcome: Session | Refusal, intro: str) -> Answer:
    if isinstance(outcome, Refusal):
        return Answer(refusal_card(outcome))
    return await show_session(desk, outcome.id, intro=intro)


async def _programme(desk: Desk, _person: Person, press: Press) -> Answer:
    return await show_programme(desk, press.page)


async def _session(desk: Desk, _person: Person, press: Press) -> Answer:
    session_id = press.id_of("session")
    if session_id is None:
        return not_understood()
    match press.verb:
        case Verb.ASK_CANCEL_SESSION:
            return await ask_cancel(desk, session_id)
        case Verb.CANCEL_SESSION:
            return await cancel(desk, session_id, press.text_of(REASON_INPUT))
        case Verb.REINSTATE_SESSION:
            return await reinstate(desk, session_id, press.text_of(NOTE_INPUT).strip())
        case _:
            return await show_session(desk, session_id, press.page)


PRESSES: dict[Verb, OnPress] = {
    verb: leads_only(act)
    for verb, act in {
        Verb.LEAD_PROGRAMME: _programme,
        Verb.LEAD_SESSION: _session,
        Verb.ASK_CANCEL_SESSION: _session,
        Verb.CANCEL_SESSION: _session,
        Verb.REINSTATE_SESSION: _session,
    }.items()
}
