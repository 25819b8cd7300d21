"""What went out, as samples."""

from datetime import timedelta

from cards.went_out import NOT_SENT, went_out_card, went_out_to_card
from hub.nudges import Rule
from hub.outbox import Kind
from hub.people import Person, School
from hub.reach import Barrier
from hub.rule_book import RuleBook
from hub.went_out import Fate, Tally, Thing
from tests.cards.made_up import AN_ID, HARD_WORDS, STARTS

BOOK, TODAY = RuleBook(), STARTS.date()
BUSY = Tally(9999, 9999, 9999, 9999)
SOMEBODY = Person(AN_ID, "t", "o", HARD_WORDS, frozenset(), School("a", HARD_WORDS))
ROWS = [
    (Thing("a", AN_ID, Rule.FEEDBACK, Kind.CHAT, Fate.PARKED, STARTS, HARD_WORDS * 3), SOMEBODY),
    (
        Thing("b", AN_ID, None, Kind.CALENDAR, Fate.WAITING, STARTS, "", Barrier.NO_CHAT),
        None,
    ),
    (Thing("c", AN_ID, Rule.FEEDBACK, Kind.MAIL, Fate.WAITING, STARTS, "x", Barrier.BLOCKED), None),
]
CARDS = {
    "everything went out": went_out_card(
        dict.fromkeys([*Rule, None], BUSY), BUSY, BOOK, TODAY - timedelta(days=1), TODAY
    ),
    "today": went_out_card({Rule.FEEDBACK: BUSY}, BUSY, BOOK, TODAY, TODAY),
    "nothing went out": went_out_card({}, Tally(), BOOK, TODAY, TODAY),
    "nothing went out that day": went_out_card({}, Tally(), BOOK, TODAY - timedelta(days=9), TODAY),
    "whom it went to": went_out_to_card(
        ROWS, 60, BOOK, day=TODAY, which=NOT_SENT, page=1, now=STARTS
    ),
    "whom one rule went to": went_out_to_card(
        ROWS[:1], 1, BOOK, day=TODAY, which=Rule.FEEDBACK, page=0, now=STARTS
    ),
}
