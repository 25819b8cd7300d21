"""What a typed message leads to: the open dialog, an interruption of it, or a fresh start.

Cancel, help and any other clear wish interrupt whatever is open; a dialog only gets what could be
its answer.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from botbuilder.core import ConversationState, TurnContext
from botbuilder.dialogs import DialogContext, DialogSet
from microsoft_teams.cards import AdaptiveCard

from cards.did_you_mean import also_card
from cards.greeting import notice_card
from cards.guarded import guarded_card
from dialogs import (
    hopes,
    introduction,
    quick_answers,
    request_draft,
    request_words,
    topic_words,
    yes_or_no,
)
from dialogs.answer import Answer
from dialogs.desk import Desk
from dialogs.places import hear_offer_answered
from dialogs.presses import act, typable, typed
from dialogs.replies import put_beside, put_nothing_beside, say, shown_last
from dialogs.request_words import RequestWords
from dialogs.wishes import by_intent, by_meaning, particular
from hub.people import Person
from hub.said_instead import Other, said_instead
from hub.understanding import Guarded, Intent, Understanding

#: An unanswered question is forgotten after this long; nothing was changed by asking it.
DIALOG_LASTS = timedelta(minutes=30)
LOOKS_AGAIN_AFTER = timedelta(days=1)
CANCEL = re.compile(
    r"^\W*(cancel( that| this)?|stop|never ?mind|forget (it|that)|quit|exit|back|start (again|over)"
    r"|restart|skip|no,? thanks?( you)?|nothing|nope|no)\W*$",
    re.IGNORECASE,
)
#: What each dialog takes as an answer; anything else clear is a new wish.
_ANSWERS = {
    hopes.DIALOG_ID: {
        Intent.UNKNOWN,
        Intent.FIND_TOOLKIT,
        Intent.REQUEST_SUPPORT,
        Intent.REQUEST_SERVICE,
    },
    topic_words.DIALOG_ID: {Intent.UNKNOWN, Intent.FIND_TOOLKIT},
    **{
        each: {Intent.UNKNOWN, Intent.CANCEL_BOOKING, Intent.SMALLTALK}
        for each in yes_or_no.DIALOG_IDS
    },
}


#: Where a turn notes that nothing of the conversation is to be kept.
_FORGOTTEN = "sendhub.forgotten"
#: Dialogs that keep whatever is typed.
_TAKES_WORDS = frozenset({hopes.DIALOG_ID, topic_words.DIALOG_ID})


class Conversation:
    """The dialogs of one chat, kept in the database between turns."""

    def __init__(self, desk: Desk, state: ConversationState) -> None:
        self._desk = desk
        self._state = state
        self._property = state.create_property("dialogs")
        self._asked = state.create_property("asked_at")
        self._buttons = state.create_property("buttons")
        self._looked = state.create_property("looked_who_at")
        self._dialogs = DialogSet(self._property)
        self._dialogs.add(hopes.Hopes(desk))
        for question in yes_or_no.QUESTIONS:
            self._dialogs.add(yes_or_no.YesOrNo(desk, question))
        self._dialogs.add(topic_words.TopicWords(desk))
        for dialog_id in request_words.DIALOG_IDS:
            self._dialogs.add(RequestWords(desk, dialog_id))

    async def hear(self, context: TurnContext, person: Person, text: str) -> None:
        """Answer one typed message of this person; there always is an answer.

        The guard has let its words through.
        """
        person = await self._who(context, person)
        dialogs = await self._open(context, person)
        meaning = self._desk.reader.understand(text)
        active = dialogs.active_dialog
        if active and _is_yes_or_no(active.id, text):
            await dialogs.continue_dialog()
        elif active and active.id in request_words.DIALOG_IDS and request_words.leaves(text):
            await self._keep_for_later(context, dialogs)
        elif press := typed(text, await self._buttons.get(context, dict)):
            await self._fresh(context, dialogs, await act(self._desk, person, press))
        elif not active and (answer := await hear_offer_answered(self._desk, person, text)):
            await self._fresh(context, dialogs, answer)
        elif active and active.id in request_words.DIALOG_IDS and request_words.is_answer(meaning):
            await dialogs.continue_dialog()
        elif CANCEL.match(text):
            await self._cancel(context, dialogs)
        elif answer := await particular(self._desk, person, meaning):
            await self._fresh(context, dialogs, answer)
        elif active and active.id in _TAKES_WORDS and (other := said_instead(text)):
            await self._instead(context, dialogs, person, meaning, other)
        elif active and _may_answer(active.id, meaning):
            await dialogs.continue_dialog()
        else:
            answer = await by_meaning(self._desk, person, meaning)
            if also := also_card(meaning.also, is_lead=person.is_lead):
                put_beside(context, also)
            if known := await quick_answers.asked_before(self._desk, person, meaning):
                put_beside(context, known)
            await self._fresh(context, dialogs, answer)
        await self._close(context, shown_last(context))

    async def hold_back(self, context: TurnContext, person: Person, guarded: Guarded) -> None:
        """Say what was seen. A question that is open stays open for the words typed again."""
        dialogs = await self._open(context, person)
        shown = guarded_card(guarded, carries_on=not dialogs.active_dialog)
        await say(context, shown)
        await self._close(context, shown)

    async def _who(self, context: TurnContext, person: Person) -> Person:
        """The person as far as known; the question who they are goes beside the answer when due.

        Looked at once a day: it is asked once a school year.
        """
        looked, now = await self._looked.get(context), self._desk.now()
        if looked and now - datetime.fromisoformat(looked) < LOOKS_AGAIN_AFTER:
            return person
        person, question = await introduction.question_due(self._desk, person)
        if question:
            put_beside(context, question)
        await self._looked.set(context, now.isoformat())
        return person

    async def pressed(self, context: TurnContext, person: Person, answer: Answer) -> None:
        """Carry on after a button: it may have asked something, or dealt with what was asked."""
        if answer.forgets:
            await self._state.load(context)
            await self._state.delete(context)
            return
        dialogs = await self._open(context, person)
        if answer.listening or answer.settles:
            await dialogs.cancel_all_dialogs()
            await self._listen(dialogs, answer)
        await self._close(context, answer.card)

    async def _open(self, context: TurnContext, person: Person) -> DialogContext:
        context.turn_state[hopes.PERSON] = person
        dialogs = await self._dialogs.create_context(context)
        asked = await self._asked.get(context)
        if dialogs.active_dialog and asked:
            asked_at = datetime.fromisoformat(asked)
            if self._desk.now() - asked_at > DIALOG_LASTS:
                if dialogs.active_dialog.id == request_words.PAGE_WORDS:
                    await self._offer_to_carry_on(context, person)
                await dialogs.cancel_all_dialogs()
        return dialogs

    async def _offer_to_carry_on(self, context: TurnContext, person: Person) -> None:
        """Put what was being written when the conversation stopped beside the answer."""
        if card := await request_draft.offered_again(self._desk, person):
            put_beside(context, card)

    async def _close(self, context: TurnContext, shown: AdaptiveCard | None) -> None:
        """Keep where the conversation stands, and what can be pressed by typing its title."""
        if context.turn_state.get(_FORGOTTEN):
            await self._state.delete(context)
            return
        await self._buttons.set(context, typable(shown) if shown else {})
        await self._asked.set(context, self._desk.now().isoformat())
        await self._state.save_changes(context)

    async def _keep_for_later(self, context: TurnContext, dialogs: DialogContext) -> None:
        """Leave what somebody was writing; every answer so far is in the database."""
        await dialogs.cancel_all_dialogs()
        title = "That's fine, I've left it there"
        await say(context, notice_card(title, request_draft.KEPT))

    async def _cancel(self, context: TurnContext, dialogs: DialogContext) -> None:
        if dialogs.active_dialog:
            await dialogs.cancel_all_dialogs()
            card = notice_card("That's fine, I've left it there", "Nothing has been changed.")
        else:
            card = notice_card(
                "There's nothing half-done",
                "If you meant a place you booked, say “give up my place”.",
            )
        await say(context, card)

    async def _instead(
        self,
        context: TurnContext,
        dialogs: DialogContext,
        person: Person,
        meaning: Understanding,
        other: Other,
    ) -> None:
        """Answer what came in place of the words that were asked for; none of it is kept."""
        match other:
            case Other.REGRET if dialogs.active_dialog.id == hopes.DIALOG_ID:
                regret = replace(meaning, intent=Intent.CANCEL_BOOKING, is_sure=True)
                answer = await by_intent(self._desk, person, regret)
            case Other.TOOLKIT:
                page = replace(meaning, intent=Intent.FIND_TOOLKIT, is_sure=True)
                answer = await by_intent(self._desk, person, page)
            case Other.QUESTION:
                everything = replace(meaning, intent=Intent.MY_BOOKINGS, is_sure=True)
                answer = await by_intent(self._desk, person, everything)
            case _:
                words = "I haven't passed anything on. Say “my bookings” whenever you need me."
                answer = Answer(notice_card("That's fine", words))
        await self._fresh(context, dialogs, answer)

    async def _fresh(self, context: TurnContext, dialogs: DialogContext, answer: Answer) -> None:
        """Answer a wish of its own; whatever was open is left there."""
        await dialogs.cancel_all_dialogs()
        if answer.stands_alone:
            put_nothing_beside(context)
        context.turn_state[_FORGOTTEN] = answer.forgets
        await say(context, answer.card)
        await self._listen(dialogs, answer)

    async def _listen(self, dialogs: DialogContext, answer: Answer) -> None:
        if answer.listening:
            await dialogs.begin_dialog(answer.listening.dialog_id, dict(answer.listening.options))


def _may_answer(dialog_id: str, meaning: Understanding) -> bool:
    """Whether a dialog takes this: it is no clear wish for something else."""
    taken = _ANSWERS.get(dialog_id)
    return taken is not None and (not meaning.is_sure or meaning.intent in taken)


def _is_yes_or_no(dialog_id: str, text: str) -> bool:
    """Whether a question that takes a yes or a no is answered outright."""
    return dialog_id in yes_or_no.DIALOG_IDS and yes_or_no.is_said_outright(text)
