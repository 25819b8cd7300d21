"""Giving up a place by typing: are you sure, and why, in one answer."""

import re
from uuid import UUID

from botbuilder.dialogs import (
    ComponentDialog,
    Dialog,
    DialogTurnResult,
    WaterfallDialog,
    WaterfallStepContext,
)

from cards.greeting import notice_card
from dialogs import places
from dialogs.desk import Desk
from dialogs.hopes import PERSON
from dialogs.replies import say
from hub.people import Person

DIALOG_ID = places.GIVE_UP
YES = re.compile(
    r"^\W*(y|yes|yeah|yep|yup|ok|okay|sure|confirm|do it|go ahead|please do)\b[\s,.:!-]*",
    re.IGNORECASE,
)
NO = re.compile(r"^\W*(n|no|nope|nah|keep( it)?|don'?t|leave it|not? now)\b", re.IGNORECASE)


class GiveUpPlace(ComponentDialog):
    """Takes a typed yes (with a reason, if any) or no to the question that a card has asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(DIALOG_ID)
        self._desk = desk
        self.add_dialog(WaterfallDialog("steps", [self.listen, self.act]))
        self.initial_dialog_id = "steps"

    async def listen(self, step: WaterfallStepContext) -> DialogTurnResult:
        """Wait for the answer."""
        step.values["booking"] = step.options["booking"]
        return Dialog.end_of_turn

    async def act(self, step: WaterfallStepContext) -> DialogTurnResult:
        """Free the place on a yes, keep it on a no, and ask again on anything else."""
        person: Person = step.context.turn_state[PERSON]
        booking_id = UUID(step.values["booking"])
        said = step.context.activity.text or ""
        if yes := YES.match(said):
            reason = said[yes.end() :]
            await say(step.context, await places.give_up(self._desk, person, booking_id, reason))
            return await step.end_dialog()
        if NO.match(said):
            await say(step.context, await places.show_booking(self._desk, person, booking_id))
            return await step.end_dialog()
        await say(
            step.context,
            notice_card(
                "Shall I give it up?",
                "Say “yes” or “no”, or press a button above. Your place is safe until you say yes.",
            ),
        )
        return await step.replace_dialog("steps", {"booking": step.values["booking"]})
