"""A place for a colleague of the same school, and a word passed on to whoever should come along."""

import re
from dataclasses import replace
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
from dialogs.asking import asked_for
from dialogs.desk import Desk
from hub import refusals
from hub.booking import Session, may_see, no_longer_on
from hub.colleagues import seats_of, to_be_told
from hub.people import Person
from hub.programme import entries_of, named_in
from hub.refusals import Refusal
from hub.understanding import Intent, Understanding
from store import colleagues, school_years, sessions

_A_COLLEAGUE = (
    r"(?:colleague|tas?|team|teacher|nqt|ect|senco|head|headteacher|deputy|(?:[a-z]+ )?lead|mentor"
    r"|(?:teaching |learning )?assistant)s?\b"
)
FOR_A_COLLEAGUE = re.compile(
    rf"\b(?:for|invite|book|bring) (?:a|my|our|one of my|another)(?: whole| new)? {_A_COLLEAGUE}"
    rf"|\binvite (?:the )?{_A_COLLEAGUE}|\bbook (?:two|three|2|3) (?:places|spaces|of us)\b"
    r"|\bbook (?:both|all) of us\b",
    re.IGNORECASE,
)
#: "Book Jane Smith on …": two capitals that name no session.
_BY_NAME = re.compile(
    r"\b[Bb]ook (?!SEN|Clinic|Maths|Hub|Tier|Inset|Curriculum|The )[A-Z][a-z]+ [A-Z][a-z]+ (?:on|onto|in|for)\b"
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
    return no_longer_on(shown.session, desk.now()) or shown.session


async def hear_for_a_colleague(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Ask which colleague, once the session is named; say how it goes when none is."""
    said = meaning.text
    if meaning.intent is Intent.REQUEST_SERVICE:
        return None
    if not (FOR_A_COLLEAGUE.search(said) or _BY_NAME.search(said)):
        return None
    sought, _ = await asked_for(desk, meaning)
    async with desk.database.read() as db:
        # The role in such words is the colleague's, not whom the session is for.
        wanted = replace(sought, role=None, for_all=True)
        coming = await sessions.open_sessions(db, person, desk.now(), wanted)
    named = named_in(said, entries_of(coming))
    if len(named) == 1:
        return await ask_colleague(desk, person, named[0].session.id)
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
