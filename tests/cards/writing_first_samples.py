"""Cards of what the bot writes first, and of the switches and rules behind it."""

from datetime import timedelta

from cards import gaps, lead_rules, nudge_settings, reminders
from hub.booking import BookingState
from hub.manners import Choices, Quiet
from hub.nudge_rules import FAMILIES, Family
from hub.nudges import Rule
from hub.rule_book import RuleBook
from tests.cards.made_up import HARD_WORDS, STARTS, a_booking, a_session
from tests.cards.toolkit_samples import OWN_PAGE

BOOK = RuleBook()
QUIETS = [
    Quiet("next-week", "Until next week", STARTS + timedelta(days=7)),
    Quiet("next-half-term", "Until after the break", STARTS + timedelta(days=30)),
]
EVERY = list(FAMILIES)
PLACE = a_booking(BookingState.CONFIRMED, HARD_WORDS)
BUSY = Choices(frozenset({Family.NEWS, Family.GAPS}), STARTS, frozenset({2, 4}))

CARDS = {
    "reminders on": nudge_settings.nudge_settings_card(
        Choices(), QUIETS, EVERY, wanted=True, about=BOOK[Rule.FEEDBACK]
    ),
    "reminders off": nudge_settings.nudge_settings_card(BUSY, QUIETS, EVERY, wanted=False),
    "quiet and part-time": nudge_settings.nudge_settings_card(
        BUSY, QUIETS, EVERY, wanted=True, has_rules=True
    ),
    "all rules": lead_rules.lead_rules_card(
        list(BOOK)[: lead_rules.PAGE_SIZE], page=1, has_more=True
    ),
    "a rule": lead_rules.lead_rule_card(BOOK[Rule.SESSION_WEEK]),
    "a rule that stays": lead_rules.lead_rule_card(BOOK[Rule.SESSION_MOVED], "Saved"),
    "a school meeting to arrange": gaps.school_meeting_gap_card(
        BOOK[Rule.SCHOOL_MEETING_OPEN], HARD_WORDS
    ),
    "no clinic": gaps.hub_gap_card(BOOK[Rule.CLINIC_NOT_SET], [HARD_WORDS]),
    "behind": gaps.hub_gap_card(BOOK[Rule.YEAR_BEHIND], [HARD_WORDS] * 4),
    "a week before": reminders.week_reminder_card(PLACE, BOOK[Rule.SESSION_WEEK]),
    "to read before": reminders.reading_card(PLACE, OWN_PAGE, BOOK[Rule.READ_AHEAD]),
    "an hour before": reminders.hour_reminder_card(PLACE, BOOK[Rule.SESSION_HOUR]),
    **{
        f"still to book: {rule}": gaps.session_gap_card(BOOK[rule], a_session(HARD_WORDS))
        for rule in (
            Rule.TIER_1_MISSED,
            Rule.TIER_2A_OPEN,
            Rule.MATHS_LEAD_MISSING,
            Rule.INSET_NOBODY,
        )
    },
}
