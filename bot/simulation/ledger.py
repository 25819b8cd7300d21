"""What a simulated year left behind: in the outbox, and where it arrived."""

from datetime import UTC, datetime, timedelta

from bot.local_tenant.tenant import LocalTenant
from bot.simulation.cast import Cast
from bot.simulation.watch import Event
from hub.outbox import Kind, OutboxState
from hub.people import Person
from store import deliveries
from store.database import Database
from store.deliveries import Delivered

#: A bell points to the card that says the same; a mail stands in for it.
_SAYS_IT = frozenset(set(Kind) - {Kind.CALENDAR, Kind.VISIT, Kind.ACTIVITY_FEED})


async def events_of(database: Database, cast: Cast) -> list[Event]:
    """Everything that was said to anybody, oldest first."""
    names = {person.id: person.name for person in cast.people}
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    async with database.read() as db:
        told = await deliveries.delivered(db, first, last - timedelta(days=1))
        sessions = await deliveries.session_of_each(db, told)
    return [
        _event(each, names[each.person_id], sessions.get(each.subject_id))
        for each in told
        if each.kind in _SAYS_IT
    ]


def _event(told: Delivered, person: str, session: tuple[object, datetime] | None) -> Event:
    return Event(
        at=told.at,
        person=person,
        rule=told.rule,
        subject=str(told.subject_id),
        channel=told.kind,
        session=str(session[0]) if session else None,
        starts_at=session[1] if session else None,
    )


async def lost_or_doubled(database: Database, tenant: LocalTenant, cast: Cast) -> list[str]:
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
        if state is OutboxState.PARKED or kind is Kind.CALENDAR
    ]
    for person in cast.people:
        found += _of_one(person, tenant, wanted.get(person.id, 0), sent.get(person.id, 0))
    return found


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
