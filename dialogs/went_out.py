"""What went out on a day, for leads: numbers by rule, and person by person behind them."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from cards.greeting import refusal_card
from cards.parts import Verb
from cards.went_out import (
    CALENDAR,
    NOT_SENT,
    ONE_DAY,
    PAGE_SIZE,
    WHICH_INPUT,
    went_out_card,
    went_out_to_card,
)
from dialogs.answer import Answer, OnPress, Press, leads_only, not_understood
from dialogs.desk import Desk
from hub import refusals
from hub.days_said import days_in, weekday_in
from hub.nudges import Rule
from hub.people import Person
from hub.understanding import Understanding
from hub.went_out import Fate, Thing, by_rule, most_pressing_first, tally
from store import manners, people, went_out
from store.database import zone_of

_SEE = re.compile(
    r"^\W*(?:please )?(?:show (?:me )?)?what (?:"
    r"(?:went|has gone|was sent|did (?:you|i|we|the hub) (?:send|write)"
    r"|have (?:you|we) sent)(?: out)?)"
    r"(?: to (?:people|staff|everybody|everyone))?(?P<when> .{1,40}?)?\W*$",
    re.IGNORECASE,
)
_ITS_DAYS = re.compile(r"\b(?:today|so far|yesterday)\b", re.IGNORECASE)
#: No Hub's messages are older; cards carry any day that somebody sends.
_FIRST_DAY = date(2020, 1, 1)
#: A weekday without a date is the last one.
_A_WEEK = timedelta(days=7)


async def hear_went_out(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take "what went out today", yesterday or on a day; None when it is about something else."""
    found = _SEE.match(meaning.text.strip())
    if not found:
        return None
    async with desk.database.read() as db:
        today = desk.now().astimezone(zone_of(db)).date()
    day = _day_meant(found["when"] or "today", today)
    if day is None:
        return None
    return await show_went_out(desk, day) if person.is_lead else _for_leads()


def _within(day: date, today: date) -> date:
    return min(max(day, _FIRST_DAY), today)


def _for_leads() -> Answer:
    return Answer(refusal_card(refusals.leads_only()))


def _day_meant(said: str, today: date) -> date | None:
    """The day that is past or today; None when the words name none."""
    words = said.strip().lower()
    if _ITS_DAYS.search(words):
        return today - ONE_DAY if "yesterday" in words else today
    if named := next(days_in(words, today), None):
        past = [each for each in named.meant if each <= today]
        return max(past) if past else _year_before(named.meant[0])
    if weekday := weekday_in(words, today):
        (meant,) = weekday.meant
        return meant if meant <= today else meant - _A_WEEK
    return None


def _year_before(day: date) -> date:
    # Somebody who asks in January for the 3rd of November means the last one.
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)  # noqa: PLR2004


async def show_went_out(desk: Desk, day: date) -> Answer:
    """The numbers of one day, as they are now."""
    async with desk.database.read() as db:
        book, now = await manners.rule_book(db), desk.now().astimezone(zone_of(db))
        day = _within(day, now.date())
        things = await went_out.of_day(db, day, now)
    return Answer(went_out_card(by_rule(things), tally(things), book, day, now.date()))


async def _show(desk: Desk, _person: Person, press: Press) -> Answer:
    # Without a day, as on the ways here from other cards, it is today.
    return await show_went_out(desk, _day_in(press) or date.max)


def _day_in(press: Press) -> date | None:
    try:
        return date.fromisoformat(press.text_of("day"))
    except ValueError:
        return None


async def _show_people(desk: Desk, _person: Person, press: Press) -> Answer:
    day, which = _day_in(press), press.text_of(WHICH_INPUT)
    if day is None or which not in {*Rule, NOT_SENT, CALENDAR}:
        return not_understood()
    async with desk.database.read() as db:
        book, now = await manners.rule_book(db), desk.now().astimezone(zone_of(db))
        day = _within(day, now.date())
        found = most_pressing_first(_chosen(await went_out.of_day(db, day, now), which))
        page = min(press.page, max(0, len(found) - 1) // PAGE_SIZE)
        shown = found[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
        known = {e.id: e for e in await people.people_with_ids(db, [t.person_id for t in shown])}
    rows = [(each, known.get(each.person_id)) for each in shown]
    return Answer(
        went_out_to_card(rows, len(found), book, day=day, which=which, page=page, now=now)
    )


def _chosen(things: Iterable[Thing], which: str) -> list[Thing]:
    if which == NOT_SENT:
        return [each for each in things if each.fate in {Fate.WAITING, Fate.PARKED}]
    rule = None if which == CALENDAR else Rule(which)
    return [each for each in things if each.rule is rule]


PRESSES: dict[Verb, OnPress] = {
    Verb.WENT_OUT: leads_only(_show),
    Verb.WENT_OUT_TO: leads_only(_show_people),
}
