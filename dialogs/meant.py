"""A wish chosen from two or three: what was typed, read as what was pressed."""

from dataclasses import replace

from cards.guarded import guarded_card
from cards.parts import Verb
from dialogs.answer import Answer, OnPress, Press, not_understood
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from dialogs.wishes import by_intent, particular
from hub.people import Person
from hub.understanding import Intent


async def _meant(desk: Desk, person: Person, press: Press) -> Answer:
    """Do what was chosen, with the words as they were typed."""
    words = press.text_of("words")
    if guarded := await seen_in(desk, words):
        return Answer(guarded_card(guarded))
    try:
        intent = Intent(press.text_of("intent"))
    except ValueError:
        return not_understood()
    read = desk.reader.understand(words)
    meaning = replace(read, intent=intent, is_sure=True, also=())
    if read.intent is intent and (answer := await particular(desk, person, meaning)):
        return answer
    return await by_intent(desk, person, meaning)


PRESSES: dict[Verb, OnPress] = {Verb.MEANT: _meant}
