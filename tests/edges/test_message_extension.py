"""Looking for a session from the compose box, as Teams asks and as Teams never would."""

import json
from datetime import timedelta

import pytest

from bot.teams.message_extension import SEARCH_SESSIONS, SEARCH_TEXT
from tests.conftest import A_MONDAY
from tests.people import SetClock, Shown, teams_running

SHARED = {"id": "19:staffroom@thread.v2", "conversationType": "groupChat", "tenantId": "t"}


@pytest.fixture
def clock():
    return SetClock(A_MONDAY)


@pytest.fixture
async def teams(tmp_path, clock, trust):
    url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
    async with teams_running(url, clock, trust) as running:
        yield running


async def invoked(somebody, value, name="composeExtension/query", **fields):
    status, body = await somebody.sends(type="invoke", name=name, value=value, **fields)
    assert status == 200
    return body["composeExtension"]


async def searched(somebody, text, **options):
    """The answer to one search, as it is when somebody has typed this far."""
    typed = {"name": SEARCH_TEXT, "value": text}
    value = {"commandId": SEARCH_SESSIONS, "parameters": [typed], "queryOptions": options}
    return await invoked(somebody, value)


async def found(somebody, text, **options):
    answer = await searched(somebody, text, **options)
    assert answer["type"] == "result", answer
    return [each["preview"]["content"]["title"] for each in answer["attachments"]]


async def first_run(somebody, **fields):
    opening = {"name": "initialRun", "value": "true"}
    value = {"commandId": SEARCH_SESSIONS, "parameters": [opening]}
    return await invoked(somebody, value, **fields)


async def test_before_anything_is_typed_the_next_that_one_may_book_are_there(teams):
    for somebody, tiers in ((teams.teacher, {"3", "4"}), (teams.senco, {"1", "2a", "2b", "2c"})):
        answer = await first_run(somebody)
        titles = [each["preview"]["content"]["title"] for each in answer["attachments"]]
        coming = {each.title: each.tier for each in teams.trust.sessions}

        assert (answer["type"], answer["attachmentLayout"]) == ("result", "list")
        assert len(titles) == 10
        assert {coming[title] for title in titles} & tiers
        if somebody is not teams.senco and tiers == {"3", "4"}:
            assert {coming[title] for title in titles} <= tiers


async def test_a_result_has_a_line_to_choose_by_and_a_card_worth_sharing(teams):
    answer = await searched(teams.teacher, "sensory")

    (result,) = answer["attachments"]
    assert result["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert result["preview"] == {
        "contentType": "application/vnd.microsoft.card.thumbnail",
        "content": {
            "title": "Clinic: sensory needs in the classroom",
            "text": "Thu 3 Dec, 10:00–13:00, School B",
        },
    }
    shown = Shown(result["content"])
    assert "Thursday 3 December 2026" in shown.words
    assert "Rapid, needs-led support" in shown.words
    assert "For: All staff" in shown.words
    assert "12 places left" in shown.words
    assert [each["title"] for each in shown.buttons] == ["Book my place", "See others"]


async def test_a_card_to_share_holds_nothing_of_whoever_shares_it_or_booked(teams):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")

    (result,) = (await searched(teacher, "sensory"))["attachments"]

    assert "11 places left" in Shown(result["content"]).words
    assert "You have a place" not in json.dumps(result)
    assert teacher.person.name not in json.dumps(result)


async def test_what_is_typed_narrows_it_down(teams):
    assert await found(teams.teacher, "clinc january") == ["Clinic: anxiety and coming into school"]


async def test_scrolling_shows_the_rest_a_page_at_a_time(teams):
    first = await found(teams.senco, "", skip=0, count=25)
    second = await found(teams.senco, "", skip=10, count=25)

    assert (len(first), len(second)) == (10, 10)
    assert await found(teams.senco, "", skip=0, count=3) == first[:3]
    assert await found(teams.senco, "", skip=999, count=25) == []


async def test_a_partner_school_finds_released_sessions_only(teams, clock):
    partner = teams.somebody(7)
    released = {
        each.title
        for each in teams.trust.sessions
        if each.starts_at > clock()
        and each.released_to_partners_at
        and each.released_to_partners_at <= clock()
    }

    answer = await first_run(partner)
    titles = {each["preview"]["content"]["title"] for each in answer["attachments"]}
    assert titles <= released

    answer = await searched(partner, "language")
    assert answer["type"] == "message"


async def test_a_programme_that_is_over_is_said_so(teams, clock):
    clock.at += timedelta(days=400)

    assert "nothing coming up" in (await first_run(teams.teacher))["text"]


async def test_a_card_found_in_a_chat_of_two_is_not_taken_for_the_chat_with_the_bot(teams):
    teacher = teams.teacher
    two = {"id": "a:two-colleagues", "conversationType": "personal", "tenantId": "t"}
    two["tenantId"] = teacher.person.tenant_id

    await first_run(teacher, conversation=two)
    await teacher.sends(
        type="invoke",
        name="adaptiveCard/action",
        value={"action": {"verb": "book", "data": {"session": str(teams.session("sensory"))}}},
        conversation=SHARED | {"tenantId": teacher.person.tenant_id},
    )
    await teams.service.delivery.drain()

    assert "a:two-colleagues" not in teams.tenant.state.chats


ODD_VALUES = {
    "nothing": None,
    "words": "clinic",
    "a list": [],
    "no command": {"parameters": []},
    "a command of numbers": {"commandId": 7},
    "an unknown command": {"commandId": "orderPizza", "parameters": []},
    "parameters of words": {"commandId": SEARCH_SESSIONS, "parameters": "clinic"},
    "a value of numbers": {
        "commandId": SEARCH_SESSIONS,
        "parameters": [{"name": SEARCH_TEXT, "value": 2}],
    },
    "a value of lists": {
        "commandId": SEARCH_SESSIONS,
        "parameters": [{"name": SEARCH_TEXT, "value": [{"x": 1}]}],
    },
    "overlong": {
        "commandId": SEARCH_SESSIONS,
        "parameters": [{"name": SEARCH_TEXT, "value": "clinic " * 2000}],
    },
    "nothing like it": {
        "commandId": SEARCH_SESSIONS,
        "parameters": [{"name": SEARCH_TEXT, "value": "xylophone 🎒 %s {0}"}],
    },
}


@pytest.mark.parametrize("value", ODD_VALUES.values(), ids=list(ODD_VALUES))
async def test_what_finds_nothing_is_answered_with_words_that_help(teams, value):
    answer = await invoked(teams.teacher, value)

    assert answer["type"] == "message"
    assert "clinic" in answer["text"]
    assert "xylophone" not in answer["text"]


@pytest.mark.parametrize(
    "value",
    [
        {"commandId": SEARCH_SESSIONS},
        {"commandId": SEARCH_SESSIONS, "parameters": [7, None, {"name": 3}]},
        {"commandId": SEARCH_SESSIONS, "parameters": [], "queryOptions": "all"},
        {
            "commandId": SEARCH_SESSIONS,
            "parameters": [{"name": SEARCH_TEXT, "value": None}],
            "queryOptions": {"skip": -5, "count": True},
        },
        {"commandId": SEARCH_SESSIONS, "queryOptions": {"skip": "1", "count": 10**12}},
    ],
)
async def test_odd_trimmings_are_passed_over(teams, value):
    answer = await invoked(teams.teacher, value)

    assert (answer["type"], len(answer["attachments"])) == ("result", 10)


@pytest.mark.parametrize("name", ["selectItem", "queryLink", "setting", "onCardButtonClicked", "x"])
async def test_other_questions_of_the_compose_box_are_answered_kindly(teams, name):
    answer = await invoked(teams.teacher, {"any": "thing"}, name=f"composeExtension/{name}")

    assert answer["type"] == "message"
    assert "Sorry" in answer["text"]


async def test_somebody_without_a_name_is_told_rather_than_served(teams):
    nobody = teams.teacher.activity(
        type="invoke",
        name="composeExtension/query",
        value={"commandId": SEARCH_SESSIONS},
    )
    nobody["from"] = {"id": "", "name": ""}

    status, _ = await teams.post(nobody)

    assert status == 400


async def test_a_page_of_results_stays_small_enough_for_teams(teams):
    answer = await first_run(teams.senco)

    assert len(json.dumps(answer).encode()) < 64 * 1024
