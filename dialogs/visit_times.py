"""Free times for a visit or a call: calendars are asked in one question, outside any transaction."""

from collections.abc import Sequence

from dialogs.desk import Desk
from hub.people import Person
from hub.visit_times import Slot, free_slots, look_ahead, spread
from store import meeting_parties, request_visits, school_years


async def slots_for(desk: Desk, people: Sequence[Person], wanted: str = "") -> list[Slot]:
    """A few times on which all these people look free; those that somebody ``wanted`` first.

    A calendar that nobody can see holds nothing back.
    """
    now = desk.now()
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        ahead = look_ahead(calendar, now)
        if ahead is None:
            return []
        own = await meeting_parties.engagements(db, people, *ahead)
        own += await request_visits.engagements(db, people, *ahead)
    ids = [each.object_id for each in people]
    told = await desk.directory.busy_times(ids, *ahead) or {}
    busy = [*own, *(each for times in told.values() for each in times)]
    schools = [each.school.id for each in people if each.school]
    free = free_slots(calendar, schools[0] if schools else "", now, busy)
    return spread(free, [name for name in wanted.split(",") if name])


async def handler_of(desk: Desk, owner: Person | None) -> list[Person]:
    """Whose calendar counts on the Hub's side: the colleague in charge, or the first lead."""
    if owner is not None:
        return [owner]
    async with desk.database.read() as db:
        return (await meeting_parties.leads(db))[:1]
