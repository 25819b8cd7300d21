"""Each permission withheld alone: all else goes on, and what it holds up comes once it is granted."""

from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.graph.permissions import PERMISSIONS, missing_from
from bot.local_tenant.entra import Registration
from hub.outbox import Kind
from store.people import person_of
from store.tables import OutboxRow
from tests.people import teams_running

ALL = frozenset(each.name for each in PERMISSIONS)
#: The school day before the next clinic, when its reminder is due.
THE_DAY_BEFORE = datetime(2026, 12, 2, 15, 46, tzinfo=ZoneInfo("Europe/London"))
#: What is held up without a permission; without any other nothing is.
HELD_UP = {
    "TeamsActivity.Send": Kind.ACTIVITY_FEED,
    "Calendars.ReadWrite": Kind.CALENDAR,
}
#: What the lead's preview of an announcement carries beside the words.
KEPT = {"tiers": "", "roles": "SENCo", "schools": "school-b"}
LEADS = "00000000-0000-4000-8000-00000000a11a"


@asynccontextmanager
async def a_trust_that_granted(permissions, tmp_path, clock, trust, leads=LEADS):
    url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
    app = Registration(
        "5a0f8c1e-0000-4000-8000-00000000b070",
        "hush",
        trust.teacher.tenant_id,
        tuple(sorted(permissions)),
    )
    async with teams_running(url, clock, trust, app, leads=leads) as running:
        yield running


async def owed(teams, person=None) -> list[OutboxRow]:
    async with teams.service.database.read() as db:
        own = OutboxRow.person_id == (person or teams.teacher).person.id
        return list(await db.scalars(select(OutboxRow).where(own).order_by(OutboxRow.id)))


async def a_booking_and_its_reminder(teams, clock) -> None:
    """Book the next clinic, and let the day before it come."""
    assert "You're booked" in (await teams.teacher.says("book me on the next clinic")).words
    await teams.service.leads.look_up()
    await teams.service.delivery.drain()
    clock.at = THE_DAY_BEFORE
    await teams.service.plan()
    await teams.service.delivery.drain()


@pytest.mark.parametrize("permission", PERMISSIONS, ids=lambda each: each.name)
async def test_without_one_permission_the_rest_goes_on_and_its_own_comes_once_granted(
    tmp_path, clock, trust, permission
):
    granted = ALL - {permission.name} - permission.wider
    held_up = {
        HELD_UP[each.name]: each.name for each in missing_from(granted) if each.name in HELD_UP
    }

    async with a_trust_that_granted(granted, tmp_path, clock, trust) as teams:
        await a_booking_and_its_reminder(teams, clock)

        # Then only what needs the permission waits, uncounted, and says what it waits for
        for item in await owed(teams):
            if item.kind in held_up:
                assert (item.state, item.attempts) == ("waiting", 0)
                assert f"the permission {held_up[item.kind]} is missing" in item.reason
            else:
                assert item.state == "sent", (item.kind, item.reason)
        assert [card for card in teams.teacher.chat if "tomorrow" in str(card).lower()]

        # When it is granted, and the token of before has run out
        teams.tenant.entra.permissions |= ALL
        teams.tenant.entra.revoke_all()
        for _ in range(2):
            clock.at += timedelta(hours=1)
            await teams.service.delivery.drain()

        assert {item.state for item in await owed(teams)} == {"sent"}
        assert (len(teams.teacher.events), len(teams.teacher.feed)) == (1, 1)


async def test_without_any_permission_people_book_and_are_reminded(tmp_path, clock, trust):
    async with a_trust_that_granted((), tmp_path, clock, trust) as teams:
        with capture_logs() as logged:
            await a_booking_and_its_reminder(teams, clock)

        assert {item.state for item in await owed(teams) if item.kind == Kind.CHAT} == {"sent"}
    missing = {name for name in ALL for entry in logged if f"permission {name} is" in str(entry)}
    assert {"User.Read.All", "GroupMember.Read.All", *HELD_UP} <= missing


async def test_a_permission_that_stays_away_is_asked_for_once_an_hour(tmp_path, clock, trust):
    granted = ALL - {"Calendars.ReadWrite"}
    async with a_trust_that_granted(granted, tmp_path, clock, trust) as teams:
        await teams.teacher.says("book me on the next clinic")
        with capture_logs() as logged:
            for _ in range(24 * 6):
                await teams.service.delivery.drain()
                clock.at += timedelta(minutes=10)

        (item,) = [item for item in await owed(teams) if item.kind == Kind.CALENDAR]
        assert (item.state, item.attempts) == ("waiting", 0)
        tries = [entry for entry in logged if "Calendars.ReadWrite" in str(entry)]
        tries = [entry for entry in tries if entry["event"] == "put off"]
        assert len(tries) == 24


async def test_what_comes_too_late_to_be_of_use_is_dropped_and_not_sent(tmp_path, clock, trust):
    async with a_trust_that_granted((), tmp_path, clock, trust) as teams:
        await a_booking_and_its_reminder(teams, clock)

        # When the permissions come after the clinic
        clock.at = THE_DAY_BEFORE + timedelta(days=2)
        teams.tenant.entra.permissions |= ALL
        teams.tenant.entra.revoke_all()
        for _ in range(2):
            await teams.service.delivery.drain()
            clock.at += timedelta(hours=1)

        late = [item for item in await owed(teams) if item.kind != Kind.CHAT]
        assert {item.state for item in late} == {"dropped"}
        assert (teams.teacher.events, teams.teacher.feed) == ([], [])


async def test_a_bell_that_waited_for_a_week_is_let_go_and_a_newer_one_is_not(
    tmp_path, clock, trust
):
    granted = ALL - {"TeamsActivity.Send"}
    appointed = trust.people[1].object_id
    async with a_trust_that_granted(granted, tmp_path, clock, trust, leads=appointed) as teams:
        lead = teams.somebody(1)
        for somebody in (lead, teams.senco):
            await somebody.says("hi")

        async def announces(words):
            await lead.says(f"Tell all SENCos at School B that {words}")
            await lead.presses("Send to 1 person", **KEPT | {"news": words})
            await teams.service.delivery.drain()

        await announces("The room has changed.")
        clock.at += timedelta(days=8)
        await announces("The kettle is back.")

        bells = [item for item in await owed(teams, teams.senco) if item.kind == Kind.ACTIVITY_FEED]
        assert [bell.state for bell in bells] == ["dropped", "waiting"]
        assert all("TeamsActivity.Send is missing" in bell.reason for bell in bells)


@pytest.mark.parametrize(
    ("withheld", "leads"),
    [
        ((), ["teacher", "assistant"]),
        # A group's members are known by object id, but a person cannot be told from nobody.
        (("User.Read.All",), ["teacher", "assistant"]),
        (("GroupMember.Read.All",), ["assistant"]),
        (("User.Read.All", "GroupMember.Read.All"), ["assistant"]),
    ],
    ids=str,
)
async def test_leads_are_known_as_far_as_was_granted(tmp_path, clock, trust, withheld, leads):
    granted = ALL - set(withheld)
    settings = f"{LEADS},{trust.people[3].object_id}"
    async with a_trust_that_granted(granted, tmp_path, clock, trust, leads=settings) as teams:
        teams.tenant.state.groups[LEADS] = [trust.teacher.object_id]
        for _ in range(2):
            await teams.service.leads.look_up()

        async with teams.service.database.read() as db:
            found = {
                name
                for name in ("teacher", "assistant", "senco")
                if (person := getattr(teams, name).person)
                and (await person_of(db, person.tenant_id, person.object_id)).is_lead
            }
        assert found == set(leads)
