"""What the Hub offers: the training offer as a whole, or one tier of it."""

import re

from cards.offer import offer_card, tier_card
from cards.parts import Verb
from dialogs.answer import Answer, OnPress, Press
from dialogs.desk import Desk
from hub.people import Person
from hub.understanding import Understanding

WHOLE = re.compile(
    r"\b(training|send hub|hub'?s?|whole|full|your) offer\b|^\W*(the )?offer\W*$"
    r"|\b(what|which|all|list|explain)\b.*\btiers\b|^\W*(the )?tiers\W*$",
    re.IGNORECASE,
)
ONE = re.compile(
    r"^\W*(what('?s| is| are)|tell me about|explain|about|who is) tier ?\d[abc]?( for)?\W*$",
    re.IGNORECASE,
)


def show_offer(desk: Desk, person: Person, key: str = "") -> Answer:
    """The tier of this key, or all of them where it names none."""
    tier = desk.offer.tier(key)
    return Answer(tier_card(tier) if tier else offer_card(desk.offer, person.roles))


async def hear(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Answer "what is tier 2b?" and "what do you offer?"; None for anything else."""
    if ONE.search(meaning.text) and meaning.tier:
        return show_offer(desk, person, meaning.tier)
    return show_offer(desk, person) if WHOLE.search(meaning.text) else None


async def _offer(desk: Desk, person: Person, press: Press) -> Answer:
    return show_offer(desk, person, press.text_of("tier"))


PRESSES: dict[Verb, OnPress] = {Verb.OFFER: _offer}
