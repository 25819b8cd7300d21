"""Whoever is owed something gets it in Teams, app or no app; and a lead sees who does not."""

from datetime import timedelta

import pytest

from bot.local_tenant.installs import chat_id
from hub.reach import CHAT_COMES_WITHIN
from store import unreached
from tests.edges.reach.conftest import (
    CLINIC,
    DAY_BEFORE,
    asked,
    cards_in,
    goes_out,
    has_a_place,
    stored,
)

INSTALL = "POST /users/{id}/teamwork/installedApps"
CATALOGUE = "GET /appCatalogs/teamsApps"


async def test_an_invited_colleague_who_never_opened_the_app_gets_it_with_the_card(teams, clock):
    senco, teacher, maths_lead = teams.senco, teams.teacher, teams.somebody(5)
    await senco.says("hi")
    await senco.acts(
        "invite-colleague",
        session=str(teams.session("language")),
        colleague=str((await stored(teams, maths_lead)).id),
    )

    await goes_out(teams, clock)

    (card,) = cards_in(maths_lead)
    assert "SENCo, School B" in card
    assert len(maths_lead.feed) == 1
    assert maths_lead.person.object_id in teams.tenant.state.installed
    assert (teacher.chat, teacher.mails, maths_lead.mails) == ([], [], [])

    # And the buttons of that card work in the chat that Teams gave them.
    assert (
        "You're booked" in (await maths_lead.presses("Yes, book me", on=maths_lead.reads())).words
    )


async def test_the_catalogue_is_asked_once_and_an_install_is_not_repeated(teams, clock):
    for somebody in (teams.teacher, teams.assistant):
        await has_a_place(teams, somebody)
    await goes_out(teams, clock, DAY_BEFORE)
    await teams.teacher.says("hi")
    await has_a_place(teams, teams.teacher, "anxiety")

    await goes_out(teams, clock, DAY_BEFORE + timedelta(minutes=1))

    assert asked(teams, CATALOGUE) == 1
    assert asked(teams, INSTALL) == 2


async def test_an_app_that_is_there_already_is_fine(teams, clock):
    teams.tenant.state.installed.append(teams.teacher.person.object_id)
    await has_a_place(teams, teams.teacher)

    await goes_out(teams, clock, DAY_BEFORE)

    assert len(cards_in(teams.teacher)) == len(teams.teacher.feed) == 1


async def test_a_chat_that_comes_late_is_looked_for_again_and_no_attempt_is_used_up(teams, clock):
    teacher = teams.teacher
    teams.tenant.graph.settling.lasts = timedelta(minutes=2)
    await has_a_place(teams, teacher)
    await goes_out(teams, clock, DAY_BEFORE)
    assert (teacher.chat, teacher.feed) == ([], [])

    looked = 0
    while not teacher.chat:
        clock.at += timedelta(seconds=10)
        looked += await teams.service.delivery.drain()
        assert clock.at < DAY_BEFORE + timedelta(minutes=6)

    assert looked < 10
    assert len(cards_in(teacher)) == len(teacher.feed) == 1


async def test_a_chat_that_never_comes_ends_in_a_mail(teams, clock):
    teacher = teams.teacher
    teams.tenant.graph.settling.calls = 1000
    await has_a_place(teams, teacher)
    for after in (timedelta(0), timedelta(minutes=30), CHAT_COMES_WITHIN + timedelta(minutes=1)):
        await goes_out(teams, clock, DAY_BEFORE + after)

    assert (len(teacher.mails), teacher.chat, teacher.feed) == (1, [], [])


async def test_killed_between_install_and_send_nothing_is_lost(teams, clock):
    teacher = teams.teacher
    await has_a_place(teams, teacher)
    teams.tenant.state.blocked.append(teacher.person.object_id)
    # As a worker leaves it that dies after the install: installed, nothing sent, nothing marked.
    teams.tenant.state.installed.append(teacher.person.object_id)
    teams.tenant.state.blocked.clear()

    await goes_out(teams, clock, DAY_BEFORE)
    await goes_out(teams, clock, DAY_BEFORE + timedelta(minutes=1))

    assert len(cards_in(teacher)) == len(teacher.feed) == 1


async def test_whoever_took_the_app_off_is_told_by_mail_until_they_come_back(teams, clock):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    await teacher.sends(type="installationUpdate", action="remove")
    heard = len(teacher.chat)
    await goes_out(teams, clock, DAY_BEFORE)
    assert (len(teacher.mails), len(teacher.chat), teacher.feed) == (1, heard, [])

    await teacher.sends(type="installationUpdate", action="add")
    await has_a_place(teams, teacher, "language")
    async with teams.service.database.begin() as db:
        assert await unreached.how_many(db) == 0


@pytest.fixture
def nothing_works(teams):
    """No licence for Teams, and no mail address."""
    teacher = teams.teacher
    teams.tenant.state.without_teams.append(teacher.person.object_id)
    teams.tenant.state.without_address.append(teacher.person.object_id)
    return teacher


async def test_where_nothing_works_the_lead_sees_why_and_tries_again(
    teams, clock, lead, nothing_works
):
    teacher = nothing_works
    await has_a_place(teams, teacher)
    await goes_out(teams, clock, DAY_BEFORE)

    shown = await lead.says("who could we not reach")
    assert "1 person" in shown.words
    assert "Class teacher" in shown.words
    assert "has no mail address" in shown.words
    assert "Next try" in shown.words

    # It fails again while nothing was mended, and it is on the card again.
    await lead.presses("Try again")
    await teams.service.delivery.drain()
    assert "has no mail address" in (await lead.says("not reached")).words

    # Once it is mended it comes, exactly once, however often the lead presses.
    who = str((await stored(teams, teacher)).id)
    teams.tenant.state.without_address.clear()
    for _ in range(3):
        again = await lead.acts("try-again", person=who)
        await teams.service.delivery.drain()
    assert "nothing to try again" in again.words
    assert (len(teacher.mails), teacher.chat, teacher.feed) == (1, [], [])
    assert "Everybody is reached" in (await lead.says("not reached")).words


async def test_only_leads_see_who_was_not_reached_and_try_again(teams, clock, lead, nothing_works):
    await has_a_place(teams, nothing_works)
    await goes_out(teams, clock, DAY_BEFORE)
    senco = teams.senco
    await senco.says("hi")

    for answer in (
        await senco.says("who could we not reach"),
        await senco.acts("unreached"),
        await senco.acts("try-again", person=str((await stored(teams, nothing_works)).id)),
        await senco.acts("try-again"),
    ):
        assert "Class teacher" not in answer.words
        assert "Trust SEND Lead" in answer.words or "leads" in answer.words
    assert "no mail address" in (await lead.says("who was not reached")).words


async def test_the_leads_menu_leads_there_and_data_of_any_shape_harms_nothing(teams, lead):
    menu = await lead.says("help")
    assert "Everybody is reached" in (await lead.presses("Not reached", on=menu)).words
    assert "nothing to try again" in (await lead.says("try everybody again")).words
    assert "again" in (await lead.acts("try-again", person="x")).words
    assert (await lead.acts("unreached", page="999")).words


async def test_many_are_shown_page_by_page_and_tried_again_together(teams, clock, lead):
    people = [each for at in range(len(teams.trust.people)) if (each := teams.somebody(at))]
    people = [each for each in people if each.person.object_id != lead.person.object_id][:5]
    state = teams.tenant.state
    for each in people:
        state.without_teams.append(each.person.object_id)
        state.without_address.append(each.person.object_id)
        await has_a_place(teams, each)
    await goes_out(teams, clock, DAY_BEFORE)

    first = await lead.says("not reached")
    assert "5 people" in first.words
    assert len([each for each in first.buttons if each["title"] == "Try again"]) == 3
    second = await lead.presses("Later")
    assert len([each for each in second.buttons if each["title"] == "Try again"]) == 2

    state.without_teams.clear()
    assert "5 people" in (await lead.says("try them all again")).words
    await teams.service.delivery.drain()
    assert [len(cards_in(each)) for each in people] == [1] * 5


async def test_what_everybody_is_owed_adds_up(teams, clock, nothing_works):
    await teams.senco.says("book me on the next clinic")
    await has_a_place(teams, nothing_works)
    await goes_out(teams, clock, DAY_BEFORE)

    async with teams.service.database.read() as db:
        accounts = await unreached.accounts(db)
    person = await stored(teams, nothing_works)
    of = accounts[person.id]
    # Their event is in the calendar; the card waits, and the bell behind it.
    assert (of.owed, of.sent, of.waiting, of.parked) == (3, 1, 2, 0)
    assert all(each.owed == each.sent for who, each in accounts.items() if who != person.id)


@pytest.mark.parametrize("told", [{}], ids=["no mailbox"])
async def test_without_a_mailbox_of_the_hub_it_waits_until_they_write(
    teams, clock, lead, nothing_works
):
    await has_a_place(teams, nothing_works)
    await goes_out(teams, clock, DAY_BEFORE)
    assert "no Teams" in (await lead.says("not reached")).words

    await nothing_works.says("hi")
    await teams.service.delivery.drain()

    assert "Your session is tomorrow" in nothing_works.reads().words
    assert len(nothing_works.feed) == 1
    assert nothing_works.mails == []


@pytest.mark.parametrize("told", [{}], ids=["no mailbox"])
async def test_an_app_that_was_never_uploaded_is_named_as_the_reason(teams, clock, lead):
    teams.tenant.state.is_in_catalogue = False
    await has_a_place(teams, teams.teacher)
    await goes_out(teams, clock, DAY_BEFORE)
    assert "not in the Teams catalogue" in (await lead.says("not reached")).words

    teams.tenant.state.is_in_catalogue = True
    await lead.presses("Try again")
    await teams.service.delivery.drain()

    assert len(cards_in(teams.teacher)) == len(teams.teacher.feed) == 1


async def test_a_press_in_somebody_elses_chat_never_passes_for_the_chat_that_graph_told_of(
    teams, clock
):
    teacher = teams.teacher
    await has_a_place(teams, teacher)
    await goes_out(teams, clock, DAY_BEFORE)
    press = teacher.activity(
        type="invoke",
        name="adaptiveCard/action",
        value={"action": {"verb": "my-bookings", "data": {}}},
    )
    press["conversation"]["id"] = "19:two-colleagues@unq.gbl.spaces"

    _, body = await teams.post(press)

    assert CLINIC not in str(body)
    assert chat_id(teacher.person.object_id) != press["conversation"]["id"]
