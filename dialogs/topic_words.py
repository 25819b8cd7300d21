"""After "suggest a topic": what would you like a clinic on? One line, typed."""

from uuid import uuid4

from botbuilder.dialogs import (
    ComponentDialog,
    Dialog,
    DialogTurnResult,
    WaterfallDialog,
    WaterfallStepContext,
)

from dialogs import topics
from dialogs.desk import Desk
from dialogs.hopes import PERSON
from dialogs.replies import say
from hub.people import Person

DIALOG_ID = topics.TOPIC_WORDS


class TopicWords(ComponentDialog):
    """Waits for a topic in words; the card has asked already."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(DIALOG_ID)
        self._desk = desk
        self.add_dialog(WaterfallDialog("steps", [self.listen, self.keep]))
        self.initial_dialog_id = "steps"

    async def listen(self, step: WaterfallStepContext) -> DialogTurnResult:
        """Wait for words."""
        del step
        return Dialog.end_of_turn

    async def keep(self, step: WaterfallStepContext) -> DialogTurnResult:
        """Keep the topic, or offer to support the same one."""
        person: Person = step.context.turn_state[PERSON]
        words = step.context.activity.text or ""
        answer = await topics.propose(self._desk, person, words, uuid4())
        await say(step.context, answer.card)
        return await step.end_dialog()
