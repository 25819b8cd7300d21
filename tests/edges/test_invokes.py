"""Presses, searches and tasks: what the handler gives is what Teams gets."""

import pytest
from botbuilder.core import ActivityHandler
from botbuilder.core.invoke_response import InvokeResponse
from botbuilder.schema import AdaptiveCardInvokeResponse
from botbuilder.schema.teams import (
    MessagingExtensionResponse,
    MessagingExtensionResult,
    TaskModuleMessageResponse,
    TaskModuleResponse,
)
from microsoft_teams.cards import AdaptiveCard, TextBlock

from tests.edges.bots import invoke_response

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
