"""Promises 1 and 2 on both engines: never overbooked, offered in order, never to two people."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from hub.booking import Booking, BookingState, Placed, Session
from hub.people import Person
from hub.refusals import Reason, Refusal
from store import booking_reads, bookings, people
from store.database import Database
from store.outbox import standings
from store.programme import keep_sessions
from store.tables import BookingRow
from tests.conftest import LONDON

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
STARTS = datetime(2026, 12, 3, 10, tzinfo=LONDON)


def a_clinic(capacity):
    return Session(
        uuid4(), "4", "Clinic", STARTS, STARTS + timedelta(hours=3), "School B", capacity
    )


async def meet(database, count):
    async with database.begin() as db:
        return [
            await people.meet(db, "t", f"o-{number}", f"Person {number}", NOW)
            for number in range(count)
        ]


async def open_clinic(database, capacity):
    session = a_clinic(capacity)
    async with database.begin() as db:
        await keep_sessions(db, [session])
    return session.id


async def book(database, person: Person, session_id: UUID) -> Placed | Refusal:
    async with database.begin() as db:
        return await bookings.book(db, person, session_id, NOW)


async def states(database, session_id):
    async with database.read() as db:
        rows = await db.scalars(
            select(BookingRow)
            .where(BookingRow.session_id == session_id)
            .order_by(BookingRow.arrival)
        )
        return [(row.person_id, BookingState(row.state), row.arrival) for row in rows]


async def test_200_people_race_for_12_places(database):
    crowd, clinic = await meet(database, 200), await open_clinic(database, 12)

    placed = await asyncio.gather(*(book(database, person, clinic) for person in crowd))

    found = await states(database, clinic)
    assert [state for _, state, _ in found] == [BookingState.CONFIRMED] * 12 + [
        BookingState.WAITING
    ] * 188
    assert [arrival for *_, arrival in found] == list(range(1, 201))
    waiting = [each.booking for each in placed if each.booking.state is BookingState.WAITING]
    assert sorted(each.position for each in waiting) == list(range(1, 189))
    async with database.read() as db:
        (owed,) = await standings(db, NOW)
    assert owed.count == 12


async def test_two_replicas_race_for_12_places(database, database_url):
    crowd, clinic = await meet(database, 60), await open_clinic(database, 12)
    replicas = [database, Database(database_url, LONDON)]

    await asyncio.gather(
        *(book(replicas[at % 2], person, clinic) for at, person in enumerate(crowd))
    )
    await replicas[1].close()

    found = await states(database, clinic)
    assert sum(state is BookingState.CONFIRMED for _, state, _ in found) == 12
    assert [arrival for *_, arrival in found] == list(range(1, 61))


async def test_one_person_who_taps_ten_times_at_once_has_one_place(database):
    (person,), clinic = await meet(database, 1), await open_clinic(database, 12)

    placed = await asyncio.gather(*(book(database, person, clinic) for _ in range(10)))

    assert sum(each.is_new for each in placed) == 1
    assert len(await states(database, clinic)) == 1


async def test_many_giving_up_at_once_make_one_offer_each_in_order(database, calendar):
    crowd, clinic = await meet(database, 9), await open_clinic(database, 4)
    placed = [(await book(database, person, clinic)).booking for person in crowd]

    async def give_up(at) -> Booking | Refusal:
        async with database.begin() as db:
            return await bookings.give_up(db, crowd[at], placed[at].id, NOW, calendar)

    await asyncio.gather(*(give_up(at) for at in (0, 2, 3)))

    offered = [who for who, state, _ in await states(database, clinic) if state == "offered"]
    assert offered == [person.id for person in crowd[4:7]]


async def test_an_offer_is_taken_once_and_not_after_it_lapsed(database, calendar):
    crowd, clinic = await meet(database, 3), await open_clinic(database, 1)
    placed = [(await book(database, person, clinic)).booking for person in crowd]
    async with database.begin() as db:
        await bookings.give_up(db, crowd[0], placed[0].id, NOW, calendar)

    async with database.begin() as db:
        later = NOW + timedelta(days=4)
        assert await bookings.lapse_offers(db, calendar, later) == 1
        late = await bookings.take_offer(db, crowd[1], placed[1].id, later)
        taken = await bookings.take_offer(db, crowd[2], placed[2].id, later)
        again = await bookings.take_offer(db, crowd[2], placed[2].id, later)

    assert isinstance(late, Refusal)
    assert (taken.is_new, again.is_new) == (True, False)


async def test_somebody_elses_booking_is_not_there(database, calendar):
    (one, other), clinic = await meet(database, 2), await open_clinic(database, 5)
    booking = (await book(database, one, clinic)).booking

    async with database.begin() as db:
        refused = await bookings.give_up(db, other, booking.id, NOW, calendar)

    assert refused.reason is Reason.GONE


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_people_do_a_session_is_never_overbooked(database, calendar, seed):
    chance = random.Random(seed)
    crowd, clinic = await meet(database, 12), await open_clinic(database, 3)
    now = NOW
    for _ in range(60):
        person = chance.choice(crowd)
        now += timedelta(minutes=chance.randrange(300))
        async with database.begin() as db:
            mine = await booking_reads.bookings_to_come(db, person, now)
            match chance.choice(["book", "give up", "take", "lapse"]):
                case "book":
                    await bookings.book(db, person, clinic, now)
                case "give up" if mine:
                    await bookings.give_up(db, person, mine[0].id, now, calendar)
                case "take" if mine:
                    await bookings.take_offer(db, person, mine[0].id, now)
                case _:
                    await bookings.lapse_offers(db, calendar, now)
        found = await states(database, clinic)
        held = [each for each in found if each[1] in {"confirmed", "offered"}]
        assert len(held) <= 3
        arrivals = [arrival for *_, arrival in found]
        assert len(set(arrivals)) == len(arrivals)
        offered = [arrival for _, state, arrival in found if state == "offered"]
        waiting = [arrival for _, state, arrival in found if state == "waiting"]
        assert not offered or not waiting or max(offered) < min(waiting)
