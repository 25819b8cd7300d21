"""Who somebody is: asked, prefilled, confirmed."""

from dataclasses import replace

from bot.loading.content import load_offer
from cards import introduction
from hub.booking import BookingState
from hub.people import GIVEN_BY_THE_TRUST, Person, Role, School
from tests.cards.made_up import AN_ID, HARD_WORDS, a_booking

STRANGER = Person(AN_ID, "t", "o", HARD_WORDS)
KNOWN = replace(
    STRANGER,
    roles=frozenset(set(Role) - GIVEN_BY_THE_TRUST),
    school=School("a", HARD_WORDS),
)
SCHOOLS = [School(f"school-{number}", f"School number {number}") for number in range(200)]
CARDS = {
    "who are you": introduction.introduction_card(STRANGER, SCHOOLS),
    "is this right": introduction.introduction_card(KNOWN, SCHOOLS, note=HARD_WORDS),
    "introduced": introduction.introduced_card(
        KNOWN, load_offer(None).tiers, [a_booking(BookingState.CONFIRMED, HARD_WORDS)] * 60
    ),
    "introduced as nobody": introduction.introduced_card(STRANGER, load_offer(None).tiers),
}
