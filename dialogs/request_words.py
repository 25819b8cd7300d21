"""What is typed while a request is written, or while a step of one waits for its words."""

import re
from uuid import UUID

from botbuilder.dialogs import (
    ComponentDialog,
    Dialog,
    DialogTurnResult,
    WaterfallDialog,
    WaterfallStepContext,
)

from dialogs import lead_request, my_requests, request_draft, request_page
from dialogs.answer import Answer
from dialogs.desk import Desk
from dialogs.hopes import PERSON
from dialogs.replies import say
from hub.people import Person
from hub.requests import Step
from hub.understanding import Intent, Understanding

PAGE_WORDS = request_draft.REQUEST_WORDS
STEP_WORDS = my_requests.REQUEST_SAID
DIALOG_IDS = frozenset({PAGE_WORDS, STEP_WORDS})
#: Clear wishes; anything longer than this many words is what somebody has to say.
_WISHES = frozenset(
    {
        Intent.HELP,
        Intent.WHATS_ON,
        Intent.BOOK_SESSION,
        Intent.MY_BOOKINGS,
        Intent.CANCEL_BOOKING,
        Intent.MY_REQUESTS,
        Intent.NUDGE_SETTINGS,
        Intent.PRIVACY,
        Intent.LEAD_QUEUE,
        Intent.LEAD_PROGRAMME,
        Intent.LEAD_REGISTER,
        Intent.LEAD_ANNOUNCE,
        Intent.LEAD_REPORT,
    }
)
LONGEST_WISH = 9
#: Wishes that need a word of the programme: "can't do Mondays" tells when to come.
_OF_THE_PROGRAMME = frozenset(
    {
        Intent.WHATS_ON,
        Intent.BOOK_SESSION,
        Intent.MY_BOOKINGS,
        Intent.CANCEL_BOOKING,
        Intent.LEAD_PROGRAMME,
    }
)
_PROGRAMME = re.compile(
    r"\b(?:places?|book(?:ed|ings?)?|clinics?|sessions?|senco meetings?|training|inset|what(?:'s| is) on"
    r"|programme|waiting list|coming up)\b",
    re.IGNORECASE,
)
_LEAVES = re.compile(
    r"^\W*(?:cancel|stop|never ?mind|quit|exit|start (?:again|over)|restart|(?:save (?:it )?for )?later)"
    r"(?: that| this| please)?\W*$",
    re.IGNORECASE,
)
_GREETS = re.compile(r"^\W*(?:hi|hiya|hello|hey|thanks?|thank you|cheers)\W*$", re.IGNORECASE)


def leaves(text: str) -> bool:
    """Whether somebody stops writing for now; what they wrote is kept."""
    return bool(_LEAVES.match(text))


_BACK = re.compile(r"^\W*(?:go )?back\W*$", re.IGNORECASE)


def is_answer(meaning: Understanding) -> bool:
    """Whether this goes into the request rather than being a wish of its own."""
    if leaves(meaning.text) or _GREETS.match(meaning.text):
        return False
    if not meaning.is_sure or _BACK.match(meaning.text):
        return True
    if len(meaning.text.split()) > LONGEST_WISH or meaning.intent not in _WISHES:
        return True
    is_of_it = meaning.intent in _OF_THE_PROGRAMME
    return is_of_it and not _PROGRAMME.search(meaning.text)


class RequestWords(ComponentDialog):
    """Waits for an answer on one page, or for the words of one step."""

    def __init__(self, desk: Desk, dialog_id: str) -> None:
        super().__init__(dialog_id)
        self._desk = desk
        self.add_dialog(WaterfallDialog("steps", [self.listen, self.take]))
        self.initial_dialog_id = "steps"

    async def listen(self, step: WaterfallStepContext) -> DialogTurnResult:
        """Remember what was asked, and wait for words."""
        step.values["asked"] = dict(step.options)
        return Dialog.end_of_turn

    async def take(self, step: WaterfallStepContext) -> DialogTurnResult:
        """Take the words, and listen for the next ones where the answer asks for more."""
        person: Person = step.context.turn_state[PERSON]
        said = step.context.activity.text or ""
        answer = await heard(self._desk, person, step.values["asked"], said)
        await say(step.context, answer.card)
        listening = answer.listening
        if listening and listening.dialog_id == self.id:
            return await step.replace_dialog("steps", dict(listening.options))
        return await step.end_dialog()


async def heard(desk: Desk, person: Person, asked: dict[str, str], said: str) -> Answer:
    """Do with typed words what the card that was shown would do with them."""
    request_id = UUID(asked["request"])
    if "page" in asked:
        return await request_page.hear(desk, person, request_id, int(asked["page"]), said)
    step = Step(asked["step"])
    if "seen" in asked:
        return await lead_request.say(desk, person, request_id, step, int(asked["seen"]), said)
    return await my_requests.say(desk, person, request_id, step, said)
