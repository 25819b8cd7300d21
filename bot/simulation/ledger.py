"""What a simulated year left behind: in the outbox, and where it arrived."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.local_tenant.tenant import LocalTenant
from bot.simulation.watch import ALWAYS_TOLD, Event
from hub.outbox import Kind, OutboxState
from hub.people import Person
from store import deliveries
from store.database import Database
from store.deliveries import Delivered

#: A bell points to the card that says the same; a mail stands in for it.
_IN_CALENDARS = frozenset({Kind.CALENDAR, Kind.VISIT, Kind.MEETING})
_SAYS_IT = frozenset(set(Kind) - _IN_CALENDARS - {Kind.ACTIVITY_FEED})


async def events_of(database: Database, everybody: Mapping[UUID, Person]) -> list[Event]:
    """Everything that was said to anybody, oldest first."""
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    async with database.read() as db:
        told = await deliveries.delivered(db, first, last - timedelta(days=1))
        sessions = await deliveries.session_of_each(db, told)
        visits = await deliveries.visit_starts(db)
    starts = {subject: starts_at for subject, (_, starts_at) in sessions.items()} | visits
    return [
        _event(each, everybody, sessions.get(each.subject_id), starts.get(each.subject_id))
        for each in told
        if each.kind in _SAYS_IT
    ]


def _event(
    told: Delivered,
    everybody: Mapping[UUID, Person],
    session: tuple[UUID, datetime] | None,
    starts_at: datetime | None,
) -> Event:
    return Event(
        at=told.at,
        person=everybody[told.person_id].name,
        rule=told.rule,
        subject=str(told.subject_id),
        channel=told.kind,
        session=str(session[0]) if session else None,
        starts_at=starts_at,
    )


async def lost_or_doubled(
    database: Database, tenant: LocalTenant, everybody: Mapping[UUID, Person]
) -> list[str]:
    """Each way in which promises 1 and 3 were broken: lost, left over, doubled, overbooked."""
    async with database.read() as db:
        left = await deliveries.not_sent(db)
        wanted = await deliveries.events_wanted(db)
        overbooked = await deliveries.overbooked(db)
        sent = await deliveries.messages_sent(db)
    found = [f"overbooked: {title}" for title in overbooked]
    found += [
        f"{count} × {kind} {state}: {reason}"
        for (kind, state, reason), count in left.items()
        if state is OutboxState.PARKED or kind in _IN_CALENDARS
    ]
    for person in everybody.values():
        found += _of_one(person, tenant, wanted.get(person.id, 0), sent.get(person.id, 0))
    return found


async def never_told(
    database: Database, everybody: Mapping[UUID, Person], due_before: datetime
) -> list[str]:
    """News of somebody's own place or request that was due long ago and never went out.

    Nothing holds such news but the hours, so a whole school day is time enough.
    """
    async with database.read() as db:
        waiting = await deliveries.still_pending(db, ALWAYS_TOLD, due_before)
    return [f"never told: {rule} to {everybody[person_id].name}" for rule, person_id in waiting]


def _of_one(person: Person, tenant: LocalTenant, wanted: int, sent: int) -> list[str]:
    events = len(tenant.state.calendars.get(person.object_id, {}))
    cards = len(tenant.state.chats.get(f"a:{person.object_id}", ()))
    found = []
    if events != wanted:
        found.append(f"{person.name} has {events} calendar events, {wanted} are wanted")
    # A card whose answer was lost on the way back is sent again: the one duplicate there may be.
    if not sent <= cards <= sent + _answers_lost(person, tenant):
        found.append(f"{person.name} has {cards} messages in the chat, {sent} were sent")
    return found


def _answers_lost(person: Person, tenant: LocalTenant) -> int:
    lost = tenant.faults.lost if tenant.faults else {}
    return sum(
        count
        for call, count in lost.items()
        if person.object_id in call and call.endswith("activities")
    )
