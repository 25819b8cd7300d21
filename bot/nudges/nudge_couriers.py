"""Takes a nudge to the person's activity feed or chat, if it is still wanted and may go now."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from msgraph.graph_service_client import GraphServiceClient

from bot.clock import Clock
from bot.graph.activity_feed import ring_bell
from bot.nudges.outcome import SENT, Outcome, PutOff, dropped
from bot.nudges.telling import Unwanted, tell
from bot.nudges.words import Told
from bot.teams.chat_sender import ChatSender
from dialogs.replies import reply
from hub.nudges import ANSWERS, Rule
from hub.outbox import OutboxItem
from hub.people import Person
from store import conversations, people, school_years
from store.conversations import Place
from store.database import Database

#: Somebody without a chat may open the app any day; ``outbox.wake`` ends the wait at once.
NO_CHAT_YET = timedelta(hours=6)


@dataclass(frozen=True)
class Ready:
    """A nudge that may go out at this moment."""

    told: Told
    person: Person
    #: The person's chat; None while the bot knows of none.
    place: Place | None


async def put_in_feed(
    database: Database, graph: GraphServiceClient, chat_link: str, now: Clock, item: OutboxItem
) -> Outcome | PutOff:
    """Ring the bell of the person an item is for. Raises DeliveryFailed."""
    ready = await _ready(database, now, item)
    if not isinstance(ready, Ready):
        return ready
    await ring_bell(graph, ready.person.object_id, ready.told.bell, chat_link)
    return SENT


async def write_in_chat(
    database: Database, chat: ChatSender, now: Clock, item: OutboxItem
) -> Outcome | PutOff:
    """Send the card of an item to its person's chat. Raises DeliveryFailed."""
    ready = await _ready(database, now, item)
    if not isinstance(ready, Ready):
        return ready
    if ready.place is None:
        return PutOff(now() + NO_CHAT_YET, "no chat with this person yet")
    place = ready.place
    await chat.send(place.service_url, place.conversation_id, reply(ready.told.card))
    return SENT


async def _ready(database: Database, clock: Clock, item: OutboxItem) -> Ready | Outcome | PutOff:
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
        later = calendar.next_disturbable(now) or now + NO_CHAT_YET
        return PutOff(later, "outside the hours for writing first")
    return Ready(told, person, place)
