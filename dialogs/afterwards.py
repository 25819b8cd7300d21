"""What somebody answers after a session: one tap, and a sentence if they like."""

from cards.afterwards import WORDS_INPUT, thanks_card
from cards.greeting import refusal_card
from cards.guarded import guarded_card
from cards.parts import Verb
from dialogs.answer import Answer, OnPress, Press, not_understood
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from hub.afterwards import LONGEST_WORDS, RATINGS, SHARED
from hub.nudges import Rule
from hub.people import Person
from hub.refusals import Refusal
from store import feedback

_RULES = {Verb.RATE: Rule.FEEDBACK, Verb.SAY_SHARED: Rule.SHARING}
_ANSWERS = {Rule.FEEDBACK: RATINGS, Rule.SHARING: SHARED}


async def _answer(desk: Desk, person: Person, press: Press) -> Answer:
    rule, booking_id = _RULES[press.verb], press.id_of("booking")
    rating = press.text_of("rating")
    if booking_id is None or rating not in {str(each) for each in _ANSWERS[rule]}:
        return not_understood()
    said = press.text_of(WORDS_INPUT).strip()[:LONGEST_WORDS]
    if guarded := await seen_in(desk, said):
        return Answer(guarded_card(guarded))
    async with desk.database.begin() as db:
        outcome = await feedback.rate(db, person, booking_id, rule, int(rating), desk.now())
        if press.text_of("sentence") and not isinstance(outcome, Refusal):
            outcome = await feedback.say(db, person, booking_id, rule, said)
    if isinstance(outcome, Refusal):
        return Answer(refusal_card(outcome))
    return Answer(thanks_card(rule, outcome, int(rating), said))


PRESSES: dict[Verb, OnPress] = {Verb.RATE: _answer, Verb.SAY_SHARED: _answer}
