"""Takes the news of a new request to the team's channel that the settings name."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.clock import Clock
from bot.nudges.outcome import SENT, Outcome, PutOff, dropped
from bot.nudges.request_words import tell_channel
from bot.teams.chat_sender import ChatSender
from dialogs.replies import reply
from hub.outbox import OutboxItem
from hub.promises import Promises
from hub.services import Services
from store import conversations
from store.database import Database

#: Until somebody has written to the bot once, it does not know where Teams is.
NO_CHAT_YET = timedelta(hours=6)


@dataclass(frozen=True)
class ChannelCourier:
    """Writes in one channel; with no ``channel`` set, nothing is written."""

    database: Database
    chat: ChatSender
    now: Clock
    channel: str
    services: Services
    promises: Promises

    async def __call__(self, item: OutboxItem) -> Outcome | PutOff:
        """Send the card of a new request. Raises DeliveryFailed."""
        if not self.channel:
            return dropped("no channel is set")
        now = self.now()
        async with self.database.read() as db:
            request_id = UUID(item.payload["request"])
            card = await tell_channel(db, request_id, now, self.services, self.promises)
            service_url = await conversations.any_service_url(db)
        if card is None:
            return dropped("the request is no longer open")
        if service_url is None:
            return PutOff(now + NO_CHAT_YET, "nobody has written to the bot yet")
        await self.chat.send(service_url, self.channel, reply(card))
        return SENT
