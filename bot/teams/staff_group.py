"""The trust's staff, read from a group of Entra, so that people are known before they write.

Graph is asked first and whole; only then is anything written. An answer that is missing, cut short
or beyond belief changes nobody.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog
from msgraph.graph_service_client import GraphServiceClient
from prometheus_client import Counter, Gauge

from bot.graph.people import gone_of, members_of
from hub.directory import Profile
from hub.errors import DeliveryFailed, PermissionMissing
from hub.staff_group import Reading, read_group
from store import leavers, programme, request_leavers, school_years, staff_group
from store.database import Database

_log = structlog.get_logger(__name__)
READINGS = Counter("sendhub_staff_readings_total", "Readings of the staff group", ["outcome"])
TROUBLE = Gauge(
    "sendhub_staff_group_trouble", "1 while the staff group cannot be read, or is not believed"
)


class StaffGroup:
    """The group of the settings (empty: none), and everybody in it.

    ``tenant_id`` is the trust's own; empty in local mode, where nobody is met before they write.
    """

    def __init__(
        self,
        group_id: str,
        database: Database,
        graph: GraphServiceClient | None,
        tenant_id: str,
        now: Callable[[], datetime],
    ) -> None:
        self._group_id = group_id
        self._database = database
        self._graph = graph
        self._tenant_id = tenant_id
        self._now = now

    async def read(self) -> str:
        """Read the group and follow it; tell in words what became of it.

        The same answer read twice, or by two replicas, changes nothing the second time.
        """
        return await self._read(lambda reading: reading.doubt)

    async def read_trusting(self) -> str:
        """The same, however many have left: somebody has looked and says that it is so."""
        return await self._read(lambda _: "")

    async def _read(self, doubts: Callable[[Reading], str]) -> str:
        if not self._group_id or self._graph is None:
            return "there is no staff group to read"
        words = await self._follow(self._graph, doubts)
        if freed := await self._free_places():
            _log.info("places of people who left are free", places=freed)
        if ended := await self._let_requests_go():
            _log.info("requests of people who left are ended or the leads' again", requests=ended)
        return words

    async def _follow(self, graph: GraphServiceClient, doubts: Callable[[Reading], str]) -> str:
        try:
            members, gone = await self._ask(graph)
        except DeliveryFailed as failure:
            return await self._in_trouble("no answer", failure.reason)
        if members is None:
            return await self._in_trouble("no group", "SENDHUB_STAFF_GROUP names no group")
        async with self._database.begin() as db:
            known = await staff_group.everybody(db, self._tenant_id)
            reading = read_group(known, members, gone, await programme.schools(db))
            if not self._tenant_id:
                reading = replace(reading, new=())  # A person needs a tenant.
            doubt = doubts(reading)
            if not doubt:
                await staff_group.note(db, reading, self._tenant_id, self._now())
                await staff_group.note_reading(db, self._group_id, len(members), self._now())
        if doubt:
            return await self._in_trouble("not believed", doubt)
        TROUBLE.set(0)
        READINGS.labels("read").inc()
        new, changed, left = len(reading.new), len(reading.changed), len(reading.left)
        if new or changed or left:
            _log.info("staff group followed", new=new, changed=changed, left=left)
        return f"{len(members)} in the staff group: {new} new, {changed} changed, {left} left"

    async def _ask(self, graph: GraphServiceClient) -> tuple[list[Profile] | None, set[str]]:
        """The members of the group, and who outside it has no account any more."""
        members = await members_of(graph, self._group_id)
        if members is None or not self._tenant_id:
            return members, set()
        async with self._database.read() as db:
            ids = [each.object_id for each in members]
            others = await staff_group.outside(db, self._tenant_id, ids)
        try:
            return members, await gone_of(graph, others)
        except PermissionMissing as missing:
            # The group alone tells most of it, where it may be read and users may not.
            _log.warning("accounts outside the staff group not seen", reason=missing.reason)
            return members, set()

    async def _in_trouble(self, outcome: str, trouble: str) -> str:
        _log.warning("the staff group was not followed", reason=trouble)
        TROUBLE.set(1)
        READINGS.labels(outcome).inc()
        async with self._database.begin() as db:
            await staff_group.note_trouble(db, self._group_id, trouble)
        return f"nobody was changed: {trouble}"

    async def _free_places(self) -> int:
        """Pass the places of those who left on, each in its own transaction; tell how many.

        Whatever a crash leaves over is found at the next reading.
        """
        async with self._database.read() as db:
            places = await leavers.places_of_leavers(db, self._now())
            calendar = await school_years.calendar(db)
        freed = 0
        for person_id, booking_id in places:
            async with self._database.begin() as db:
                freed += await leavers.free_place(db, person_id, booking_id, calendar, self._now())
        return freed

    async def _let_requests_go(self) -> int:
        """End what those who left asked for, and hand back what they dealt with; each by itself."""
        async with self._database.read() as db:
            found = await request_leavers.of_leavers(db, self._now())
        ended = 0
        for person_id, request_id in found:
            async with self._database.begin() as db:
                ended += await request_leavers.let_go(db, person_id, request_id, self._now())
        return ended
