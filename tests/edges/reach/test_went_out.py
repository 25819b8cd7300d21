"""The lead sees what went out, in numbers and person by person, and hurries what is stuck."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from hub.outbox import Kind
from store import booking_reads, bookings, school_years
from tests.edges.reach.conftest import DAY_BEFORE, goes_out, has_a_place, stored
from tests.journeys.test_announce import kept

THE_DAY_BEFORE_SESSION = "The school day before a session"


@pytest.fixture
async def teacher(teams, clock):
    """Of three who are reminded, the one with no Teams and no mail address."""
    teacher, state = teams.teacher, teams.tenant.state
    state.without_teams.append(teacher.person.object_id)
    state.without_address.append(teacher.person.object_id)
    for somebody in (teacher, teams.senco, teams.assistant):
        await has_a_place(teams, somebody)
    await goes_out(teams, clock, DAY_BEFORE)
    return teacher


def of(card, rule):
    """What a card says right after the name of a rule."""
    words = card.words.split(" | ")
    return words[words.index(rule) + 1]


async def test_a_lead_sees_numbers_then_people_then_tries_again(teams, clock, lead, teacher):
    numbers = await lead.says("what went out today")
    assert "What went out today" in numbers.words
    assert of(numbers, THE_DAY_BEFORE_SESSION) == "2 sent, 1 waiting, 0 parked"

    people = await lead.presses("Show people", which="session-soon")
    assert people.words.index("Class teacher") < people.words.index("Sent at 15:45")
    assert "has no mail address" in people.words
    assert "Next try: " in people.words
    # What waits for nobody's help and what is sent has nothing to press.
    assert len([each for each in people.buttons if each["title"] == "Try again"]) == 1

    teams.tenant.state.without_address.clear()
    await lead.presses("Try again", on=people)
    await teams.service.delivery.drain()
    assert len(teacher.mails) == 1
    numbers = await lead.presses("What went out today")
    assert of(numbers, THE_DAY_BEFORE_SESSION) == "3 sent, 0 waiting, 0 parked"
    people = await lead.presses("Show people", which="session-soon")
    assert "Sent at 15:45: mail" in people.words


async def test_days_go_back_and_forth_and_a_day_of_nothing_says_so(teams, clock, lead, teacher):
    clock.at = DAY_BEFORE + timedelta(days=1)

    yesterday = await lead.says("What did you send yesterday?")
    assert "on Wednesday 2 December 2026" in yesterday.words
    assert of(yesterday, THE_DAY_BEFORE_SESSION) == "2 sent, 0 waiting, 0 parked"
    before = await lead.presses("Earlier day")
    assert "Nothing went out that day" in before.words
    await lead.presses("Later day", on=before)
    today = await lead.presses("Later day")
    assert of(today, THE_DAY_BEFORE_SESSION) == "0 sent, 1 waiting, 0 parked"
    assert "Later day" not in {each["title"] for each in today.buttons}
    assert "2 December" in (await lead.says("what went out on Wednesday")).words
    assert "2 December" in (await lead.says("what was sent on 2 Dec")).words


async def test_the_ways_there_are_buttons_too_and_data_of_any_shape_harms_nothing(teams, lead):
    assert "nothing waits" in (await lead.says("what went out today")).words
    for said in ("who could we not reach", "nudge rules"):
        card = await lead.says(said)
        assert "What went out today" in (await lead.presses("What went out today", on=card)).words

    for data in ({"day": "x"}, {"day": "9999-12-31"}, {"day": "0001-01-01"}, {"day": ["x"]}):
        for verb in ("what-went-out", "whom-it-went-to"):
            assert (await lead.acts(verb, **data, which="feedback", page="999")).words
    assert (await lead.acts("whom-it-went-to", day="2026-12-02", which="nonsense")).words


async def test_only_leads_see_what_went_out(teams, clock, lead, teacher):
    senco = teams.senco
    for answer in (
        await senco.says("what went out today"),
        await senco.acts("what-went-out"),
        await senco.acts("whom-it-went-to", day="2026-12-02", which="session-soon"),
    ):
        assert "Class teacher" not in answer.words
        assert "leads" in answer.words


@pytest.mark.parametrize("told", [{}], ids=["no mailbox"])
async def test_what_stayed_behind_when_its_message_went_does_not_count_as_sent(teams, clock, lead):
    # Given a reminder and news in one message, which waits until the teacher has a chat
    teacher, clock.at = teams.teacher, DAY_BEFORE
    teams.tenant.state.without_teams.append(teacher.person.object_id)
    await has_a_place(teams, teacher)
    preview = await lead.says("tell all teachers that the library is open")
    (send,) = [each["title"] for each in preview.buttons if each["title"].startswith("Send to")]
    await lead.presses(send, **kept(preview))
    await goes_out(teams, clock)

    # When the place is given up before there is one
    person = await stored(teams, teacher)
    async with teams.service.database.begin() as db:
        (booking,) = await booking_reads.bookings_to_come(db, person, clock.at)
        calendar = await school_years.calendar(db)
        await bookings.give_up(db, person, booking.id, clock.at, calendar)
    await teacher.says("hi")
    await goes_out(teams, clock)

    # Then the news went out, and the reminder was let go, with the reason
    numbers = await lead.says("what went out today")
    assert of(numbers, THE_DAY_BEFORE_SESSION) == "0 sent, 0 waiting, 0 parked, 1 let go"
    assert "0 waiting" in of(numbers, "News from the Trust SEND Lead")
    people = await lead.presses("Show people", which="session-soon")
    assert "Let go at 15:45: the place was given up" in people.words


async def test_one_name_in_the_log_follows_a_nudge_from_plan_to_delivery(teams, clock):
    await has_a_place(teams, teams.senco)

    with capture_logs() as lines:
        await goes_out(teams, clock, DAY_BEFORE)

    (planned,) = [each for each in lines if each["event"] == "nudge planned"]
    (composed,) = [each for each in lines if each["event"] == "composed"]
    assert composed["nudges"] == [planned["nudge"]]
    settled = [each for each in lines if each.get("message") == composed["message"]][1:]
    assert [each["kind"] for each in settled] == [Kind.CHAT, Kind.ACTIVITY_FEED]
    assert teams.senco.person.name not in str(lines)
