"""Takes a nudge to the person's chat, opening one where there is none, or hands it on to mail."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.nudges.outcome import Instead, PutOff, Settled, held_up
from bot.nudges.reach import Reach
from bot.nudges.ready import LOOKS_AGAIN, Nudger, Ready, make_ready
from bot.teams.chat_sender import ChatSender
from dialogs.replies import reply
from hub.errors import ChatClosed, PermissionMissing
from hub.outbox import Kind, OutboxItem
from hub.people import Person
from hub.reach import Barrier
from store import conversations, nudges
from store.conversations import Place
from store.database import Database


@dataclass(frozen=True)
class ChatWays:
    """How somebody can be written to: their chat, one opened for them, or mail."""

    chat: ChatSender
    reach: Reach
    #: Where somebody gets mail; None when no mail goes out at all.
    address_of: Callable[[str], Awaitable[str | None]] | None


async def write_in_chat(nudger: Nudger, ways: ChatWays, item: OutboxItem) -> Settled:
    """Send the card of an item to its person's chat. Raises DeliveryFailed."""
    ready = await make_ready(nudger, item)
    if not isinstance(ready, Ready):
        return ready
    place = await _place(ways, ready)
    if isinstance(place, Place):
        barrier = await write_card(nudger.database, ways.chat, nudger.now, ready, place)
        if barrier is None:
            return ready.sent
    elif isinstance(place, PutOff):
        return place
    else:
        barrier = place
    if ways.address_of is None or barrier is Barrier.ELSEWHERE:
        return held_up(nudger.now() + LOOKS_AGAIN, barrier)
    # Handed on only where mail arrives: until then either way may open first.
    try:
        if await ways.address_of(ready.person.object_id):
            return Instead(Kind.MAIL, barrier)
    except PermissionMissing:
        return held_up(nudger.now() + LOOKS_AGAIN, barrier)
    return held_up(nudger.now() + LOOKS_AGAIN, Barrier.NO_ADDRESS)


async def _place(ways: ChatWays, ready: Ready) -> Place | Barrier | PutOff:
    if ready.place is None:
        return await ways.reach.open_chat(ready.person)
    return Barrier.BLOCKED if ready.place.is_closed else ready.place


async def write_card(
    database: Database, chat: ChatSender, now: Clock, ready: Ready, place: Place
) -> Barrier | None:
    """Write the card to a chat; what is in the way, if anything. Raises DeliveryFailed."""
    try:
        card = reply(*(each.card for each in ready.told))
        card_id = await chat.send(place.service_url, place.conversation_id, card)
    except ChatClosed:
        await _note_closed(database, ready.person, now)
        return Barrier.BLOCKED
    if card_id and ready.nudge:
        async with database.begin() as db:
            await nudges.note_card(db, ready.nudge, card_id)
    return None


async def _note_closed(database: Database, person: Person, now: Clock) -> None:
    async with database.begin() as db:
        await conversations.note_closed(db, person.id, now())
