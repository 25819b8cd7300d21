"""What went out on one day, for leads: numbers by rule, then person by person with why and what next."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    ExecuteAction,
)

from cards.parts import Verb, button, card, form_button, heading, line, plain, quiet, row
from hub.nudges import Rule
from hub.people import Person
from hub.rule_book import RuleBook
from hub.spoken import counted, cut_short, relative_day, short_day
from hub.went_out import Tally, Thing, how_it_stands, what_next

#: Two ways through the list, the way back and three rows make six buttons.
PAGE_SIZE = 3
WHICH_INPUT = "which"
#: Beside the names of rules, what else can be chosen.
NOT_SENT = "not-sent"
CALENDAR = "calendar"
LONGEST_NAME = 80
LONGEST_REASON = 200
ONE_DAY = timedelta(days=1)


def went_out_card(
    by_rule: Mapping[Rule | None, Tally], in_all: Tally, book: RuleBook, day: date, today: date
) -> AdaptiveCard:
    """Numbers of one day by rule; what still waits or is parked belongs to today."""
    title = f"What went out {relative_day(day, today)}"
    said = _sum(in_all, is_today=day == today)
    each = [(_title(rule, book), _numbers(of)) for rule, of in by_rule.items()]
    ways = [form_button("Show people", Verb.WENT_OUT_TO, day=day.isoformat())] if each else []
    ways.append(button("Earlier day", Verb.WENT_OUT, day=(day - ONE_DAY).isoformat()))
    if day < today:
        ways.append(button("Later day", Verb.WENT_OUT, day=(day + ONE_DAY).isoformat()))
    ways.append(button("Not reached", Verb.UNREACHED))
    ways.append(button("Nudge rules", Verb.LEAD_RULES))
    return card(
        f"{title}. {said} " + " ".join(f"{name}: {numbers}." for name, numbers in each),
        [
            heading(title),
            line(said),
            *(row(name, numbers, "", None) for name, numbers in each),
            *([_choice(by_rule, in_all, book)] if each else []),
            quiet(_EXPLAINED if day == today else "What still waits is on today's card."),
        ],
        ways,
        refresh=button("Refresh", Verb.WENT_OUT, day=day.isoformat()),
    )


_EXPLAINED = (
    "Nothing owed is lost. Parked: tried in vain, and kept until you try again. Let go: not wanted "
    "any more, so no longer owed."
)


def _sum(of: Tally, *, is_today: bool) -> str:
    if not of.in_all:
        return "Nothing went out, and nothing waits." if is_today else "Nothing went out that day."
    owed = f"{counted(of.owed, 'thing')} owed: {_counts(of)}."
    return f"{owed} {counted(of.let_go, 'more')} let go." if of.let_go else owed


def _counts(of: Tally) -> str:
    return f"{of.sent} sent, {of.waiting} waiting, {of.parked} parked"


def _numbers(of: Tally) -> str:
    return f"{_counts(of)}, {of.let_go} let go" if of.let_go else _counts(of)


def _title(rule: Rule | None, book: RuleBook) -> str:
    return "Calendar entries" if rule is None else book[rule].title


def _choice(by_rule: Mapping[Rule | None, Tally], in_all: Tally, book: RuleBook) -> ChoiceSetInput:
    choices = [Choice(title=_title(rule, book), value=rule or CALENDAR) for rule in by_rule]
    if in_all.waiting or in_all.parked:
        choices.insert(0, Choice(title="All that is not sent yet", value=NOT_SENT))
    return ChoiceSetInput(
        id=WHICH_INPUT,
        label="Person by person",
        style="compact",
        choices=choices,
        value=choices[0].value,
    )


def went_out_to_card(
    shown: Sequence[tuple[Thing, Person | None]],
    count: int,
    book: RuleBook,
    *,
    day: date,
    which: str,
    page: int,
    now: datetime,
) -> AdaptiveCard:
    """One page of people, each with how it stands, why, and what happens next."""
    title = _which(which, book)
    said = f"{short_day(day)}: {counted(count, 'thing')}, what needs somebody first."
    keep = {"day": day.isoformat(), "which": which}
    ways: list[ExecuteAction] = []
    if page:
        ways.append(button("Earlier", Verb.WENT_OUT_TO, page=str(page - 1), **keep))
    if count > (page + 1) * PAGE_SIZE:
        ways.append(button("Later", Verb.WENT_OUT_TO, page=str(page + 1), **keep))
    ways.append(button("All numbers", Verb.WENT_OUT, day=day.isoformat()))
    aloud = " ".join(f"{_name(person)}: {how_it_stands(thing)}." for thing, person in shown)
    return card(
        f"{title}. {said} {aloud}",
        [
            heading(title),
            line(said),
            *(_row(thing, person, book, which, now) for thing, person in shown),
        ],
        ways,
        refresh=button("Refresh", Verb.WENT_OUT_TO, page=str(page), **keep),
    )


def _which(which: str, book: RuleBook) -> str:
    if which == NOT_SENT:
        return "All that is not sent yet"
    return _title(None if which == CALENDAR else Rule(which), book)


def _row(
    thing: Thing, person: Person | None, book: RuleBook, which: str, now: datetime
) -> CardElement:
    again = None
    if thing.can_be_tried_again:
        again = button("Try again", Verb.TRY_AGAIN, person=str(thing.person_id))
    stands = cut_short(how_it_stands(thing), LONGEST_REASON)
    about = f"{_title(thing.rule, book)}. " if which == NOT_SENT else ""
    return row(_name(person), plain(f"{about}{stands}"), plain(what_next(thing, now)), again)


def _name(person: Person | None) -> str:
    if person is None:
        return "Somebody who is gone"
    name = cut_short(person.name, LONGEST_NAME)
    return f"{name}, {cut_short(person.school.name, LONGEST_NAME)}" if person.school else name
