"""What whoever asked types about a request: withdrawn, noted, moved, or a time that was proposed taken."""

import re
from uuid import UUID

from dialogs import my_requests
from dialogs.answer import Answer
from dialogs.desk import Desk
from hub.people import Person
from hub.requests import Request, State, Step
from hub.times_said import taken_in
from store import request_reads, school_years

_REQUEST = r"\b(?:requests?|sh[\s-]?\d{1,6})\b"
_WITHDRAW = re.compile(rf"\b(?:withdraw|cancel|take back|drop)\b.*{_REQUEST}", re.IGNORECASE)
_NOTE = re.compile(
    rf"\b(?:add (?:a )?note|note)\b.*?{_REQUEST}\W*(?P<words>.*)$", re.IGNORECASE | re.DOTALL
)
_CHANGE = re.compile(rf"\b(?:change|edit|correct|update)\b.*{_REQUEST}", re.IGNORECASE)
_OTHER_TIME = re.compile(
    r"\b(?:move|change|rearrange|reschedule) (?:my|the|our) (?:visit|(?:follow[ -]?up )?call|follow[ -]?up)\b|"
    r"^\W*(?:none of (?:these|those|them|the)(?: times)? (?:suits?|works?)|other times?)",
    re.IGNORECASE,
)


#: A visit is spoken of, and not asked for.
_MY_VISIT = re.compile(
    r"\b(?:my|our) (?:visit|(?:follow[ -]?up )?call|follow[ -]?up)\b", re.IGNORECASE
)


async def hear(desk: Desk, person: Person, said: str, reference: str) -> Answer | None:
    """Do what somebody types about a request of their own; None when something else is meant."""
    mine = await _meant(desk, person, reference)
    if mine is None and reference:
        return None
    if mine and not reference and _MY_VISIT.search(said) and not _OTHER_TIME.search(said):
        return await my_requests.show(desk, person, mine.id)
    for pattern, step in ((_WITHDRAW, Step.WITHDRAW), (_OTHER_TIME, Step.NO_TIME_SUITS)):
        if pattern.search(said):
            return await _step(desk, person, mine, step)
    if found := _NOTE.search(said):
        if mine and found["words"].strip():
            return await my_requests.say(desk, person, mine.id, Step.NOTE, found["words"])
        return await _step(desk, person, mine, Step.NOTE)
    if mine and reference and not _CHANGE.search(said):
        return await my_requests.show(desk, person, mine.id)
    return None


#: A first look, so that not every message asks the database.
_MAY_CHOOSE = re.compile(
    r"\b(?:first|second|third|(?:mon|tue|wed|thu|fri)[a-z]*)\b|\d", re.IGNORECASE
)
MOST_WORDS_OF_A_CHOICE = 12
_HELPED = re.compile(
    r"^\W*(?:(?P<yes>(?:yes,? )?it (?:really )?helped)|(?P<a_bit>a bit)|(?P<not_yet>not yet|it didn'?t help))\W*$",
    re.IGNORECASE,
)


async def hear_reply(desk: Desk, person: Person, said: str) -> Answer | None:
    """Take the answer to a card that came by itself: a time that was proposed, or how it helped."""
    helped = _HELPED.match(said)
    may_choose = len(said.split()) <= MOST_WORDS_OF_A_CHOICE and _MAY_CHOOSE.search(said)
    if not helped and not may_choose:
        return None
    async with desk.database.read() as db:
        found = await request_reads.own_requests(db, person)
        calendar = await school_years.calendar(db)
    if helped:
        closed = [each for each in found if each.state is State.CLOSED and not each.helped]
        key = next(name for name, value in helped.groupdict().items() if value).replace("_", " ")
        return await my_requests.say_helped(desk, person, closed[0].id, key) if closed else None
    offered = {
        visit.starts_at: (each.id, visit.id)
        for each in found
        for visit in each.proposed
        if visit.starts_at > desk.now()
    }
    at = taken_in(said, sorted(offered), calendar, desk.now())
    return await my_requests.pick(desk, person, *offered[at]) if at else None


def wants_change(said: str) -> bool:
    """Whether somebody wants to change the answers of a request."""
    return bool(_CHANGE.search(said))


async def _step(desk: Desk, person: Person, mine: Request | None, step: Step) -> Answer:
    if mine is None:
        return await my_requests.show_all(desk, person, intro="Which one do you mean?")
    return await my_requests.ask(desk, person, mine.id, step)


async def _meant(desk: Desk, person: Person, reference: str) -> Request | None:
    """The request of this reference, or the only one that is open; None when it is not clear."""
    async with desk.database.read() as db:
        found = await request_reads.own_requests(db, person)
    if reference:
        return next((each for each in found if each.reference == reference), None)
    live = [each for each in found if each.is_open]
    return live[0] if len(live) == 1 else None


async def change(desk: Desk, person: Person, reference: str) -> UUID | Answer:
    """The request whose answers are to be changed, or what is said instead."""
    mine = await _meant(desk, person, reference)
    if mine is None:
        return await my_requests.show_all(desk, person, intro="Which one do you mean?")
    if mine.state is not State.SUBMITTED:
        intro = "It has been acknowledged, so add a note instead of changing it."
        return await my_requests.show(desk, person, mine.id, intro=intro)
    return mine.id
