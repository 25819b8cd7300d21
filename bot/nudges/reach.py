"""Gets the app to somebody who never opened it, so that there is a chat to write to.

Each step may be repeated: a worker that dies in between begins again, and the install that is
there already is fine.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from msgraph.graph_service_client import GraphServiceClient

from bot.clock import Clock
from bot.graph.installs import chat_of_app, find_app, install_app
from bot.nudges.outcome import PutOff
from bot.nudges.pace import put_off
from hub.errors import DeliveryFailed, PermissionMissing
from hub.pace import INSTALLS
from hub.people import Person
from hub.reach import ASK_AGAIN_AFTER, OF_A_PERSON, Barrier, look_again_after
from store import app_installs, conversations, paces
from store.conversations import Place
from store.database import Database

TEAMS_CHANNEL = "msteams"
#: The catalogue changes when IT uploads the app; nobody needs to restart the bot for it.
CATALOGUE_KEEPS = timedelta(hours=1)


@dataclass(frozen=True)
class Ourselves:
    """What the bot is called, and where Teams takes its messages before any came from there."""

    app_id: str
    #: None while it is not known.
    connector_url: str | None
    #: Whether the people of this tenant are the trust's own: Graph knows no others.
    is_home: Callable[[str], bool]


class Reach(Protocol):
    """Finds a chat for somebody who has none."""

    async def open_chat(self, person: Person) -> Place | Barrier | PutOff:
        """A chat to write to, what is in the way, or when to look again. Raises DeliveryFailed."""
        ...


class NoReach:
    """Without a Graph: people come by themselves."""

    async def open_chat(self, person: Person) -> Place | Barrier | PutOff:
        """Nobody is met before they write."""
        del person
        return Barrier.MAY_NOT_INSTALL


class GraphReach:
    """Installs the app through Microsoft Graph."""

    def __init__(
        self, database: Database, graph: GraphServiceClient, ourselves: Ourselves, now: Clock
    ) -> None:
        self._database = database
        self._graph = graph
        self._ourselves = ourselves
        self._now = now
        #: The catalogue's id of this app, and until when it is believed.
        self._known: tuple[str, datetime] | None = None
        self._asking = asyncio.Lock()
        #: Until when Graph is not asked for the chats of people who have one: it would not say.
        self._silent_until = datetime.min.replace(tzinfo=UTC)

    async def open_chat(self, person: Person) -> Place | Barrier | PutOff:
        """A chat to write to, what is in the way, or when to look again. Raises DeliveryFailed."""
        try:
            return await self._tried(person)
        except PermissionMissing:
            return Barrier.MAY_NOT_INSTALL

    async def _tried(self, person: Person) -> Place | Barrier | PutOff:
        now = self._now()
        async with self._database.read() as db:
            asked = await app_installs.install_of(db, person.id)
        if not self._ourselves.is_home(person.tenant_id):
            return Barrier.ELSEWHERE
        if asked and asked.barrier and now < asked.asked_at + ASK_AGAIN_AFTER:
            return asked.barrier
        catalogue_id = await self._catalogue_id()
        if isinstance(catalogue_id, Barrier):
            return catalogue_id
        async with self._database.begin() as db:
            wait = await paces.take(db, INSTALLS, now)
        if wait:
            return put_off(now, wait)
        barrier = await install_app(self._graph, person.object_id, catalogue_id)
        if barrier:
            return await self._barred(person, barrier)
        chat = await chat_of_app(self._graph, person.object_id, catalogue_id)
        return await (self._opened(person, chat) if chat else self._not_yet(person))

    async def graph_chat_of(self, person: Person) -> str | None:
        """What Graph calls the chat of somebody who has one; None when it does not say."""
        async with self._database.read() as db:
            known = await conversations.graph_chat_of(db, person.id)
        if known or not self._ourselves.is_home(person.tenant_id):
            return known
        if self._now() < self._silent_until:
            return None
        try:
            chat = await self._asked_chat(person)
        except DeliveryFailed:
            # The bell rings all the same, and opens the chat at its end.
            self._silent_until = self._now() + CATALOGUE_KEEPS
            return None
        if chat:
            async with self._database.begin() as db:
                await conversations.note_graph_chat(db, person.id, chat)
        return chat

    async def _asked_chat(self, person: Person) -> str | None:
        catalogue_id = await self._catalogue_id()
        if isinstance(catalogue_id, Barrier):
            return None
        return await chat_of_app(self._graph, person.object_id, catalogue_id)

    async def _catalogue_id(self) -> str | Barrier:
        now = self._now()
        # Many who have no chat ask at the same moment.
        async with self._asking:
            if self._known and now < self._known[1]:
                return self._known[0]
            found = await find_app(self._graph, self._ourselves.app_id)
            if not isinstance(found, Barrier):
                self._known = (found, now + CATALOGUE_KEEPS)
            return found

    async def _barred(self, person: Person, barrier: Barrier) -> Barrier:
        if barrier in OF_A_PERSON:
            async with self._database.begin() as db:
                await app_installs.note_asked(db, person.id, self._now(), barrier)
        return barrier

    async def _opened(self, person: Person, chat: str) -> Place | PutOff:
        now = self._now()
        async with self._database.begin() as db:
            known = await conversations.newest_service_url(db, person.tenant_id)
            service_url = known or self._ourselves.connector_url
            if service_url is None:
                later = now + CATALOGUE_KEEPS
                return PutOff(later, "where Teams takes messages is not known yet")
            place = Place(chat, service_url, TEAMS_CHANNEL, f"28:{self._ourselves.app_id}", "")
            await app_installs.forget(db, person.id)
            return await conversations.open_place(db, person.id, place, chat, now)

    async def _not_yet(self, person: Person) -> Barrier | PutOff:
        now = self._now()
        async with self._database.begin() as db:
            asked = await app_installs.install_of(db, person.id)
            if asked is None or asked.barrier:
                await app_installs.forget(db, person.id)
                await app_installs.note_asked(db, person.id, now)
        since = asked.asked_at if asked and not asked.barrier else now
        wait = look_again_after(since, now)
        if wait is None:
            return await self._barred(person, Barrier.NO_CHAT)
        return PutOff(now + wait, "the app was just installed, and Teams is still opening the chat")
