"""Thousands of staff with places on sessions, put into a database in a few statements."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import insert

from bot.loading.content import load_offer
from bot.simulation.cast import Cast, cast_of
from hub.booking import BookingState, Session
from store.database import Database
from store.migrate import migrate
from store.programme import keep_schools, keep_sessions
from store.school_years import keep_year
from store.tables import BookingRow, ConversationRow, PersonRow
from tests.conftest import LONDON

#: A Monday in Autumn 2 at the hour at which reminders fall due.
REMINDER_TIME = datetime(2026, 11, 23, 15, 45, tzinfo=UTC)
#: Sessions that each has a place on.
PLACES_EACH = 3
_NAMESPACE = UUID("7b3f1d2c-0000-4000-8000-00000000c0de")


def cast_for(people: int) -> Cast:
    """So many staff, and a session tomorrow."""
    cast = cast_of("2026-27", people, load_offer(None), LONDON, random.Random(1))
    first = _coming(cast)[0]
    starts_at = (REMINDER_TIME + timedelta(days=1)).replace(hour=10, minute=0)
    ends_at = starts_at + (first.ends_at - first.starts_at)
    moved = replace(first, starts_at=starts_at, ends_at=ends_at, capacity=people)
    sessions = tuple(moved if each.id == first.id else each for each in cast.sessions)
    return replace(cast, sessions=sessions)


def _coming(cast: Cast) -> list[Session]:
    coming = (each for each in cast.sessions if each.starts_at > REMINDER_TIME)
    return sorted(coming, key=lambda each: each.starts_at)


async def fill(database: Database, cast, service_url: str = "") -> dict[UUID, list[UUID]]:
    """The whole trust with chats and places; the ids of each person's bookings, soonest first."""
    await migrate(database)
    chance = random.Random(2)
    async with database.begin() as db:
        await keep_year(db, cast.year)
        await keep_schools(db, cast.schools)
        await keep_sessions(db, cast.sessions)
        for some in batched_rows(map(_person, cast.people)):
            await db.execute(insert(PersonRow), some)
        chats = (_chat(each, service_url) for each in cast.people)
        for some in batched_rows(chats):
            await db.execute(insert(ConversationRow), some)
        booked = {each.id: [] for each in cast.people}
        rows = list(_bookings(cast, chance, booked))
        for some in batched_rows(rows):
            await db.execute(insert(BookingRow), some)
    return booked


def batched_rows(rows):
    rows = list(rows)
    return (rows[at : at + 1000] for at in range(0, len(rows), 1000))


def _person(person):
    return {
        "id": person.id,
        "tenant_id": person.tenant_id,
        "object_id": person.object_id,
        "name": person.name,
        "roles": sorted(person.roles),
        "school_id": person.school.id if person.school else None,
        "created_at": REMINDER_TIME - timedelta(days=200),
    }


def _chat(person, service_url):
    return {
        "person_id": person.id,
        "conversation_id": f"a:{person.object_id}",
        "service_url": service_url,
        "channel_id": "msteams",
        "bot_id": "28:send-hub",
        "user_id": f"29:{person.object_id}",
        "seen_at": REMINDER_TIME - timedelta(days=100),
    }


def _bookings(cast, chance, booked):
    """Everybody on tomorrow's session, one within the next weeks and one that they came to."""
    coming = _coming(cast)
    gone = [each for each in cast.sessions if each.ends_at < REMINDER_TIME]
    for person in cast.people:
        chosen = [coming[0], chance.choice(coming[1:20]), chance.choice(gone)]
        for session in chosen:
            booking_id = uuid5(_NAMESPACE, f"{person.id} {session.id}")
            booked[person.id].append(booking_id)
            is_gone = session.ends_at < REMINDER_TIME
            yield {
                "id": booking_id,
                "person_id": person.id,
                "session_id": session.id,
                "state": BookingState.ATTENDED if is_gone else BookingState.CONFIRMED,
                "arrival": 1,
                "created_at": REMINDER_TIME - timedelta(days=90),
                "since": REMINDER_TIME - timedelta(days=90),
            }
