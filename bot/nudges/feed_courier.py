"""Rings the bell in people's activity feeds: each their own, or many at once where all is the same."""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass

from msgraph.graph_service_client import GraphServiceClient

from bot.graph.activity_feed import MOST_RECIPIENTS, Bell, card_link, ring_bell, ring_bells
from bot.nudges.outcome import SENT, Outcome, Parcel, PutOff, Settled
from bot.nudges.pace import put_off
from bot.nudges.ready import LOOKS_AGAIN, Nudger, Ready, make_ready
from bot.nudges.told import digest_bell
from hub.nudges import TOLD_TO_MANY
from hub.outbox import OutboxItem
from hub.pace import BELLS, BELLS_TOGETHER
from hub.people import Person
from store import nudges, paces


@dataclass(frozen=True)
class Ring:
    """One bell to ring, for whom, and what opens on a tap."""

    user_id: str
    bell: Bell
    link: str


class FeedCourier:
    """Carries bells, in hundreds where they are the same."""

    most = MOST_RECIPIENTS
    pace = BELLS_TOGETHER

    def __init__(
        self,
        nudger: Nudger,
        graph: GraphServiceClient,
        chat_link: str,
        graph_chat_of: Callable[[Person], Awaitable[str | None]],
    ) -> None:
        self._nudger = nudger
        self._graph = graph
        self._chat_link = chat_link
        self._graph_chat_of = graph_chat_of

    async def ring(self, item: OutboxItem) -> Settled:
        """Ring one bell for one person; the claim has kept the pace. Raises DeliveryFailed."""
        parcel = await self.ready(item)
        return await self._ring([parcel.content]) if isinstance(parcel, Parcel) else parcel

    async def ready(self, item: OutboxItem) -> Parcel | Settled:
        """Make one bell ready. Its card has gone out before it, and so the app is there."""
        ready = await make_ready(self._nudger, item)
        if not isinstance(ready, Ready):
            return ready
        if ready.place is None or ready.place.is_closed:
            return PutOff(self._nudger.now() + LOOKS_AGAIN, "no open chat with this person")
        user_id, bell = ready.person.object_id, digest_bell(ready.told)
        if ready.rule in TOLD_TO_MANY and len(ready.told) == 1:
            # It opens the chat, where the news is the newest card; all others open their own card.
            return Parcel(Ring(user_id, bell, self._chat_link), shares=_words_of(bell))
        return Parcel(Ring(user_id, bell, await self._link(ready)))

    async def send(self, parcels: Sequence[Parcel]) -> Outcome | PutOff:
        """Ring for one, or for all of them in one call. Raises DeliveryFailed."""
        now, pace = self._nudger.now(), BELLS if len(parcels) == 1 else BELLS_TOGETHER
        async with self._nudger.database.begin() as db:
            wait = await paces.take(db, pace, now)
        if wait:
            return put_off(now, wait)
        return await self._ring([each.content for each in parcels])

    async def _ring(self, rings: Sequence[Ring]) -> Outcome:
        first = rings[0]
        if len(rings) == 1:
            await ring_bell(self._graph, first.user_id, first.bell, first.link)
        else:
            user_ids = [each.user_id for each in rings]
            await ring_bells(self._graph, user_ids, first.bell, first.link)
        return SENT

    async def _link(self, ready: Ready) -> str:
        """The way to the nudge's own card, where both ends of it are known."""
        async with self._nudger.database.read() as db:
            card_id = await nudges.card_of(db, ready.nudge)
        # Only Teams' own numbers can be linked to.
        if not card_id or not card_id.isdigit():
            return self._chat_link
        chat = await self._graph_chat_of(ready.person)
        return card_link(chat, card_id) if chat else self._chat_link


def _words_of(bell: Bell) -> Hashable:
    return (
        bell.activity_type.type,
        bell.preview,
        tuple(sorted(bell.parameters.items())),
        bell.topic,
        bell.about,
    )
