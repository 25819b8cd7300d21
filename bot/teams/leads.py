"""Who the settings mean by the Hub's leads: object ids, sign-in names, or a group of Entra.

The role itself is kept in the database, so that it is the same on every replica and while Graph is
away. It never comes from anything that a person or a card says.
"""

from collections.abc import Callable, Collection
from datetime import datetime

import structlog
from msgraph.graph_service_client import GraphServiceClient

from bot.graph.people import members_of, profile_of
from hub.directory import Profile
from hub.errors import DeliveryFailed, PermissionMissing
from store import people
from store.database import Database

_log = structlog.get_logger(__name__)


class Leads:
    """The leads by the settings (``entries``, in lower case), and who they turned out to be.

    ``tenant_id`` is the trust's own; empty in local mode, where nobody is met before they write.
    """

    def __init__(
        self,
        entries: frozenset[str],
        database: Database,
        graph: GraphServiceClient | None,
        tenant_id: str,
        now: Callable[[], datetime],
    ) -> None:
        self._entries = entries
        self._database = database
        self._graph = graph
        self._tenant_id = tenant_id
        self._now = now
        #: Object ids that the entries came to when they were last looked up.
        self._found: frozenset[str] = frozenset()

    def include(self, object_id: str, sign_in_name: str) -> bool:
        """Whether this is one of them: named by either, or in the group when it was last read."""
        return object_id in self._found or not self._entries.isdisjoint({object_id, sign_in_name})

    async def look_up(self) -> None:
        """Ask who is meant by each entry, and let exactly those people be leads.

        Of an entry that Graph cannot speak for just now, those already known count.
        """
        answers = {entry: await self._people_behind(entry) for entry in sorted(self._entries)}
        unanswered = {entry for entry, found in answers.items() if found is None}
        await self._appoint(
            [each for found in answers.values() for each in found or ()], unanswered
        )

    async def _people_behind(self, entry: str) -> list[Profile] | None:
        """One person, a group's members, or nobody; None when there is no telling."""
        if self._graph is None:
            return None
        try:
            person = await _person_behind(self._graph, entry)
            if person:
                return person
            # A sign-in name is no group: Graph would call it a malformed id.
            members = None if "@" in entry else await members_of(self._graph, entry)
        except DeliveryFailed as failure:
            _log.warning("leads were not looked up", reason=failure.reason)
            return None
        if members is None and person is not None:
            _log.warning("SENDHUB_LEADS has an entry that is neither a person nor a group")
        return person if members is None else members

    async def _appoint(self, found: Collection[Profile], unanswered: set[str]) -> None:
        async with self._database.begin() as db:
            await people.appoint(db, self._tenant_id, found, self._now())
            known = await people.appoint_known(db, unanswered)
            leads = frozenset(each.object_id for each in found)
            leads |= {each.object_id for each in known}
            named = {name for each in known for name in (each.object_id, each.sign_in_name)}
            # An entry that nobody known goes by may be a group that cannot be read just now: its
            # people stay leads. Without any Graph there are no groups to wait for.
            if self._graph is not None and unanswered - named:
                leads |= self._found
            else:
                await people.appoint_nobody_but(db, leads)
        self._found = leads


async def _person_behind(graph: GraphServiceClient, entry: str) -> list[Profile] | None:
    """One person or nobody; None when people may not be looked up. Raises DeliveryFailed."""
    try:
        profile = await profile_of(graph, entry)
    except PermissionMissing as missing:
        # Groups are another permission, and may be looked up all the same.
        _log.warning("leads were not looked up", reason=missing.reason)
        return None
    return [profile] if profile else []
