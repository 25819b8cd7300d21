"""A turn that fails: said kindly, counted, and found again in the log."""

import asyncio

import pytest
from botbuilder.core.invoke_response import InvokeResponse
from prometheus_client import REGISTRY

from tests.edges.bots import invoke_response


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
