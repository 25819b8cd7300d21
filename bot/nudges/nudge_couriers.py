"""Takes a nudge to the person's activity feed or chat, if it is still wanted and may go now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from msgraph.graph_service_client import GraphServiceClient

from bot.clock import Clock
from bot.graph.activity_feed import ring_bell
from bot.nudges.outcome import SENT, Outcome, PutOff, dropped
from bot.nudges.telling import tell
from bot.nudges.told import Telling, Told, Unwanted, digest_bell
from bot.teams.chat_sender import ChatSender
from dialogs.replies import reply
from hub.manners import not_wanted_at_all, quiet_hours
from hub.nudges import Rule
from hub.offer import Offer
from hub.outbox import OutboxItem
from hub.people import Person
from store import conversations, manners, people, school_years
from store.conversations import Place
from store.database import Database

#: Somebody without a chat may open the app any day; ``outbox.wake`` ends the wait at once.
NO_CHAT_YET = timedelta(hours=6)


@dataclass(frozen=True)
class Ready:
    """A nudge that may go out at this moment."""

    #: What it says, the most useful first; more than one thing makes a digest.
    told: tuple[Told, ...]
    person: Person
    #: The person's chat; None while the bot knows of none.
    place: Place | None


async def put_in_feed(
    database: Database,
    graph: GraphServiceClient,
    offer: Offer,
    chat_link: str,
    now: Clock,
    item: OutboxItem,
) -> Outcome | PutOff:
    """Ring the bell of the person an item is for. Raises DeliveryFailed."""
    ready = await _ready(database, offer, now, item)
    if not isinstance(ready, Ready):
        return ready
    await ring_bell(graph, ready.person.object_id, digest_bell(ready.told), chat_link)
    return SENT


async def write_in_chat(
    database: Database, chat: ChatSender, offer: Offer, now: Clock, item: OutboxItem
) -> Outcome | PutOff:
    """Send the card of an item to its person's chat. Raises DeliveryFailed."""
    ready = await _ready(database, offer, now, item)
    if not isinstance(ready, Ready):
        return ready
    if ready.place is None:
        return PutOff(now() + NO_CHAT_YET, "no chat with this person yet")
    place = ready.place
    await chat.send(
        place.service_url, place.conversation_id, reply(*(each.card for each in ready.told))
    )
    return SENT


async def _ready(
    database: Database, offer: Offer, clock: Clock, item: OutboxItem
) -> Ready | Outcome | PutOff:
    now = clock()
    async with database.read() as db:
        person = await people.person_with_id(db, item.person_id) if item.person_id else None
        if person is None:
            return dropped("the person is gone")
        book, calendar = await manners.rule_book(db), await school_years.calendar(db)
        telling = Telling(offer, book, calendar, now)
        owed = nudges_in(item.payload)
        told = [await tell(db, rule, person, subject, telling) for rule, subject in owed]
        place = await conversations.place_of(db, person.id)
        choices = await manners.choices_of(db, person.id)
    # Turned off, or stopped, while it waited.
    wanted = [
        each
        for (rule, _), each in zip(owed, told, strict=True)
        if isinstance(each, Told) and not not_wanted_at_all(rule, person, choices, book)
    ]
    if not wanted:
        return dropped(_why(told))
    if held := quiet_hours([rule for rule, _ in owed], calendar, now):
        return PutOff(held.until, held.reason)
    return Ready(tuple(wanted), person, place)


def nudges_in(payload: Mapping[str, Any]) -> list[tuple[Rule, UUID]]:
    """What a message tells: the first thing, and what goes with it."""
    pairs = [(payload["rule"], payload["subject"]), *payload.get("more", ())]
    return [(Rule(rule), UUID(subject)) for rule, subject in pairs]


def _why(told: Sequence[Told | Unwanted]) -> str:
    return next((e.reason for e in told if isinstance(e, Unwanted)), "the person stopped this kind")
