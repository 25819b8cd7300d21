"""A place for a colleague of the same school, and a word passed on to whoever should come along."""

import re
from uuid import UUID

from cards.colleagues import (
    COLLEAGUE_INPUT,
    ask_colleague_card,
    invited_card,
    suggested_card,
)
from cards.greeting import notice_card, refusal_card
from cards.parts import Verb
from dialogs.answer import Answer, OnPress, Press, not_understood
from dialogs.desk import Desk
from hub import refusals
from hub.booking import Session, may_see
from hub.colleagues import seats_of, to_be_told
from hub.people import Person
from hub.refusals import Refusal
from hub.understanding import Understanding
from store import colleagues, school_years, sessions

FOR_A_COLLEAGUE = re.compile(
    r"\b(for|invite|book|bring) (a|my|one of my|another) (colleague|ta|team|teacher|nqt|ect)\w*\b",
    re.IGNORECASE,
)


async def ask_colleague(desk: Desk, person: Person, session_id: UUID) -> Answer:
    """Show whom of the same school a place can be asked for."""
    if person.school is None:
        return Answer(refusal_card(refusals.school_not_known()))
    session = await _session(desk, person, session_id)
    if isinstance(session, Refusal):
        return Answer(refusal_card(session))
    async with desk.database.read() as db:
        found = await colleagues.colleagues_of(db, person, session_id)
    return Answer(ask_colleague_card(session, found))


async def invite(desk: Desk, person: Person, session_id: UUID, colleague_id: UUID) -> Answer:
    """Keep a place for a colleague and ask them."""
    async with desk.database.begin() as db:
        calendar = await school_years.calendar(db)
        outcome = await colleagues.invite(
            db, person, colleague_id, session_id, desk.now(), calendar
        )
        staff = await colleagues.colleagues_of(db, person, session_id)
    if isinstance(outcome, Refusal):
        return Answer(refusal_card(outcome))
    names = {each.person.id: each.person.name for each in staff}
    return Answer(invited_card(outcome, names.get(colleague_id, "your colleague")))


async def suggest(desk: Desk, person: Person, session_id: UUID) -> Answer:
    """Pass a joint session on to whoever of the school should come and has not booked."""
    if person.school is None:
        return Answer(refusal_card(refusals.school_not_known()))
    session = await _session(desk, person, session_id)
    if isinstance(session, Refusal):
        return Answer(refusal_card(session))
    async with desk.database.begin() as db:
        calendar = await school_years.calendar(db)
        staff = await colleagues.staff_of_school(db, person, session_id)
        told = to_be_told(seats_of(session, staff), person)
        fresh = await colleagues.suggest(db, person, session, told, desk.now(), calendar)
    return Answer(suggested_card(session, fresh))


async def _session(desk: Desk, person: Person, session_id: UUID) -> Session | Refusal:
    """A session to come that this person may see."""
    async with desk.database.read() as db:
        shown = await sessions.open_session(db, person, session_id)
    if shown is None or not may_see(person, shown.session, desk.now()):
        return refusals.session_gone()
    if shown.session.starts_at <= desk.now():
        return refusals.already_started(shown.session.title)
    return shown.session


async def hear_for_a_colleague(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Say how a place for a colleague is asked for, since the session has to be chosen first."""
    del desk, person
    if not FOR_A_COLLEAGUE.search(meaning.text):
        return None
    return Answer(
        notice_card(
            "A place for a colleague",
            "Choose the session first, then press “For a colleague”. They are asked, and the place "
            "is theirs once they say yes.",
        )
    )


async def _about_a_colleague(desk: Desk, person: Person, press: Press) -> Answer:
    session_id = press.id_of("session")
    if session_id is None:
        return not_understood()
    match press.verb:
        case Verb.SUGGEST:
            return await suggest(desk, person, session_id)
        case Verb.INVITE_COLLEAGUE:
            colleague_id = press.id_of(COLLEAGUE_INPUT)
            if colleague_id is not None:
                return await invite(desk, person, session_id, colleague_id)
    return await ask_colleague(desk, person, session_id)


PRESSES: dict[Verb, OnPress] = {
    Verb.ASK_COLLEAGUE: _about_a_colleague,
    Verb.INVITE_COLLEAGUE: _about_a_colleague,
    Verb.SUGGEST: _about_a_colleague,
}
