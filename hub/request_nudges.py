"""What is due about requests: a visit to come, a step that somebody left lying, a follow-up to offer.

Pure. Source: journey 6 and domain, section 2 (timeliness of each step).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from hub.nudges import Nudge, Rule
from hub.promises import Promises, due_next, school_days_after
from hub.reminders import NO_DAYS_OFF, NOBODY_PART_TIME, ONE_HOUR, reminder_due_at
from hub.request_standing import TEAMS
from hub.requests import Entry, Request, State, Step, Visit, VisitState
from hub.rule_book import RuleBook
from hub.school_year import DAY_OPENS, NUDGE_TIME, SchoolCalendar
from hub.services import Services

#: A visit that was this much longer ago than the rule says is not brought up any more.
FOLLOW_UP_LASTS = timedelta(days=21)
#: Whoever was offered times this recently has just read them.
JUST_READ = timedelta(hours=3)
_ARRANGES = frozenset({Step.PICK_TIME, Step.ARRANGE_FOLLOW_UP, Step.CHOOSE_CALL})


def due_visit_reminders(
    requests: Iterable[Request],
    book: RuleBook,
    calendar: SchoolCalendar,
    now: datetime,
    days_off: Mapping[UUID, frozenset[int]] = NOBODY_PART_TIME,
) -> list[Nudge]:
    """Reminders owed to both sides of a visit or a call that is to come.

    A time that was arranged after a reminder's moment has just been read, and gets none.
    """
    found = []
    for request in requests:
        visit = request.arranged
        if visit is None:
            continue
        for person_id in _both_sides(request, visit):
            off = days_off.get(person_id, NO_DAYS_OFF)
            found += [
                Nudge(rule, person_id, visit.id, due_at, f"{rule}:{visit.id}:{person_id}")
                for rule, due_at in _moments(visit, book, calendar, off)
                if due_at <= now < visit.starts_at and _arranged_at(request) <= due_at
            ]
    return found


def _both_sides(request: Request, visit: Visit) -> list[UUID]:
    return list(dict.fromkeys([request.asker.id, *([visit.host_id] if visit.host_id else [])]))


def _arranged_at(request: Request) -> datetime:
    """When the time that is to come was arranged."""
    found = (each.at for each in reversed(request.entries) if each.step in _ARRANGES)
    return next(found, request.begun_at)


def _moments(
    visit: Visit, book: RuleBook, calendar: SchoolCalendar, days_off: Collection[int]
) -> Iterator[tuple[Rule, datetime]]:
    soon = reminder_due_at(visit.starts_at, calendar, days_off)
    if soon and book.is_on(Rule.VISIT_SOON):
        yield Rule.VISIT_SOON, soon
    if visit.how == TEAMS and book.is_on(Rule.CALL_HOUR):
        yield Rule.CALL_HOUR, visit.starts_at - ONE_HOUR


def due_stalled(
    requests: Iterable[Request],
    handlers: Mapping[UUID, Collection[UUID]],
    services: Services,
    promises: Promises,
    book: RuleBook,
    calendar: SchoolCalendar,
    now: datetime,
) -> list[Nudge]:
    """What those who deal with a request hear when a promised time has slipped; once a promise.

    ``handlers`` are the people who deal with each request, by its id.
    """
    if not book.is_on(Rule.REQUEST_STALLED):
        return []
    found = []
    for request in requests:
        due = due_next(request, services.service(request.service), promises, calendar, now)
        if due is None or not due.is_late:
            continue
        rule = Rule.REQUEST_STALLED
        found += [
            Nudge(rule, each, request.id, now, f"{rule}:{request.id}:{due.by.isoformat()}:{each}")
            for each in handlers.get(request.id, ())
        ]
    return found


def due_choices(
    requests: Iterable[Request],
    book: RuleBook,
    calendar: SchoolCalendar,
    now: datetime,
    days_off: Mapping[UUID, frozenset[int]] = NOBODY_PART_TIME,
) -> list[Nudge]:
    """What an asker hears who has not chosen one of the times on offer; once an offer.

    It comes so many school days after the offer, or the school day before the last of the times
    where that is sooner.
    """
    rule = Rule.TIMES_WAITING
    if not book.is_on(rule):
        return []
    found = []
    for request in requests:
        offer = last_offer(request)
        last = max((each.starts_at for each in request.proposed), default=now)
        if offer is None or last <= now:
            continue
        day = school_days_after(calendar, offer.at, book.days(rule))
        soon = reminder_due_at(last, calendar, days_off.get(request.asker.id, NO_DAYS_OFF))
        moments = [*([calendar.at(day, NUDGE_TIME)] if day else []), *([soon] if soon else [])]
        due_at = min(moments, default=None)
        if due_at and offer.at + JUST_READ <= due_at <= now:
            found.append(Nudge(rule, request.asker.id, offer.id, due_at, f"{rule}:{offer.id}"))
    return found


def last_offer(request: Request) -> Entry | None:
    """The line of the history that put the present times on offer."""
    found = (each for each in reversed(request.entries) if each.step is Step.PROPOSE_TIMES)
    return next(found, None)


def due_unrecorded(
    requests: Iterable[Request],
    handlers: Mapping[UUID, Collection[UUID]],
    book: RuleBook,
    calendar: SchoolCalendar,
    now: datetime,
) -> list[Nudge]:
    """What whoever came or called hears when it is over and nobody recorded it; once a visit.

    ``handlers`` are the people who deal with each request, by its id: they hear of it where
    whoever was to come is not one of them any more.
    """
    rule = Rule.VISIT_UNRECORDED
    if not book.is_on(rule):
        return []
    found = []
    for request in requests:
        visit = request.arranged
        if visit is None or visit.ends_at > now:
            continue
        day = school_days_after(calendar, visit.ends_at, book.days(rule))
        due_at = max(calendar.at(day, DAY_OPENS), visit.ends_at) if day else None
        if due_at is None or due_at > now:
            continue
        deals = handlers.get(request.id, ())
        found += [
            Nudge(rule, each, visit.id, due_at, f"{rule}:{visit.id}:{each}")
            for each in deals
            if each == visit.host_id or visit.host_id not in deals
        ]
    return found


def due_follow_ups(requests: Iterable[Request], book: RuleBook, now: datetime) -> list[Nudge]:
    """What an asker hears some weeks after a visit that nothing has followed; once a visit."""
    rule = Rule.FOLLOW_UP_DUE
    if not book.is_on(rule):
        return []
    after = timedelta(days=book.days(rule))
    found = []
    for request in requests:
        visit = last_held(request)
        if visit is None or not awaits_follow_up(request):
            continue
        due_at = visit.starts_at + after
        if due_at <= now < due_at + FOLLOW_UP_LASTS:
            found.append(Nudge(rule, request.asker.id, request.id, due_at, f"{rule}:{visit.id}"))
    return found


def awaits_follow_up(request: Request) -> bool:
    """Whether somebody was visited, and no follow-up is asked for or arranged."""
    return request.state is State.VISITED and request.follow_up_wanted_at is None


def last_held(request: Request) -> Visit | None:
    """The newest visit or follow-up that was held."""
    held = [each for each in request.visits if each.state is VisitState.HELD]
    return max(held, key=lambda each: each.starts_at, default=None)
