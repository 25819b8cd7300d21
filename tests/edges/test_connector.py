"""What leaves the bot for Teams: when it is repeated, and how it fails."""

import socket
from datetime import UTC, datetime, timedelta

import pytest
from botbuilder.core.teams import TeamsInfo
from botbuilder.schema import Activity, ConversationParameters

from bot.teams import connector as connector_room
from bot.teams.chat_sender import ChatSender
from bot.teams.conversations import Conversations
from bot.teams.deliveries import SEND_WITHIN, asked_wait, wait_before
from hub.errors import DeliveryFailed


@pytest.fixture
def conversations(connector, teams_service):
    return Conversations(connector, teams_service.url)


@pytest.fixture
def sender(connector):
    return ChatSender(connector)


def hello() -> Activity:
    return Activity(type="message", text="hello", id="old", reply_to_id="older")


# --- repeating ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [412, 429, 502, 503, 504])
async def test_a_send_that_did_not_happen_is_repeated(conversations, teams_service, waits, status):
    teams_service.plan = [(status, {}, {}), (status, {}, {})]

    sent = await conversations.send_to_conversation("a:chat", hello())

    assert sent.id == "sent-3"
    assert waits == [0.375, 0.75]


async def test_a_wait_the_service_asks_for_is_kept(conversations, teams_service, waits):
    teams_service.plan = [(429, {}, {"Retry-After": "2"})]

    await conversations.send_to_conversation("a:chat", hello())

    assert waits == [2]


async def test_a_wait_too_long_for_a_turn_is_left_to_the_outbox(
    conversations, teams_service, waits
):
    teams_service.plan = [(429, {}, {"Retry-After": "60"})]

    with pytest.raises(DeliveryFailed) as failure:
        await conversations.send_to_conversation("a:chat", hello())

    assert failure.value.retry_after == timedelta(seconds=60)
    assert waits == []
    assert len(teams_service.calls) == 1


async def test_a_send_inside_a_turn_ends_in_time(conversations, teams_service, waits):
    teams_service.plan = [(503, {}, {"Retry-After": "4"})] * 10

    with pytest.raises(DeliveryFailed) as failure:
        await conversations.send_to_conversation("a:chat", hello())

    assert len(teams_service.calls) == 4
    assert timedelta(seconds=sum(waits)) <= SEND_WITHIN
    assert failure.value.retry_after == timedelta(seconds=4)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (403, {"error": {"code": "BotDisabledByUser", "message": "Ada blocked it"}}, "Bot"),
        (404, {"error": {"code": "ConversationNotFound"}}, "ConversationNotFound"),
        (400, {"error": {"code": "BadSyntax"}}, "400"),
        (413, None, "413"),
        (302, {}, "302"),
        (403, {"error": {"code": "Ada Lovelace blocked it"}}, "403"),
        (403, "text", "403"),
    ],
)
async def test_what_waiting_cannot_help_fails_at_once_and_for_good(
    conversations, teams_service, status, body, reason
):
    teams_service.plan = [(status, body, {"Location": "http://evil.example/"})]

    with pytest.raises(DeliveryFailed, match=reason) as failure:
        await conversations.send_to_conversation("a:chat", hello())

    assert failure.value.retry_after is None
    assert "Ada" not in failure.value.reason
    assert len(teams_service.calls) == 1


@pytest.mark.parametrize("status", [200, 403, 404])
async def test_a_proxys_page_is_neither_a_success_nor_the_end(conversations, teams_service, status):
    page = {"Content-Type": "text/html; charset=utf-8"}
    teams_service.plan = [(status, "<html>Web filter</html>", page)]

    with pytest.raises(DeliveryFailed, match="a page came back") as failure:
        await conversations.send_to_conversation("a:chat", hello())

    assert failure.value.retry_after is not None
    assert len(teams_service.calls) == 1


async def test_a_message_whose_answer_was_lost_is_not_sent_twice(conversations, teams_service):
    teams_service.plan = ["cut"]

    with pytest.raises(DeliveryFailed) as failure:
        await conversations.send_to_conversation("a:chat", hello())

    assert failure.value.retry_after is not None
    assert len(teams_service.calls) == 1


async def test_an_update_whose_answer_was_lost_is_repeated(conversations, teams_service):
    teams_service.plan = ["cut", "cut", "cut"]  # more than aiohttp repeats by itself

    sent = await conversations.update_activity("a:chat", "m1", hello())

    assert sent.id == "sent-4"


async def test_a_service_that_cannot_be_reached_is_tried_again(connector, waits):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(DeliveryFailed) as failure:
            await Conversations(connector, nobody).send_to_conversation("a:chat", hello())

    assert len(waits) == 3
    assert failure.value.retry_after is not None


async def test_a_service_that_does_not_answer_is_given_up(
    connector, conversations, authority, monkeypatch
):
    authority.token_delay = 5
    monkeypatch.setattr(connector_room, "SEND_WITHIN", timedelta(milliseconds=100))

    with pytest.raises(DeliveryFailed) as failure:
        await conversations.send_to_conversation("a:chat", hello())

    assert failure.value.retry_after is not None


def test_waits_double_are_spread_and_have_an_end():
    shortest = [wait_before(attempt, None, 0.0) for attempt in range(2, 8)]
    longest = [wait_before(attempt, None, 1.0) for attempt in range(2, 8)]

    assert [each.total_seconds() for each in shortest] == [0.25, 0.5, 1, 2, 2, 2]
    assert [each.total_seconds() for each in longest] == [0.5, 1, 2, 4, 4, 4]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("99999999999999", 6 * 3600),
        ("Tue, 24 Nov 2026 09:00:30 GMT", 30),
        ("Tue, 24 Nov 2026 08:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("٧", None),
        ("", None),
    ],
)
def test_both_forms_of_retry_after_are_read(header, seconds):
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    wait = asked_wait({"Retry-After": header}, now)

    assert wait == (None if seconds is None else timedelta(seconds=seconds))


# --- from the outbox ------------------------------------------------------------------------------


async def test_the_outbox_sends_once_and_answers_nothing(sender, teams_service):
    sent = await sender.send(teams_service.url, "a:chat/1", hello())

    (call,) = teams_service.calls
    assert (sent, call.path) == ("sent-1", "/v3/conversations/a%3Achat%2F1/activities")
    assert call.body == {"type": "message", "text": "hello"}


async def test_the_outbox_decides_itself_when_to_try_again(sender, teams_service, waits):
    teams_service.plan = [(429, {}, {"Retry-After": "3"})]

    with pytest.raises(DeliveryFailed) as failure:
        await sender.send(teams_service.url, "a:chat", {"type": "message", "text": "hello"})

    assert failure.value.retry_after == timedelta(seconds=3)
    assert (len(teams_service.calls), waits) == (1, [])


async def test_the_outbox_can_replace_a_message(sender, teams_service):
    await sender.update(teams_service.url, "a:chat", "m1", hello())

    (call,) = teams_service.calls
    assert (call.method, call.path) == ("PUT", "/v3/conversations/a%3Achat/activities/m1")
    assert call.body["id"] == "m1"


async def test_a_token_never_goes_to_a_host_that_is_not_trusted(sender, authority):
    with pytest.raises(DeliveryFailed) as failure:
        await sender.send("http://evil.example/", "a:chat", hello())

    assert failure.value.retry_after is None
    assert authority.tokens_given == []


# --- what the SDK asks for ------------------------------------------------------------------------


async def test_the_sdk_finds_members_with_what_teams_knows_of_them(conversations, teams_service):
    teams_service.members = {"id": "29:t", "aadObjectId": "o1", "email": "t@school.example"}
    member = await TeamsInfo._get_member(client_of(conversations), "a:chat", "29:t")
    assert (member.aad_object_id, member.email) == ("o1", "t@school.example")

    teams_service.members = [{"id": "29:t", "userPrincipalName": "t@school.example"}]
    (member,) = await TeamsInfo._get_members(client_of(conversations), "a:chat")
    assert member.user_principal_name == "t@school.example"

    teams_service.members = {"continuationToken": "more", "members": [{"id": "29:t"}]}
    page = await TeamsInfo._get_paged_members(client_of(conversations), "a:chat", "token/1", 5)
    assert (page.continuation_token, page.members[0].id) == ("more", "29:t")
    assert teams_service.calls[-1].path.endswith(
        "/pagedmembers?pageSize=5&continuationToken=token%2F1"
    )


def client_of(conversations):
    class Client:
        pass

    client = Client()
    client.conversations = conversations
    return client


async def test_a_roster_that_cannot_be_read_is_a_failed_call(conversations, teams_service):
    teams_service.members = ["text"]

    with pytest.raises(DeliveryFailed):
        await conversations.get_conversation_members("a:chat")


async def test_conversations_can_be_opened_and_messages_taken_back(conversations, teams_service):
    opened = await conversations.create_conversation(ConversationParameters(tenant_id="t1"))
    await conversations.delete_activity("a:chat", "m1")

    first, second = teams_service.calls
    assert (opened.id, first.body) == ("sent-1", {"tenantId": "t1"})
    assert (second.method, second.path) == ("DELETE", "/v3/conversations/a%3Achat/activities/m1")
