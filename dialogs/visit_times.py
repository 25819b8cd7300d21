"""Free times for a visit or a call: calendars are asked in one question, outside any transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs.desk import Desk
from hub.directory import Busy
from hub.people import Person
from hub.requests import Request, VisitState
from hub.school_year import SchoolCalendar
from hub.visit_times import Slot, free_calls, free_slots, look_ahead, spread
from store import meeting_parties, people, request_visits, school_years


@dataclass(frozen=True)
class _Diaries:
    """What several people have on in the weeks ahead."""

    calendar: SchoolCalendar
    #: Of the first of them who has one.
    school_id: str
    now: datetime
    busy: Sequence[Busy]


async def slots_for(desk: Desk, who: Sequence[Person], wanted: str = "") -> list[Slot]:
    """A few times on which all these people look free; those that somebody ``wanted`` first."""
    known = await _diaries(desk, who)
    if known is None:
        return []
    free = free_slots(known.calendar, known.school_id, known.now, known.busy)
    return spread(free, [name for name in wanted.split(",") if name])


async def calls_for(desk: Desk, who: Sequence[Person]) -> list[datetime]:
    """Every start of a call at which all these people look free, soonest first."""
    known = await _diaries(desk, who)
    if known is None:
        return []
    return free_calls(known.calendar, known.school_id, known.now, known.busy)


async def _diaries(desk: Desk, who: Sequence[Person]) -> _Diaries | None:
    """None when no school day is known. A calendar that nobody can see holds nothing back."""
    now = desk.now()
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        ahead = look_ahead(calendar, now)
        if ahead is None:
            return None
        own = await meeting_parties.engagements(db, who, *ahead)
        own += await request_visits.engagements(db, who, *ahead)
    told = await desk.directory.busy_times([each.object_id for each in who], *ahead) or {}
    busy = [*own, *(each for times in told.values() for each in times)]
    schools = [each.school.id for each in who if each.school]
    return _Diaries(calendar, schools[0] if schools else "", now, busy)


async def handler_of(desk: Desk, owner: Person | None) -> list[Person]:
    """Whose calendar counts on the Hub's side: the colleague in charge, or the first lead."""
    if owner is not None:
        return [owner]
    async with desk.database.read() as db:
        return (await meeting_parties.leads(db))[:1]


async def caller_of(desk: Desk, request: Request) -> Person | None:
    """Who calls for the Hub: the colleague in charge, whoever came to the visit, the first lead."""
    came = [each.host_id for each in request.visits if each.state is VisitState.HELD]
    who = request.owner
    if who is None and came and came[-1]:
        async with desk.database.read() as db:
            who = await people.person_with_id(db, came[-1])
        who = who if who and who.is_lead and who.left_at is None else None
    return next(iter(await handler_of(desk, who)), None)
