"""Who could not be reached, for leads: looked at, and tried again once it is mended."""

import re

from cards.greeting import refusal_card
from cards.parts import Verb
from cards.unreached import PAGE_SIZE, unreached_card
from dialogs.answer import Answer, OnPress, Press, leads_only, not_understood
from dialogs.desk import Desk
from hub import refusals
from hub.people import Person
from hub.spoken import counted_people
from hub.understanding import Understanding
from store import unreached

_SEE = re.compile(
    r"^\W*(?:show (?:me )?)?(?:the )?(?:"
    r"who(?:m)? (?:could|can|did|do)(?:n't| not)? (?:we|you|i|it)(?: not)? reach"
    r"|who (?:could|can)(?:'?t|not|n't| not) be reached"
    r"|who (?:was|were|is|are)(?:n't| not) reached|who (?:was|were|is|are) unreached"
    r"|not reached|unreached(?: (?:people|staff))?"
    r"|who (?:didn't|did not|doesn't|does not) get (?:it|anything|my messages?|messages))\W*$",
    re.IGNORECASE,
)
_TRY = re.compile(
    r"^\W*(?:please )?try (?P<who>everybody|everyone|all(?: of them)?|them(?: all)?|\S.{0,80}?) again\W*$",
    re.IGNORECASE,
)
_ALL = re.compile(r"^(?:everybody|everyone|all(?: of them)?|them(?: all)?)$", re.IGNORECASE)


async def show_unreached(desk: Desk, page: int = 0, intro: str = "") -> Answer:
    """One page of them, the reasons as they are now."""
    async with desk.database.read() as db:
        count = await unreached.how_many(db)
        page = min(page, max(0, count - 1) // PAGE_SIZE)
        found = await unreached.unreached(db, PAGE_SIZE, page * PAGE_SIZE)
    return Answer(unreached_card(found, count, page=page, intro=intro))


async def hear_unreached(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take "who could we not reach" or "try everybody again"; None when it is about neither."""
    said = meaning.text.strip()
    if _SEE.match(said):
        return await show_unreached(desk) if person.is_lead else _for_leads()
    if (found := _TRY.match(said)) and person.is_lead:
        if _ALL.match(found["who"]):
            return await _try_all(desk)
        return await _try_named(desk, found["who"])
    return None


def _for_leads() -> Answer:
    return Answer(refusal_card(refusals.leads_only()))


async def _try_named(desk: Desk, who: str) -> Answer | None:
    """Try those of that name again; None when nobody of that name is waiting."""
    wanted = " ".join(who.casefold().split())
    async with desk.database.begin() as db:
        everybody = await unreached.unreached(db, await unreached.how_many(db))
        meant = [each for each in everybody if wanted in each.name.casefold()]
        for each in meant:
            await unreached.try_again(db, each.person_id, desk.now())
    return await show_unreached(desk, intro=_trying(len(meant))) if meant else None


async def _try_all(desk: Desk) -> Answer:
    async with desk.database.begin() as db:
        everybody = await unreached.everybody_unreached(db)
        for each in everybody:
            await unreached.try_again(db, each, desk.now())
    return await show_unreached(desk, intro=_trying(len(everybody)))


def _trying(number: int) -> str:
    if not number:
        return "There was nothing to try again."
    return f"I'm trying again to reach {counted_people(number)}. Whoever it fails for is back here."


async def _see(desk: Desk, _person: Person, press: Press) -> Answer:
    return await show_unreached(desk, press.page)


async def _try_again(desk: Desk, _person: Person, press: Press) -> Answer:
    if "person" not in press.data:
        return await _try_all(desk)
    person_id = press.id_of("person")
    if person_id is None:
        return not_understood()
    async with desk.database.begin() as db:
        count = await unreached.try_again(db, person_id, desk.now())
    return await show_unreached(desk, press.page, intro=_trying(int(count > 0)))


PRESSES: dict[Verb, OnPress] = {
    Verb.UNREACHED: leads_only(_see),
    Verb.TRY_AGAIN: leads_only(_try_again),
}
