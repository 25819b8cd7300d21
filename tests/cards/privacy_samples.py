"""What is held about somebody, as much of it as there can be."""

from cards import privacy
from hub.held_words import KINDS
from hub.people import Person, Role, School
from tests.cards.made_up import AN_ID, HARD_WORDS

PERSON = Person(AN_ID, "tenant", "object", HARD_WORDS, frozenset({Role.SENCO}), School("a", "A"))
CARDS = {
    "all that is held": privacy.held_card(PERSON, dict.fromkeys(KINDS, 1234)),
    "nothing held": privacy.held_card(PERSON, {}),
    "a copy": privacy.copy_card(PERSON, [HARD_WORDS * 30] * 25, 1),
    "an empty copy": privacy.copy_card(PERSON, [], 0),
    "erase?": privacy.ask_erase_card(),
    "erased": privacy.erased_card(),
}
