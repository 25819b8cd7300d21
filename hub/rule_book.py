"""The rules as the leads have set them: on or off, and when; and what may be set."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from hub import refusals
from hub.nudge_rules import ALL_TERMS, MOST_DAYS, RuleTerms
from hub.nudges import Rule
from hub.refusals import Refusal


@dataclass(frozen=True)
class RuleChange:
    """What a lead has set for one rule."""

    is_on: bool
    days: int


class RuleBook:
    """All rules with what the leads have set."""

    def __init__(self, changes: Mapping[Rule, RuleChange] | None = None) -> None:
        changed = changes or {}
        self._terms = {terms.rule: _changed(terms, changed.get(terms.rule)) for terms in ALL_TERMS}

    def __iter__(self) -> Iterator[RuleTerms]:
        return iter(self._terms.values())

    def __getitem__(self, rule: Rule) -> RuleTerms:
        return self._terms[rule]

    def is_on(self, rule: Rule) -> bool:
        """Whether anybody is to hear by this rule."""
        return self._terms[rule].is_on

    def days(self, rule: Rule) -> int:
        """The rule's lead time in days."""
        return self._terms[rule].days


def _changed(terms: RuleTerms, change: RuleChange | None) -> RuleTerms:
    if change is None:
        return terms
    return replace(
        terms,
        is_on=change.is_on or not terms.is_optional,
        days=change.days if terms.has_days else terms.days,
    )


def may_set(terms: RuleTerms, change: RuleChange) -> Refusal | None:
    """Why a lead may not set a rule like this; None when they may."""
    if not change.is_on and not terms.is_optional:
        return refusals.rule_must_stay_on()
    if terms.has_days and not 0 <= change.days <= MOST_DAYS:
        return refusals.rule_days_out_of_range(MOST_DAYS)
    return None
