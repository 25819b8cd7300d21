"""The local tenant as a whole: Entra, Connector, Graph and page on one loopback port."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.clock import Clock, clock_from
from bot.local_tenant.calendars import LocalCalendars
from bot.local_tenant.connector import LocalConnector
from bot.local_tenant.contract import Contract
from bot.local_tenant.directory import LocalDirectory, user_of
from bot.local_tenant.entra import LocalEntra, Registration
from bot.local_tenant.faults import FaultPlan, Service
from bot.local_tenant.feeds import LocalFeeds
from bot.local_tenant.graph import LocalGraph
from bot.local_tenant.installs import LocalInstalls
from bot.local_tenant.mail import LocalMail
from bot.local_tenant.page import LocalPage
from bot.local_tenant.schedules import LocalSchedules
from bot.local_tenant.state import LocalState
from bot.local_tenant.throttle import Limit, Throttle
from hub.directory import Profile

_REACH = (LocalInstalls, LocalMail)
_REAL_TIME = clock_from(None)


class LocalTenant:
    """A stand-in Microsoft 365 for these people (object id to name), in memory or in a file."""

    def __init__(
        self,
        people: Mapping[str, str],
        *,
        token: str,
        registration: Registration | None = None,
        state_file: Path | None = None,
        contract: Path | None = None,
        profiles: Iterable[Profile] = (),
        now: Clock = _REAL_TIME,
        limits: Iterable[Limit] = (),
    ) -> None:
        """``token`` is what a bot in local mode brings; a registered one fetches its own.

        ``profiles`` say more of people than their names. ``now`` is the tenant's own clock,
        by which it holds the bot to ``limits``.
        """
        self._state_file = state_file
        self.state = LocalState.read(state_file)
        self.state.names.update(people)
        self.state.profiles.update({each.object_id: user_of(each) for each in profiles})
        self.entra = LocalEntra(token, registration)
        known = Contract(contract) if contract else None
        self.graph = LocalGraph(self.state, self.entra, known, now)
        self._connector = LocalConnector(self.state, self.entra)
        self.throttle = Throttle(now, limits)
        #: What is to go wrong; None while everything works.
        self.faults: FaultPlan | None = None
        #: Where it listens, once running.
        self.url = ""

    @property
    def service_url(self) -> str:
        """What activities name as the place to answer to."""
        return f"{self.url}/teams/"

    @asynccontextmanager
    async def running(self, port: int = 0) -> AsyncIterator["LocalTenant"]:
        """Listen on loopback until the end of the block."""
        app = web.Application(middlewares=[self._limiting, self._failing, self._saving])
        app.add_routes(self.entra.routes())
        for subject in (LocalDirectory, LocalCalendars, LocalSchedules, LocalFeeds, *_REACH):
            app.add_routes(subject(self.state, self.graph).routes())
        app.add_routes(self.graph.unknown_routes())
        app.add_routes(self._connector.routes())
        app.add_routes(LocalPage(self.state).routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield self
        finally:
            await runner.cleanup()

    @web.middleware
    async def _limiting(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        return await self.throttle.admits(request, handler)

    @web.middleware
    async def _failing(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        service = _called(request.path)
        if self.faults is None or service is None:
            return await handler(request)
        return await self.faults.meets(service, request, handler, self.entra)

    @web.middleware
    async def _saving(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        response = await handler(request)
        if request.method != "GET":
            self.state.save(self._state_file)
        return response


def _called(path: str) -> Service | None:
    """Which of Microsoft's services a path belongs to; None for the tenant's own pages."""
    if path.startswith("/v1.0/"):
        return Service.GRAPH
    if path.startswith("/teams/"):
        return Service.CONNECTOR
    return Service.ENTRA if path.endswith("/oauth2/v2.0/token") else None
