"""What is still to book or arrange, each with the one button that does it."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, CardElement, ExecuteAction, TextBlock

from cards.parts import (
    Verb,
    button,
    card,
    heading,
    line,
    near,
    plain,
    quiet,
    reminders_button,
    whats_on_button,
)
from cards.session_parts import in_a_line, session_facts
from hub.booking import Session
from hub.nudge_rules import RuleTerms
from hub.nudges import Rule

_TEXTS = {
    Rule.TIER_1_MISSED: "You were missed last time. Here is the next one.",
    Rule.TIER_1_OPEN: "You have no place on it yet.",
    Rule.TIER_2A_OPEN: "You have nothing of it booked this term, and there are places.",
    Rule.MATHS_LEAD_MISSING: "You are going; your maths lead has no place yet. It is for both.",
    Rule.INSET_NOBODY: "Nobody from your school is on it yet. Whom would you like to send?",
}


def session_gap_card(terms: RuleTerms, session: Session) -> AdaptiveCard:
    """A session that closes a gap, and the button that books it or asks the colleague."""
    text = _TEXTS[terms.rule]
    return card(
        f"{terms.title}. {text} {in_a_line(session)}",
        [
            heading(terms.title),
            TextBlock(text=plain(session.title), weight="Bolder", wrap=True),
            session_facts(session),
            line(text),
            why(terms),
        ],
        [
            _does_it(terms.rule, session),
            whats_on_button("See all dates", tier=session.tier),
            reminders_button(terms.rule),
        ],
    )


def _does_it(rule: Rule, session: Session) -> ExecuteAction:
    ids = str(session.id)
    match rule:
        case Rule.MATHS_LEAD_MISSING:
            return button("Ask my maths lead", Verb.ASK_COLLEAGUE, style="positive", session=ids)
        case Rule.INSET_NOBODY:
            day = session.starts_at.date().isoformat()
            return button("See the day", Verb.INSET_DAY, style="positive", day=day)
        case _:
            return button("Book my place", Verb.BOOK, style="positive", session=ids)


def school_meeting_gap_card(terms: RuleTerms, school: str) -> AdaptiveCard:
    """The school's meeting of the year is still to arrange (tier 5)."""
    text = (
        "Half a day in your school with the Trust SEND Lead, the SENCo and the headteacher: how "
        "SEND is lived there, and what comes next. I know when all three are free."
    )
    return card(
        f"{terms.title} ({school}). {text}",
        [heading(terms.title), line(f"**{plain(school)}**"), line(text), why(terms)],
        [
            button("Find a half-day", Verb.SCHOOL_MEETING, style="positive"),
            reminders_button(terms.rule),
        ],
    )


def hub_gap_card(terms: RuleTerms, lines: Sequence[str]) -> AdaptiveCard:
    """A gap in the Hub's programme, for those who run it."""
    set_it = button("Set a clinic", Verb.NEW_SESSION, style="positive", tier="4")
    ways = [button("Programme", Verb.LEAD_PROGRAMME, style="positive")]
    if terms.rule is Rule.CLINIC_NOT_SET:
        ways = [set_it, button("What people ask for", Verb.DEMAND)]
    return card(
        f"{terms.title}. {' '.join(lines)}",
        [heading(terms.title), *[near(plain(each)) for each in lines], why(terms)],
        [*ways, reminders_button(terms.rule)],
    )


def why(terms: RuleTerms) -> CardElement:
    """Why this came."""
    return quiet(f"You get this because {terms.why}.")
