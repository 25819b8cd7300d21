"""Taking the register, putting it right, adding a walk-in. For leads."""

from uuid import UUID

from cards.greeting import refusal_card
from cards.guarded import guarded_card
from cards.parts import Verb
from cards.register import (
    CAME_INPUT,
    MOST_FOUND,
    MOST_SESSIONS,
    NAME_INPUT,
    PERSON_INPUT,
    choose_register_card,
    page_of,
    register_card,
    walk_in_card,
)
from dialogs.answer import Answer, OnPress, Press, leads_only, not_understood
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from hub import refusals
from hub.booking import BookingState
from hub.people import Person
from hub.refusals import Refusal
from hub.register import mark_of, may_take_register
from hub.staff import StaffSearch
from store import lead_programme, registers, staff

#: Shorter parts of a name fit too many people.
SHORTEST_NAME = 2
ATTENDED, MISSED = BookingState.ATTENDED, BookingState.MISSED
_CHANGED_MEANWHILE = (
    "A colleague changed this page after you opened it, so I haven't saved over it. This is how it "
    "stands now: tick again what is different, and save."
)


async def choose(desk: Desk) -> Answer:
    """The register of the session under way today, or a choice of the latest."""
    now = desk.now()
    async with desk.database.read() as db:
        found = await lead_programme.standings_begun(db, now, MOST_SESSIONS)
        to_come = await lead_programme.standings_to_come(db, now)
    open_today = [each for each in to_come if may_take_register(each.session, now) is None]
    if len(open_today) == 1:
        return await show(desk, open_today[0].session.id)
    begun = {each.session.id: each for each in [*open_today, *found]}
    return Answer(choose_register_card(list(begun.values())))


async def show(desk: Desk, session_id: UUID, page: int = 0, note: str = "") -> Answer:
    """One page of a register as it stands."""
    async with desk.database.read() as db:
        register = await registers.register_of(db, session_id)
    if register is None:
        return Answer(refusal_card(refusals.session_gone()))
    if refusal := may_take_register(register.session, desk.now()):
        return Answer(refusal_card(refusal))
    return Answer(register_card(register, page, note))


async def save(desk: Desk, press: Press, session_id: UUID) -> Answer:
    """Keep one page: who is ticked came, the others of that page did not.

    Whoever a colleague has added or marked since the page was shown is not marked over.
    """
    page, ticked = press.page, set(press.choices_of(CAME_INPUT))
    async with desk.database.begin() as db:
        before = await registers.locked_register(db, session_id)
        if before is None:
            return Answer(refusal_card(refusals.session_gone()))
        if refusal := may_take_register(before.session, desk.now()):
            return Answer(refusal_card(refusal))
        listed = page_of(before, page)
        came = {each.booking_id for each in listed if str(each.booking_id) in ticked}
        is_kept = all(
            each.state is (ATTENDED if each.booking_id in came else MISSED) for each in listed
        )
        if mark_of(listed) != press.text_of("shown") and not is_kept:
            return Answer(register_card(before, page, _CHANGED_MEANWHILE))
        ids = {each.booking_id for each in listed}
        outcome = await registers.save(db, session_id, ids, came, desk.now())
    if isinstance(outcome, Refusal):
        return Answer(refusal_card(outcome))
    return Answer(register_card(outcome, page, "Saved. You can put it right any time."))


async def look_up(desk: Desk, session_id: UUID, typed: str) -> Answer:
    """People whose name holds what was typed."""
    if guarded := await seen_in(desk, typed):
        return Answer(guarded_card(guarded))
    async with desk.database.read() as db:
        register = await registers.register_of(db, session_id)
        found = None
        if len(typed) >= SHORTEST_NAME:
            found, _ = await staff.found(db, StaffSearch(name=typed), limit=MOST_FOUND)
    if register is None:
        return Answer(refusal_card(refusals.session_gone()))
    return Answer(walk_in_card(register, typed, found))


async def add_walk_in(desk: Desk, session_id: UUID, person_id: UUID) -> Answer:
    """Mark somebody as having come who was not expected."""
    async with desk.database.begin() as db:
        outcome = await registers.add_walk_in(db, session_id, person_id, desk.now())
    if isinstance(outcome, Refusal):
        return Answer(refusal_card(outcome))
    return await show(desk, session_id, note=f"{outcome.name} is on the register.")


async def _register(desk: Desk, _person: Person, press: Press) -> Answer:
    session_id = press.id_of("session")
    if session_id is None:
        return await choose(desk) if press.verb is Verb.REGISTER else not_understood()
    match press.verb:
        case Verb.SAVE_REGISTER:
            return await save(desk, press, session_id)
        case Verb.ASK_WALK_IN:
            return await look_up(desk, session_id, press.text_of(NAME_INPUT).strip())
        case Verb.ADD_WALK_IN:
            person_id = press.id_of(PERSON_INPUT)
            if person_id is None:
                return await look_up(desk, session_id, press.text_of(NAME_INPUT).strip())
            return await add_walk_in(desk, session_id, person_id)
        case _:
            return await show(desk, session_id, press.page)


PRESSES: dict[Verb, OnPress] = {
    verb: leads_only(_register)
    for verb in (Verb.REGISTER, Verb.SAVE_REGISTER, Verb.ASK_WALK_IN, Verb.ADD_WALK_IN)
}
