"""The staff group, read through the real Graph SDK: known before they write, quiet once they left."""

import asyncio
import re
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from bot.loading.command import load_into
from bot.local_tenant.entra import Registration
from bot.settings import Settings
from bot.teams.staff_group import StaffGroup
from hub.nudges import Nudge, Rule
from hub.people import Person, Role
from store import announcements, booking_reads, nudges
from store.people import person_of
from store.staff_group import last_reading
from store.tables import OutboxRow
from tests.conftest import A_MONDAY
from tests.journeys.requests.test_lead_queue import asks_for_support
from tests.people import SetClock, Shown, Somebody, teams_running

GROUP = "00000000-0000-4000-8000-00000000a11a"
PERMISSIONS = (
    "User.Read.All",
    "GroupMember.Read.All",
    "TeamsActivity.Send",
    "Calendars.ReadWrite",
)
CLINIC, SMALL_CLINIC = "sensory needs", "anxiety"
LEAD, HEAD_C, SENCO_A, HEAD_B = 1, 4, 6, 9


@pytest.fixture
def clock():
    return SetClock(A_MONDAY)


@pytest.fixture
def starts(clock, trust):
    """Start the bot as in production, with a staff group of everybody in the made-up trust."""

    @asynccontextmanager
    async def start(database_url, permissions=PERMISSIONS):
        registration = Registration(
            "5a0f8c1e-0000-4000-8000-00000000b070", "hush", trust.teacher.tenant_id, permissions
        )
        told = {"staff_group": GROUP, "leads": trust.people[LEAD].object_id}
        async with teams_running(database_url, clock, trust, registration, **told) as teams:
            teams.tenant.state.groups[GROUP] = [each.object_id for each in trust.people]
            yield teams

    return start


@pytest.fixture
def sqlite(tmp_path):
    return f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"


@pytest.fixture
async def teams(sqlite, starts):
    async with starts(sqlite) as running:
        yield running


def joins(teams, name="Robin Hale", job="SENCo", office="School A", **profile):
    """Somebody new in the trust, whom nobody has loaded and who never wrote."""
    person = Person(uuid4(), teams.trust.teacher.tenant_id, str(uuid4()), name)
    state = teams.tenant.state
    state.names[person.object_id] = name
    state.profiles[person.object_id] = {
        "jobTitle": job,
        "officeLocation": office,
        "userPrincipalName": f"{person.object_id[:8]}@trust.example",
        **profile,
    }
    state.groups[GROUP].append(person.object_id)
    return Somebody(teams, person)


def leaves(teams, who):
    teams.tenant.state.groups[GROUP].remove(who.person.object_id)


async def known(teams, who):
    async with teams.service.database.read() as db:
        return await person_of(db, who.person.tenant_id, who.person.object_id)


async def has_left(teams, *people):
    return [(await known(teams, each)).left_at is not None for each in people]


async def dropped(teams, who):
    """Why what was owed to somebody is not sent any more."""
    person = await known(teams, who)
    async with teams.service.database.read() as db:
        rows = await db.scalars(
            select(OutboxRow).where(OutboxRow.person_id == person.id, OutboxRow.state == "dropped")
        )
        return {each.reason for each in rows}


async def test_people_are_known_before_they_wrote_on_both_engines(database_url, starts):
    async with starts(database_url) as teams:
        new = joins(teams)
        guest = joins(teams, "Sam Guest", "Teacher", "School H", userType="Guest")

        first = await teams.service.staff_group.read()
        again = await teams.service.staff_group.read()

        assert first.startswith("12 in the staff group: 2 new,")
        assert again == "12 in the staff group: 0 new, 0 changed, 0 left"
        met, partner = await known(teams, new), await known(teams, guest)
        assert (met.name, met.roles, met.school.name) == (
            "Robin Hale",
            {Role.SENCO},
            "School A",
        )
        assert (met.is_guest, met.introduced_at) == (False, None)
        assert (partner.is_guest, partner.is_from_partner) == (True, True)


async def test_two_replicas_reading_at_once_make_each_person_once(database_url, starts):
    async with starts(database_url) as teams:
        new, gone = joins(teams), teams.assistant
        await teams.service.staff_group.read()
        leaves(teams, gone)
        later = joins(teams, "Alex Reed")
        own = teams.service.staff_group
        other = StaffGroup(
            GROUP, teams.service.database, own._graph, own._tenant_id, teams.service.leads._now
        )

        await asyncio.gather(own.read(), other.read())

        assert await has_left(teams, new, later, gone) == [False, False, True]


async def test_an_invitation_and_news_wait_for_somebody_never_seen_until_their_first_hello(teams):
    new, senco, lead = joins(teams), teams.somebody(SENCO_A), teams.somebody(LEAD)
    await teams.service.staff_group.read()
    for person in (senco, lead):
        await person.says("hi")

    staff = await lead.says("who are the SENCos at School A")
    assert "Robin Hale: SENCo, School A (not confirmed by them yet)" in str(staff.content)
    robin = str((await known(teams, new)).id)
    clinic = str(teams.session(CLINIC))
    asked = await senco.acts("invite-colleague", session=clinic, colleague=robin)
    assert "Robin Hale" in asked.words
    preview = await lead.says("Tell all SENCos at School A that we meet in the library.")
    assert "2 people will get this" in preview.words
    await lead.presses("Send to 2 people", **kept(preview))
    await teams.service.delivery.drain()
    assert (new.chat, new.feed) == ([], [])

    await new.says("hi")
    await teams.service.delivery.drain()

    question = Shown(new.chat[0]["attachments"][1]["content"])
    assert "SENCo at School A" in question.words
    heard = str(new.chat)
    assert "has asked for a place for you" in heard
    assert "News from" in heard


def kept(card):
    """What the card's inputs hold, as a client would send it back."""
    inputs = [each for each in card.content["body"] if each["type"].startswith("Input.")]
    return {each["id"]: each.get("value", "") for each in inputs}


async def test_a_leaver_hears_nothing_and_their_place_goes_to_whoever_waits(database_url, starts):
    async with starts(database_url) as teams:
        teacher, senco = teams.teacher, teams.senco
        await teams.service.staff_group.read()
        clinic = str(teams.session(SMALL_CLINIC))
        for person in (teacher, senco):
            await person.says("hi")
            await person.acts("book", session=clinic)
        await teams.service.delivery.drain()
        assert len(teacher.events) == 1
        lead = teams.somebody(LEAD)
        await lead.says("hi")
        preview = await lead.says("Tell everybody that we meet in the library.")
        send = next(b["title"] for b in preview.buttons if b["title"].startswith("Send to"))
        await lead.presses(send, **kept(preview))
        heard, rung = len(teacher.chat), len(teacher.feed)

        leaves(teams, teacher)
        words = await teams.service.staff_group.read()
        await teams.service.plan()
        await teams.service.delivery.drain()

        assert words.endswith("1 left")
        assert (len(teacher.chat), len(teacher.feed), teacher.events) == (heard, rung, [])
        assert await dropped(teams, teacher) == {"left the trust"}
        assert "A place has come up" in " ".join(each["summary"] for each in senco.chat)
        news = await lead.says("Tell everybody that we meet in the hall.")
        assert f"{preview_count(preview) - 1} people will get this" in news.words
        everybody = await lead.says("show staff")
        assert teacher.person.name not in str(everybody.content)

        # Nor does what is owed to them later reach them.
        person = await known(teams, teacher)
        async with teams.service.database.read() as db:
            (news,) = await announcements.sent(db, 1)
        nudge = Nudge(Rule.ANNOUNCEMENT, person.id, news.id, A_MONDAY, "late")
        async with teams.service.database.begin() as db:
            await nudges.plan(db, nudge, A_MONDAY)
        await teams.service.delivery.drain()
        assert (len(teacher.chat), len(teacher.feed)) == (heard, rung)


def preview_count(preview):
    return int(re.search(r"(\d+) people will get this", preview.words)[1])


async def bookings_of(teams, who):
    person = await known(teams, who)
    async with teams.service.database.read() as db:
        since = A_MONDAY - timedelta(days=200)
        return await booking_reads.bookings_between(db, person, since, since + timedelta(days=500))


async def test_requests_of_leavers_end_and_those_they_dealt_with_are_the_leads_again(
    database_url, starts
):
    async with starts(database_url) as teams:
        teacher, lead, maths = teams.teacher, teams.somebody(LEAD), teams.somebody(5)
        await teams.service.staff_group.read()
        for person in (lead, maths):
            await person.says("hi")
        for person in (teacher, teams.senco):
            await asks_for_support(person)
        for reference in ("SH-0001", "SH-0002"):
            await lead.says(f"assign {reference}")
            await lead.presses("Hand over", name=maths.person.name)
        await maths.says("propose 3 December at 3pm for SH-0001")
        await teacher.says("SH-0001")
        await teacher.presses("Thu 3 Dec, 15:00")
        await teams.service.delivery.drain()
        assert len(teacher.events) == len(maths.events) == 1

        # When the colleague who dealt with both has left, and one of those who asked
        for person in (maths, teams.senco):
            leaves(teams, person)
        for _ in range(2):
            await teams.service.staff_group.read()
            await teams.service.delivery.drain()

        assert (teacher.events, maths.events) == ([], [])
        assert "SH-0001 has gone back to the leads" in teacher.reads().words
        told = str(lead.chat)
        assert told.count(f"'{maths.person.name} can no longer deal with SH-0001'") == 1
        assert told.count(f"'{teams.senco.person.name} withdrew SH-0002'") == 1
        queue = await lead.says("queue")
        assert "SH-0001" in queue.words
        assert "SH-0002" not in queue.words
        assert f"with {maths.person.name}" not in queue.words


async def test_a_leaver_is_off_their_schools_meeting_and_whoever_follows_is_on_it(
    teams, sqlite, tmp_path
):
    plan_file = tmp_path / "plan.csv"
    plan_file.write_text(
        "tier,title,date,venue,capacity\n"
        "5,School meeting: School B,02/02/2027,School B,2\n"
        "5,School meeting: School C,09/02/2027,School C,2\n"
    )
    told = {"database_url": sqlite, "clock": (A_MONDAY - timedelta(minutes=1)).isoformat()}
    gone_before, head = teams.somebody(HEAD_C), teams.somebody(HEAD_B)
    await teams.service.staff_group.read()
    leaves(teams, gone_before)
    await teams.service.staff_group.read()
    await load_into(Settings.model_validate(told), [plan_file])
    await teams.service.delivery.drain()
    assert [len(each.events) for each in (teams.senco, head)] == [1, 1]

    follows = joins(teams, office="School B")
    leaves(teams, teams.senco)
    await teams.service.staff_group.read()
    await follows.says("I'm the SENCo at School B")
    await teams.service.delivery.drain()

    assert [len(each.events) for each in (teams.senco, head, follows)] == [0, 1, 1]
    assert gone_before.events == []


async def test_whoever_left_is_in_no_list_of_colleagues_and_nobody_is_asked_for_them(teams):
    new, senco = joins(teams), teams.somebody(SENCO_A)
    await teams.service.staff_group.read()
    await senco.says("hi")
    clinic, robin = str(teams.session(CLINIC)), str((await known(teams, new)).id)
    assert "Robin Hale" in str((await senco.acts("ask-colleague", session=clinic)).content)

    leaves(teams, new)
    await teams.service.staff_group.read()

    assert "Robin Hale" not in str((await senco.acts("ask-colleague", session=clinic)).content)
    await senco.acts("invite-colleague", session=clinic, colleague=robin)
    assert await bookings_of(teams, new) == []


@pytest.mark.parametrize("how", ["listed again", "writes"])
async def test_coming_back_is_noticed_and_lasts(teams, how):
    teacher = teams.teacher
    await teams.service.staff_group.read()
    await teacher.says("hi")
    leaves(teams, teacher)
    await teams.service.staff_group.read()
    assert await has_left(teams, teacher) == [True]

    if how == "writes":
        # Taking the app away is nothing that they wrote.
        await teacher.sends(type="installationUpdate", action="remove")
        assert await has_left(teams, teacher) == [True]
        await teacher.says("hi")
    else:
        teams.tenant.state.groups[GROUP].append(teacher.person.object_id)
    await teams.service.staff_group.read()

    assert await has_left(teams, teacher) == [False]
    booked = await teacher.acts("book", session=str(teams.session(CLINIC)))
    assert "You're booked" in booked.words


async def test_accounts_that_are_switched_off_or_deleted_are_leavers_in_the_group_or_not(teams):
    state, (off, deleted, outside, stays) = teams.tenant.state, map(teams.somebody, range(2, 6))
    for each in (outside, stays):
        leaves(teams, each)
    await teams.service.staff_group.read()
    assert await has_left(teams, off, deleted, outside, stays) == [False] * 4

    state.disabled = [off.person.object_id]
    for each in (deleted, outside):
        state.names.pop(each.person.object_id)
    await teams.service.staff_group.read()

    assert await has_left(teams, off, deleted, outside, stays) == [True, True, True, False]


async def test_names_and_jobs_follow_until_the_person_has_confirmed(teams):
    new, state = joins(teams), teams.tenant.state
    told = state.profiles[new.person.object_id]
    await teams.service.staff_group.read()

    told |= {"jobTitle": "Headteacher", "officeLocation": "School B"}
    state.names[new.person.object_id] = "Robin Marsh"
    await teams.service.staff_group.read()
    moved = await known(teams, new)
    assert (moved.name, moved.roles, moved.school.name) == (
        "Robin Marsh",
        {Role.HEADTEACHER},
        "School B",
    )

    await new.says("I'm the SENCo at School C")
    state.names[new.person.object_id] = "Robin Hale"
    told |= {"jobTitle": "Class teacher", "officeLocation": "School A"}
    await teams.service.staff_group.read()
    own_word = await known(teams, new)
    assert (own_word.name, own_word.school.name) == ("Robin Hale", "School C")
    assert Role.SENCO in own_word.roles


@pytest.mark.parametrize(("page", "status"), [(0, 403), (1, 404), (2, 429), (3, 503)])
async def test_a_page_that_fails_changes_nobody(teams, page, status):
    # Somebody outside the group, so that after its three pages accounts are asked about.
    leaves(teams, teams.senco)
    await teams.service.staff_group.read()
    new = joins(teams)
    leaves(teams, teams.teacher)

    # A refusal of 0 lets the call through.
    teams.tenant.graph.refusals = [0] * page + [status]
    words = await teams.service.staff_group.read()

    assert words.startswith("nobody was changed: ")
    assert await has_left(teams, teams.teacher) == [False]
    assert await known(teams, new) is None
    async with teams.service.database.read() as db:
        assert (await last_reading(db, GROUP)).trouble

    await teams.service.staff_group.read()
    assert await has_left(teams, teams.teacher) == [True]
    async with teams.service.database.read() as db:
        assert (await last_reading(db, GROUP)).trouble == ""


async def test_a_reading_that_would_take_most_people_away_waits_for_somebody_who_knows(teams):
    everybody = [teams.somebody(at) for at in range(10)]
    await teams.service.staff_group.read()
    group = teams.tenant.state.groups[GROUP]

    for few in ([], group[:3]):
        teams.tenant.state.groups[GROUP] = few
        words = await teams.service.staff_group.read()
        assert words.startswith("nobody was changed: ")
        assert await has_left(teams, *everybody) == [False] * 10
    async with teams.service.database.read() as db:
        last = await last_reading(db, GROUP)
    assert last.trouble == "7 of 10 people would have left at once"
    assert last.members == 10, "as last believed"

    await teams.service.staff_group.read_trusting()
    assert await has_left(teams, *everybody) == [False] * 3 + [True] * 7


async def test_a_group_that_is_none_is_told_and_changes_nobody(teams):
    await teams.service.staff_group.read()
    teams.tenant.state.groups.clear()

    assert "names no group" in await teams.service.staff_group.read()
    assert await has_left(teams, teams.teacher) == [False]


async def test_without_leave_to_read_users_leavers_are_noticed_and_nobody_is_renamed(
    sqlite, starts
):
    async with starts(sqlite, ("GroupMember.Read.All",)) as teams:
        new = joins(teams)
        leaves(teams, teams.senco)
        await teams.service.staff_group.read()
        leaves(teams, teams.teacher)
        words = await teams.service.staff_group.read()

        assert words == "9 in the staff group: 0 new, 0 changed, 1 left"
        assert await known(teams, new) is None
        assert await has_left(teams, teams.teacher, teams.senco) == [True, False]
        assert (await known(teams, teams.assistant)).name == teams.assistant.person.name


async def test_without_a_staff_group_nothing_is_asked(sqlite, clock, trust):
    async with teams_running(sqlite, clock, trust) as teams:
        teams.tenant.graph.refusals = [503]

        await teams.service.staff_group.read()

        assert teams.tenant.graph.refusals == [503]


async def test_in_local_mode_people_who_wrote_follow_the_group_and_nobody_new_is_met(
    sqlite, clock, trust
):
    async with teams_running(sqlite, clock, trust, staff_group=GROUP) as teams:
        teams.tenant.state.groups[GROUP] = [each.object_id for each in trust.people]
        new = joins(teams)
        await teams.service.staff_group.read()
        leaves(teams, teams.teacher)
        await teams.service.staff_group.read()

        assert await known(teams, new) is None
        assert await has_left(teams, teams.teacher, teams.senco) == [True, False]
