"""The rules by which the bot writes first, seen and set by the leads."""

import re

from cards.greeting import refusal_card
from cards.lead_rules import (
    DAYS_INPUT,
    OFF,
    ON_INPUT,
    PAGE_SIZE,
    lead_rule_card,
    lead_rules_card,
)
from cards.parts import Verb
from dialogs.answer import Answer, OnPress, Press, leads_only, not_understood
from dialogs.desk import Desk
from hub import refusals
from hub.nudges import Rule
from hub.people import Person
from hub.rule_book import RuleChange, may_set
from hub.understanding import Understanding
from store import manners

_RULES = re.compile(
    r"^\W*(?:(?:show|see|change|set)(?: me)? )?(?:the |our |your )?(?:nudge|reminder|message)s? "
    r"rules?\W*$|^\W*(?:what|when) do you (?:write|send|nudge)\b.*\W*$",
    re.IGNORECASE,
)


async def hear(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take "nudge rules"; None for anything else."""
    if not _RULES.match(meaning.text):
        return None
    if not person.is_lead:
        return Answer(refusal_card(refusals.leads_only()))
    return await show_rules(desk)


async def show_rules(desk: Desk, page: int = 0) -> Answer:
    """One page of all rules as they stand."""
    async with desk.database.read() as db:
        book = await manners.rule_book(db)
    # What can be changed comes first.
    terms = sorted(book, key=lambda each: not each.is_optional)
    page = min(page, (len(terms) - 1) // PAGE_SIZE)
    first = page * PAGE_SIZE
    shown = terms[first : first + PAGE_SIZE]
    has_more = first + PAGE_SIZE < len(terms)
    return Answer(lead_rules_card(shown, page=page, has_more=has_more))


async def _rules(desk: Desk, _person: Person, press: Press) -> Answer:
    return await show_rules(desk, press.page)


async def _rule(desk: Desk, _person: Person, press: Press) -> Answer:
    said = press.text_of("rule")
    if said not in set(Rule):
        return not_understood()
    return await _show(desk, Rule(said))


async def _show(desk: Desk, rule: Rule, intro: str = "") -> Answer:
    async with desk.database.read() as db:
        book = await manners.rule_book(db)
    return Answer(lead_rule_card(book[rule], intro))


async def _save(desk: Desk, person: Person, press: Press) -> Answer:
    said, days = press.text_of("rule"), str(press.data.get(DAYS_INPUT, "0")).strip()
    if said not in set(Rule):
        return not_understood()
    rule = Rule(said)
    change = RuleChange(
        is_on=press.text_of(ON_INPUT) != OFF,
        days=int(days) if days.isascii() and days.isdigit() and len(days) < 4 else -1,  # noqa: PLR2004
    )
    async with desk.database.begin() as db:
        book = await manners.rule_book(db)
        if refusal := may_set(book[rule], change):
            return Answer(refusal_card(refusal))
        await manners.set_rule(db, person, rule, change, desk.now())
    return await _show(desk, rule, "Saved")


PRESSES: dict[Verb, OnPress] = {
    Verb.LEAD_RULES: leads_only(_rules),
    Verb.LEAD_RULE: leads_only(_rule),
    Verb.SAVE_RULE: leads_only(_save),
}
