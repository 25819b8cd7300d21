"""Everybody's own event follows the truth, called off or without a mailbox, with no call too many."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from hub.outbox import Kind, OutboxState
from store import mailboxes
from store.tables import CalendarEventRow, OutboxRow


@pytest.fixture
def database_url(tmp_path):
    """What is promised here is kept between Teams, the outbox and Graph: one engine will do."""
    return f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"


@pytest.fixture
def lead(teams):
    return teams.somebody(1)


async def call_off(teams, lead, reason="Snow"):
    await lead.says("call off the sensory clinic")
    off = await lead.presses("Yes, call it off", reason=reason)
    await teams.service.delivery.drain()
    return off


async def test_the_event_says_what_for_who_leads_and_where_to_change_it(teams):
    await teams.teacher.says("book me on the next clinic")
    await teams.service.delivery.drain()

    (event,) = teams.teacher.events
    words = event["body"]["content"]
    assert "Rapid, needs-led support" in words
    assert "Led by" in words
    assert "https://teams.microsoft.com/l/chat/0/0?users=28:" in words
    assert (event["categories"], event["reminderMinutesBeforeStart"]) == (["SEND Hub"], 60)
    assert all(each.name not in str(event) for each in teams.trust.people)


async def test_a_call_off_that_graph_refuses_leaves_the_event_marked_and_back_on_restores_it(
    teams, lead
):
    teams.tenant.state.cancels_only_meetings = True
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    await teams.service.delivery.drain()
    (before,) = map(dict, teacher.events)

    off = await call_off(teams, lead)

    (event,) = teacher.events
    assert event["id"] == before["id"]
    assert event["subject"] == f"Cancelled: {before['subject']}"
    assert (event["showAs"], event["isReminderOn"]) == ("free", False)
    assert event["body"]["content"] == "The SEND Hub has called this session off: Snow"

    await lead.presses("Put it back on", on=off)
    await teams.service.delivery.drain()

    assert teacher.events == [before]


async def test_off_and_on_again_before_anything_was_sent_costs_no_call(teams, lead):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    await teams.service.delivery.drain()
    (before,) = map(dict, teacher.events)

    await lead.says("call off the sensory clinic")
    off = await lead.presses("Yes, call it off", reason="Snow")
    await lead.presses("Put it back on", on=off)
    await teams.service.delivery.drain()

    assert teacher.events == [before]
    assert teams.tenant.state.cancelled == {}


async def test_given_up_and_booked_again_there_is_one_event(teams):
    teacher = teams.teacher
    for drains in (False, True, False, True):
        booked = await teacher.says("book me on the next clinic")
        assert "You're booked" in booked.words
        if drains:
            await teams.service.delivery.drain()
            assert len(teacher.events) == 1
        await teacher.presses("Give up my place")
        await teacher.presses("Yes, give it up")
    await teams.service.delivery.drain()

    assert teacher.events == []
    assert teams.tenant.state.cancelled == {}, "who gives a place up needs no comment"


async def test_killed_between_the_call_and_the_mark_there_is_one_event(teams, clock):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    await teams.service.delivery.drain()
    (before,) = map(dict, teacher.events)
    # As a kill with the answer on its way leaves it: the call was made, and nothing of it noted.
    async with teams.service.database.begin() as db:
        await db.execute(update(CalendarEventRow).values(graph_event_id=None, told=""))
        await db.execute(update(OutboxRow).values(state=OutboxState.WAITING))

    await teams.service.delivery.drain()

    assert teacher.events == [before]


async def test_who_has_no_mailbox_is_told_on_the_card_and_asked_for_again_each_week(teams, clock):
    teacher, tenant = teams.teacher, teams.tenant
    tenant.state.without_mailbox = [teacher.person.object_id]
    booked = await teacher.says("book me on the next clinic")
    assert "it goes into your calendar" in booked.words

    await teams.service.delivery.drain()

    async with teams.service.database.read() as db:
        kept = await db.execute(
            select(OutboxRow.state, OutboxRow.reason).where(OutboxRow.kind == Kind.CALENDAR)
        )
        assert kept.all() == [("dropped", "no mailbox")]
        assert await mailboxes.has_no_mailbox(db, teacher.person.id)
    shown = await teacher.presses("Show or change", on=await teacher.says("my bookings"))
    assert "Add to my calendar: " in shown.words
    assert "it goes into your calendar" not in shown.words

    # Given Graph would answer now, it is not even asked within the week
    tenant.state.without_mailbox = []
    anxiety = str(teams.session("anxiety"))
    await teacher.acts("book", session=anxiety)
    await teams.service.delivery.drain()
    assert teacher.events == []

    # A week on it is, and from then on all is as for everybody
    clock.at += timedelta(days=7)
    await teacher.presses("Give up my place", on=await teacher.acts("book", session=anxiety))
    await teacher.presses("Yes, give it up")
    again = await teacher.acts("book", session=anxiety)
    assert "Add to my calendar" in again.words
    await teams.service.delivery.drain()
    assert len(teacher.events) == 1
    assert "Add to my calendar" not in (await teacher.acts("book", session=anxiety)).words
