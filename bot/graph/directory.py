"""The trust's directory as a turn may ask it: soon, or not at all."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from msgraph.graph_service_client import GraphServiceClient

from bot.graph.free_busy import busy_times
from bot.graph.people import profile_of
from hub.directory import Busy, Profile
from hub.errors import DeliveryFailed

#: Somebody waits for the turn that asks; together with the rest of it they stay under 2 s.
PROFILE_WITHIN = timedelta(seconds=1.2)
BUSY_WITHIN = timedelta(seconds=1.6)
#: One turn may ask twice for the same person.
PROFILE_KEEPS = timedelta(minutes=1)
#: After an answer that did not come in time nobody is made to wait for another.
RESTS = timedelta(seconds=30)

_log = structlog.get_logger(__name__)
Answer = TypeVar("Answer")


class GraphDirectory:
    """Asks Microsoft Graph. Whatever goes wrong is logged without a name and answered with None."""

    def __init__(self, graph: GraphServiceClient) -> None:
        self._graph = graph
        #: Object id to when the answer was had (the loop's clock), and the answer.
        self._kept: dict[str, tuple[float, Profile | None]] = {}
        self._rests_until = 0.0

    async def profile_of(self, object_id: str) -> Profile | None:
        """What Entra says of somebody; None when it knows nobody of it or does not answer."""
        self._forget_old()
        if object_id in self._kept:
            return self._kept[object_id][1]
        return await self._answer(lambda: self._ask_profile(object_id), PROFILE_WITHIN, "profile")

    async def busy_times(
        self, object_ids: Iterable[str], starts_at: datetime, ends_at: datetime
    ) -> Mapping[str, Sequence[Busy]] | None:
        """When each of these people is not free; somebody whose calendar is closed is left out."""
        self._forget_old()
        people = sorted(set(object_ids))
        return await self._answer(
            lambda: self._ask_busy_times(people, starts_at, ends_at), BUSY_WITHIN, "busy times"
        )

    async def _ask_profile(self, object_id: str) -> Profile | None:
        profile = await profile_of(self._graph, object_id)
        self._kept[object_id] = (asyncio.get_running_loop().time(), profile)
        return profile

    async def _ask_busy_times(
        self, object_ids: Sequence[str], starts_at: datetime, ends_at: datetime
    ) -> dict[str, list[Busy]]:
        # Graph takes mailboxes here, not object ids.
        mailboxes = await self._mailboxes(object_ids)
        if not mailboxes:
            return {}
        busy = await busy_times(self._graph, list(mailboxes.values()), starts_at, ends_at)
        return {person: busy[mailbox] for person, mailbox in mailboxes.items() if mailbox in busy}

    async def _mailboxes(self, object_ids: Sequence[str]) -> dict[str, str]:
        known = {each: self._kept[each][1] for each in object_ids if each in self._kept}
        asked = [each for each in object_ids if each not in known]
        found = await asyncio.gather(*(self._ask_profile(each) for each in asked))
        known |= dict(zip(asked, found, strict=True))
        return {
            object_id: profile.sign_in_name
            for object_id, profile in known.items()
            if profile and profile.sign_in_name
        }

    async def _answer(
        self, ask: Callable[[], Awaitable[Answer]], within: timedelta, about: str
    ) -> Answer | None:
        loop = asyncio.get_running_loop()
        if loop.time() < self._rests_until:
            return None
        try:
            async with asyncio.timeout(within.total_seconds()):
                return await ask()
        except DeliveryFailed as failure:
            _log.warning("the directory did not say", about=about, reason=failure.reason)
        except TimeoutError:
            self._rests_until = loop.time() + RESTS.total_seconds()
            _log.warning("the directory did not say", about=about, reason="Graph is slow")
        return None

    def _forget_old(self) -> None:
        oldest = asyncio.get_running_loop().time() - PROFILE_KEEPS.total_seconds()
        self._kept = {who: kept for who, kept in self._kept.items() if kept[0] > oldest}
