"""The manners of writing first: when a message that is due may go, waits, or is let go.

Source: design, promise 5. Nobody is nudged outside school days 08:00 to 18:00, after opting out,
more than twice a school day or five times a school week; a booked session's own reminders are
exempt from the weekly cap, and only the one an hour before is exempt from quiet hours. Replies in a
request that somebody made are no nudges: hours hold them, caps neither hold nor count them. What goes to
one person at the same time is one message, the most useful first, and each thing in it counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from hub.nudge_rules import USEFULNESS, Family
from hub.nudges import ANSWERS, UNCAPPED, Rule
from hub.people import Person
from hub.reminders import is_at_the_hour, next_morning
from hub.rule_book import RuleBook
from hub.school_year import DAY_OPENS, ONE_DAY, SchoolCalendar

MOST_A_DAY = 2
MOST_A_WEEK = 5
#: Of the two a day, one is kept for reminders and for what happens to a place.
MOST_ORDINARY_A_DAY = 1
#: A change told later than this before the session starts is told too late.
IN_TIME = timedelta(hours=2)
#: More cards than this make no message that anybody reads on a phone, however urgent they are.
MOST_TOGETHER = 5
#: What can wait when somebody asks for quiet.
CAN_BE_SNOOZED = frozenset(
    {Family.GAPS, Family.AFTERWARDS, Family.NEWS, Family.READING, Family.HUB}
)
#: The switches a person has.
CAN_BE_STOPPED = frozenset(Family) - {Family.CHANGES}


@dataclass(frozen=True)
class Choices:
    """What one person has asked of the bot's manners."""

    stopped: frozenset[Family] = frozenset()
    snoozed_until: datetime | None = None
    #: Weekdays on which they do not work, Monday 0.
    days_off: frozenset[int] = frozenset()


NO_CHOICES = Choices()


@dataclass(frozen=True)
class Sent:
    """How many nudges somebody has had; two in one message are two."""

    today: int = 0
    #: Of today's, those that were neither reminders nor changes.
    ordinary_today: int = 0
    #: This school week, reminders of booked sessions left out.
    this_week: int = 0

    def and_one(self, family: Family) -> "Sent":
        """The same with one more, just now."""
        return Sent(
            self.today + 1,
            self.ordinary_today + (family in CAN_BE_SNOOZED),
            self.this_week + (family is not Family.REMINDERS),
        )


@dataclass(frozen=True)
class Hold:
    """Not now; ``reason`` is for the lead and the log."""

    until: datetime
    reason: str


@dataclass(frozen=True)
class LetGo:
    """Not at all."""

    reason: str


def verdict(
    rule: Rule,
    person: Person,
    choices: Choices,
    book: RuleBook,
    sent: Sent,
    calendar: SchoolCalendar,
    now: datetime,
    starts_at: datetime | None = None,
) -> Hold | LetGo | None:
    """Why a message that is due does not go at ``now``; None when it goes.

    ``starts_at`` is the start of the session it is about, for those that must not come too late.
    """
    if rule in ANSWERS:
        return None
    if refused := not_wanted_at_all(rule, person, choices, book):
        return LetGo(refused)
    family = book[rule].family
    is_ordinary = family in CAN_BE_SNOOZED
    if is_ordinary and choices.snoozed_until and now < choices.snoozed_until:
        return Hold(choices.snoozed_until, "the person asked for quiet until then")
    if not is_at_the_hour(rule):
        if held := quiet_hours([rule], calendar, now):
            return held
        if family is not Family.CHANGES and _is_day_off(choices, calendar, now):
            later = next_morning(now, calendar, choices.days_off)
            return _until(later, now, "the person does not work today")
    if rule in UNCAPPED:
        return None
    return _over_the_cap(family, sent, choices, calendar, now, starts_at)


def quiet_hours(rules: Iterable[Rule], calendar: SchoolCalendar, now: datetime) -> Hold | None:
    """Why a message that tells by these rules waits for the school day; None when it need not."""
    if all(rule in ANSWERS or is_at_the_hour(rule) for rule in rules):
        return None
    if calendar.may_disturb(now):
        return None
    return _until(calendar.next_disturbable(now), now, "outside the hours for writing first")


def _over_the_cap(
    family: Family,
    sent: Sent,
    choices: Choices,
    calendar: SchoolCalendar,
    now: datetime,
    starts_at: datetime | None,
) -> Hold | None:
    tomorrow = next_morning(now, calendar, choices.days_off)
    is_ordinary = family in CAN_BE_SNOOZED
    held = None
    if (is_ordinary and sent.ordinary_today >= MOST_ORDINARY_A_DAY) or sent.today >= MOST_A_DAY:
        held = _until(tomorrow, now, "enough for today")
    elif family is not Family.REMINDERS and sent.this_week >= MOST_A_WEEK:
        held = _until(_next_week(calendar, now), now, "enough for this week")
    # Better one message too many than somebody at the door of a session that is off.
    if held and not is_ordinary and starts_at and held.until + IN_TIME > starts_at:
        return None
    return held


def not_wanted_at_all(rule: Rule, person: Person, choices: Choices, book: RuleBook) -> str | None:
    """Why a rule says nothing to this person, now or later; None when it may."""
    terms = book[rule]
    if not terms.is_on:
        return "a lead turned this kind off"
    if terms.family is Family.CHANGES:
        return None
    if not person.wants_nudges:
        return "the person stopped reminders"
    if terms.family in choices.stopped:
        return "the person stopped this kind"
    return None


@dataclass(frozen=True)
class Owed:
    """One nudge that is due and in no message yet."""

    key: str
    rule: Rule
    subject_id: UUID
    due_at: datetime
    #: Start of the session it is about, where it is about a booking.
    starts_at: datetime | None = None


@dataclass(frozen=True)
class Composition:
    """What becomes of everything that is due to one person at one moment."""

    #: One message, the most useful first; empty when nothing goes now.
    message: tuple[Owed, ...] = ()
    held: tuple[tuple[Owed, Hold], ...] = ()
    let_go: tuple[tuple[Owed, LetGo], ...] = ()


def compose(
    owed: Iterable[Owed],
    person: Person,
    choices: Choices,
    book: RuleBook,
    sent: Sent,
    calendar: SchoolCalendar,
    now: datetime,
) -> Composition:
    """Put what is due to one person into one message, as far as manners let it go now."""
    goes: list[Owed] = []
    held: list[tuple[Owed, Hold]] = []
    let_go: list[tuple[Owed, LetGo]] = []
    for each in sorted(owed, key=_usefulness):
        said = verdict(each.rule, person, choices, book, sent, calendar, now, each.starts_at)
        match said:
            case Hold():
                held.append((each, said))
            case LetGo():
                let_go.append((each, said))
            case None if any(_same(each, other) for other in goes):
                let_go.append((each, LetGo("the same is told already")))
            case None if len(goes) >= MOST_TOGETHER:
                held.append((each, _until(next_morning(now, calendar, ()), now, "enough at once")))
            case None:
                goes.append(each)
                if each.rule not in UNCAPPED:
                    sent = sent.and_one(book[each.rule].family)
    return Composition(tuple(goes), tuple(held), tuple(let_go))


def _usefulness(owed: Owed) -> tuple[int, datetime, str]:
    return USEFULNESS[owed.rule], owed.due_at, owed.key


def _same(one: Owed, other: Owed) -> bool:
    return (one.rule, one.subject_id) == (other.rule, other.subject_id)


@dataclass(frozen=True)
class Quiet:
    """One length of quiet that can be chosen."""

    key: str
    title: str
    until: datetime


def quiets(calendar: SchoolCalendar, now: datetime) -> list[Quiet]:
    """How long somebody may ask for quiet: until next week, after half-term, and next term."""
    found = []
    if week := _next_week(calendar, now):
        found.append(Quiet("next-week", "Until next week", week))
    today = now.astimezone(calendar.zone).date()
    starts = sorted(
        half.starts_on
        for year in calendar.years
        for half in year.half_terms
        if half.starts_on > today
    )
    if starts and (day := calendar.school_day_from(starts[0])):
        found.append(Quiet("next-half-term", "Until after the break", calendar.at(day, DAY_OPENS)))
    return found


def days_off_from(chosen: Sequence[str]) -> frozenset[int]:
    """Weekdays out of a card's choices; whatever is no working weekday is left out."""
    return frozenset(int(each) for each in chosen if each in {"0", "1", "2", "3", "4"})


def _is_day_off(choices: Choices, calendar: SchoolCalendar, now: datetime) -> bool:
    return now.astimezone(calendar.zone).weekday() in choices.days_off


def _next_week(calendar: SchoolCalendar, now: datetime) -> datetime | None:
    local = now.astimezone(calendar.zone).date()
    monday = local + ONE_DAY * (7 - local.weekday())
    day = calendar.school_day_from(monday)
    return calendar.at(day, DAY_OPENS) if day else None


def _until(moment: datetime | None, now: datetime, reason: str) -> Hold:
    # A calendar that ends is a calendar to be loaded; look again tomorrow.
    return Hold(moment or now + ONE_DAY, reason)
