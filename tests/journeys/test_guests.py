"""Partner schools by account: guests and other tenants see what is released to them, and no more."""

from dataclasses import replace
from uuid import uuid4

import pytest

from bot.local_tenant.entra import Registration
from hub.people import Person
from store.people import person_of
from store.programme import keep_people
from tests.people import Somebody, teams_running

PARTNERS = "9c0a0000-0000-4000-8000-00000000f00d"
#: Ten days off, so released; six weeks off, so not yet.
RELEASED, NOT_RELEASED = "sensory needs", "anxiety"
PERMISSIONS = ("User.Read.All",)


@pytest.fixture
def registration(trust):
    return Registration(
        "5a0f8c1e-0000-4000-8000-00000000b070", "hush", trust.teacher.tenant_id, PERMISSIONS
    )


@pytest.fixture
def url(tmp_path):
    return f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"


@pytest.fixture
async def teams(url, clock, trust, registration):
    """As in production, with one partner tenant allowed."""
    partners = {"allowed_tenants": PARTNERS.upper()}
    async with teams_running(url, clock, trust, registration, **partners) as running:
        yield running


def somebody(teams, tenant, **profile):
    """A person nobody has met; of the trust's own tenant, so that Graph knows them, or not."""
    person = Person(uuid4(), tenant, str(uuid4()), "New Colleague")
    if tenant == teams.trust.teacher.tenant_id:
        teams.tenant.state.names[person.object_id] = person.name
        teams.tenant.state.profiles[person.object_id] = profile
    return Somebody(teams, person)


async def is_guest(teams, who):
    async with teams.service.database.read() as db:
        return (await person_of(db, who.person.tenant_id, who.person.object_id)).is_guest


async def test_an_allowed_tenant_sees_what_is_released_and_staff_see_all(teams):
    partner = somebody(teams, PARTNERS)

    theirs = await partner.says("any clinics coming up?")
    ours = await teams.teacher.says("any clinics coming up?")

    assert RELEASED in theirs.words
    assert NOT_RELEASED not in theirs.words
    assert NOT_RELEASED in ours.words
    assert [await is_guest(teams, each) for each in (partner, teams.teacher)] == [True, False]


async def test_a_partner_cannot_book_what_is_not_released_by_naming_it(teams):
    partner = somebody(teams, PARTNERS)
    hidden = str(teams.session(NOT_RELEASED))

    answer = await partner.acts("book", session=hidden)

    assert "You're booked" not in answer.words
    assert "not open to partner schools yet" in answer.words


async def test_a_tenant_that_is_not_allowed_stays_out(teams):
    stranger = somebody(teams, "9c0a0000-0000-4000-8000-00000000dead")

    assert (await stranger.sends(type="message", text="hi"))[0] == 403
    assert stranger.chat == []


@pytest.mark.parametrize(
    "profile",
    [{"userType": "Guest"}, {"userPrincipalName": "ann_partner.example#EXT#@trust.example"}],
)
async def test_a_guest_account_of_our_own_tenant_sees_what_is_released(teams, profile):
    guest = somebody(teams, teams.trust.teacher.tenant_id, **profile)
    member = somebody(teams, teams.trust.teacher.tenant_id)

    assert NOT_RELEASED not in (await guest.says("any clinics coming up?")).words
    assert NOT_RELEASED in (await member.says("any clinics coming up?")).words
    assert [await is_guest(teams, each) for each in (guest, member)] == [True, False]


async def test_a_guest_whom_a_file_names_by_their_sign_in_name_is_one(teams, clock):
    guest = somebody(teams, teams.trust.teacher.tenant_id)
    loaded = replace(guest.person, sign_in_name="ann_partner.example#ext#@trust.example")
    async with teams.service.database.begin() as db:
        await keep_people(db, [loaded], clock())

    assert NOT_RELEASED not in (await guest.says("any clinics coming up?")).words


async def test_a_guest_met_while_graph_was_away_is_known_for_one_as_soon_as_it_answers(teams):
    guest = somebody(teams, teams.trust.teacher.tenant_id, userType="Guest")
    teams.tenant.graph.refusals = [503]

    await guest.says("hi")
    assert not await is_guest(teams, guest)

    assert NOT_RELEASED not in (await guest.says("any clinics coming up?")).words
    assert await is_guest(teams, guest)


async def test_in_local_mode_only_a_tenant_that_was_allowed_is_a_partner(url, clock, trust):
    for allowed, expected in (("", False), (PARTNERS, True)):
        async with teams_running(url, clock, trust, allowed_tenants=allowed) as teams:
            partner = somebody(teams, PARTNERS)

            shown = await partner.says("any clinics coming up?")

            assert (NOT_RELEASED not in shown.words) == expected
            assert await is_guest(teams, partner) == expected


async def test_a_tenant_that_became_a_partner_is_one_for_those_already_met(url, clock, trust):
    async with teams_running(url, clock, trust) as teams:
        partner = somebody(teams, PARTNERS)
        await partner.says("hi")
    async with teams_running(url, clock, trust, allowed_tenants=PARTNERS) as teams:
        # The same person, whose activities go on being numbered.
        teams.numbers, partner.teams = partner.teams.numbers, teams

        assert NOT_RELEASED not in (await partner.says("any clinics coming up?")).words
