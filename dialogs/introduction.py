"""Who somebody is: prefilled from the directory, confirmed on one card, changed by a sentence."""

import re
from dataclasses import replace
from datetime import timedelta

from microsoft_teams.cards import AdaptiveCard

from cards.greeting import refusal_card, welcome_card
from cards.introduction import (
    NO_SCHOOL,
    ROLES_INPUT,
    SCHOOL_INPUT,
    introduced_card,
    introduction_card,
)
from cards.parts import Verb
from dialogs.answer import Answer, OnPress, Press
from dialogs.desk import Desk
from hub import refusals
from hub.booking import is_meant_for
from hub.introduction import (
    SaidOfOneself,
    guess,
    is_to_be_asked,
    may_be_at,
    open_tiers,
    own_choice,
    said_of_oneself,
)
from hub.people import Person, Role, School
from hub.self_description import speaks_of_oneself
from hub.understanding import Understanding
from store import (
    booking_reads,
    conversations,
    people,
    planned_meetings,
    programme,
    school_years,
)

#: Whoever confirmed a moment ago need not be looked at again for a new school year.
SURELY_THIS_YEAR = timedelta(days=30)
WHO_AM_I = re.compile(
    r"^\W*((so |and )?who am i|tell (me )?(my role|who you are)|what do you (have|know) me (down )?as"
    r"|((what('?s| is| are)?|which is|change|update|correct|show|edit)( me)? )?"
    r"my (roles?|school|job|details)( (and|or) (roles?|school))?|put my (role|school) right)"
    r"( please)?\W*$",
    re.IGNORECASE,
)
_THAT_IS_RIGHT = re.compile(
    r"^\W*(yes\W+)?(that'?s|that is|all) (right|correct|me)( thanks| thank you)?\W*$",
    re.IGNORECASE,
)


async def welcome(desk: Desk, person: Person) -> AdaptiveCard | None:
    """Greet somebody for whom the app was installed, and ask who they are; None the second time."""
    async with desk.database.begin() as db:
        if not await conversations.first_welcome(db, person.id, desk.now()):
            return None
        schools = await programme.schools(db)
    person = await prefilled(desk, person, schools)
    return welcome_card(person, _choosable(person, schools))


async def question_due(desk: Desk, person: Person) -> tuple[Person, AdaptiveCard | None]:
    """The person as far as known by now, and the card that asks who they are, where it is time.

    Once in a school year; nobody is held up by it.
    """
    now = desk.now()
    if person.introduced_at and now - person.introduced_at < SURELY_THIS_YEAR:
        return person, None
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        if not is_to_be_asked(person, calendar, now):
            return person, None
        year = calendar.year_of(now.astimezone(calendar.zone).date())
        since = calendar.at_start_of(year) if year else None
        if await conversations.was_welcomed(db, person.id, since):
            return person, None
    async with desk.database.begin() as db:
        if not await conversations.first_welcome(db, person.id, now, since):
            return person, None
        schools = await programme.schools(db)
    person = await prefilled(desk, person, schools)
    return person, introduction_card(person, _choosable(person, schools))


async def prefilled(desk: Desk, person: Person, schools: list[School]) -> Person:
    """The person with what the directory knows, kept unconfirmed where nothing was known."""
    if person.introduced_at or (person.roles and person.school):
        return person
    profile = await desk.directory.profile_of(person.object_id)
    if profile is None:
        return person
    roles, school = guess(profile, schools)
    if person.roles:
        roles = frozenset()
    if person.school or (school and not may_be_at(school, person)):
        school = None
    if not roles and school is None:
        return person
    async with desk.database.begin() as db:
        await people.note_guess(db, person, roles, school)
    return replace(person, roles=person.roles | roles, school=person.school or school)


def _choosable(person: Person, schools: list[School]) -> list[School]:
    return [each for each in schools if may_be_at(each, person)]


async def show(desk: Desk, person: Person, note: str = "") -> Answer:
    """Ask who somebody is, whenever they like."""
    async with desk.database.read() as db:
        schools = await programme.schools(db)
    person = await prefilled(desk, person, schools)
    card = introduction_card(person, _choosable(person, schools), note=note)
    return Answer(card, stands_alone=True)


async def introduce(
    desk: Desk, person: Person, roles: frozenset[Role], school: School | None, note: str = ""
) -> Answer:
    """Keep who somebody says they are, and tell them what that opens."""
    if school and not may_be_at(school, person):
        return Answer(refusal_card(refusals.not_at_that_school(school.name)))
    now = desk.now()
    async with desk.database.begin() as db:
        kept = own_choice(roles, person)
        await people.introduce(db, person, kept, school.id if school else None, now)
        known = replace(person, roles=kept, school=school, introduced_at=now)
        calendar = await school_years.calendar(db)
        await planned_meetings.bring_newcomer(db, known, calendar, now)
        held = await booking_reads.bookings_to_come(db, person, now)
    closed = [each for each in held if not is_meant_for(each.session, known)]
    tiers = open_tiers(desk.offer, known.roles)
    card = introduced_card(known, tiers, closed, note=note)
    return Answer(card, settles=True, stands_alone=True)


async def hear(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Answer "who am I?", and take "I'm the SENCo at School B now" at its word."""
    if WHO_AM_I.match(meaning.text):
        return await show(desk, person)
    if _THAT_IS_RIGHT.match(meaning.text):
        return await _confirm(desk, person)
    if not speaks_of_oneself(meaning.text):
        return None
    async with desk.database.read() as db:
        schools = await programme.schools(db)
    said = said_of_oneself(meaning.text, schools)
    if said is None:
        return None
    person = await prefilled(desk, person, schools)
    roles = said.applied_to(person)
    if note := _school_to_ask(said):
        known = replace(person, roles=roles, school=None)
        card = introduction_card(known, _choosable(person, schools), note=note)
        return Answer(card, stands_alone=True)
    return await introduce(desk, person, roles, said.school or person.school)


async def _confirm(desk: Desk, person: Person) -> Answer | None:
    """Take "that's right" for what the card has asked; None when it can mean something else."""
    if person.introduced_at or not (person.roles or person.school):
        return None
    return await introduce(desk, person, person.roles, person.school)


def _school_to_ask(said: SaidOfOneself) -> str:
    if said.unknown_school:
        return f"I don't know a school called “{said.unknown_school}”. Which of these is it?"
    return f"Where do you work now, if not at {said.left.name}?" if said.left else ""


async def _ask(desk: Desk, person: Person, _press: Press) -> Answer:
    return await show(desk, person)


async def _save(desk: Desk, person: Person, press: Press) -> Answer:
    chosen = {each for each in press.choices_of(ROLES_INPUT) if each in set(Role)}
    school_id = press.text_of(SCHOOL_INPUT)
    async with desk.database.read() as db:
        schools = {each.id: each for each in await programme.schools(db)}
    if school_id and school_id != NO_SCHOOL and school_id not in schools:
        return await show(desk, person, note="I don't know that school. Which of these is it?")
    if not chosen and not school_id:
        return await show(desk, person, note="Please choose your school or what you do.")
    school = schools.get(school_id) if school_id else person.school
    return await introduce(desk, person, frozenset(Role(each) for each in chosen), school)


PRESSES: dict[Verb, OnPress] = {Verb.WHO_AM_I: _ask, Verb.SAVE_WHO_I_AM: _save}
