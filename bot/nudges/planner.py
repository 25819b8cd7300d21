"""What is due, from the truth and the time: read, ask ``hub``, write to the outbox.

Idempotent: the same truth at the same instant gives the same rows, and their keys are unique.
"""

from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from hub.afterwards import LOOKS_BACK, due_afterwards
from hub.gaps import due_gaps
from hub.nudges import Nudge, Rule
from hub.offer import Offer
from hub.outbox import trace_of
from hub.promises import USUAL_PROMISES, Promises, has_lapsed
from hub.reading import ToolkitOn, due_reading, no_toolkit
from hub.reminders import due_reminders
from hub.request_nudges import (
    due_choices,
    due_follow_ups,
    due_stalled,
    due_unrecorded,
    due_visit_reminders,
)
from hub.school_meetings import due_check_ins
from hub.school_year import SchoolCalendar
from hub.services import NO_SERVICES, Services
from store import (
    booking_reads,
    bookings,
    feedback,
    manners,
    meeting_parties,
    meetings,
    next_steps,
    nudges,
    request_handling,
    request_leavers,
    request_reads,
    school_years,
)
from store.database import Database
from store.year_facts import year_facts

#: A reminder goes out the school day before, so the longest break is as far as it ever looks.
LOOKS_AHEAD = timedelta(days=80)

_log = structlog.get_logger(__name__)


async def plan(
    database: Database,
    offer: Offer,
    now: Clock,
    services: Services = NO_SERVICES,
    promises: Promises = USUAL_PROMISES,
    toolkit_on: ToolkitOn = no_toolkit,
) -> int:
    """Pass lapsed offers on, owe Teams meetings and every nudge that is due; tell how many were new.

    Of ``services``, those that are questions become requests when nobody answered in time.
    Quiet hours and caps are delivery's to keep: what is due waits in the outbox.
    """
    at = now()
    async with database.read() as db:
        calendar = await school_years.calendar(db)
    async with database.begin() as db:
        lapsed = await bookings.lapse_offers(db, calendar, at)
        questions = [each.key for each in services.every if each.is_question]
        await request_handling.lapse_questions(
            db, questions, lambda asked_at: has_lapsed(asked_at, promises, calendar, at), at
        )
        await request_leavers.keep_visits_of_former_leads(db, at)
        await meetings.follow_new(db, at)
    due = await _due(database, offer, calendar, at, services, promises, toolkit_on)
    new: set[str] = set()
    if due:
        async with database.begin() as db:
            new = await nudges.plan_all(db, due, at)
    if new or lapsed:
        _log.info("planned", nudges=len(new), lapsed_offers=lapsed)
    for each in due:
        if each.key in new:
            _log.info("nudge planned", nudge=trace_of(each.key), rule=each.rule)
    return len(new)


async def _due(
    database: Database,
    offer: Offer,
    calendar: SchoolCalendar,
    at: datetime,
    services: Services,
    promises: Promises,
    toolkit_on: ToolkitOn,
) -> list[Nudge]:
    async with database.read() as db:
        book = await manners.rule_book(db)
        asked = await manners.choices_of_all(db)
        coming = await booking_reads.bookings_starting(db, at, LOOKS_AHEAD)
        days_off = {person: choices.days_off for person, choices in asked.items()}
        due = due_reminders(coming, book, calendar, at, days_off)
        due += due_reading(coming, toolkit_on, book, calendar, at, days_off)
        asked_for = await request_reads.open_requests(db)
        due += due_visit_reminders(asked_for, book, calendar, at, days_off)
        if calendar.may_disturb(at):
            everybody = {each.id for each in await meeting_parties.leads(db)}
            handlers = {each.id: {each.owner.id} if each.owner else everybody for each in asked_for}
            due += due_stalled(asked_for, handlers, services, promises, book, calendar, at)
            due += due_choices(asked_for, book, calendar, at, days_off)
            due += due_unrecorded(asked_for, handlers, book, calendar, at)
            due += due_follow_ups(asked_for, book, at)
            after = timedelta(days=book.days(Rule.NEXT_STEPS))
            met = await next_steps.to_check_in_on(db, at, after)
            due += due_check_ins(met, book, calendar, at)
            came = await feedback.came_since(db, at, LOOKS_BACK)
            due += due_afterwards(came, book, calendar, at)
            if year := calendar.year_of(at.astimezone(calendar.zone).date()):
                due += due_gaps(await year_facts(db, year), offer, book, calendar, at)
    return due
