"""The queue of requests for whoever deals with them: narrowed, paged, searched."""

from collections.abc import Callable
from dataclasses import replace

from cards.guarded import guarded_card
from cards.lead_queue import (
    EVERYTHING,
    NEED_INPUT,
    SCHOOL_INPUT,
    SEARCH_INPUT,
    SHOW_INPUT,
    SHOWS,
    Narrowed,
    found_card,
    queue_card,
)
from cards.lead_queue import PAGE_SIZE as ROWS
from dialogs.answer import Answer, Press, refused
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from dialogs.my_requests import standings
from hub import refusals
from hub.people import Person
from hub.request_standing import Standing, in_queue_order, waiting_days
from hub.requests import State
from hub.topics import NEEDS
from store import programme, request_reads, school_years

_SHOWN: dict[str, Callable[[Person, Standing], bool]] = {
    EVERYTHING: lambda _person, _each: True,
    "new": lambda _person, each: each.request.state is State.SUBMITTED,
    "urgent": lambda _person, each: each.is_urgent,
    "late": lambda _person, each: each.due is not None and each.due.is_late,
    "questions": lambda _person, each: each.service is not None and each.service.is_question,
    "mine": lambda person, each: (
        each.request.owner is not None and each.request.owner.id == person.id
    ),
}


async def show(
    desk: Desk, person: Person, narrowed: Narrowed | None = None, page: int = 0, intro: str = ""
) -> Answer:
    """What is open; a lead sees everything, a colleague what was handed to them."""
    narrowed, now = narrowed or Narrowed(), desk.now()
    async with desk.database.read() as db:
        found = await request_reads.queue(db, person)
        calendar = await school_years.calendar(db)
        listed = await programme.schools(db)
    if not person.is_lead and not found:
        return refused(desk, person, refusals.leads_only())
    schools = {each.asker.school.id: each.asker.school.name for each in found if each.asker.school}
    if narrowed.school not in schools:
        known = {each.id: each.name for each in listed if each.id == narrowed.school}
        schools |= known
        narrowed = narrowed if known else replace(narrowed, school=EVERYTHING)
    every = in_queue_order(await standings(desk, found))
    wanted = [each for each in every if _is_wanted(person, each, narrowed)]
    waits = {each.reference: waiting_days(each, calendar, now) for each in found}
    page = page if page * ROWS < len(wanted) else 0
    ordered = dict(sorted(schools.items(), key=lambda each: each[1]))
    return Answer(queue_card(wanted, waits, narrowed, ordered, page, intro))


def _is_wanted(person: Person, standing: Standing, narrowed: Narrowed) -> bool:
    request = standing.request
    school = request.asker.school.id if request.asker.school else ""
    needs = request.answers.get("needs", "").split(",")
    return (
        _SHOWN[narrowed.show](person, standing)
        and narrowed.school in {EVERYTHING, school}
        and (narrowed.need == EVERYTHING or narrowed.need in needs)
    )


async def search(desk: Desk, person: Person, words: str, page: int = 0) -> Answer:
    """Everything, open or over, that speaks of these words."""
    said = " ".join(words.split())
    if not said:
        return await show(desk, person)
    if guarded := await seen_in(desk, said):
        return Answer(guarded_card(guarded))
    services = [e.key for e in desk.services.every if said.lower() in e.name.lower()]
    need = next((key for key, title in NEEDS.items() if said.lower() == title.lower()), said)
    async with desk.database.read() as db:
        found = await request_reads.search(db, person, need, services)
    page = page if page * ROWS < len(found) else 0
    return Answer(found_card(await standings(desk, found), said, page))


async def pressed(desk: Desk, person: Person, press: Press) -> Answer:
    """A page of the queue, or a search when something was typed into its field."""
    words = press.text_of(SEARCH_INPUT)
    if words.strip():
        return await search(desk, person, words, press.page)
    show_what = press.text_of(SHOW_INPUT)
    need = press.text_of(NEED_INPUT)
    narrowed = Narrowed(
        show_what if show_what in SHOWS else EVERYTHING,
        press.text_of(SCHOOL_INPUT) or EVERYTHING,
        need if need in NEEDS else EVERYTHING,
    )
    return await show(desk, person, narrowed, press.page)
