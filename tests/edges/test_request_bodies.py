"""What a client can send wrong: refused with 4xx, never answered with 5xx."""

import asyncio
import json
import zlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from bot.teams import inbound
from bot.teams.inbound import LARGEST_BODY


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe{}",
        b'{"type": "mess\xe9"}',
        b"[" * 100_000,
        b'{"type": "message"}',
        b'{"type": "", "conversation": {"id": "c"}}',
    ],
)
async def test_a_malformed_body_is_the_senders_mistake(local_bot, body):
    status, answer = await local_bot.hears(body, token=None)

    assert status == 400
    assert answer["error"]["message"]
    assert local_bot.turns == []


@pytest.mark.parametrize(
    "value", [b"NaN", b"-Infinity", b"1e999", b"9" * 5000, b"[" * 900 + b"]" * 900]
)
async def test_a_value_that_nobody_could_store_is_the_senders_mistake(local_bot, value):
    rest = json.dumps(local_bot.activity()).encode()[1:]

    status, _ = await local_bot.hears(b'{"value": ' + value + b", " + rest, token=None)

    assert (status, local_bot.turns) == (400, [])


@pytest.mark.parametrize(
    "change",
    [
        {"type": 5},
        {"type": None},
        {"text": 5},
        {"from": "teacher"},
        {"from": None},
        {"from": {"id": 7}},
        {"from": {"id": ""}},
        {"recipient": []},
        {"conversation": None},
        {"conversation": {"id": None}},
        {"conversation": {"id": "c", "isGroup": "yes"}},
        {"conversation": {"id": "c", "tenantId": 7}},
        {"conversation": {"id": "c" * 513}},
        {"conversation": {"id": "c\n"}},
        {"id": "\u0000"},
        {"id": 12},
        {"timestamp": "yesterday"},
        {"timestamp": {}},
        {"entities": {}},
        {"entities": [None]},
        {"entities": ["mention"]},
        {"attachments": [{"contentType": []}]},
        {"membersAdded": [{"id": {}}]},
        {"suggestedActions": {"actions": [5]}},
        {"relatesTo": {"conversation": "c"}},
        {"semanticAction": {"entities": {"a": 1}}},
        {"textHighlights": [{"occurrence": "1"}]},
        {"serviceUrl": "http://127.0.0.1/" + "a" * 3000},
        {"locale": "e" * 600},
    ],
    ids=str,
)
async def test_a_field_of_the_wrong_shape_is_the_senders_mistake(local_bot, change):
    status, answer = await local_bot.hears(local_bot.activity(**change), token=None)

    assert (status, local_bot.turns) == (400, [])
    assert set(answer["error"]) == {"code", "message"}


async def test_a_body_too_large_is_refused_without_being_read_whole(local_bot, refusals):
    for size in (LARGEST_BODY + 1, 5 * 1024 * 1024):
        status, _ = await local_bot.hears(b" " * size, token=None)
        assert status == 400

    assert refusals("too_large") == 2


async def test_a_body_too_large_without_a_length_is_refused_too(local_bot, session, refusals):
    async def endless():
        for _ in range(40):
            yield b" " * 10_000

    address = f"{local_bot.url}/api/messages"
    headers = {"Content-Type": "application/json"}
    async with session.post(address, data=endless(), headers=headers) as answer:
        assert answer.status == 400
    assert refusals("too_large") == 1


async def test_a_compressed_body_is_refused_before_it_can_unfold(local_bot):
    bomb = zlib.compress(b" " * 10_000_000)

    status, _ = await local_bot.hears(bomb, token=None, **{"Content-Encoding": "deflate"})

    assert status == 415


async def test_a_body_that_never_ends_is_not_waited_for(local_bot, monkeypatch):
    monkeypatch.setattr(inbound, "BODY_WITHIN", timedelta(milliseconds=50))
    host, port = local_bot.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b'Content-Length: 500\r\n\r\n{"type": '
    )
    answer = await reader.read(12)
    writer.close()

    assert answer == b"HTTP/1.1 408"
    assert local_bot.turns == []


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "", None])
async def test_another_content_type_is_refused(local_bot, session, content_type):
    headers = {} if content_type is None else {"Content-Type": content_type}
    skip = {"Content-Type"} if content_type is None else None
    address = f"{local_bot.url}/api/messages"
    body = json.dumps(local_bot.activity()).encode()
    async with session.post(address, data=body, headers=headers, skip_auto_headers=skip) as answer:
        assert answer.status == 415


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_another_method_is_refused(local_bot, session, method):
    async with session.request(method, f"{local_bot.url}/api/messages") as answer:
        assert answer.status == 405
        assert answer.headers["Allow"] == "POST"


async def test_an_activity_of_an_unknown_type_is_taken_and_nothing_done(local_bot):
    for kind in ("somethingNew", "invokeResponse", "delay", "trace"):
        assert await local_bot.hears(local_bot.activity(type=kind), token=None) == (200, None)

    assert local_bot.turns == []


@pytest.mark.parametrize("kind", ["typing", "messageReaction", "messageUpdate", "event"])
async def test_quiet_activities_reach_the_bot(local_bot, kind):
    status, _ = await local_bot.hears(local_bot.activity(type=kind), token=None)

    assert (status, [turn.type for turn in local_bot.turns]) == (200, [kind])


async def test_text_reaches_the_bot_without_what_databases_refuse(local_bot):
    odd = rb'{"text": "a\u0000b\ud800c", "value": {"k\u0000": ["\udfff"]}, '
    rest = json.dumps(local_bot.activity(text=None, value=None)).encode()[1:]

    status, _ = await local_bot.hears(odd + rest, token=None)

    assert status == 200
    assert local_bot.turns[0].text == "ab\ufffdc"
    assert local_bot.turns[0].value == {"k": ["\ufffd"]}


async def test_the_sdk_finds_every_field_it_takes_for_granted(local_bot):
    entities = [{"type": None}, {"type": "mention"}, {"type": "clientInfo", "locale": "en-GB"}]
    fields = local_bot.activity(recipient=None, entities=entities, timestamp="2026-11-24T09:00:00")

    await local_bot.hears(fields, token=None)

    (turn,) = local_bot.turns
    assert turn.recipient.id is None
    assert [entity.type for entity in turn.entities] == ["clientInfo"]
    assert turn.conversation.tenant_id == fields["conversation"]["tenantId"]
    assert turn.timestamp.tzinfo is not None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    [
        "type",
        "id",
        "timestamp",
        "localTimestamp",
        "channelId",
        "from",
        "conversation",
        "recipient",
        "text",
        "entities",
        "attachments",
        "channelData",
        "value",
        "name",
        "membersAdded",
        "replyToId",
        "locale",
        "suggestedActions",
        "relatesTo",
        "deliveryMode",
        "listenFor",
        "textHighlights",
        "semanticAction",
        "code",
        "additionalProperties",
        "callerId",
        "action",
        "reactionsAdded",
        "summary",
    ]
)


@trying(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    changes=st.dictionaries(FIELDS, JSON, max_size=4),
    party=st.sampled_from(["from", "conversation", "recipient", "channelData"]),
    inside=st.dictionaries(st.sampled_from(["id", "name", "tenantId", "tenant", "role"]), JSON),
)
async def test_nothing_a_client_can_send_is_answered_with_5xx(local_bot, changes, party, inside):
    fields = local_bot.activity() | changes | {party: inside}

    status, _ = await local_bot.hears(json.dumps(fields).encode(), token=None)

    assert status in {200, 400}
