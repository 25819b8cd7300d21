"""The bell: declared kinds only, to the right card, newest of its thing, and in hundreds."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.graph.activity_feed import LONGEST_PREVIEW, Bell
from bot.local_tenant.installs import chat_id
from hub import activity_types
from hub.activity_types import ACTIVITY_TYPES, HUB_NEWS, ActivityType
from hub.outbox import Kind
from hub.spoken import cut_short
from manifest.build import LOCAL_APP_ID, AppDetails, manifest_of
from store.people import meet
from tests.edges.reach.conftest import (
    DAY_BEFORE,
    all_goes_out,
    asked,
    cards_in,
    goes_out,
    has_a_place,
)

RING = "POST /users/{id}/teamwork/sendActivityNotification"
RING_MANY = "POST /teamwork/sendActivityNotificationToRecipients"


def test_what_code_may_send_is_what_the_package_declares():
    constants = [each for each in vars(activity_types).values() if isinstance(each, ActivityType)]
    package = manifest_of(AppDetails(LOCAL_APP_ID, "1.0.0"))

    assert set(constants) == set(ACTIVITY_TYPES)
    assert package["activities"]["activityTypes"] == [
        {"type": each.type, "description": each.description, "templateText": each.template_text}
        for each in ACTIVITY_TYPES
    ]


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        (replace(HUB_NEWS, type="hubGossip"), {"headline": "x"}),
        (replace(HUB_NEWS, template_text="{headline}!"), {"headline": "x"}),
        (HUB_NEWS, {}),
        (HUB_NEWS, {"headline": " "}),
        (HUB_NEWS, {"headline": "x", "more": "y"}),
    ],
    ids=["undeclared", "other words", "missing", "blank", "too many"],
)
def test_a_bell_that_the_package_does_not_declare_cannot_be_made(kind, parameters):
    with pytest.raises(ValueError, match="hub"):
        Bell(kind, "preview", parameters, "topic", uuid4())


@given(st.uuids(), st.uuids())
def test_a_chain_is_the_same_for_one_thing_and_fits_graph(about, other):
    def chain(about: UUID) -> int:
        return Bell(HUB_NEWS, "p", {"headline": "h"}, "t", about).chain_id

    assert 0 < chain(about) < 1 << 53
    assert chain(about) == chain(UUID(str(about)))
    assert (chain(about) == chain(other)) == (about == other)


@given(st.text(st.sampled_from("abé –,\n"), max_size=400), st.integers(2, 150))
def test_a_preview_is_never_cut_within_a_word(text, longest):
    said = " ".join(text.split())
    cut = cut_short(text, longest)

    assert len(cut) <= longest
    if len(said) <= longest:
        assert cut == said
    elif " " in said[:longest].rstrip():
        assert said.startswith(cut[:-1])
        whole = said[len(cut) - 1 :][:1]
        assert whole in {"", " ", ",", "–"} or not cut[:-1]


async def test_the_bell_comes_after_the_card_and_leads_to_it(teams, clock):
    teacher, assistant = teams.teacher, teams.assistant
    await teacher.says("book me on the next clinic")
    await has_a_place(teams, assistant)

    await goes_out(teams, clock, DAY_BEFORE)

    for somebody in (teacher, assistant):
        card, (bell,) = somebody.chat[-1], somebody.feed
        link = bell["topic"]["webUrl"]
        chat = chat_id(somebody.person.object_id).replace(":", "%3A").replace("@", "%40")
        assert link.startswith(f"https://teams.microsoft.com/l/message/{chat}/{card['id']}?")
        assert link.endswith("context=%7B%22contextType%22%3A%22chat%22%7D")
        assert 0 < bell["chainId"] < 1 << 53
        assert len(bell["previewText"]["content"]) <= LONGEST_PREVIEW


async def test_a_card_that_cannot_go_yet_holds_its_bell_back(teams, clock):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    teams.tenant.graph.settling.lasts = timedelta(minutes=5)
    assistant = teams.assistant
    await has_a_place(teams, assistant)

    await goes_out(teams, clock, DAY_BEFORE)

    assert len(teacher.feed) == 1
    assert (assistant.chat, assistant.feed) == ([], [])


async def test_a_reminder_takes_the_place_of_the_change_before_it(teams, clock, lead):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    await has_a_place(teams, teacher, "language")
    await lead.says("call off the language clinic")
    await lead.presses("Yes, call it off", reason="Snow")
    await goes_out(teams, clock)
    changed = [each["chainId"] for each in teacher.feed]

    await goes_out(teams, clock, DAY_BEFORE)

    # Each thing has a chain of its own.
    assert [each["activityType"] for each in teacher.feed] == ["sessionChanged", "sessionReminder"]
    assert teacher.feed[0]["chainId"] in changed
    assert teacher.feed[0]["chainId"] != teacher.feed[1]["chainId"]


async def staff(teams, count, now):
    """So many colleagues, whom the bot has met, and who have the app or not."""
    people, tenant_id = [], teams.teacher.person.tenant_id
    async with teams.service.database.begin() as db:
        for number in range(count):
            object_id = f"00000000-0000-4000-8000-{number:012d}"
            teams.tenant.state.names[object_id] = f"Colleague {number}"
            people.append(await meet(db, tenant_id, object_id, f"Colleague {number}", now))
    return people


async def announced(teams, lead, words="tell everybody that booking is open"):
    preview = await lead.says(words)
    kept = {
        each["id"]: each.get("value", "")
        for each in preview.content["body"]
        if each["type"].startswith("Input.")
    }
    (send,) = [each["title"] for each in preview.buttons if each["title"].startswith("Send to")]
    await lead.presses(send, on=preview, **kept)


async def test_the_same_news_rings_for_many_in_one_call(teams, clock, lead):
    people = await staff(teams, 60, clock())
    await announced(teams, lead)

    await all_goes_out(teams, clock)

    feeds = teams.tenant.state.feeds
    assert [len(feeds[each.object_id]) for each in people] == [1] * len(people)
    # Ten installs a second: ten bells a call.
    assert asked(teams, RING) + asked(teams, RING_MANY) <= 8
    told = feeds[people[0].object_id][0]
    assert told["topic"]["webUrl"].startswith("https://teams.microsoft.com/l/chat/")


async def test_a_refused_bulk_call_fails_for_all_in_it_and_comes_later_once(teams, clock, lead):
    people = await staff(teams, 5, clock())
    await announced(teams, lead)
    chats = teams.tenant.state.chats
    # The cards are out; the bells meet a Graph that is away.
    await teams.service.delivery._compose()
    await teams.service.delivery._one_by_one({Kind.CHAT})
    teams.tenant.graph.refusals = [503]
    await goes_out(teams, clock)
    assert all(not teams.tenant.state.feeds.get(each.object_id) for each in people)

    await goes_out(teams, clock, clock.at + timedelta(minutes=1))

    for each in people:
        assert len(teams.tenant.state.feeds[each.object_id]) == 1
        assert len(chats[f"a:{each.object_id}"]) == 1


async def test_whoever_has_no_open_chat_is_never_in_a_bulk_call(teams, clock, lead):
    people = await staff(teams, 4, clock())
    without = people[0].object_id
    teams.tenant.state.without_teams.append(without)
    await announced(teams, lead)

    await goes_out(teams, clock)
    # The app goes to ten people a second.
    await goes_out(teams, clock, clock.at + timedelta(seconds=2))

    assert without not in teams.tenant.state.feeds
    assert len(teams.tenant.state.mails[without]) == 1
    assert len(teams.tenant.state.feeds[people[1].object_id]) == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"recipients": 101}, 400),
        ({"recipients": 0}, 400),
        ({"activityType": "hubGossip"}, 400),
        ({"chainId": -1}, 400),
        ({"previewText": {"content": "x" * 151}}, 400),
        ({"templateParameters": []}, 400),
        ({}, 202),
    ],
)
async def test_the_local_tenant_refuses_what_graph_refuses(teams, changes, status):
    body = {
        "topic": {"source": "text", "value": "t", "webUrl": "https://teams.microsoft.com/l/x"},
        "activityType": "hubNews",
        "templateParameters": [{"name": "headline", "value": "h"}],
        "previewText": {"content": "p"},
    } | changes
    count = body.pop("recipients", 3)
    body["recipients"] = [
        {"@odata.type": "microsoft.graph.aadUserNotificationRecipient", "userId": str(uuid4())}
        for _ in range(count)
    ]
    from bot.teams.credentials import DEVELOPMENT_TOKEN

    async with teams.http.post(
        f"{teams.tenant.url}/v1.0/teamwork/sendActivityNotificationToRecipients",
        json=body,
        headers={"Authorization": f"Bearer {DEVELOPMENT_TOKEN}"},
    ) as answer:
        assert answer.status == status


async def test_the_local_tenant_rings_for_nobody_without_the_app(teams):
    from bot.teams.credentials import DEVELOPMENT_TOKEN

    who = teams.teacher.person.object_id
    async with teams.http.post(
        f"{teams.tenant.url}/v1.0/users/{who}/teamwork/sendActivityNotification",
        json={
            "topic": {"source": "text", "value": "t", "webUrl": "https://teams.microsoft.com/l/x"},
            "activityType": "hubNews",
            "templateParameters": [{"name": "headline", "value": "h"}],
        },
        headers={"Authorization": f"Bearer {DEVELOPMENT_TOKEN}"},
    ) as answer:
        assert answer.status == 403
    assert cards_in(teams.teacher) == []
