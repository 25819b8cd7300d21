"""The rules by which the bot writes first, for leads: on or off, when, and the words people get."""

from collections.abc import Sequence

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    ExecuteAction,
    NumberInput,
)

from cards.parts import Verb, button, card, form_button, heading, line, quiet, row
from hub.nudge_rules import FAMILIES, MOST_DAYS, RuleTerms

ON_INPUT = "is_on"
DAYS_INPUT = "days"
ON = "on"
OFF = "off"
#: With the two ways on, six buttons.
PAGE_SIZE = 4


def lead_rules_card(shown: Sequence[RuleTerms], *, page: int, has_more: bool) -> AdaptiveCard:
    """Every rule with its state, a page at a time."""
    ways: list[ExecuteAction] = []
    ways += [button("Earlier", Verb.LEAD_RULES, page=str(page - 1))] if page else []
    ways += [button("Later", Verb.LEAD_RULES, page=str(page + 1))] if has_more else []
    ways += [] if page else [button("What went out today", Verb.WENT_OUT)]
    return card(
        "Nudge rules. " + " ".join(f"{each.title}: {_state(each)}." for each in shown),
        [
            heading("What I write first, and when"),
            *[_row(each) for each in shown],
        ],
        ways,
        refresh=button("Refresh", Verb.LEAD_RULES, page=str(page)),
    )


def _row(terms: RuleTerms) -> CardElement:
    family = FAMILIES.get(terms.family, "Changes to a place")
    when = terms.spoken_timing or "as soon as it happens"
    opens = button("Open", Verb.LEAD_RULE, rule=terms.rule)
    return row(terms.title, f"{_state(terms).capitalize()}, {when}", family, opens)


def _state(terms: RuleTerms) -> str:
    return "on" if terms.is_on else "off"


def lead_rule_card(terms: RuleTerms, intro: str = "") -> AdaptiveCard:
    """One rule: what it says, why people get it, and what can be changed about it."""
    title = intro or terms.title
    return card(
        f"{title}. {_state(terms)}",
        [
            heading(title),
            *([line(terms.title)] if intro else []),
            line(f"It says: You get this because {terms.why}."),
            line(f"It comes {terms.spoken_timing or 'as soon as it happens'}."),
            *_inputs(terms),
            quiet(f"Source: {terms.source}."),
        ],
        [*_save(terms), button("All rules", Verb.LEAD_RULES)],
    )


def _inputs(terms: RuleTerms) -> list[CardElement]:
    if not terms.is_optional:
        return [quiet("It tells people what happens to a place they hold, so it stays on.")]
    found: list[CardElement] = [
        ChoiceSetInput(
            id=ON_INPUT,
            label="Is it on?",
            style="compact",
            choices=[Choice(title="On", value=ON), Choice(title="Off", value=OFF)],
            value=_state(terms),
        )
    ]
    if terms.has_days:
        found.append(
            NumberInput(
                id=DAYS_INPUT,
                label=f"How many days ({terms.timing.replace('{days} ', '')})",
                min=0,
                max=MOST_DAYS,
                value=terms.days,
                is_required=True,
                error_message=f"A number between 0 and {MOST_DAYS}, please",
            )
        )
    return found


def _save(terms: RuleTerms) -> list[ExecuteAction]:
    if not terms.is_optional:
        return []
    return [form_button("Save", Verb.SAVE_RULE, style="positive", rule=terms.rule)]
