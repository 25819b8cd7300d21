"""Who holds which role: looked up by a lead, and put right (domain, section 3)."""

import re
from uuid import UUID

from cards.greeting import notice_card, refusal_card
from cards.guarded import guarded_card
from cards.parts import Verb, plain
from cards.staff import (
    ANY,
    LONGEST_NAME,
    NAME_INPUT,
    PAGE_SIZE,
    PERSON_INPUT,
    ROLE_INPUT,
    ROLES_INPUT,
    SCHOOL_INPUT,
    person_card,
    put_right_card,
    staff_card,
)
from dialogs.answer import Answer, OnPress, Press, leads_only, not_understood
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from hub import refusals
from hub.job_titles import role_named, roles_in
from hub.people import Person, Role
from hub.refusals import Reason, Refusal
from hub.school_names import schools_in
from hub.spoken import spoken_list
from hub.staff import NONE_YET, StaffSearch
from hub.understanding import Understanding
from store import people, staff
from store.programme import schools as every_school

_OVERVIEW = re.compile(
    r"^\W*(?:who holds (?:which|what) roles?|(?:(?:show|list)(?: me)? )?(?:the )?"
    r"(?:staff(?: and roles| list)?|roles))\W*$",
    re.IGNORECASE,
)
_THE_LEAD = re.compile(
    r"\b(?:who(?: is|'s| are)|contact|email|message|reach) (?:the |our )?(?:trust )?"
    r"send (?:lead|hub|team)\b|\bwho (?:do|can|should) i contact\b"
    r"|\b(?:speak|talk) to a (?:human|(?:real )?person)\b",
    re.IGNORECASE,
)
_I_LEAD = re.compile(
    r"^\W*(?:i'?m|i am) (?:now )?(?:the |a )?(?:new )?(?:trust )?send (?:hub )?lead\W*$",
    re.IGNORECASE,
)
_PUT_RIGHT = re.compile(
    r"^\W*(?:please )?(?:put|set|correct|change|fix|edit)(?: right)? (?!my\b|our\b|the\b)(?P<name>\S.*?)"
    r"(?:'s|s')? (?:roles?|school)(?: right)?\W*$",
    re.IGNORECASE,
)
#: People by what they are, and perhaps where: "show TA deployment" is about something else.
_LOOK_FOR = re.compile(
    r"^\W*(?:please )?(?:who (?:are|is)|show(?: me)?|list) (?:all |the |our )*"
    r"(?P<who>(?:(?!for\b|with\b|about\b|my\b)[\w-]+ ){0,3}"
    r"(?:send?cos?|leads?|leaders?|(?:head ?)?teachers?|heads?|principals?|assistants?|h?l?tas?|lsas?"
    r"|mentors?|staff))(?: (?:at|in|of|from) (?P<where>\S.*?))?\W*$",
    re.IGNORECASE,
)


async def show_staff(desk: Desk, search: StaffSearch, page: int = 0, intro: str = "") -> Answer:
    """One page of the people searched for."""
    if guarded := await seen_in(desk, search.name):
        return Answer(guarded_card(guarded))
    async with desk.database.read() as db:
        found, count = await staff.found(db, search, PAGE_SIZE, page * PAGE_SIZE)
        schools = await every_school(db)
    if page and not found:
        return await show_staff(desk, search)
    return Answer(staff_card(found, count, search, schools, page=page, intro=intro))


async def show_person(desk: Desk, person_id: UUID, intro: str = "") -> Answer:
    """One person's roles and school as they stand, to be put right."""
    async with desk.database.read() as db:
        person = await people.person_with_id(db, person_id)
        schools = await every_school(db)
    if person is None:
        return Answer(refusal_card(refusals.person_gone()))
    return Answer(person_card(person, schools, intro))


async def put_right(
    desk: Desk, person_id: UUID, roles: frozenset[Role], school_id: str | None, seen: str
) -> Answer:
    """Save what a lead says of somebody; nobody else's change is overwritten unseen."""
    async with desk.database.begin() as db:
        outcome = await staff.put_right(db, person_id, roles, school_id, seen=seen, now=desk.now())
    if not isinstance(outcome, Refusal):
        return Answer(put_right_card(outcome))
    if outcome.reason is Reason.CHANGED_MEANWHILE:
        return await show_person(desk, person_id, outcome.say)
    return Answer(refusal_card(outcome))


async def hear_staff(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take "who are the SENCos" or "put right Jo's role"; None when it is about neither."""
    said = meaning.text.strip()
    if _OVERVIEW.match(said):
        return await show_staff(desk, StaffSearch()) if person.is_lead else _for_leads()
    if _I_LEAD.match(said) and not person.is_lead:
        return Answer(
            notice_card(
                "The trust's settings say who leads the Hub",
                "So that nobody has the lead's view by saying so, I can't put you down for it "
                "myself. Please ask whoever looks after this bot in your trust's IT.",
            )
        )
    if _THE_LEAD.search(said) and not person.is_lead:
        return await _who_leads(desk)
    if found := _PUT_RIGHT.match(said):
        return await _find(desk, found["name"]) if person.is_lead else _for_leads()
    if found := _LOOK_FOR.match(said):
        return await _look_for(desk, *found.groups()) if person.is_lead else _for_leads()
    return None


def _for_leads() -> Answer:
    return Answer(refusal_card(refusals.leads_only()))


async def _who_leads(desk: Desk) -> Answer:
    """Who the Trust SEND Lead is: everybody may know whom to ask."""
    async with desk.database.read() as db:
        found, _ = await staff.found(db, StaffSearch(role=Role.LEAD), limit=5)
    names = spoken_list([plain(each.name) for each in found])
    words = f"That is {names}." if names else "I don't know yet who that is."
    return Answer(
        notice_card(
            "The Trust SEND Lead",
            words,
            "You can write to them in Teams: search for the name at the top. For a place on a "
            "session, a school meeting or a colleague's place, I can help you here.",
        )
    )


async def _find(desk: Desk, name: str) -> Answer:
    """The one person of that name, or all that could be meant."""
    search = StaffSearch(name=name[:LONGEST_NAME])
    async with desk.database.read() as db:
        found, count = await staff.found(db, search, limit=1)
    if count == 1:
        return await show_person(desk, found[0].id)
    return await show_staff(desk, search)


async def _look_for(desk: Desk, who: str, where: str | None) -> Answer | None:
    """Those of one role, in one school or in all; None when no school is meant by "where"."""
    async with desk.database.read() as db:
        named = schools_in(where or "", await every_school(db))
    if where and not named:
        return None
    role, school_id = _role_in(who), named[0].id if named else ""
    return await show_staff(desk, StaffSearch(role=role or "", school_id=school_id))


def _role_in(who: str) -> Role | None:
    """The role that is asked for; None for staff of any role."""
    named = role_named(who) or next((role for role in Role if role in roles_in(who)), None)
    return named or (Role.LEAD if re.search(r"leads?$", who, re.IGNORECASE) else None)


def _search_of(press: Press) -> StaffSearch:
    """What the inputs of a list say; a list opened afresh has none."""
    role, school_id = press.text_of(ROLE_INPUT), press.text_of(SCHOOL_INPUT)
    return StaffSearch(
        name=press.text_of(NAME_INPUT).strip()[:LONGEST_NAME],
        role="" if role == ANY else role,
        school_id="" if school_id == ANY else school_id,
    )


async def _staff(desk: Desk, _person: Person, press: Press) -> Answer:
    return await show_staff(desk, _search_of(press), press.page)


async def _edit(desk: Desk, _person: Person, press: Press) -> Answer:
    person_id = press.id_of(PERSON_INPUT)
    if person_id is None:
        return await show_staff(desk, _search_of(press), intro="Please choose somebody first.")
    return await show_person(desk, person_id)


async def _save(desk: Desk, _person: Person, press: Press) -> Answer:
    person_id, named = press.id_of(PERSON_INPUT), press.choices_of(ROLES_INPUT)
    school_id = press.text_of(SCHOOL_INPUT)
    if person_id is None or not school_id or not set(named) <= set(Role):
        return not_understood()
    return await put_right(
        desk,
        person_id,
        frozenset(Role(name) for name in named),
        None if school_id == NONE_YET else school_id,
        press.text_of("seen"),
    )


PRESSES: dict[Verb, OnPress] = {
    Verb.STAFF: leads_only(_staff),
    Verb.EDIT_PERSON: leads_only(_edit),
    Verb.SAVE_PERSON: leads_only(_save),
}
