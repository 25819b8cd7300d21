"""Calling off a school meeting by typing: are you sure, and why, in one answer."""

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
from dialogs import school_meeting
from dialogs.desk import Desk
from dialogs.give_up_place import NO, YES
from dialogs.hopes import PERSON
from dialogs.replies import say
from hub.people import Person

DIALOG_ID = school_meeting.CALL_OFF
#: The rest of the button's title, when somebody types that.
_TITLE = re.compile(r"^call it off\b[\s,.:!-]*", re.IGNORECASE)


class CallOffMeeting(ComponentDialog):
    """Takes a typed yes (with a reason, if any) or no to the question that a card has asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(DIALOG_ID)
        self._desk = desk
        self.add_dialog(WaterfallDialog("steps", [self.listen, self.act]))
        self.initial_dialog_id = "steps"

    async def listen(self, step: WaterfallStepContext) -> DialogTurnResult:
        """Wait for the answer."""
        step.values["session"] = step.options["session"]
        return Dialog.end_of_turn

    async def act(self, step: WaterfallStepContext) -> DialogTurnResult:
        """Call it off on a yes, leave it on a no, and ask again on anything else."""
        person: Person = step.context.turn_state[PERSON]
        session_id = UUID(step.values["session"])
        said = step.context.activity.text or ""
        if yes := YES.match(said):
            why = _TITLE.sub("", said[yes.end() :])
            card = await school_meeting.call_off(self._desk, person, session_id, why)
        elif NO.match(said):
            card = await school_meeting.show_meeting(self._desk, person, session_id)
        else:
            words = "Say “yes” or “no”, or press a button above. It stands until you say yes."
            await say(step.context, notice_card("Shall I call it off?", words))
            return await step.replace_dialog("steps", {"session": step.values["session"]})
        await say(step.context, card)
        return await step.end_dialog()
