"""A question that takes a typed yes (with a reason, if any) or no; asked again on anything else."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from botbuilder.dialogs import (
    ComponentDialog,
    Dialog,
    DialogTurnResult,
    WaterfallDialog,
    WaterfallStepContext,
)
from microsoft_teams.cards import AdaptiveCard

from cards.greeting import notice_card
from dialogs import places, school_meeting
from dialogs.desk import Desk
from dialogs.hopes import PERSON
from dialogs.replies import say
from hub.people import Person

YES = re.compile(
    r"^\W*(y|yes|yeah|yep|yup|ok|okay|sure|confirm|do it|go ahead|please do)\b[\s,.:!-]*",
    re.IGNORECASE,
)
NO = re.compile(
    r"^\W*(n|no|nope|nah|keep( it)?|don'?t(?=\W*$| (give|cancel|call|drop|do|leave)\b)|leave it"
    r"|not? now)\b",
    re.IGNORECASE,
)
#: After a yes or a no: another question, or another wish, and so no answer to this one.
_ASKS = re.compile(
    r"\?\s*$|^\W*((but|and|so) )?(what|when|where|who|how|any|is there|are there|can|show)\b",
    re.IGNORECASE,
)
#: The rest of a button's title, when somebody types that.
_TITLE = re.compile(r"^(call it off|give it up|leave the list)\b[\s,.:!-]*", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """What a card has asked about one thing, and what becomes of the answer."""

    dialog_id: str
    #: Acts for this person on the thing of this id, with the reason that came along.
    on_yes: Callable[[Desk, Person, UUID, str], Awaitable[AdaptiveCard]]
    #: Shows how the thing stands.
    on_no: Callable[[Desk, Person, UUID], Awaitable[AdaptiveCard]]
    #: Asked once more when neither was said; what is safe until then.
    again: tuple[str, str]
    #: What the id is called in the options it is begun with.
    subject: str


QUESTIONS = (
    Question(
        places.GIVE_UP,
        places.give_up,
        places.show_booking,
        ("Shall I give it up?", "Your place is safe until you say yes."),
        "booking",
    ),
    Question(
        school_meeting.CALL_OFF,
        school_meeting.call_off,
        school_meeting.show_meeting,
        ("Shall I call it off?", "It stands until you say yes."),
        "session",
    ),
)
DIALOG_IDS = frozenset(each.dialog_id for each in QUESTIONS)


def is_said_outright(text: str) -> bool:
    """Whether these words are a yes or a no."""
    return bool(_match(YES, text) or _match(NO, text))


def _match(answer: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = answer.match(text)
    return None if found and _ASKS.search(text[found.end() :]) else found


class YesOrNo(ComponentDialog):
    """Listens for the answer to one kind of question that a card has asked."""

    def __init__(self, desk: Desk, question: Question) -> None:
        super().__init__(question.dialog_id)
        self._desk = desk
        self._question = question
        self.add_dialog(WaterfallDialog("steps", [self.listen, self.act]))
        self.initial_dialog_id = "steps"

    async def listen(self, step: WaterfallStepContext) -> DialogTurnResult:
        """Wait for the answer."""
        step.values["subject"] = step.options[self._question.subject]
        return Dialog.end_of_turn

    async def act(self, step: WaterfallStepContext) -> DialogTurnResult:
        """Act on a yes, show how things stand on a no, and ask again on anything else."""
        person: Person = step.context.turn_state[PERSON]
        subject = UUID(step.values["subject"])
        said = step.context.activity.text or ""
        if yes := _match(YES, said):
            why = _TITLE.sub("", said[yes.end() :])
            card = await self._question.on_yes(self._desk, person, subject, why)
        elif _match(NO, said):
            card = await self._question.on_no(self._desk, person, subject)
        else:
            title, safe = self._question.again
            words = f"Say “yes” or “no”, or press a button above. {safe}"
            await say(step.context, notice_card(title, words))
            asked = {self._question.subject: step.values["subject"]}
            return await step.replace_dialog("steps", asked)
        await say(step.context, card)
        return await step.end_dialog()
