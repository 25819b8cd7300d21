"""Whatever a client sends: a clear answer, no 5xx, nothing lost, and never a dead end."""

import io
import json
import os

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests.people import Shown, teams_running

#: How many made-up activities to send; by hand, SENDHUB_FUZZ=10000.
FUZZ = int(os.environ.get("SENDHUB_FUZZ", "300"))


@pytest.fixture
async def teams(tmp_path, clock, trust):
    url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
    async with teams_running(url, clock, trust) as running:
        yield running


async def raw(teams, body: bytes, content_type="application/json"):
    headers = {"Content-Type": content_type} if content_type else {}
    skipped = () if content_type else ("Content-Type",)
    address = f"{teams.url}/api/messages"
    async with teams.http.post(
        address, data=io.BytesIO(body), headers=headers, skip_auto_headers=skipped
    ) as answer:
        return answer.status, await answer.text()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{not json", "application/json", 400),
        (b"", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"null", "application/json", 400),
        (b"\xff\xfe{}", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"type": 5}', "application/json", 400),
        (b'{"type": "message"}', "application/json", 400),
        (b"x" * 5 * 1024 * 1024, "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"{}", "", 415),
    ],
    ids=[
        "broken",
        "empty",
        "list",
        "null",
        "bytes",
        "deep",
        "number",
        "bare",
        "5 MB",
        "text",
        "no",
    ],
)
async def test_a_malformed_request_is_told_so(teams, body, content_type, status):
    answered, text = await raw(teams, body, content_type)

    assert answered == status
    assert json.loads(text)["error"]["message"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_a_wrong_method_is_told_so(teams, method):
    async with teams.http.request(method, f"{teams.url}/api/messages") as answer:
        assert answer.status == 405


TEXTS = {
    "20,000 characters": "help me " * 2500,
    "right to left": "هل هناك عيادات قادمة؟",
    "emoji": "🎒🦔👩🏽‍🏫",
    "nothing but spaces": "   ",
    "zero width": "\u200b\u200d\u2060",
    "control characters": "hi\u0000\u0007 there",
    "a lone surrogate": "hi \ud83d there",
    "markup": "<at>SEND Hub</at> <script>alert(1)</script>",
    "sql": "'; DROP TABLE bookings; --",
    "format": "{0.__class__} %s %n",
    "another language": "quand est la prochaine réunion ?",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
async def test_any_text_gets_a_kind_answer_with_a_way_on(teams, text):
    teacher = teams.teacher
    before = len(teacher.chat)

    status, _ = await teacher.sends(type="message", text=text)

    assert status in {200, 400}
    if status == 200:
        assert len(teacher.chat) > before
        assert teacher.reads().buttons
    assert "You're booked" in (await teacher.says("book me on the next clinic")).words


PRESSES = {
    "made-up session": {
        "verb": "book",
        "data": {"session": "5a0f8c1e-0000-4000-8000-000000000000"},
    },
    "no uuid": {"verb": "book", "data": {"session": "first one please"}},
    "a list": {"verb": "book", "data": {"session": ["x", {"y": 1}]}},
    "no data": {"verb": "give-up"},
    "data of words": {"verb": "give-up", "data": "please"},
    "unknown verb": {"verb": "make-me-lead", "data": {}},
    "verb of numbers": {"verb": 7, "data": {}},
    "verb of lists": {"verb": ["book"], "data": {}},
    "far page": {"verb": "whats-on", "data": {"page": "999", "tier": "4"}},
    "odd page": {"verb": "whats-on", "data": {"page": "-1", "tier": "99"}},
    "null": None,
}


@pytest.mark.parametrize("action", PRESSES.values(), ids=list(PRESSES))
async def test_a_button_with_odd_data_changes_nothing_and_leads_on(teams, action):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")

    status, body = await teacher.sends(
        type="invoke", name="adaptiveCard/action", value={"action": action}
    )

    assert (status, body["statusCode"]) == (200, 200)
    assert Shown(body["value"]).buttons
    assert "Confirmed" in (await teacher.says("my bookings")).words


@pytest.mark.parametrize("value", [None, "x", [], {}, {"action": []}])
async def test_an_invoke_with_no_or_odd_value_is_answered(teams, value):
    for name in ("adaptiveCard/action", "composeExtension/query", "task/fetch", "nobody/knows"):
        status, _ = await teams.teacher.sends(type="invoke", name=name, value=value)
        assert status < 500


async def test_kinds_of_activity_that_need_no_answer_get_none(teams):
    teacher = teams.teacher
    for kind in ("typing", "messageReaction", "messageUpdate", "event", "trace", "florble"):
        assert (await teacher.sends(type=kind))[0] < 300
    assert teacher.chat == []


async def test_somebody_elses_booking_cannot_be_given_up(teams):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    booking = teacher.last.button("Give up my place")["data"]["booking"]

    refused = await teams.senco.acts("give-up", booking=booking)

    assert "isn't there any more" in refused.words
    assert "Confirmed" in (await teacher.says("my bookings")).words


leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.floats()
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
KINDS = (
    "message",
    "invoke",
    "conversationUpdate",
    "installationUpdate",
    "messageReaction",
    "event",
)
FIELDS = ("text", "value", "name", "from", "recipient", "conversation", "channelData", "entities")
MORE = (
    "attachments",
    "membersAdded",
    "action",
    "id",
    "timestamp",
    "serviceUrl",
    "replyToId",
    "locale",
)
odd = st.dictionaries(st.sampled_from(FIELDS + MORE), anything, max_size=3)


async def test_no_made_up_activity_ends_in_a_5xx_or_a_dead_end(teams):
    sent = []

    @trying(
        max_examples=FUZZ, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(st.sampled_from(KINDS), odd)
    def collect(kind, fields):
        sent.append({"type": kind, "text": "hi", **fields})

    collect()
    teacher = teams.teacher
    for fields in sent:
        body = json.dumps(teacher.activity(**fields)).encode()
        status, _ = await raw(teams, body)
        assert status < 500, body
    assert "What would you like to do?" in (await teacher.says("hi")).words
