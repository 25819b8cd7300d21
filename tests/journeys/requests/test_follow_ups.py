"""Journey 6, its end: the visit and the follow-up call in both calendars, and did it help?"""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from hub.outbox import Kind, OutboxState
from store import people
from store.tables import OutboxRow, RequestVisitRow, VisitEventRow
from tests.journeys.requests.test_support_request import arranged, goes_out, sent

TEAMS_MEETING = "https://teams.microsoft.com/l/meetup-join/"
STARTS = "2026-12-10T15:30:00"


async def visited(teams, clock, teacher, lead):
    """The visit of 3 December was held; it is the Monday after."""
    await lead.says("hi")
    await arranged(teams, teacher, lead)
    await goes_out(teams)
    clock.at = datetime(2026, 12, 3, 17, 0, tzinfo=UTC)
    await lead.says("record the visit for SH-0001")
    await lead.presses(
        "Record the visit",
        date="2026-12-03",
        start="15:00",
        minutes="60",
        how="in-person",
        words="A quiet start by the side door",
    )
    clock.at = datetime(2026, 12, 7, 12, 0, tzinfo=UTC)
    await goes_out(teams)


async def has_a_call(teams, clock, teacher, lead):
    """The teacher has chosen a call on 10 December at 15:30."""
    await visited(teams, clock, teacher, lead)
    await teacher.says("can we have a follow-up call?")
    return await teacher.presses("Thu 10 Dec, 15:30")


def calls_of(person):
    return [each for each in person.events if "ollow-up call" in each["subject"]]


def meetings_of(*several):
    return [each for person in several for each in person.events if each.get("isOnlineMeeting")]


def links_on(card):
    return [each["url"] for each in card.buttons if each["type"] == "Action.OpenUrl"]


async def test_a_visit_is_in_both_calendars_and_goes_when_it_is_withdrawn(teams, teacher, lead):
    await lead.says("hi")
    await arranged(teams, teacher, lead)
    await goes_out(teams)

    (of_teacher,), (of_lead,) = teacher.events, lead.events
    for event, other in ((of_teacher, lead), (of_lead, teacher)):
        assert event["subject"] == "Visit: 1:1 support (SH-0001)"
        assert event["start"]["dateTime"] == "2026-12-03T15:00:00"
        assert event["location"]["displayName"] == "School A"
        assert f"With {other.person.name}" in event["body"]["content"]
        assert "fence" not in str(event)
        assert "attendees" not in event
        assert "isOnlineMeeting" not in event

    await teacher.says("withdraw my request")
    await teacher.presses("Yes, withdraw it")
    await goes_out(teams)
    assert (teacher.events, lead.events) == ([], [])


async def test_a_call_is_arranged_with_one_tap_and_one_link_on_both_cards(
    teams, clock, teacher, lead
):
    card = await has_a_call(teams, clock, teacher, lead)
    assert "A follow-up on Teams, Thursday 10 December 2026, 15:30–16:00" in card.words
    assert "The link to join will follow" in card.words
    await goes_out(teams)
    clock.at += timedelta(minutes=1)
    await goes_out(teams)

    (meeting,) = meetings_of(lead, teacher)
    (of_teacher,), (of_lead,) = calls_of(teacher), calls_of(lead)
    link = meeting["onlineMeeting"]["joinUrl"]
    assert link.startswith(TEAMS_MEETING)
    assert meeting == of_lead
    assert link in of_teacher["body"]["content"]
    assert of_teacher["start"]["dateTime"] == of_lead["start"]["dateTime"] == STARTS
    assert "attendees" not in str([of_teacher, of_lead])
    assert links_on(await teacher.says("SH-0001")) == [link]
    assert "chose a time for a call about SH-0001" in lead.reads().words
    assert links_on(lead.last) == [link]
    assert links_on(await lead.presses("Open")) == [link]
    # The visit that was held stays where it was.
    assert [each["start"]["dateTime"] for each in lead.events if each != of_lead] == [
        "2026-12-03T15:00:00"
    ]


async def test_it_moves_in_place_by_either_side_and_keeps_its_link(teams, clock, teacher, lead):
    await has_a_call(teams, clock, teacher, lead)
    await goes_out(teams)
    ids = {each["id"] for each in (*calls_of(teacher), *calls_of(lead))}
    (before,) = meetings_of(lead)

    # The teacher takes another of the free times; in words this time
    await teacher.says("can we have a follow-up call?")
    await teacher.presses("Other time")
    assert "Fri 11 Dec, 15:30" in [each["title"] for each in teacher.last.buttons]
    card = await teacher.says("Fri 11 December at 15:30")
    assert "Friday 11 December 2026, 15:30–16:00" in card.words
    await goes_out(teams)
    # And then the lead moves it once more
    await lead.says("arrange a follow-up for SH-0001")
    await lead.presses(
        "Arrange follow-up", date="2026-12-14", start="15:45", minutes="20", how="teams"
    )
    await goes_out(teams)

    (meeting,), (event,) = meetings_of(lead), calls_of(teacher)
    assert {meeting["id"], event["id"]} == ids
    assert meeting["onlineMeeting"] == before["onlineMeeting"]
    assert {each["start"]["dateTime"] for each in (meeting, event)} == {"2026-12-14T15:45:00"}
    assert meeting["onlineMeeting"]["joinUrl"] in event["body"]["content"]


async def test_a_call_that_nobody_came_to_offers_new_times_to_both(teams, clock, teacher, lead):
    await has_a_call(teams, clock, teacher, lead)
    await goes_out(teams)
    clock.at = datetime(2026, 12, 10, 16, 30, tzinfo=UTC)

    form = await lead.says("no-show for SH-0001")
    assert "When would suit instead?" in form.words
    await goes_out(teams)
    assert "to be arranged again" in teacher.reads().words
    await teacher.presses("Choose another time")
    card = await teacher.presses("Tue 15 Dec, 15:30")
    assert "Arranged, with" in card.words
    await goes_out(teams)

    starts = [each["start"]["dateTime"] for each in calls_of(teacher)]
    assert starts == [STARTS, "2026-12-15T15:30:00"]
    (old, new) = meetings_of(lead)
    assert old["onlineMeeting"] != new["onlineMeeting"]


async def test_a_call_called_off_leaves_both_calendars(teams, clock, teacher, lead):
    await has_a_call(teams, clock, teacher, lead)
    await goes_out(teams)

    await teacher.says("SH-0001")
    await teacher.presses("Other time")
    await teacher.presses("Ask for others", words="Next term, please")
    await goes_out(teams)

    assert calls_of(teacher) == calls_of(lead) == []
    assert "Next term, please" in lead.reads().words
    assert "is arranging a follow-up" in (await teacher.says("SH-0001")).words
    assert links_on(teacher.last) == []


async def test_a_time_that_is_not_free_any_more_is_not_taken(teams, clock, teacher, lead):
    await visited(teams, clock, teacher, lead)
    card = await teacher.says("can we have a follow-up call?")
    senco = teams.senco
    await sent(senco)
    await lead.says("propose 10 December at 3.30pm for SH-0002")
    await senco.says("SH-0002")
    await senco.presses("Thu 10 Dec, 15:30")

    late = await teacher.presses("Thu 10 Dec, 15:30", on=card)

    assert "That time has just gone" in late.words
    assert "Thu 10 Dec, 16:30" in [each["title"] for each in late.buttons]


async def test_a_note_written_during_a_call_makes_no_second_event(teams, clock, teacher, lead):
    await has_a_call(teams, clock, teacher, lead)
    await goes_out(teams)
    clock.at = datetime(2026, 12, 10, 15, 40, tzinfo=UTC)

    await lead.says("note SH-0001: we will look at the seating plan")
    await teacher.says("add a note to my request: thank you")
    await goes_out(teams)

    assert len(calls_of(teacher)) == len(calls_of(lead)) == 1


async def test_a_worker_that_dies_between_the_call_and_the_mark_makes_no_second_meeting(
    teams, clock, teacher, lead
):
    await has_a_call(teams, clock, teacher, lead)
    await goes_out(teams)
    (before,) = map(dict, meetings_of(lead))
    async with teams.service.database.begin() as db:
        await db.execute(update(VisitEventRow).values(graph_event_id=None, told=""))
        await db.execute(update(RequestVisitRow).values(online_url=""))
        marks = {"state": OutboxState.WAITING, "lease": "dead", "lease_until": clock.at}
        await db.execute(update(OutboxRow).where(OutboxRow.kind == Kind.VISIT).values(marks))

    await teams.service.delivery.drain()

    (meeting,), (event,) = meetings_of(lead), calls_of(teacher)
    assert meeting == before
    assert meeting["onlineMeeting"]["joinUrl"] in event["body"]["content"]


async def test_a_caller_without_a_mailbox_joins_the_meeting_in_the_askers_calendar(
    teams, clock, teacher, lead
):
    teams.tenant.state.without_mailbox = [lead.person.object_id]
    card = await has_a_call(teams, clock, teacher, lead)
    assert "Arranged" in card.words
    await goes_out(teams)

    (meeting,) = meetings_of(teacher)
    assert calls_of(teacher) == [meeting]
    await lead.says("SH-0001")
    assert links_on(lead.last) == [meeting["onlineMeeting"]["joinUrl"]]
    assert links_on(await teacher.says("SH-0001")) == links_on(lead.last)


async def test_a_call_handed_to_a_colleague_moves_to_their_calendar(teams, clock, teacher, lead):
    other = teams.somebody(4)
    async with teams.service.database.begin() as db:
        await people.appoint_known(db, [other.person.object_id])
    await has_a_call(teams, clock, teacher, lead)
    await goes_out(teams)
    old = meetings_of(lead)[0]["onlineMeeting"]["joinUrl"]

    await lead.says("SH-0001")
    card = await lead.acts(
        "take-request-step",
        **(lead.last.button("Record the follow-up")["data"] | {"step": "assign"}),
        name=other.person.name,
    )
    assert "Handed to" in card.words
    await goes_out(teams)

    assert calls_of(lead) == []
    (meeting,), (event,) = meetings_of(other), calls_of(teacher)
    link = meeting["onlineMeeting"]["joinUrl"]
    assert link != old
    assert link in event["body"]["content"]
    assert f"With {other.person.name}" in event["body"]["content"]


async def test_two_leads_and_the_asker_at_once_make_one_call(teams, clock, teacher, lead):
    other = teams.somebody(4)
    async with teams.service.database.begin() as db:
        await people.appoint_known(db, [other.person.object_id])
    await visited(teams, clock, teacher, lead)
    await teacher.says("can we have a follow-up call?")
    forms = [await each.says("arrange a follow-up for SH-0001") for each in (lead, other)]
    said = {"date": "2026-12-11", "minutes": "30", "how": "teams"}

    await asyncio.gather(
        lead.presses("Arrange follow-up", on=forms[0], start="15:30", **said),
        other.presses("Arrange follow-up", on=forms[1], start="16:00", **said),
        teacher.presses("Thu 10 Dec, 15:30"),
    )
    await goes_out(teams)

    (meeting,) = meetings_of(lead, other, teacher)
    (event,) = calls_of(teacher)
    assert meeting["onlineMeeting"]["joinUrl"] in event["body"]["content"]
    assert meeting["start"] == event["start"]


async def test_both_are_reminded_the_day_before_and_an_hour_before_with_join(
    teams, clock, teacher, lead
):
    await has_a_call(teams, clock, teacher, lead)
    await goes_out(teams)
    (link,) = {each["onlineMeeting"]["joinUrl"] for each in meetings_of(lead)}
    clock.at = datetime(2026, 12, 9, 15, 44, tzinfo=UTC)
    await goes_out(teams)
    before = len(teacher.chat), len(lead.chat)

    clock.at = datetime(2026, 12, 9, 15, 45, tzinfo=UTC)
    await goes_out(teams)
    await goes_out(teams)
    assert (len(teacher.chat), len(lead.chat)) == (before[0] + 1, before[1] + 1)
    for person in (teacher, lead):
        card = person.reads()
        assert "Your follow-up call for SH-0001 is tomorrow at 15:30" in card.words
        assert links_on(card) == [link]

    clock.at = datetime(2026, 12, 10, 14, 30, tzinfo=UTC)
    await goes_out(teams)
    for person in (teacher, lead):
        assert "is today at 15:30" in person.reads().words
        assert links_on(person.last) == [link]


async def test_a_call_that_moved_is_not_remembered_at_its_old_time(teams, clock, teacher, lead):
    await has_a_call(teams, clock, teacher, lead)
    await teacher.presses("Other time")
    await teacher.presses("Fri 11 Dec, 15:30")
    await goes_out(teams)
    clock.at = datetime(2026, 12, 9, 16, 0, tzinfo=UTC)
    before = len(teacher.chat)
    await goes_out(teams)

    assert len(teacher.chat) == before


async def test_the_lead_hears_once_that_a_promise_has_slipped(teams, clock, teacher, lead):
    await lead.says("hi")
    await sent(teacher)
    await goes_out(teams)
    clock.at = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    await goes_out(teams)
    before = len(lead.chat)

    clock.at = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    await goes_out(teams)
    clock.at += timedelta(hours=1)
    await goes_out(teams)

    assert len(lead.chat) == before + 1
    assert "A promised time has slipped" in lead.reads().words
    assert "an acknowledgement by Wednesday 25 November 2026 (late)" in lead.last.words
    assert "School A" in (await lead.presses("Open")).words


async def test_a_follow_up_is_offered_three_weeks_after_a_visit_that_nothing_followed(
    teams, clock, teacher, lead
):
    await visited(teams, clock, teacher, lead)
    clock.at = datetime(2027, 1, 7, 12, 0, tzinfo=UTC)
    await goes_out(teams)

    assert "Would a follow-up help?" in teacher.reads().words
    card = await teacher.presses("Arrange it")
    assert "You are both free at" in card.words
    before = len(teacher.chat)
    clock.at += timedelta(days=1)
    await goes_out(teams)
    assert len(teacher.chat) == before
