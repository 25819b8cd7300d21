"""What is held about somebody: shown, given as a copy, erased; by button and by words."""

import re

from cards.parts import Verb
from cards.privacy import ask_erase_card, copy_card, erased_card, held_card
from dialogs.answer import Answer, OnPress, Press
from dialogs.desk import Desk
from hub.held_words import lines
from hub.people import Person
from hub.understanding import Understanding
from store import erasing, held, school_years

_MINE = r"(?:my (?:personal )?(?:data|details|information|account|history)|(?:everything|all|what).* (?:about|on) me)"
_COPY = re.compile(
    rf"\b(?:copy of|export|download|send me) (?:a copy of )?{_MINE}|\bsubject access\b"
    r"|^\W*send me a copy\W*$",
    re.IGNORECASE,
)
_ERASE = re.compile(
    rf"\b(?:delete|erase|remove|wipe) (?:all (?:of )?)?{_MINE}|^\W*(?:please )?(?:forget|erase|delete) me\W*$",
    re.IGNORECASE,
)
_SHOW = re.compile(
    r"^\W*privacy\W*$|\bwhat (?:do|does|data) .*\b(?:hold|holds|keep|keeps|know|store|have)\b.*"
    r"\b(?:about|on) me\b",
    re.IGNORECASE,
)


async def hear(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take "what do you hold about me", "send me a copy of my data" and "delete my data"."""
    if _ERASE.search(meaning.text):
        return Answer(ask_erase_card())
    if _COPY.search(meaning.text):
        return await copy(desk, person)
    if _SHOW.search(meaning.text):
        return await show(desk, person)
    return None


async def show(desk: Desk, person: Person) -> Answer:
    """Present values and how many rows of each kind there are."""
    async with desk.database.read() as db:
        found = await held.held_about(db, person.id)
    rows = found.rows if found else {}
    return Answer(held_card(person, {kind: len(each) for kind, each in rows.items()}))


async def copy(desk: Desk, person: Person, page: int = 0) -> Answer:
    """Every row in words, page by page."""
    async with desk.database.read() as db:
        found = await held.held_about(db, person.id)
    return Answer(copy_card(person, lines(found.rows if found else {}), page))


async def _show(desk: Desk, person: Person, _press: Press) -> Answer:
    return await show(desk, person)


async def _copy(desk: Desk, person: Person, press: Press) -> Answer:
    return await copy(desk, person, press.page)


async def _ask(_desk: Desk, _person: Person, _press: Press) -> Answer:
    return Answer(ask_erase_card())


async def _erase(desk: Desk, person: Person, _press: Press) -> Answer:
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
    async with desk.database.begin() as db:
        await erasing.erase(db, person.id, calendar, desk.now())
    await desk.database.wipe()
    return Answer(erased_card(), stands_alone=True, forgets=True)


PRESSES: dict[Verb, OnPress] = {
    Verb.PRIVACY: _show,
    Verb.MY_COPY: _copy,
    Verb.ASK_ERASE: _ask,
    Verb.ERASE_ME: _erase,
}
