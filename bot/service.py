"""The bot service, put together from settings: the one place that knows all the parts."""

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial

import aiohttp
import structlog
from aiohttp import web
from msgraph.graph_service_client import GraphServiceClient
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.documents.route import Documents
from bot.graph.activity_feed import chat_link
from bot.graph.client import graph_client, open_http
from bot.graph.directory import GraphDirectory
from bot.graph.mail import address_of
from bot.loading.content import load_offer, load_services
from bot.loading.toolkits import load_shelf
from bot.nudges.bell import Bell, Works
from bot.nudges.calendar_courier import Diary, keep_calendar
from bot.nudges.channel_courier import ChannelCourier
from bot.nudges.chat_courier import ChatWays, write_in_chat
from bot.nudges.composer import compose_messages
from bot.nudges.delivery import Delivery
from bot.nudges.feed_courier import FeedCourier
from bot.nudges.figures import refresh
from bot.nudges.mail_courier import MailWays, send_by_mail
from bot.nudges.meeting_courier import keep_meeting
from bot.nudges.outcome import BatchCourier, Courier
from bot.nudges.pace import few_at_once, from_one_mailbox
from bot.nudges.planner import plan
from bot.nudges.reach import GraphReach, NoReach, Ourselves
from bot.nudges.ready import Nudger
from bot.nudges.visit_courier import keep_visit
from bot.privacy.tidy import tidy_up
from bot.settings import Settings
from bot.teams.adapter import TeamsAdapter
from bot.teams.authentication import Door, LocalDoor, TokenDoor
from bot.teams.chat_sender import ChatSender
from bot.teams.connector import Connector, open_session
from bot.teams.credentials import Credential, connector_scope, credential_for
from bot.teams.identity import Membership
from bot.teams.leads import Leads
from bot.teams.signing_keys import SigningKeys
from bot.teams.staff_group import StaffGroup
from bot.teams.trusted_hosts import TrustedHosts, refuse_plain_http
from bot.teams.turns import SendHubBot, apology
from bot.understanding.reader import OfflineReader
from bot.understanding.toolkit_finder import ShelfFinder
from bot.web import application
from dialogs.desk import Desk
from dialogs.programme import toolkit_on
from hub.directory import Directory, NoDirectory
from hub.offer import Offer
from hub.outbox import Kind
from hub.services import Services
from hub.toolkits.shelf import Shelf
from store.database import Database
from store.migrate import is_migrated, migrate
from store.turns import Turns

_log = structlog.get_logger(__name__)
#: How long a call on its way is waited for when the service is told to stop. Together with the
#: ten seconds that turns have, less than the 30 that hosts give before they kill.
WINDS_DOWN = timedelta(seconds=10)
#: Of so many sessions the subject is remembered; to read it out of a title takes milliseconds.
SUBJECTS_KNOWN = 2_000
#: Stands for the app in links while there is no registration.
LOCAL_APP = "local"


@dataclass(frozen=True)
class Service:
    """A running service and the parts that a demo, a test or a command may want to reach."""

    database: Database
    plan: Callable[[], Awaitable[int]]
    tidy: Callable[[], Awaitable[None]]
    delivery: Delivery
    leads: Leads
    staff_group: StaffGroup
    bell: Bell
    shelf: Shelf
    web: web.Application


@asynccontextmanager
async def assembled(
    settings: Settings, now: Clock, *, migrates: bool = True
) -> AsyncIterator[Service]:
    """Build everything, migrate, and take it apart in the right order at the end."""
    refuse_plain_http(settings)
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url, settings.timezone)
        stack.push_async_callback(database.close)
        if migrates:
            await migrate(database)
        session = await stack.enter_async_context(open_session())
        credential = await stack.enter_async_context(credential_for(settings))
        hosts = TrustedHosts(settings)
        connector = Connector(session, credential, connector_scope(settings), hosts, now=now)
        graph = await _graph(stack, settings, credential)
        offer = load_offer(settings.content_dir)
        services, promises = load_services(settings.content_dir), settings.promises
        shelf = load_shelf(settings.content_dir)
        directory = GraphDirectory(graph) if graph else NoDirectory()
        desk = _desk(settings, database, offer, services, shelf, directory, now)
        # The planner asks of every session that is near, at each ring of the bell.
        on_the_subject = lru_cache(SUBJECTS_KNOWN)(partial(toolkit_on, desk))
        nudger = Nudger(database, offer, now, services, promises, on_the_subject)
        delivery = _delivery(settings, connector, graph, nudger)
        turns = Turns(database, now)
        leads = Leads(settings.leads, database, graph, settings.app_tenant_id.lower(), now)
        tenant_id = settings.app_tenant_id.lower()
        staff_group = StaffGroup(settings.staff_group, database, graph, tenant_id, now)
        planned = partial(plan, database, offer, now, services, promises, on_the_subject)
        tidy = partial(tidy_up, database, turns, now)
        works = Works(
            plan=planned,
            deliver=delivery.ring,
            tidy=tidy,
            look_up=leads.look_up,
            read_staff=staff_group.read,
        )
        bell = Bell(works, settings.timezone)
        bot = SendHubBot(desk, Membership(leads, settings.is_home, settings.is_local), bell.wake)
        adapter = TeamsAdapter(_door(settings, session, hosts), connector, turns, apology)
        stack.push_async_callback(adapter.finish)

        async def readiness() -> list[str]:
            return await _not_ready(database, bell)

        async def messages(request: web.Request) -> web.Response:
            return await adapter.process(request, bot)

        async def figures() -> None:
            await refresh(database, now)

        app = application(messages, readiness, figures)
        Documents(shelf).add_to(app)
        yield Service(database, planned, tidy, delivery, leads, staff_group, bell, shelf, app)


def _desk(
    settings: Settings,
    database: Database,
    offer: Offer,
    services: Services,
    shelf: Shelf,
    directory: Directory,
    now: Clock,
) -> Desk:
    return Desk(
        database,
        now,
        OfflineReader(),
        offer,
        directory,
        chat_link(settings.app_id or LOCAL_APP),
        shelf,
        ShelfFinder(shelf),
        settings.reached_at,
        services,
        settings.promises,
    )


async def _graph(
    stack: AsyncExitStack, settings: Settings, credential: Credential
) -> GraphServiceClient | None:
    """The one client of Graph; None in local mode without a Graph."""
    if not settings.graph_base_url:
        return None
    http = await stack.enter_async_context(open_http())
    return graph_client(settings.graph_base_url, credential, http)


def _delivery(
    settings: Settings,
    connector: Connector,
    graph: GraphServiceClient | None,
    nudger: Nudger,
) -> Delivery:
    """Without a Graph, what needs it waits in the outbox."""
    chat, app_id = ChatSender(connector), settings.app_id or LOCAL_APP
    database, offer, now = nudger.database, nudger.offer, nudger.now
    channel = ChannelCourier(
        database, chat, now, settings.requests_channel, nudger.services, nudger.promises
    )
    compose = partial(compose_messages, database, now)
    if graph is None:
        ways = ChatWays(chat, NoReach(), address_of=None)
        alone: dict[Kind, Courier] = {
            Kind.CHAT: partial(write_in_chat, nudger, ways),
            Kind.CHANNEL: channel,
        }
        return Delivery(database, alone, now=now, chance=random.random, compose=compose)
    link = chat_link(app_id)
    ourselves = Ourselves(app_id, settings.connector_base_url, settings.is_home)
    reach = GraphReach(database, graph, ourselves, now)
    ways = ChatWays(chat, reach, partial(address_of, graph) if settings.mail_from else None)
    diary = Diary(database, graph, now, offer, link)
    mail = MailWays(graph, chat, settings.mail_from, link)
    bells = FeedCourier(nudger, graph, link, reach.graph_chat_of)
    couriers: dict[Kind, Courier] = {
        Kind.CHAT: partial(write_in_chat, nudger, ways),
        Kind.ACTIVITY_FEED: bells.ring,
        Kind.CHANNEL: channel,
        Kind.CALENDAR: few_at_once(partial(keep_calendar, diary)),
        Kind.MEETING: few_at_once(partial(keep_meeting, diary)),
        Kind.VISIT: few_at_once(partial(keep_visit, diary, nudger.services)),
        Kind.MAIL: from_one_mailbox(partial(send_by_mail, nudger, mail)),
    }
    together: dict[Kind, BatchCourier] = {Kind.ACTIVITY_FEED: bells}
    return Delivery(
        database, couriers, now=now, chance=random.random, compose=compose, batches=together
    )


def _door(settings: Settings, session: aiohttp.ClientSession, hosts: TrustedHosts) -> Door:
    if settings.is_local:
        return LocalDoor(hosts)
    keys = SigningKeys(session, settings.openid_metadata_url)
    return TokenDoor(keys, settings.app_id, settings.tenants, hosts)


async def _not_ready(database: Database, bell: Bell) -> list[str]:
    reasons = []
    try:
        if not await is_migrated(database):
            reasons.append("the database is not migrated")
    except (SQLAlchemyError, OSError):
        reasons.append("the database cannot be reached")
    if not bell.is_alive:
        reasons.append("the scheduler is not running")
    return reasons


@asynccontextmanager
async def serving(
    settings: Settings, now: Clock, *, migrates: bool = True
) -> AsyncIterator[tuple[Service, int]]:
    """Listen and ring until the end of the block; gives the service and its port."""
    async with assembled(settings, now, migrates=migrates) as service:
        runner = web.AppRunner(service.web, access_log=None, shutdown_timeout=10)
        await runner.setup()
        try:
            site = web.TCPSite(runner, settings.host, settings.port)
            await site.start()
            service.bell.start()
            port = runner.addresses[0][1]
            _log.info("listening", host=settings.host, port=port, local=settings.is_local)
            yield service, port
        finally:
            # Nothing new is taken on; what is on its way arrives and is marked.
            service.delivery.close()
            await service.bell.stop(WINDS_DOWN)
            await service.delivery.give_back()
            await runner.cleanup()
