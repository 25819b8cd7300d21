"""What a simulated year saw: everything sent, and each promise held against it independently.

Nothing here asks ``hub.manners``: a checker that shares the rules would share their mistakes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hub.nudges import Rule
from hub.school_year import SchoolYear

EARLIEST, LATEST = time(8), time(18)
MOST_A_DAY, MOST_A_WEEK = 2, 5
#: Exact to the minute, whatever the hour.
AT_THE_HOUR = frozenset({Rule.SESSION_HOUR, Rule.CALL_HOUR})
REMINDERS = AT_THE_HOUR | {Rule.SESSION_WEEK, Rule.SESSION_SOON, Rule.VISIT_SOON}
#: Each change of a session is a thing of its own.
MANY_TIMES = frozenset({Rule.SESSION_MOVED, Rule.SESSION_CANCELLED, Rule.SESSION_BACK_ON})
#: What happens to somebody's own place is told even to those who stopped everything else.
ALWAYS_TOLD = MANY_TIMES | {Rule.PLACE_OFFERED, Rule.INVITED, Rule.MEETING_HELD}


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
    """What one person asked for, as the simulation itself noted it."""

    stopped_at: datetime | None = None
    days_off: frozenset[int] = frozenset()


def broken_promises(
    events: Sequence[Event], year: SchoolYear, zone: object, wishes: dict[str, Wishes]
) -> list[str]:
    """Each way in which promise 5 was broken, in words with person, rule and time."""
    told = [(each, each.at.astimezone(zone)) for each in events]  # type: ignore[arg-type]
    found = [*_at_bad_times(told, year), *_twice(events), *_after_no(events, wishes)]
    for person, own in _by_person(told).items():
        found += _too_many(person, own)
        found += _on_days_off(person, own, wishes.get(person, Wishes()))
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
            continue
        if not year.is_school_day(local.date()):
            yield f"no school day: {_words(event, local)}"
        elif not EARLIEST <= local.time() < LATEST:
            yield f"outside 08:00 to 18:00: {_words(event, local)}"


def _too_many(person: str, own: Iterable[tuple[Event, datetime]]) -> Iterator[str]:
    days: Counter[date] = Counter()
    weeks: Counter[date] = Counter()
    for event, local in own:
        # Somebody must not stand at the door of a session that is off.
        if event.rule in ALWAYS_TOLD | REMINDERS and _is_urgent(event):
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


def _twice(events: Iterable[Event]) -> Iterator[str]:
    seen = Counter((e.person, e.rule, e.subject) for e in events if e.rule not in MANY_TIMES)
    for (person, rule, subject), count in seen.items():
        # A session that moved is remembered anew, and a place is offered anew.
        if count > 1 and rule not in REMINDERS | {Rule.PLACE_OFFERED}:
            yield f"{count} times for one thing: {rule} about {subject} to {person}"


def _after_no(events: Iterable[Event], wishes: dict[str, Wishes]) -> Iterator[str]:
    for event in events:
        stopped_at = wishes.get(event.person, Wishes()).stopped_at
        if stopped_at and event.at > stopped_at and event.rule not in ALWAYS_TOLD:
            yield f"after opting out: {_words(event, event.at)}"


def _words(event: Event, local: datetime) -> str:
    return f"{event.rule} to {event.person} at {local:%a %Y-%m-%d %H:%M}"
