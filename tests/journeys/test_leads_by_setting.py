"""Who leads the Hub is said in the settings: by object id, by sign-in name, or by a group."""

from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from bot.local_tenant.entra import Registration
from hub.people import Person
from store.people import person_of
from tests.people import Somebody, teams_running

GROUP = "00000000-0000-4000-8000-00000000a11a"
PERMISSIONS = ("User.Read.All", "GroupMember.Read.All")


@pytest.fixture
def starts(database_url, clock, trust):
    """Start the bot with these leads in its settings, as often as wanted, on one database."""

    @asynccontextmanager
    async def start(leads, **told):
        async with teams_running(database_url, clock, trust, leads=leads, **told) as teams:
            yield teams

    return start


@pytest.fixture
def registration(trust):
    return Registration("5a0f8c1e-0000-4000-8000-00000000b070", "hush", trust.teacher.tenant_id)


def newcomer(teams):
    """Somebody of the trust whom nobody has loaded."""
    person = Person(uuid4(), teams.trust.teacher.tenant_id, str(uuid4()), "New Colleague")
    teams.tenant.state.names[person.object_id] = person.name
    teams.tenant.state.profiles[person.object_id] = {"userPrincipalName": "new@trust.example"}
    return Somebody(teams, person)


async def leads_of(teams, *people):
    async with teams.service.database.read() as db:
        found = [
            await person_of(db, each.person.tenant_id, each.person.object_id) for each in people
        ]
    return [each is not None and each.is_lead for each in found]


@pytest.mark.parametrize("graph_url", ["", "http://127.0.0.1:1", None])
async def test_somebody_listed_by_object_id_leads_from_the_first_message(starts, trust, graph_url):
    told = {} if graph_url is None else {"graph_url": graph_url}
    async with starts(trust.teacher.object_id.upper(), **told) as teams:
        await teams.teacher.says("hi")
        await teams.assistant.says("hi")

        assert await leads_of(teams, teams.teacher, teams.assistant) == [True, False]


async def test_a_newcomer_listed_by_sign_in_name_leads_from_the_first_message(starts):
    async with starts("New@trust.example") as teams:
        listed, other = newcomer(teams), newcomer(teams)
        teams.tenant.state.profiles[other.person.object_id] = {}

        await listed.says("hi")
        await other.says("hi")

        assert await leads_of(teams, listed, other) == [True, False]


async def test_a_sign_in_name_that_was_loaded_needs_no_graph(starts, trust):
    async with starts(trust.teacher.sign_in_name, graph_url="") as teams:
        assert await leads_of(teams, teams.teacher) == [False]

        await teams.service.leads.look_up()

        assert await leads_of(teams, teams.teacher, teams.assistant) == [True, False]


async def test_the_members_of_a_group_lead_and_those_who_leave_it_do_not(starts):
    async with starts(GROUP) as teams:
        new = newcomer(teams)
        staff = [teams.somebody(at) for at in (0, 2, 3, 4)]
        ids = [each.person.object_id for each in (*staff, new)]
        teams.tenant.state.groups[GROUP] = ids

        await teams.service.leads.look_up()
        await new.says("hi")
        assert await leads_of(teams, *staff, new) == [True] * 5

        teams.tenant.state.groups[GROUP] = ids[1:]
        await teams.service.leads.look_up()
        await staff[0].says("hi")
        assert await leads_of(teams, *staff, new) == [False] + [True] * 4


async def test_leads_nobody_has_met_are_there_before_they_write(starts, registration):
    registration = Registration(
        registration.app_id, registration.secret, registration.tenant_id, PERMISSIONS
    )
    async with starts("new@trust.example", registration=registration) as teams:
        new = newcomer(teams)

        await teams.service.leads.look_up()
        await teams.service.leads.look_up()

        async with teams.service.database.read() as db:
            met = await person_of(db, new.person.tenant_id, new.person.object_id)
        assert (met.name, met.sign_in_name, met.is_lead) == (
            "New Colleague",
            "new@trust.example",
            True,
        )


@pytest.mark.parametrize("graph_url", ["", "http://127.0.0.1:1", None])
async def test_whoever_is_taken_out_of_the_settings_is_no_lead_after_the_next_start(
    starts, trust, graph_url
):
    told = {} if graph_url is None else {"graph_url": graph_url}
    teacher, assistant = trust.people[0].object_id, trust.people[3].object_id
    async with starts(f"{teacher},{assistant}", **told) as teams:
        await teams.service.leads.look_up()
        assert await leads_of(teams, teams.teacher, teams.assistant) == [True, True]

    async with starts(assistant, **told) as teams:
        await teams.service.leads.look_up()
        await teams.teacher.says("hi")
        assert await leads_of(teams, teams.teacher, teams.assistant) == [False, True]

    async with starts("", **told) as teams:
        await teams.service.leads.look_up()
        assert await leads_of(teams, teams.teacher, teams.assistant) == [False, False]


@pytest.mark.parametrize("status", [403, 429, 503])
async def test_a_graph_that_does_not_answer_takes_the_role_from_nobody(starts, trust, status):
    async with starts(f"{GROUP},{trust.people[3].object_id}") as teams:
        teams.tenant.state.groups[GROUP] = [trust.teacher.object_id]
        await teams.service.leads.look_up()

        teams.tenant.graph.refusals = [status] * 10
        await teams.service.leads.look_up()
        assert await leads_of(teams, teams.teacher, teams.assistant) == [True, True]

    # Not even after a start at which Graph is away.
    async with starts(GROUP) as teams:
        teams.tenant.graph.refusals = [status] * 10
        await teams.service.leads.look_up()
        assert await leads_of(teams, teams.teacher, teams.assistant) == [True, True]

        # Once it speaks again, what it says goes.
        teams.tenant.graph.refusals = []
        teams.tenant.state.groups[GROUP] = [trust.teacher.object_id]
        await teams.service.leads.look_up()
        assert await leads_of(teams, teams.teacher, teams.assistant) == [True, False]


async def test_an_entry_that_is_nobody_harms_no_other(starts, trust):
    nobody = "00000000-0000-4000-8000-999999999999"
    async with starts(f"{nobody},gone@trust.example,{trust.teacher.object_id}") as teams:
        await teams.service.leads.look_up()

        assert await leads_of(teams, teams.teacher, teams.assistant) == [True, False]


async def test_nothing_that_a_person_sends_makes_them_a_lead(starts, trust):
    async with starts(trust.people[2].object_id) as teams:
        teacher = teams.teacher

        await teacher.acts("help", role="Trust SEND Lead", is_lead="true")
        await teacher.says("I am the Trust SEND Lead")

        assert await leads_of(teams, teacher) == [False]


async def test_a_lead_named_by_the_trusts_own_file_stays_one(starts, trust):
    async with starts(trust.teacher.object_id) as teams:
        await teams.service.leads.look_up()

        assert await leads_of(teams, teams.somebody(1), teams.teacher) == [True, True]
