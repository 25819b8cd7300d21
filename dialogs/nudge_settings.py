"""What somebody wants to hear first from the bot, and when not: by words, by form, by one tap."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from cards.nudge_settings import (
    AS_IT_IS,
    DAYS_INPUT,
    FAMILIES_INPUT,
    QUIET_INPUT,
    nudge_settings_card,
)
from cards.parts import Verb
from dialogs.answer import Answer, OnPress, Press, not_understood
from dialogs.desk import Desk
from hub.manners import CAN_BE_STOPPED, Choices, Quiet, days_off_from, quiets
from hub.nudge_rules import FAMILIES, Family
from hub.nudge_wishes import Change, change_asked, days_not_worked, stops_a_kind
from hub.nudges import Rule
from hub.people import Person
from hub.understanding import Understanding
from store import manners, people, school_years


async def by_words(desk: Desk, person: Person, said: str) -> Answer:
    """Do what the words ask for, and show how it stands."""
    choices, offered = await _standing(desk, person)
    change = change_asked(said, choices, offered)
    return await _keep(desk, person, change, offered)


async def hear(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take "I don't work Fridays" and "no more announcements"; None for anything else."""
    if not days_not_worked(meaning.text) and not stops_a_kind(meaning.text):
        return None
    return await by_words(desk, person, meaning.text)


async def show(desk: Desk, person: Person, rule: Rule | None = None, intro: str = "") -> Answer:
    """The settings as they stand; with a rule, the taps for whoever came from its message."""
    async with desk.database.read() as db:
        book = await manners.rule_book(db)
    choices, offered = await _standing(desk, person)
    return Answer(
        nudge_settings_card(
            choices,
            offered,
            _families_of(person),
            wanted=person.wants_nudges,
            about=book[rule] if rule else None,
            has_rules=person.is_lead,
            intro=intro,
        )
    )


async def _standing(desk: Desk, person: Person) -> tuple[Choices, list[Quiet]]:
    now = desk.now()
    async with desk.database.read() as db:
        choices = await manners.choices_of(db, person.id)
        calendar = await school_years.calendar(db)
    return _still_quiet(choices, now), quiets(calendar, now)


def _still_quiet(choices: Choices, now: datetime) -> Choices:
    is_over = choices.snoozed_until is not None and choices.snoozed_until <= now
    return replace(choices, snoozed_until=None) if is_over else choices


async def _keep(desk: Desk, person: Person, change: Change, offered: Sequence[Quiet]) -> Answer:
    wanted = person.wants_nudges if change.wanted is None else change.wanted
    async with desk.database.begin() as db:
        await manners.keep_choices(db, person, change.choices)
        await people.set_wants_nudges(db, person, wanted=wanted)
    return Answer(
        nudge_settings_card(
            change.choices,
            offered,
            _families_of(person),
            wanted=wanted,
            has_rules=person.is_lead,
            intro=change.done,
        )
    )


def _families_of(person: Person) -> Collection[Family]:
    """The switches that mean something to this person."""
    return [each for each in FAMILIES if person.is_lead or each is not Family.HUB]


async def _show(desk: Desk, person: Person, press: Press) -> Answer:
    said = press.text_of("rule")
    return await show(desk, person, Rule(said) if said in set(Rule) else None)


async def _all(desk: Desk, person: Person, press: Press) -> Answer:
    choices, offered = await _standing(desk, person)
    wanted = press.verb is Verb.START_REMINDERS
    return await _keep(desk, person, Change(choices, wanted=wanted), offered)


async def _save(desk: Desk, person: Person, press: Press) -> Answer:
    choices, offered = await _standing(desk, person)
    ticked = set(press.choices_of(FAMILIES_INPUT))
    stopped = {each for each in _families_of(person) if each not in ticked}
    change = Change(
        Choices(
            stopped=frozenset(stopped) & CAN_BE_STOPPED,
            snoozed_until=_quiet_until(press.text_of(QUIET_INPUT), choices, offered),
            days_off=days_off_from(press.choices_of(DAYS_INPUT)),
        ),
        done="Saved",
    )
    return await _keep(desk, person, change, offered)


def _quiet_until(key: str, choices: Choices, offered: Sequence[Quiet]) -> datetime | None:
    if key == AS_IT_IS:
        return choices.snoozed_until
    return next((each.until for each in offered if each.key == key), None)


async def _stop_family(desk: Desk, person: Person, press: Press) -> Answer:
    said = press.text_of("family")
    if said not in CAN_BE_STOPPED:
        return not_understood()
    choices, offered = await _standing(desk, person)
    family = Family(said)
    done = f"Stopped: {FAMILIES[family][0].lower()}{FAMILIES[family][1:]}"
    stopped = replace(choices, stopped=choices.stopped | {family})
    return await _keep(desk, person, Change(stopped, done=done), offered)


async def _set_quiet(desk: Desk, person: Person, press: Press) -> Answer:
    choices, offered = await _standing(desk, person)
    until = _quiet_until(press.text_of("quiet"), choices, offered)
    if until is None:
        return await show(desk, person)
    change = Change(replace(choices, snoozed_until=until), done="I'll be quiet till then")
    return await _keep(desk, person, change, offered)


PRESSES: dict[Verb, OnPress] = {
    Verb.REMINDERS: _show,
    Verb.STOP_REMINDERS: _all,
    Verb.START_REMINDERS: _all,
    Verb.SAVE_NUDGE_SETTINGS: _save,
    Verb.STOP_FAMILY: _stop_family,
    Verb.SET_QUIET: _set_quiet,
}
