"""What happens to a turn: who is it, what kind, then the conversation or the button."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from botbuilder.core import ConversationState, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes
from microsoft_teams.cards import AdaptiveCard

from bot.teams import message_extension
from bot.teams.card_actions import CARD_ACTION, press_from
from bot.teams.identity import Membership, is_personal, is_with_the_bot_alone, whose_turn
from bot.teams.invoke_answers import NOT_KNOWN, words_for
from bot.teams.state_storage import StateStorage
from cards.as_sent import CARD_CONTENT_TYPE, as_json
from cards.greeting import notice_card
from cards.guarded import guarded_in_public_card
from dialogs import in_public, introduction
from dialogs.answer import PublicAnswer, not_understood
from dialogs.conversation import Conversation
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from dialogs.presses import act
from dialogs.replies import reply, say
from hub.people import Person
from hub.understanding import Guarded

#: Longer than anything somebody types in a hurry; longer text gets a kind answer instead.
LONGEST_MESSAGE = 2000
EMULATOR = "emulator"


class SendHubBot:
    """Takes each turn from the adapter. ``wake`` tells delivery that something may be owed."""

    def __init__(self, desk: Desk, membership: Membership, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._membership = membership
        self._wake = wake
        state = ConversationState(StateStorage(desk.database, desk.now))
        self._conversation = Conversation(desk, state)

    async def __call__(self, context: TurnContext) -> None:
        """Answer one turn, whatever it is."""
        activity = context.activity
        # The SDK keeps state by channel; not every emulator names one.
        activity.channel_id = activity.channel_id or EMULATOR
        person = await whose_turn(self._desk, self._membership, activity)
        match activity.type:
            case ActivityTypes.message:
                await self._message(context, person)
            case ActivityTypes.invoke:
                await self._invoke(context, person)
            case ActivityTypes.conversation_update | ActivityTypes.installation_update:
                await self._arrival(context, person)
        self._wake()

    async def _message(self, context: TurnContext, person: Person | None) -> None:
        activity = context.activity
        text = _typed(TurnContext.remove_recipient_mention(activity) or activity.text or "")
        if person is None:
            await say(context, _nobody())
        elif guarded := await _seen_in(self._desk, activity, text):
            await self._hold_back(context, person, guarded)
        elif not text:
            await say(context, _no_words())
        elif not is_personal(activity):
            meaning = self._desk.reader.understand(text)
            await say(context, await in_public.hear(self._desk, person, meaning))
        elif len(text) > LONGEST_MESSAGE:
            await say(context, _too_long())
        else:
            activity.text = text
            await self._conversation.hear(context, person, text)

    async def _hold_back(self, context: TurnContext, person: Person, guarded: Guarded) -> None:
        if is_personal(context.activity):
            await self._conversation.hold_back(context, person, guarded)
        else:
            await say(context, guarded_in_public_card(guarded))

    async def _invoke(self, context: TurnContext, person: Person | None) -> None:
        activity = context.activity
        if activity.name == CARD_ACTION:
            shown = await self._pressed(context, person) if person else _nobody()
            body = _press_answer(shown)
        elif activity.name == message_extension.QUERY and person:
            body = await message_extension.answer(self._desk, person, activity.value)
        else:
            body = words_for(activity.name, NOT_KNOWN).body
        await _answer(context, HTTPStatus.OK, body)

    async def _pressed(self, context: TurnContext, person: Person) -> PublicAnswer:
        press = press_from(context.activity.value)
        if press is None:
            return not_understood().card
        if not await is_with_the_bot_alone(self._desk, person, context.activity):
            return await in_public.act(self._desk, person, press)
        answer = await act(self._desk, person, press)
        await self._conversation.pressed(context, person, answer)
        return answer.card

    async def _arrival(self, context: TurnContext, person: Person | None) -> None:
        """Welcome a person once, when the app is installed for them."""
        activity = context.activity
        if not _somebody_came(activity):
            return
        if not is_personal(activity):
            await say(context, _hello_team())
        elif person and (welcome := await introduction.welcome(self._desk, person)):
            await say(context, welcome)


async def _seen_in(desk: Desk, activity: Activity, text: str) -> Guarded | None:
    """What must not be kept of a message: its words, or what a file in it is called."""
    for words in (text, *(str(each.name) for each in activity.attachments or [] if each.name)):
        if guarded := await seen_in(desk, words):
            return guarded
    return None


def _typed(text: str) -> str:
    """What was typed, with the plain apostrophes of a keyboard for those that phones put in."""
    return re.sub("[’‘]", "'", text).strip()


def _somebody_came(activity: Activity) -> bool:
    if activity.type == ActivityTypes.installation_update:
        return str(activity.action or "add").startswith("add") and is_personal(activity)
    added = {member.id for member in activity.members_added or []}
    if is_personal(activity):
        return bool(added)
    return bool(activity.recipient and activity.recipient.id in added)


def _press_answer(shown: PublicAnswer) -> dict[str, Any] | None:
    if isinstance(shown, str):
        return words_for(CARD_ACTION, shown).body
    return {"statusCode": 200, "type": CARD_CONTENT_TYPE, "value": as_json(shown)}


async def _answer(context: TurnContext, status: int, body: Any) -> None:
    value = InvokeResponse(status=int(status), body=body)
    await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=value))


def apology(reference: str) -> Activity:
    """What a person reads when a turn failed: nothing is lost, and what to quote."""
    return reply(
        notice_card(
            "Sorry, something went wrong at my end",
            "Nothing you booked is lost. Please try again in a minute.",
            f"If it happens again, tell the Trust SEND Lead this reference: {reference}",
        )
    )


def _nobody() -> AdaptiveCard:
    return notice_card(
        "I can't tell who you are",
        "Please open me in Teams with your work account and try again.",
    )


def _no_words() -> AdaptiveCard:
    return notice_card(
        "I can only read words",
        "I can't open pictures, files or stickers. Try “any clinics coming up?”.",
    )


def _too_long() -> AdaptiveCard:
    return notice_card(
        "That's rather a lot for me",
        "Could you say it in a sentence or two? Try “any clinics coming up?”.",
    )


def _hello_team() -> AdaptiveCard:
    return notice_card(
        "Hello, I'm the SEND Hub assistant",
        "Ask me here what's on. For bookings, open a chat with me so that they stay private.",
    )
