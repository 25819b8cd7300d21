"""Who could not be reached, as samples."""

from cards.unreached import unreached_card
from hub.outbox import Kind
from hub.reach import Barrier, Stuck, Unreached
from tests.cards.made_up import AN_ID, HARD_WORDS, STARTS

THINGS = [
    *[Stuck(Kind.CHAT, barrier, HARD_WORDS, STARTS) for barrier in Barrier],
    *[Stuck(kind, None, f"{kind}: Graph answered 404 {'x' * 380}", None) for kind in Kind],
]
SOMEBODY = Unreached(AN_ID, "y" * 200, HARD_WORDS * 3, THINGS)
PARKED = Unreached(AN_ID, HARD_WORDS, "", THINGS[-1:])
CARDS = {
    "not reached": unreached_card([SOMEBODY, PARKED, SOMEBODY], 60, page=1),
    "everybody reached": unreached_card([], 0, intro=HARD_WORDS),
    "all are reached": unreached_card([], 0),
}
