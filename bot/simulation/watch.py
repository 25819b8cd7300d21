"""What a simulated year saw: everything sent, and each promise held against it independently.

Nothing here asks ``hub.manners``: a checker that shares the rules would share their mistakes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from hub.nudge_rules import Family
from hub.nudges import Rule
from hub.school_year import SchoolYear

EARLIEST, LATEST = time(8), time(18)
MOST_A_DAY, MOST_A_WEEK = 2, 5
#: Exact to the minute, whatever the hour.
AT_THE_HOUR = frozenset({Rule.SESSION_HOUR, Rule.CALL_HOUR})
AN_HOUR = timedelta(hours=1)
REMINDERS = AT_THE_HOUR | {Rule.SESSION_WEEK, Rule.SESSION_SOON, Rule.VISIT_SOON}
#: Each change of a session is a thing of its own, and no change is told to anybody twice.
CHANGES = frozenset({Rule.SESSION_MOVED, Rule.SESSION_CANCELLED, Rule.SESSION_BACK_ON})
#: Replies in a conversation that somebody began, and the Hub's work that follows from it: held to
#: the hours but to no cap, or the third step of a request would wait until tomorrow. Instead each
#: step of a request is told to each person once, and a new request to each lead once (a question
#: that nobody answered comes back once more, as a request).
IN_A_REQUEST = frozenset({Rule.REQUEST_UPDATE, Rule.REQUEST_NEW})
#: The answer to a press a moment ago, at any hour and to no cap: instead, one for each press.
ANSWERS = frozenset({Rule.PRESSED_IN_PUBLIC})
UNCAPPED = IN_A_REQUEST | ANSWERS
#: What happens to somebody's own place or request is told even to those who stopped everything
#: else or are off that day.
ALWAYS_TOLD = CHANGES | UNCAPPED | {Rule.PLACE_OFFERED, Rule.INVITED, Rule.MEETING_HELD}
#: Told more than once about one request: a question that comes back as a request, each promise
#: that slips, each visit after which a follow-up would help.
MOST_ABOUT_ONE = {Rule.REQUEST_NEW: 2, Rule.REQUEST_STALLED: 3, Rule.FOLLOW_UP_DUE: 3}
#: A place given up or lost may be offered anew, but not on the same day.
OFFERS = frozenset({Rule.PLACE_OFFERED, Rule.INVITED})
#: All else is told once about one thing: a reminder is bound to a start, which may move.
SEVERAL_TIMES = REMINDERS | CHANGES | OFFERS | ANSWERS
#: By the switch that turns them off for one person. What is in none of these can't be stopped
#: alone, nor put off by asking for quiet, except what concerns the Hub's own work.
KINDS: Mapping[Family, frozenset[Rule]] = {
    Family.GAPS: frozenset(
        {
            Rule.TIER_1_MISSED,
            Rule.TIER_1_OPEN,
            Rule.TIER_2A_OPEN,
            Rule.MATHS_LEAD_MISSING,
            Rule.INSET_NOBODY,
            Rule.SCHOOL_MEETING_OPEN,
            Rule.TIMES_WAITING,
        }
    ),
    Family.AFTERWARDS: frozenset(
        {Rule.FEEDBACK, Rule.SHARING, Rule.NEXT_STEPS, Rule.FOLLOW_UP_DUE}
    ),
    Family.NEWS: frozenset({Rule.ANNOUNCEMENT, Rule.SESSION_SUGGESTED}),
    Family.READING: frozenset({Rule.READ_AHEAD}),
}


@dataclass(frozen=True)
class Event:
    """One thing that reached one person. ``at`` is UTC."""

    at: datetime
    person: str
    rule: Rule
    subject: str
    channel: str
    session: str | None
    #: Start of the session it is about.
    starts_at: datetime | None = None

    def as_data(self) -> dict[str, str | None]:
        """The line of ``--events``."""
        return {
            "at": f"{self.at:%Y-%m-%dT%H:%M:%SZ}",
            "person": self.person,
            "rule": self.rule,
            "subject": self.subject,
            "channel": self.channel,
            "session": self.session,
        }


@dataclass(frozen=True)
class Wishes:
    """What one person asked for or did, as the simulation itself noted it."""

    stopped_at: datetime | None = None
    days_off: frozenset[int] = frozenset()
    #: Kinds that they stopped, and since when.
    stopped: Mapping[Family, datetime] = field(default_factory=dict)
    #: From when until when they wanted quiet.
    quiet: tuple[tuple[datetime, datetime], ...] = ()
    left_at: datetime | None = None
    #: How often they pressed a button where others read along.
    presses: int = 0


@dataclass(frozen=True)
class OffTime:
    """A rule that leads had turned off, from when until when; None for the rest of the year."""

    rule: Rule
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Leads:
    """What leads did, as the simulation itself noted it."""

    off: tuple[OffTime, ...] = ()
    #: How often each session was moved, called off and put back on; sessions by id.
    changes: Mapping[tuple[Rule, str], int] = field(default_factory=dict)


def broken_promises(
    events: Sequence[Event],
    year: SchoolYear,
    zone: tzinfo,
    wishes: Mapping[str, Wishes],
    leads: Leads,
) -> list[str]:
    """Each way in which promise 5 was broken, in words with person, rule and time."""
    told = [(each, each.at.astimezone(zone)) for each in events]
    found = [*_at_bad_times(told, year), *_twice(events), *_more_than_changed(events, leads)]
    found += _while_off(told, leads)
    for person, own in _by_person(told).items():
        wanted = wishes.get(person, Wishes())
        found += _too_many(person, own)
        found += _on_days_off(person, own, wanted)
        found += against_wishes(own, wanted)
    return found


def _by_person(
    told: Iterable[tuple[Event, datetime]],
) -> dict[str, list[tuple[Event, datetime]]]:
    found: dict[str, list[tuple[Event, datetime]]] = defaultdict(list)
    for event, local in told:
        found[event.person].append((event, local))
    return found


def _at_bad_times(told: Iterable[tuple[Event, datetime]], year: SchoolYear) -> Iterator[str]:
    for event, local in told:
        if event.rule in AT_THE_HOUR:
            before = event.starts_at - event.at if event.starts_at else None
            if before is None or not timedelta(0) < before <= AN_HOUR:
                yield f"not in the hour before: {_words(event, local)}"
        elif event.rule in ANSWERS:
            continue
        elif not year.is_school_day(local.date()):
            yield f"no school day: {_words(event, local)}"
        elif not EARLIEST <= local.time() < LATEST:
            yield f"outside 08:00 to 18:00: {_words(event, local)}"


def _too_many(person: str, own: Iterable[tuple[Event, datetime]]) -> Iterator[str]:
    days: Counter[date] = Counter()
    weeks: Counter[date] = Counter()
    for event, local in own:
        # Somebody must not stand at the door of a session that is off.
        is_urgent = event.rule in ALWAYS_TOLD | REMINDERS and _is_urgent(event)
        if is_urgent or event.rule in UNCAPPED:
            continue
        days[local.date()] += 1
        if event.rule not in REMINDERS:
            weeks[local.date() - timedelta(days=local.weekday())] += 1
    for day, count in days.items():
        if count > MOST_A_DAY:
            yield f"{count} nudges on {day}: {person}"
    for week, count in weeks.items():
        if count > MOST_A_WEEK:
            yield f"{count} nudges in the week of {week}: {person}"


def _is_urgent(event: Event) -> bool:
    return event.starts_at is not None and event.starts_at - event.at < timedelta(days=4)


def _on_days_off(
    person: str, own: Iterable[tuple[Event, datetime]], wishes: Wishes
) -> Iterator[str]:
    for event, local in own:
        exact = event.rule in AT_THE_HOUR | ALWAYS_TOLD
        if local.weekday() in wishes.days_off and not exact:
            yield f"on a day off: {_words(event, local)} ({person})"


def _twice(events: Sequence[Event]) -> Iterator[str]:
    seen = Counter((e.person, e.rule, e.subject) for e in events if e.rule not in SEVERAL_TIMES)
    for (person, rule, subject), count in seen.items():
        if count > MOST_ABOUT_ONE.get(rule, 1):
            yield f"{count} times for one thing: {rule} about {subject} to {person}"
    offers = Counter((e.person, e.rule, e.subject, e.at.date()) for e in events if e.rule in OFFERS)
    for (person, rule, _, day), count in offers.items():
        if count > 1:
            yield f"{count} times on {day}: {rule} to {person}"


def _more_than_changed(events: Iterable[Event], leads: Leads) -> Iterator[str]:
    """News of a change goes to each person once; a change taken back at once may be told to none."""
    seen = Counter((e.person, e.rule, e.session or "") for e in events if e.rule in CHANGES)
    for (person, rule, session), count in seen.items():
        if count > leads.changes.get((rule, session), 0):
            yield f"{count} times {rule} of {session} to {person}: it did not change so often"


def _while_off(told: Iterable[tuple[Event, datetime]], leads: Leads) -> Iterator[str]:
    for event, local in told:
        for off in leads.off:
            is_over = off.until is not None and off.until <= event.at
            if off.rule is event.rule and off.since < event.at and not is_over:
                yield f"turned off by a lead: {_words(event, local)}"


def against_wishes(own: Sequence[tuple[Event, datetime]], wishes: Wishes) -> Iterator[str]:
    """What reached one person that they had asked not to hear, or not then."""
    for event, local in own:
        if why := _why_not(event, wishes):
            yield f"{why}: {_words(event, local)}"
    answers = sum(event.rule in ANSWERS for event, _ in own)
    if answers > wishes.presses:
        yield f"{answers} answers to {wishes.presses} presses: {own[0][0].person}"


def _why_not(event: Event, wishes: Wishes) -> str:
    if wishes.left_at and event.at > wishes.left_at:
        return "after leaving the trust"
    if event.rule in ALWAYS_TOLD:
        return ""
    if wishes.stopped_at and event.at > wishes.stopped_at:
        return "after opting out"
    for family, since in wishes.stopped.items():
        if event.rule in KINDS[family] and event.at > since:
            return f"after stopping {family}"
    is_quiet = any(since < event.at < until for since, until in wishes.quiet)
    return "while quiet was asked for" if is_quiet and event.rule not in REMINDERS else ""


def _words(event: Event, local: datetime) -> str:
    return f"{event.rule} to {event.person} at {local:%a %Y-%m-%d %H:%M}"
