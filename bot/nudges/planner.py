"""What is due, from the truth and the time: read, ask ``hub``, write to the outbox.

Idempotent: the same truth at the same instant gives the same rows, and their keys are unique.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from hub.afterwards import LOOKS_BACK, due_afterwards
from hub.nudges import due_nudges
from hub.school_meetings import due_check_ins
from store import booking_reads, bookings, feedback, meetings, next_steps, nudges, school_years
from store.database import Database

#: A reminder goes out the school day before, so the longest break is as far as it ever looks.
LOOKS_AHEAD = timedelta(days=80)

_log = structlog.get_logger(__name__)


async def plan(database: Database, now: Callable[[], datetime]) -> int:
    """Pass lapsed offers on, and owe Teams meetings and every nudge that is due; tell how many were new."""
    at = now()
    async with database.read() as db:
        calendar = await school_years.calendar(db)
    async with database.begin() as db:
        lapsed = await bookings.lapse_offers(db, calendar, at)
        await meetings.follow_new(db, at)
    planned = 0
    if calendar.may_disturb(at):
        async with database.read() as db:
            coming = await booking_reads.bookings_starting(db, at, LOOKS_AHEAD)
            open_steps = await next_steps.to_check_in_on(db, at)
            came = await feedback.came_since(db, at, LOOKS_BACK)
        due = [
            *due_nudges(coming, calendar, at),
            *due_check_ins(open_steps, calendar, at),
            *due_afterwards(came, calendar, at),
        ]
        if due:
            async with database.begin() as db:
                planned = await nudges.plan_all(db, due, at)
    if planned or lapsed:
        _log.info("planned", nudges=planned, lapsed_offers=lapsed)
    return planned
