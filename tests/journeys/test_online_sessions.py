"""An online session: one Teams meeting, whose link everybody booked finds on cards and calendar."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from hub.outbox import Kind, OutboxState
from store import people, sessions
from store.tables import MeetingRow, OutboxRow, SessionRow
from tests.journeys.test_lead_programme import NEW, inputs, saved

ONLINE = NEW | {"venue": "Teams", "note": "yes"}
TEAMS_MEETING = "https://teams.microsoft.com/l/meetup-join/"


@pytest.fixture
def database_url(tmp_path):
    """What is promised here is kept between Teams, the outbox and Graph: one engine will do."""
    return f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"


@pytest.fixture
def lead(teams):
    return teams.somebody(1)


async def set_online(teams, lead, **typed):
    kept = await saved(lead, await lead.says("add a clinic"), **(ONLINE | typed))
    assert "It is set" in kept.words
    return kept, next(b["data"]["session"] for b in kept.buttons if b["title"] == "Edit or move")


def meetings_of(lead):
    return [each for each in lead.events if each.get("isOnlineMeeting")]


def links_on(card):
    return [each["url"] for each in card.buttons if each["type"] == "Action.OpenUrl"]


async def test_one_meeting_is_set_up_and_its_link_reaches_card_and_calendar(teams, lead):
    teacher, senco = teams.teacher, teams.senco
    _, session = await set_online(teams, lead)

    # Given the teacher books before the meeting is there
    booked = await teacher.acts("book", session=session)
    assert "The link to join will follow" in booked.words
    assert links_on(booked) == []

    # When the outbox has been worked off, and the SENCo books afterwards
    await teams.service.delivery.drain()
    await senco.acts("book", session=session)
    await teams.service.delivery.drain()

    # Then there is one meeting, in the calendar of the lead who set it, that invites nobody
    (meeting,) = meetings_of(lead)
    link = meeting["onlineMeeting"]["joinUrl"]
    assert link.startswith(TEAMS_MEETING)
    assert "attendees" not in meeting
    # And both have the link in an event of their own and on their card, with no message about it
    for person in (teacher, senco):
        (event,) = person.events
        assert link in event["body"]["content"]
        assert event["location"]["displayName"] == "Microsoft Teams"
        assert "isOnlineMeeting" not in event
        shown = await person.says("my bookings")
        assert links_on(await person.presses("Show or change", on=shown)) == [link]
        assert person.feed == []
    assert len(teacher.chat) == len(senco.chat)


async def test_an_hour_before_the_reminder_opens_the_meeting_that_the_hub_set_up(
    teams, lead, clock
):
    teacher = teams.teacher
    _, session = await set_online(teams, lead)
    await teacher.says("hi")
    await teacher.acts("book", session=session)
    await teams.service.delivery.drain()
    (meeting,) = meetings_of(lead)
    async with teams.service.database.read() as db:
        starts_at = (await sessions.session_with_id(db, UUID(session))).starts_at

    clock.at = starts_at - timedelta(minutes=59)
    await teams.service.plan()
    await teams.service.delivery.drain()

    said = teacher.reads()
    assert f"Starts at {starts_at:%H:%M}" in said.words
    assert links_on(said) == [meeting["onlineMeeting"]["joinUrl"]]


async def test_it_moves_in_place_is_called_off_with_a_comment_and_comes_back(teams, lead):
    teacher = teams.teacher
    kept, session = await set_online(teams, lead)
    await teacher.says("hi")
    await teacher.acts("book", session=session)
    await teams.service.delivery.drain()
    ((meeting,), (event,)) = meetings_of(lead), teacher.events
    link, ids = meeting["onlineMeeting"]["joinUrl"], (meeting["id"], event["id"])

    # When it moves: the same meeting, the same link, the same event
    form = await lead.presses("Edit or move", on=kept)
    await saved(lead, form, date="2027-04-30", reason="The hall is taken", note="yes")
    await teams.service.delivery.drain()
    ((meeting,), (event,)) = meetings_of(lead), teacher.events
    assert (meeting["id"], event["id"]) == ids
    assert meeting["onlineMeeting"]["joinUrl"] == link
    assert {each["start"]["dateTime"] for each in (meeting, event)} == {"2027-04-30T10:00:00"}
    assert link in event["body"]["content"]
    assert links_on(teacher.reads()) == [link]

    # When it is called off: both are cancelled with the lead's reason
    off = await lead.presses(
        "Yes, call it off", on=await lead.acts("ask-cancel-session", session=session), reason="Snow"
    )
    await teams.service.delivery.drain()
    cancelled = teams.tenant.state.cancelled
    for person in (lead, teacher):
        assert person.events == []
        (said,) = cancelled[person.person.object_id]
        assert said["comment"] == "The SEND Hub has called this session off: Snow"

    # When it is put back on: one meeting with a link of its own, one event that has it
    await lead.presses("Put it back on", on=await lead.presses("Put it back on", on=off), note="y")
    await teams.service.delivery.drain()
    ((meeting,), (event,)) = meetings_of(lead), teacher.events
    fresh = meeting["onlineMeeting"]["joinUrl"]
    assert fresh != link
    assert fresh in event["body"]["content"]


async def test_a_leads_own_link_goes_before_the_hubs_meeting(teams, lead):
    own = "https://teams.microsoft.com/l/meetup-join/our-own"
    kept, session = await set_online(teams, lead)
    await teams.teacher.acts("book", session=session)
    await teams.service.delivery.drain()
    assert len(meetings_of(lead)) == 1

    form = await lead.presses("Edit or move", on=kept)
    assert (
        next(each for each in inputs(form.content["body"]) if each["id"] == "online_url").get(
            "value"
        )
        is None
    )
    await saved(lead, form, online_url=own, note="yes")
    await teams.service.delivery.drain()

    assert meetings_of(lead) == []
    (event,) = teams.teacher.events
    assert own in event["body"]["content"]
    assert re.findall(r"https://\S*meetup-join\S*", event["body"]["content"]) == [own]
    assert teams.teacher.feed == []


async def test_a_worker_that_dies_between_the_call_and_the_mark_makes_no_second_meeting(
    teams, lead, clock
):
    _, session = await set_online(teams, lead)
    await teams.teacher.acts("book", session=session)
    await teams.service.delivery.drain()
    (before,) = map(dict, meetings_of(lead))
    # As a kill with the answer on its way leaves it: the call was made, and nothing of it noted.
    async with teams.service.database.begin() as db:
        await db.execute(update(MeetingRow).values(graph_event_id=None, told=""))
        await db.execute(update(SessionRow).values(join_url=""))
        marks = {"state": OutboxState.WAITING, "lease": "dead", "lease_until": clock.at}
        await db.execute(update(OutboxRow).where(OutboxRow.kind == Kind.MEETING).values(marks))

    await teams.service.delivery.drain()

    (meeting,) = meetings_of(lead)
    (event,) = teams.teacher.events
    assert meeting == before
    assert meeting["onlineMeeting"]["joinUrl"] in event["body"]["content"]


async def test_a_lead_without_a_mailbox_hosts_nothing_and_the_next_one_does(teams, lead, clock):
    teams.tenant.state.without_mailbox = [lead.person.object_id]
    other = teams.somebody(4)
    kept, _ = await set_online(teams, lead)
    await teams.service.delivery.drain()
    assert meetings_of(lead) == []
    shown = await lead.acts("lead-session", session=kept.button("Edit or move")["data"]["session"])
    assert "being set up" in shown.words

    # When a colleague who has one is made a lead
    async with teams.service.database.begin() as db:
        await people.appoint_known(db, [other.person.object_id])
    clock.at += timedelta(hours=7)
    await teams.service.delivery.drain()

    assert len(meetings_of(other)) == 1
