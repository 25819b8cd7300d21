"""The way of one request: bodies, turns, repetitions, invokes, failures. HTTP in, HTTP out."""

import asyncio
import json
import zlib
from datetime import timedelta

import pytest
from botbuilder.core import ActivityHandler
from botbuilder.core.invoke_response import InvokeResponse
from botbuilder.core.teams import TeamsInfo
from botbuilder.schema import Activity, AdaptiveCardInvokeResponse, ConversationReference
from botbuilder.schema.teams import (
    MessagingExtensionResponse,
    MessagingExtensionResult,
    TaskModuleMessageResponse,
    TaskModuleResponse,
)
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from microsoft_teams.cards import AdaptiveCard, TextBlock
from prometheus_client import REGISTRY

from bot.teams import inbound
from bot.teams.inbound import LARGEST_BODY

APP_ID = "5a0f8c1e-0000-4000-8000-00000000b070"
TENANT = "7e0a0000-0000-4000-8000-000000000001"


async def test_a_message_is_answered_in_its_own_conversation(bot, teams_service):
    status, _ = await bot.hears(bot.activity("hello", id="m1"))

    assert status == 200
    (call,) = teams_service.calls
    assert (call.method, call.path) == ("POST", "/v3/conversations/a%3Achat/activities/m1")
    assert call.body["text"] == "You said hello"
    assert call.token == "outbound-1"


async def test_an_emulator_may_leave_out_what_only_teams_knows(local_bot, teams_service):
    bare = {
        "type": "message",
        "serviceUrl": teams_service.url,
        "from": {"id": "user-1"},
        "conversation": {"id": "c1"},
        "text": "hello",
    }

    assert await local_bot.hears(bare, token=None) == (200, None)
    assert teams_service.heard() == ["You said hello"]


# --- what a client can send wrong -------------------------------------------------------------


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


# --- one turn at a time, and each activity once -------------------------------------------------


async def test_an_activity_that_comes_again_changes_nothing(bot, teams_service):
    activity = bot.activity("book it")

    answers = [await bot.hears(activity) for _ in range(3)]

    assert answers == [(200, None)] * 3
    assert teams_service.heard() == ["You said book it"]


async def test_a_repetition_waits_for_its_twin_and_gets_the_same_answer(bot):
    began, may_end = asyncio.Event(), asyncio.Event()

    async def answer_slowly(context):
        began.set()
        await may_end.wait()
        await context.send_activity(invoke_response(InvokeResponse(200, {"turn": len(bot.turns)})))

    bot.does = answer_slowly
    press = bot.activity(type="invoke", name="adaptiveCard/action", value={})

    first = asyncio.create_task(bot.hears(press))
    await began.wait()
    second = asyncio.create_task(bot.hears(press))
    await asyncio.sleep(0.05)
    assert not second.done()
    may_end.set()

    assert await first == await second == (200, {"turn": 1})


async def test_activities_without_an_id_are_never_taken_for_repetitions(local_bot, teams_service):
    for _ in range(2):
        await local_bot.hears(local_bot.activity("hello", id=None), token=None)

    assert teams_service.heard() == ["You said hello"] * 2


async def test_an_edit_is_not_taken_for_the_message_whose_id_it_has(bot):
    await bot.hears(bot.activity(id="m1"))
    for minute in ("00", "01", "01"):
        edited_at = f"2026-11-24T09:{minute}:00Z"
        await bot.hears(bot.activity(id="m1", type="messageUpdate", timestamp=edited_at))
    await bot.hears(bot.activity(id="m1", type="messageDelete"))

    kinds = ["message", "messageUpdate", "messageUpdate", "messageDelete"]
    assert [turn.type for turn in bot.turns] == kinds


async def test_turns_of_one_conversation_follow_each_other_and_others_do_not_wait(bot):
    running: list[str] = []
    together: list[int] = []

    async def note(context):
        running.append(context.activity.conversation.id)
        together.append(running.count(context.activity.conversation.id))
        assert len(running) <= 2
        await asyncio.sleep(0.02)
        running.remove(context.activity.conversation.id)

    bot.does = note
    chats = [{"id": chat, "tenantId": TENANT} for chat in ("a", "b")]

    await asyncio.gather(*(bot.hears(bot.activity(conversation=chats[n % 2])) for n in range(8)))

    assert together == [1] * 8


async def test_a_turn_finishes_though_its_caller_went_away(bot, teams_service):
    began, may_end = asyncio.Event(), asyncio.Event()

    async def answer_slowly(context):
        began.set()
        await may_end.wait()
        await context.send_activity("done")

    bot.does = answer_slowly
    caller = asyncio.create_task(bot.hears(bot.activity()))
    await began.wait()
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    await asyncio.sleep(0.02)
    may_end.set()
    await bot.adapter.finish()

    assert teams_service.heard() == ["done"]


# --- invokes ------------------------------------------------------------------------------------


def invoke_response(value) -> Activity:
    return Activity(type="invokeResponse", value=value)


SAID = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Done"}
CARD = "application/vnd.microsoft.card.adaptive"
FOUND = {"composeExtension": {"type": "message", "text": "Nothing found"}}
TASK = {"task": {"type": "message", "value": "Thank you"}}


def typed(card_text: str) -> AdaptiveCard:
    return AdaptiveCard(body=[TextBlock(text=card_text)])


@pytest.mark.parametrize(
    ("name", "answer", "expected"),
    [
        (
            "adaptiveCard/action",
            InvokeResponse(
                200,
                AdaptiveCardInvokeResponse(status_code=200, type=SAID["type"], value="Done"),
            ),
            SAID,
        ),
        ("adaptiveCard/action", InvokeResponse(200, SAID), SAID),
        ("adaptiveCard/action", {"status": 200, "body": SAID}, SAID),
        ("adaptiveCard/action", SAID, SAID),
        (
            "composeExtension/query",
            InvokeResponse(
                200,
                MessagingExtensionResponse(
                    compose_extension=MessagingExtensionResult(type="message", text="Nothing found")
                ),
            ),
            FOUND,
        ),
        (
            "task/fetch",
            InvokeResponse(
                200, TaskModuleResponse(task=TaskModuleMessageResponse(value="Thank you"))
            ),
            TASK,
        ),
    ],
    ids=["sdk model", "dictionary", "status and body", "bare body", "search", "task"],
)
async def test_an_invoke_is_answered_with_what_the_handler_gave(bot, name, answer, expected):
    async def handle(context):
        await context.send_activity(invoke_response(answer))

    bot.does = handle

    assert await bot.hears(bot.activity(type="invoke", name=name, value={})) == (200, expected)


async def test_a_typed_card_inside_an_answer_becomes_json(bot):
    async def handle(context):
        body = SAID | {"value": typed("Booked")}
        await context.send_activity(invoke_response(InvokeResponse(200, body)))

    bot.does = handle
    _, answer = await bot.hears(bot.activity(type="invoke", name="adaptiveCard/action"))

    assert answer["value"]["body"] == [{"type": "TextBlock", "text": "Booked"}]


class StockHandler(ActivityHandler):
    """What the SDK's own handler does with a press on a card."""

    async def on_adaptive_card_invoke(self, turn_context, invoke_value):
        return AdaptiveCardInvokeResponse(
            status_code=200, type=CARD, value={"type": "AdaptiveCard", **invoke_value.action}
        )


async def test_the_sdks_own_handler_can_answer_a_press(bot):
    bot.does = StockHandler().on_turn
    press = {"action": {"type": "Action.Execute", "verb": "book"}}

    status, answer = await bot.hears(
        bot.activity(type="invoke", name="adaptiveCard/action", value=press)
    )

    assert (status, answer["statusCode"], answer["type"]) == (200, 200, CARD)
    assert answer["value"]["verb"] == "book"


@pytest.mark.parametrize("value", [None, "text", [], {"action": None}, {"action": 5}, {"a": {}}])
@pytest.mark.parametrize(
    "name", ["adaptiveCard/action", "composeExtension/query", "task/fetch", "unheard/of", None]
)
async def test_an_invoke_nobody_handles_gets_words_and_never_5xx(bot, name, value):
    bot.does = StockHandler().on_turn

    status, answer = await bot.hears(bot.activity(type="invoke", name=name, value=value))

    assert status in {200, 400}
    assert answer


async def test_replies_can_be_expected_in_the_answer(bot, teams_service):
    status, answer = await bot.hears(bot.activity("hello", deliveryMode="expectReplies"))

    assert status == 200
    assert [each["text"] for each in answer["activities"]] == ["You said hello"]
    assert teams_service.calls == []


async def test_an_invoke_may_expect_replies_too(bot):
    async def handle(context):
        await context.send_activity(invoke_response(InvokeResponse(200, SAID)))

    bot.does = handle
    press = bot.activity(type="invoke", name="adaptiveCard/action", deliveryMode="expectReplies")

    _, answer = await bot.hears(press)

    assert answer["activities"][0]["value"] == {"status": 200, "body": SAID}


# --- failures -----------------------------------------------------------------------------------


def failures_of(kind: str) -> float:
    return REGISTRY.get_sample_value("sendhub_turn_failures_total", {"type": kind}) or 0


async def break_down(_context):
    raise LookupError("a bug")


async def test_a_failed_turn_gives_the_person_the_reference_that_is_in_the_log(
    bot, teams_service, logged
):
    bot.does = break_down
    before = failures_of("message")

    status, _ = await bot.hears(bot.activity())

    (apology,) = teams_service.heard()
    (entry,) = [entry for entry in logged if entry["event"] == "turn failed"]
    assert status == 200
    assert f"Reference {entry['reference']}." in apology
    assert len(entry["reference"]) == 8
    assert isinstance(entry["exc_info"], LookupError)
    assert failures_of("message") == before + 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("adaptiveCard/action", lambda answer: answer["value"]),
        ("task/submit", lambda answer: answer["task"]["value"]),
        ("composeExtension/query", lambda answer: answer["composeExtension"]["text"]),
    ],
)
async def test_a_failed_invoke_is_answered_with_words(bot, teams_service, name, words):
    bot.does = break_down

    status, answer = await bot.hears(bot.activity(type="invoke", name=name, value={}))

    assert status == 200
    assert "Reference" in words(answer)
    assert teams_service.calls == []


async def test_an_answer_that_is_no_json_is_answered_with_words(bot):
    async def handle(context):
        await context.send_activity(invoke_response(InvokeResponse(200, {"card": asyncio})))

    bot.does = handle
    status, answer = await bot.hears(bot.activity(type="invoke", name="adaptiveCard/action"))

    assert status == 200
    assert "Reference" in answer["value"]


async def test_a_failed_turn_is_apologised_for_once_however_often_it_comes(bot, teams_service):
    bot.does = break_down
    activity = bot.activity()

    for _ in range(2):
        await bot.hears(activity)

    assert len(teams_service.heard()) == 1
    assert len(bot.turns) == 1


async def test_a_turn_that_failed_in_silence_runs_again(bot, teams_service):
    async def fail_once(context):
        if len(bot.turns) == 1:
            raise LookupError("a bug")
        await context.send_activity("second time lucky")

    bot.does = fail_once
    teams_service.plan = [(500, {}, {})]
    activity = bot.activity()

    assert [await bot.hears(activity) for _ in range(2)] == [(200, None)] * 2
    assert teams_service.heard()[-1] == "second time lucky"


async def test_nothing_is_sent_after_a_reaction_that_failed(bot, teams_service):
    bot.does = break_down

    assert await bot.hears(bot.activity(type="messageReaction")) == (200, None)
    assert teams_service.calls == []


async def test_a_person_who_blocked_the_bot_is_not_written_to_again(bot, teams_service):
    teams_service.plan = [(403, {"error": {"code": "BotDisabledByUser"}}, {})]

    assert await bot.hears(bot.activity()) == (200, None)
    assert len(teams_service.calls) == 1


async def test_a_database_that_is_away_is_apologised_for_and_the_activity_may_come_again(
    bot, teams_service, ledger
):
    ledger.is_broken = True
    activity = bot.activity()
    status, _ = await bot.hears(activity)
    assert status == 200
    assert "Reference" in teams_service.heard()[0]
    assert bot.turns == []

    ledger.is_broken = False
    await bot.hears(activity)
    assert teams_service.heard()[1] == "You said hello"


# --- turns that nobody's activity began ---------------------------------------------------------


async def test_a_proactive_message_answers_no_made_up_activity(bot, teams_service):
    await bot.hears(bot.activity())
    reference = ConversationReference(
        conversation=bot.turns[0].conversation,
        service_url=teams_service.url,
        channel_id="msteams",
        bot=bot.turns[0].recipient,
    )
    teams_service.members = {"id": "29:teacher", "name": "A teacher"}

    async def greet(context):
        member = await TeamsInfo.get_member(context, "29:teacher")
        await context.send_activity(f"Hello {member.name}")

    await bot.adapter.continue_conversation(reference, greet, APP_ID)

    sent = teams_service.calls[-1]
    assert sent.path == "/v3/conversations/a%3Achat/activities"
    assert sent.body["text"] == "Hello A teacher"
    assert "replyToId" not in sent.body
