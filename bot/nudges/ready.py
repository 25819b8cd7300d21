"""A nudge just before it is sent: still wanted, in words, and allowed at this hour."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.clock import Clock
from bot.nudges.outcome import Outcome, PutOff, dropped
from bot.nudges.telling import Unwanted, tell
from bot.nudges.words import Told
from hub.nudges import ANSWERS, Rule
from hub.outbox import OutboxItem
from hub.people import Person
from store import conversations, people, school_years
from store.conversations import Place
from store.database import Database

#: Whoever has no chat may open the app any day; ``outbox.wake`` ends the wait at once.
LOOKS_AGAIN = timedelta(hours=6)


@dataclass(frozen=True)
class Ready:
    """A nudge that may go out at this moment."""

    rule: Rule
    subject_id: UUID
    told: Told
    person: Person
    #: The person's chat, open or closed; None while the bot knows of none.
    place: Place | None
    #: The nudge's own key; empty for an answer, which is none.
    nudge: str


async def make_ready(
    database: Database, clock: Clock, item: OutboxItem
) -> Ready | Outcome | PutOff:
    """Ask once more whether it is wanted, since the truth may have moved while it waited."""
    now = clock()
    async with database.read() as db:
        person = await people.person_with_id(db, item.person_id) if item.person_id else None
        if person is None:
            return dropped("the person is gone")
        rule, subject_id = Rule(item.payload["rule"]), UUID(item.payload["subject"])
        told = await tell(db, rule, person, subject_id, now)
        calendar = await school_years.calendar(db)
        place = await conversations.place_of(db, person.id)
    if isinstance(told, Unwanted):
        return dropped(told.reason)
    if rule not in ANSWERS and not calendar.may_disturb(now):
        later = calendar.next_disturbable(now) or now + LOOKS_AGAIN
        return PutOff(later, "outside the hours for writing first")
    return Ready(rule, subject_id, told, person, place, item.payload.get("nudge", ""))
