"""A trust whose Hub has a mailbox, and colleagues that Teams reaches, or does not."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.gaps import GAP_RULES
from hub.people import Role
from hub.rule_book import RuleChange
from store import bookings
from store.manners import set_rule
from store.people import person_of
from tests.conftest import A_MONDAY
from tests.people import SetClock, teams_running

#: The shared mailbox that the Hub writes from.
MAILBOX = "00000000-0000-4000-8000-00000000a11b"
CLINIC = "sensory needs"
#: 15:45 on the school day before that clinic.
DAY_BEFORE = datetime(2026, 12, 2, 15, 45, tzinfo=UTC)
LEAD = 1


@pytest.fixture
def clock():
    return SetClock(A_MONDAY)


@pytest.fixture
def told():
    """Further settings."""
    return {"mail_from": MAILBOX}


@pytest.fixture
async def teams(tmp_path, clock, trust, told):
    url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
    async with teams_running(url, clock, trust, **told) as running:
        running.tenant.state.names[MAILBOX] = "SEND Hub"
        await no_gaps_are_told(running)
        yield running


async def no_gaps_are_told(teams):
    """What is still to book has a test of its own; here it would only stand in the way."""
    async with teams.service.database.begin() as db:
        now = teams.service.delivery._now()
        for rule in GAP_RULES:
            await set_rule(db, teams.trust.lead, rule, RuleChange(is_on=False, days=0), now)


@pytest.fixture
def lead(teams):
    lead = teams.somebody(LEAD)
    assert Role.LEAD in lead.person.roles
    return lead


async def stored(teams, somebody):
    """The person as the database knows them."""
    async with teams.service.database.read() as db:
        return await person_of(db, somebody.person.tenant_id, somebody.person.object_id)


async def has_a_place(teams, somebody, title=CLINIC):
    """A colleague books for them, or a file does: they themselves never opened the app."""
    now = teams.service.delivery._now()
    person = await stored(teams, somebody)
    async with teams.service.database.begin() as db:
        await bookings.book(db, person, teams.session(title), now)


async def goes_out(teams, clock, at=None):
    """The planner and delivery take their turn, at that moment."""
    clock.at = at or clock.at
    await teams.service.plan()
    await teams.service.delivery.drain()


def cards_in(somebody):
    return [each["summary"] for each in somebody.chat if each.get("attachments")]


def asked(teams, call):
    """How often Graph was asked for this."""
    return teams.tenant.graph.asked[call]


async def all_goes_out(teams, clock, seconds=30):
    """Many go out over some seconds, as fast as Microsoft allows."""
    for _ in range(seconds):
        await goes_out(teams, clock)
        clock.at += timedelta(seconds=1)
