"""Calendar events and Teams meetings, through the real Graph SDK over HTTP."""

from dataclasses import replace
from datetime import datetime, timedelta

import aiohttp
import pytest

from bot.graph.calendar import (
    NoMailbox,
    cancel_event,
    create_event,
    delete_event,
    update_event,
)
from bot.graph.online_meetings import create_meeting, join_url_of, move_meeting
from bot.local_tenant.entra import Registration
from bot.teams.credentials import DEVELOPMENT_TOKEN
from hub.calendar_entry import CalendarEntry
from hub.errors import DeliveryFailed
from tests.edges.test_directory import APP, HEAD, LEAD, LONDON, NOBODY, SENCO, graph_of

STARTS = datetime(2027, 3, 25, 14, tzinfo=LONDON)
ENTRY = CalendarEntry(
    subject="Clinic: sensory needs",
    starts_at=STARTS,
    ends_at=STARTS + timedelta(hours=2),
    place="School B",
    lines=("Rapid, needs-led support.", "Led by the Trust SEND team."),
)


@pytest.fixture
async def tenant():
    async with graph_of() as running:
        yield running


@pytest.fixture
def graph(tenant):
    return tenant.client


def events_of(tenant, user):
    return list(tenant.state.calendars.get(user, {}).values())


async def test_an_event_says_all_there_is_to_say_and_names_nobody_else(graph, tenant):
    await create_event(graph, HEAD, ENTRY, "t1")

    (event,) = events_of(tenant, HEAD)
    assert event["subject"] == ENTRY.subject
    assert event["body"]["content"] == "\n\n".join(ENTRY.lines)
    assert event["location"] == {"displayName": "School B"}
    assert event["start"] == {"dateTime": "2027-03-25T14:00:00", "timeZone": "Europe/London"}
    assert event["end"]["dateTime"] == "2027-03-25T16:00:00"
    assert (event["categories"], event["showAs"]) == (["SEND Hub"], "busy")
    assert (event["isReminderOn"], event["reminderMinutesBeforeStart"]) == (True, 60)
    assert "attendees" not in event


async def test_one_transaction_makes_one_event_and_a_change_is_made_in_place(graph, tenant):
    first, again = [await create_event(graph, HEAD, ENTRY, "t1") for _ in range(2)]
    # The clocks go forward in between: two o'clock stays two o'clock.
    later = replace(ENTRY, starts_at=STARTS + timedelta(days=19), ends_at=ENTRY.ends_at, place="B")

    assert await update_event(graph, HEAD, later, first)

    (event,) = events_of(tenant, HEAD)
    assert first == again == event["id"]
    assert event["start"] == {"dateTime": "2027-04-13T14:00:00", "timeZone": "Europe/London"}
    assert event["transactionId"] == "t1"


async def test_an_event_that_its_owner_took_out_stays_out(graph, tenant):
    event_id = await create_event(graph, HEAD, ENTRY, "t1")
    tenant.state.calendars[HEAD].clear()

    assert not await update_event(graph, HEAD, ENTRY, event_id)
    assert await cancel_event(graph, HEAD, event_id, "Snow")
    await delete_event(graph, HEAD, event_id)

    assert events_of(tenant, HEAD) == []


async def test_an_event_is_called_off_with_a_comment_where_graph_allows_it(graph, tenant):
    event_id = await create_event(graph, HEAD, ENTRY, "t1")
    assert await cancel_event(graph, HEAD, event_id, "Snow")
    assert events_of(tenant, HEAD) == []
    assert tenant.state.cancelled == {HEAD: [{"subject": ENTRY.subject, "comment": "Snow"}]}

    tenant.state.cancels_only_meetings = True
    other = await create_event(graph, HEAD, ENTRY, "t2")
    assert not await cancel_event(graph, HEAD, other, "Snow")
    assert len(events_of(tenant, HEAD)) == 1


async def test_a_meeting_has_a_link_of_its_own_and_keeps_it_when_it_moves(graph, tenant):
    made, again = [await create_meeting(graph, LEAD, ENTRY, "m1") for _ in range(2)]
    other = await create_meeting(graph, LEAD, ENTRY, "m2")

    assert await move_meeting(graph, LEAD, replace(ENTRY, subject="Moved"), made.event_id)

    assert made == again
    assert made.join_url.startswith("https://teams.microsoft.com/l/meetup-join/")
    assert made.join_url != other.join_url
    assert await join_url_of(graph, LEAD, made.event_id) == made.join_url
    assert tenant.state.calendars[LEAD][made.event_id]["subject"] == "Moved"


async def test_a_link_that_is_still_to_come_or_is_none_is_no_link(graph, tenant):
    made = await create_meeting(graph, LEAD, ENTRY, "m1")
    event = tenant.state.calendars[LEAD][made.event_id]

    for told in (None, {"joinUrl": None}, {"joinUrl": "javascript:alert(1)"}):
        event["onlineMeeting"] = told
        assert await join_url_of(graph, LEAD, made.event_id) == ""


async def test_who_has_no_mailbox_is_told_apart_from_who_is_not_there(graph, tenant):
    tenant.state.without_mailbox = [HEAD]

    with pytest.raises(NoMailbox):
        await create_event(graph, HEAD, ENTRY, "t1")
    with pytest.raises(DeliveryFailed) as failed:
        await create_event(graph, NOBODY, ENTRY, "t1")

    assert not isinstance(failed.value, NoMailbox)
    await delete_event(graph, HEAD, "AAMk0")


@pytest.mark.parametrize("granted", [(), ("Calendars.Read",), ("OnlineMeetings.ReadWrite.All",)])
async def test_without_leave_to_write_calendars_nothing_is_made(granted):
    app = Registration(APP.app_id, APP.secret, APP.tenant_id, granted)
    async with graph_of(app) as tenant:
        for make in (create_event, create_meeting):
            with pytest.raises(DeliveryFailed):
                await make(tenant.client, HEAD, ENTRY, "t1")
        assert events_of(tenant, HEAD) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"colour": "red"}, "BadRequest"),
        ({"start": {"dateTime": "2027-03-25T14:00:00", "timeZone": "Narnia"}}, "TimeZoneNot"),
        ({"isOnlineMeeting": True}, "ErrorInvalidRequest"),
        ({"isOnlineMeeting": True, "onlineMeetingProvider": "skypeForConsumer"}, "ErrorInvalidReq"),
        ({"webLink": "https://x.example"}, "RequestBodyRead"),
    ],
)
async def test_the_local_calendar_refuses_what_graph_refuses(tenant, change, code):
    event = {
        "subject": "x",
        "start": {"dateTime": "2027-03-25T14:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2027-03-25T15:00:00", "timeZone": "UTC"},
    }
    headers = {"Authorization": f"Bearer {DEVELOPMENT_TOKEN}"}
    events = f"{tenant.url}/v1.0/users/{SENCO}/events"
    async with aiohttp.ClientSession(headers=headers) as http:
        async with http.post(events, json=event) as fine:
            made = await fine.json()
        async with http.post(events, json=event | change) as refused:
            error = (await refused.json())["error"]
        async with http.patch(f"{events}/{made['id']}", json={"transactionId": "x"}) as once:
            assert once.status == 400

    assert (fine.status, refused.status) == (201, 400)
    assert code in error["code"]
    assert bool(tenant.graph.violations) == (code in {"BadRequest", "RequestBodyRead"})
    tenant.graph.violations.clear()


async def test_a_meeting_whose_body_is_written_over_is_none_any_more(graph, tenant):
    made = await create_meeting(graph, LEAD, ENTRY, "m1")

    await update_event(graph, LEAD, ENTRY, made.event_id)

    assert await join_url_of(graph, LEAD, made.event_id) == ""
