"""The whole life of a request, with its visit and its call, on each of the two databases."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.requests.test_follow_ups import calls_of, links_on, meetings_of
from tests.journeys.requests.test_lead_queue import asks_for_support, order
from tests.journeys.requests.test_support_request import arranged, goes_out
from tests.people import teams_running


@pytest.fixture
async def teams(database_url, clock, trust):
    """In place of the one on SQLite alone that these journeys have otherwise."""
    async with teams_running(database_url, clock, trust) as running:
        yield running


async def test_a_request_lives_from_the_visit_to_did_it_help(teams, clock, teacher, lead):
    await lead.says("hi")

    # Given a visit that is in both calendars, held, and as long as it took
    await arranged(teams, teacher, lead)
    await goes_out(teams)
    assert len(teacher.events) == len(lead.events) == 1
    clock.at = datetime(2026, 12, 3, 17, 0, tzinfo=UTC)
    await lead.says("the visit for SH-0001 took 90 minutes")
    card = await lead.presses(
        "Record the visit", date="2026-12-03", start="15:00", minutes="90", words="A side door"
    )
    assert "took 1 hour 30 minutes" in card.words
    clock.at = datetime(2026, 12, 7, 12, 0, tzinfo=UTC)
    await goes_out(teams)
    assert "A side door" in teacher.reads().words

    # When the teacher takes a call, moves it, nobody comes, and another is held
    await teacher.says("can we have a follow-up call?")
    await teacher.presses("Thu 10 Dec, 15:30")
    await goes_out(teams)
    await teacher.presses("Other time")
    await teacher.presses("Fri 11 Dec, 15:30")
    await goes_out(teams)
    (meeting,) = meetings_of(teacher, lead)
    assert meeting["start"]["dateTime"] == "2026-12-11T15:30:00"
    assert links_on(await teacher.says("SH-0001")) == [meeting["onlineMeeting"]["joinUrl"]]
    clock.at = datetime(2026, 12, 11, 16, 30, tzinfo=UTC)
    await lead.says("no-show for SH-0001")
    await goes_out(teams)
    assert "to be arranged again" in teacher.reads().words
    await teacher.presses("Choose another time")
    await teacher.presses("Wed 16 Dec, 15:30")
    await goes_out(teams)
    assert len(calls_of(teacher)) == len(calls_of(lead)) == 2
    clock.at = datetime(2026, 12, 16, 16, 30, tzinfo=UTC)
    await lead.says("record the follow-up for SH-0001")
    await lead.presses("Record the follow-up", start="15:30", minutes="20", how="teams")
    await lead.says("close SH-0001: Lovely work")
    await goes_out(teams)

    # Then it is closed, and both know whether it helped
    assert "been closed" in teacher.reads().words
    assert "Thank you" in (await teacher.says("it helped")).words
    await goes_out(teams)
    assert "said whether it helped" in lead.reads().words


async def test_the_queue_is_searched_merged_redirected_handed_on_and_given_back(
    teams, clock, teacher, lead
):
    maths = teams.somebody(5)
    for person in (lead, maths):
        await person.says("hi")
    for about in ("A buddy at the cloakroom door", "The same again", "Something for coaching"):
        await asks_for_support(teacher, about)
    assert order(await lead.says("search requests for cloakroom")) == ["SH-0001"]
    assert "Merged into SH-0001" in (await lead.says("merge SH-0002 into SH-0001")).words
    await lead.says("redirect SH-0003")
    await lead.presses("Redirect", service="coaching", words="Coaching fits better")
    await lead.says("assign SH-0001")
    await lead.presses("Hand over", name=maths.person.name)
    await maths.says("propose 3 December at 3pm for SH-0001")
    await teacher.says("SH-0001")
    await teacher.presses("Thu 3 Dec, 15:00")
    await goes_out(teams)
    assert len(teacher.events) == len(maths.events) == 1

    await maths.says("erase me")
    await maths.presses("Yes, erase it all")
    await goes_out(teams)

    assert (teacher.events, maths.events) == ([], [])
    assert "The visit on Thu 3 Dec, 15:00 is off" in str(teacher.chat)
    assert sorted(order(await lead.says("queue"))) == ["SH-0001", "SH-0004"]
    # And a question that nobody answers becomes a request on either database
    await teacher.says("question for the SEND Director: what is a now and next board?")
    await teacher.says("send it")
    clock.at += timedelta(days=1, minutes=1)
    await goes_out(teams)
    assert "A question that is now a request" in str(lead.chat)
