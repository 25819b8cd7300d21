"""After a booking: what would you like from it? One optional sentence, typed."""

from uuid import UUID

from botbuilder.dialogs import (
    ComponentDialog,
    Dialog,
    DialogTurnResult,
    WaterfallDialog,
    WaterfallStepContext,
)

from dialogs import places
from dialogs.desk import Desk
from dialogs.replies import say
from hub.people import Person

DIALOG_ID = places.HOPES
#: Where the turn's person is kept while its dialogs run.
PERSON = "sendhub.person"


class Hopes(ComponentDialog):
    """Waits for one sentence after a place was booked; the card has asked already."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(DIALOG_ID)
        self._desk = desk
        self.add_dialog(WaterfallDialog("steps", [self.listen, self.keep]))
        self.initial_dialog_id = "steps"

    async def listen(self, step: WaterfallStepContext) -> DialogTurnResult:
        """Remember which booking was asked about, and wait for words."""
        step.values["booking"] = step.options["booking"]
        return Dialog.end_of_turn

    async def keep(self, step: WaterfallStepContext) -> DialogTurnResult:
        """Keep the sentence with the booking and show how it stands."""
        person: Person = step.context.turn_state[PERSON]
        booking_id = UUID(step.values["booking"])
        await say(
            step.context,
            await places.set_hopes(self._desk, person, booking_id, step.context.activity.text),
        )
        return await step.end_dialog()
