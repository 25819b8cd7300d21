"""What leads type about the programme: see it, set, move or call off a session, take the register."""

import re

from cards.did_you_mean import did_you_mean_card
from cards.greeting import refusal_card
from cards.parts import Verb
from dialogs import lead_programme, register, session_form
from dialogs.answer import Answer
from dialogs.asking import asked_for
from dialogs.desk import Desk
from hub import refusals
from hub.booking import OpenSession, Session, SessionState
from hub.people import Person
from hub.programme import Sought, entries_of, named_in
from hub.understanding import Intent, Understanding
from store import lead_programme as lead_standings
from store import sessions

_THING = r"\b(clinic|session|meeting|training|visit|inset|working party|strand)s?\b"
_OWN = re.compile(r"\b(my|me|our|i|i'm)\b", re.IGNORECASE)
SEE = re.compile(r"^\W*(show |open |see )?(me )?(the |our )?(lead )?programme\W*$", re.IGNORECASE)
SET = re.compile(
    rf"\b(add|create|new|set|set up|schedule|put on|make|hold)\b.*{_THING}", re.IGNORECASE
)
CHANGE = re.compile(rf"\b(move|reschedule|edit|change|postpone|release)\b.*{_THING}", re.IGNORECASE)
BACK_ON = re.compile(rf"\b(reinstate\b.*{_THING}|put\b.*{_THING}.*\bback on\b)", re.IGNORECASE)
CALL_OFF = re.compile(rf"\b(cancel|call off)\b.*{_THING}", re.IGNORECASE)
REGISTER = re.compile(r"\b(register|who came)\b", re.IGNORECASE)
#: A lead asks like everybody else.
ASKS = re.compile(
    r"^\W*(any|is|are|what|which|when|where|how|why|do|does|did|will)\b", re.IGNORECASE
)


async def hear(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Do what a lead types about the programme; None for everybody else and everything else."""
    said = meaning.text
    if not person.is_lead or _OWN.search(said):
        return None
    if SEE.search(said):
        return await lead_programme.show_programme(desk)
    if BACK_ON.search(said):
        return await _back_on(desk, said)
    if CALL_OFF.search(said):
        return await _about_one(desk, person, meaning, Verb.ASK_CANCEL_SESSION)
    if CHANGE.search(said):
        return await _about_one(desk, person, meaning, Verb.EDIT_SESSION)
    if SET.search(said) and not ASKS.search(said):
        return await _new(desk, meaning)
    if REGISTER.search(said):
        return await register.choose(desk)
    return None


async def by_intent(desk: Desk, person: Person, meaning: Understanding) -> Answer:
    """Answer an intent that only leads have."""
    only_like_a_register = meaning.intent is Intent.LEAD_REGISTER and not REGISTER.search(
        meaning.text
    )
    if not person.is_lead and only_like_a_register:
        # "Who is coming" is asked by everybody; only who names the register hears whose it is.
        return Answer(did_you_mean_card(meaning, is_lead=False))
    if not person.is_lead:
        return Answer(refusal_card(refusals.leads_only()))
    if meaning.intent is Intent.LEAD_REGISTER:
        return await register.choose(desk)
    return await lead_programme.show_programme(desk)


async def _new(desk: Desk, meaning: Understanding) -> Answer:
    sought, _ = await asked_for(desk, meaning)
    on = sought.starts_on if sought.starts_on == sought.ends_on else None
    return await session_form.new_session(desk, meaning.tier or session_form.USUAL_TIER, on)


async def _back_on(desk: Desk, said: str) -> Answer:
    """Put the one session back on that can be meant, or show the programme to choose from."""
    async with desk.database.read() as db:
        coming = await lead_standings.standings_to_come(db, desk.now())
    off = [e.session for e in coming if e.session.state is SessionState.CANCELLED]
    named = named_in(said, [OpenSession(each, 0, 0) for each in off])
    found = [each.session for each in named] or off
    if len(found) != 1:
        return await lead_programme.show_programme(desk)
    return await lead_programme.reinstate(desk, found[0].id)


async def _about_one(desk: Desk, person: Person, meaning: Understanding, verb: Verb) -> Answer:
    """The one session that can be meant, or the programme to choose from."""
    sought, _ = await asked_for(desk, meaning)
    found = await _meant(desk, person, meaning.text, sought)
    if len(found) != 1:
        return await lead_programme.show_programme(desk)
    if verb is Verb.EDIT_SESSION:
        return await session_form.edit_session(desk, found[0].id)
    return await lead_programme.ask_cancel(desk, found[0].id)


async def _meant(desk: Desk, person: Person, said: str, sought: Sought) -> list[Session]:
    async with desk.database.read() as db:
        coming = await sessions.open_sessions(db, person, desk.now(), sought)
        # "Move the clinic to 12 March" names the new day, on which there is none yet.
        if not coming:
            anywhen = Sought(tier=sought.tier, for_all=True)
            coming = await sessions.open_sessions(db, person, desk.now(), anywhen)
    named = named_in(said, entries_of(coming))
    if named:
        return [each.session for each in named]
    is_the_next = bool(re.search(r"\bnext\b", said, re.IGNORECASE))
    return [each.session for each in (coming[:1] if is_the_next else coming)]
