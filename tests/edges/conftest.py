"""A bot between an authority and a Teams service on loopback, each as a test wants it."""

from collections import defaultdict

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from bot.settings import Settings
from bot.teams.adapter import TeamsAdapter
from bot.teams.authentication import LocalDoor, TokenDoor
from bot.teams.connector import Connector, open_session
from bot.teams.credentials import connector_scope, credential_for
from bot.teams.signing_keys import SigningKeys
from bot.teams.trusted_hosts import TrustedHosts
from tests.edges.bots import Bot, Ledger, apology
from tests.edges.microsoft import APP_ID, SECRET, TENANT, Authority, TeamsService, served


@pytest.fixture
async def authority():
    async with served(Authority()) as authority:
        yield authority


@pytest.fixture
async def teams_service():
    async with served(TeamsService()) as service:
        yield service


@pytest.fixture
async def session():
    async with open_session() as session:
        yield session


@pytest.fixture
def settings(authority):
    """A bot with an app id, whose authority is on loopback."""
    return Settings.model_validate(
        {
            "app_id": APP_ID,
            "app_password": SECRET,
            "app_tenant_id": TENANT,
            "login_url": authority.url,
            "openid_metadata_url": f"{authority.url}/openid",
        }
    )


@pytest.fixture
def local_settings():
    return Settings.model_validate({})


@pytest.fixture
async def credential(settings):
    async with credential_for(settings) as credential:
        yield credential


@pytest.fixture
def waits():
    """Seconds that the connector waited, instead of waiting."""
    return []


@pytest.fixture
def connector(session, credential, settings, waits):
    async def sleep(seconds):
        waits.append(seconds)

    return Connector(
        session,
        credential,
        connector_scope(settings),
        TrustedHosts(settings),
        sleep=sleep,
        chance=lambda: 0.5,
    )


@pytest.fixture
def ledger():
    return Ledger()


@pytest.fixture
def clock():
    """Monotonic seconds that a test moves by hand: ``clock[0] += 60``."""
    return [1000.0]


@pytest.fixture
async def bot(session, connector, ledger, settings, authority, teams_service, clock):
    """A bot with an app id: takes only signed activities."""
    hosts = TrustedHosts(settings)
    keys = SigningKeys(session, settings.openid_metadata_url, clock=lambda: clock[0])
    door = TokenDoor(keys, settings.app_id, settings.tenants, hosts)
    adapter = TeamsAdapter(door, connector, ledger, apology)
    async with served(Bot(adapter, teams_service, authority, session)) as bot:
        yield bot


@pytest.fixture
async def local_bot(session, ledger, local_settings, authority, teams_service):
    """A bot in local mode: takes unsigned activities, replies to loopback only."""
    hosts = TrustedHosts(local_settings)
    async with credential_for(local_settings) as credential:
        connector = Connector(session, credential, connector_scope(local_settings), hosts)
        adapter = TeamsAdapter(LocalDoor(hosts), connector, ledger, apology)
        async with served(Bot(adapter, teams_service, authority, session)) as bot:
            yield bot


@pytest.fixture
def logged():
    """What was logged, an entry a dictionary."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture
def refusals():
    """How often a reason was counted since the test began."""
    name = "sendhub_refused_requests_total"
    before: dict[str, float] = defaultdict(float)
    for metric in REGISTRY.collect():
        for sample in metric.samples:
            if sample.name == name:
                before[sample.labels["reason"]] = sample.value

    def count(reason: str) -> float:
        return (REGISTRY.get_sample_value(name, {"reason": reason}) or 0) - before[reason]

    return count
