"""The way of one request: a turn at a time, and each activity once. HTTP in, HTTP out."""

import asyncio

from botbuilder.core.invoke_response import InvokeResponse
from botbuilder.core.teams import TeamsInfo
from botbuilder.schema import ConversationReference

from tests.edges.bots import invoke_response
from tests.edges.microsoft import APP_ID, TENANT


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
