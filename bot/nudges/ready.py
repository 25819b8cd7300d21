"""A message just before it is sent: each thing in it still wanted, in words, at a fit hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.clock import Clock
from bot.nudges.outcome import Outcome, PutOff, dropped
from bot.nudges.telling import tell
from bot.nudges.told import Telling, Told, Unwanted
from hub.manners import not_wanted_at_all, quiet_hours
from hub.nudges import Rule
from hub.offer import Offer
from hub.outbox import OutboxItem, OutboxState
from hub.people import Person
from hub.promises import USUAL_PROMISES, Promises
from hub.reading import ToolkitOn, no_toolkit
from hub.services import NO_SERVICES, Services
from store import conversations, manners, people, school_years
from store.conversations import Place
from store.database import Database

#: Whoever has no chat may open the app any day; ``outbox.wake`` ends the wait at once.
LOOKS_AGAIN = timedelta(hours=6)


@dataclass(frozen=True)
class Nudger:
    """What nudges are told from."""

    database: Database
    offer: Offer
    now: Clock
    services: Services = NO_SERVICES
    promises: Promises = USUAL_PROMISES
    toolkit_on: ToolkitOn = no_toolkit


@dataclass(frozen=True)
class Ready:
    """A message that may go out at this moment."""

    #: Of the first thing that is still wanted.
    rule: Rule
    subject_id: UUID
    #: All that is wanted, the most useful first; more than one make a digest.
    told: tuple[Told, ...]
    person: Person
    #: The person's chat, open or closed; None while the bot knows of none.
    place: Place | None
    #: The key of its first nudge; empty for an answer, which is none.
    nudge: str
    #: What was in it and is not wanted any more, by the key of the nudge, each with why.
    left_out: Mapping[str, str]

    @property
    def sent(self) -> Outcome:
        """What it comes to once it is sent."""
        return Outcome(OutboxState.SENT, left_out=self.left_out)


async def make_ready(nudger: Nudger, item: OutboxItem) -> Ready | Outcome | PutOff:
    """Ask once more what is wanted, since the truth may have moved while it waited."""
    now = nudger.now()
    owed = nudges_in(item.payload)
    async with nudger.database.read() as db:
        person = await people.person_with_id(db, item.person_id) if item.person_id else None
        if person is None:
            return dropped("the person is gone")
        book, calendar = await manners.rule_book(db), await school_years.calendar(db)
        telling = Telling(
            *(nudger.offer, book, calendar, now),
            *(nudger.services, nudger.promises, nudger.toolkit_on),
        )
        told = [await tell(db, rule, person, subject, telling) for rule, subject in owed]
        place = await conversations.place_of(db, person.id)
        choices = await manners.choices_of(db, person.id)
    wanted: list[tuple[Rule, UUID, Told]] = []
    refused: dict[int, str] = {}
    for at, ((rule, subject), each) in enumerate(zip(owed, told, strict=True)):
        # Turned off, or stopped, while it waited.
        if why := _unwanted(each) or not_wanted_at_all(rule, person, choices, book):
            refused[at] = why
        elif isinstance(each, Told):
            wanted.append((rule, subject, each))
    if not wanted:
        return dropped(next(iter(refused.values()), ""))
    if held := quiet_hours([rule for rule, _, _ in wanted], calendar, now):
        return PutOff(held.until, held.reason)
    rule, subject_id, _ = wanted[0]
    said = tuple(each for _, _, each in wanted)
    keys = item.payload.get("keys", ())
    left_out = {keys[at]: why for at, why in refused.items() if at < len(keys)}
    nudge = item.payload.get("nudge", "")
    return Ready(rule, subject_id, said, person, place, nudge, left_out)


def nudges_in(payload: Mapping[str, Any]) -> list[tuple[Rule, UUID]]:
    """What a message tells: the first thing, and what goes with it."""
    pairs = [(payload["rule"], payload["subject"]), *payload.get("more", ())]
    return [(Rule(rule), UUID(subject)) for rule, subject in pairs]


def _unwanted(told: Told | Unwanted) -> str:
    return told.reason if isinstance(told, Unwanted) else ""
