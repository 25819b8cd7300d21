"""A lead's changes against everybody else's, on both engines and two replicas: nothing is lost."""

import asyncio
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.booking import HOLDS_A_PLACE, BookingState, Session, SessionState
from hub.nudges import Rule
from hub.people import Person
from hub.refusals import Reason, Refusal
from store import booking_reads, bookings, registers, session_changes
from store.lead_programme import standing_of
from store.tables import BookingRow, CalendarEventRow, NudgeRow
from tests.store.test_places import meet
from tests.store.test_swaps import NOW, STARTS, a_session, booked, held, keep, own

LATER = STARTS + timedelta(hours=1)


async def stands(database, session_id) -> Session:
    async with database.read() as db:
        return (await standing_of(db, session_id)).session


async def change(database, current, calendar, **wanted):
    async with database.begin() as db:
        return await session_changes.change(
            db, current, replace(current, **wanted), "snow", "", NOW, calendar
        )


async def cancel(database, session_id, calendar):
    async with database.begin() as db:
        return await session_changes.cancel(db, session_id, "snow", NOW, calendar)


async def told(database, rule):
    async with database.read() as db:
        return (await db.scalars(select(NudgeRow.person_id).where(NudgeRow.rule == rule))).all()


async def test_everybody_who_books_while_it_moves_hears_of_it_or_books_the_new_time(
    replicas, calendar
):
    crowd = await meet(replicas[0], 8)
    (clinic,) = await keep(replicas[0], a_session(5))
    before = [await booked(replicas[0], person, clinic) for person in crowd[:4]]
    current = await stands(replicas[0], clinic)

    async def book(at):
        async with replicas[at % 2].begin() as db:
            return await bookings.book(db, crowd[at], clinic, NOW)

    moved, *placed = await asyncio.gather(
        change(replicas[1], current, calendar, starts_at=LATER, ends_at=LATER + timedelta(hours=3)),
        *(book(at) for at in range(4, 8)),
    )

    assert moved.revision == current.revision + 1
    heard = set(await told(replicas[0], Rule.SESSION_MOVED))
    assert {each.person_id for each in before} <= heard
    for each in placed:
        knew = each.booking.session.starts_at == LATER
        assert knew or each.booking.person_id in heard
    assert await held(replicas[0], clinic) == 5


async def test_two_leads_who_save_at_once_make_one_change_and_one_refusal(replicas, calendar):
    (clinic,) = await keep(replicas[0], a_session(5))
    current = await stands(replicas[0], clinic)

    outcomes = await asyncio.gather(
        *(change(replicas[at], current, calendar, title=f"Title {at}") for at in range(2))
    )

    refused = [each for each in outcomes if isinstance(each, Refusal)]
    assert [each.reason for each in refused] == [Reason.CHANGED_MEANWHILE]
    (kept,) = [each for each in outcomes if isinstance(each, Session)]
    assert (await stands(replicas[0], clinic)).title == kept.title


async def test_called_off_twice_at_once_everybody_is_told_once(replicas, calendar):
    crowd = await meet(replicas[0], 3)
    (clinic,) = await keep(replicas[0], a_session(2))
    for person in crowd:
        await booked(replicas[0], person, clinic)

    await asyncio.gather(*(cancel(each, clinic, calendar) for each in replicas))

    assert sorted(await told(replicas[0], Rule.SESSION_CANCELLED)) == sorted(p.id for p in crowd)
    assert (await stands(replicas[0], clinic)).state is SessionState.CANCELLED
    async with replicas[0].read() as db:
        wanted = await db.scalar(
            select(func.count(CalendarEventRow.id)).where(CalendarEventRow.is_wanted)
        )
    assert wanted == 0


async def test_put_back_on_everybody_has_what_they_had(database, calendar):
    crowd = await meet(database, 3)
    (clinic,) = await keep(database, a_session(2))
    for person in crowd:
        await booked(database, person, clinic)
    await cancel(database, clinic, calendar)
    assert await own(database, crowd[0]) == []

    async with database.begin() as db:
        back = await session_changes.reinstate(db, clinic, NOW, calendar)

    assert back.state is SessionState.SCHEDULED
    states = [(await own(database, person))[0].state for person in crowd]
    assert states == [BookingState.CONFIRMED, BookingState.CONFIRMED, BookingState.WAITING]
    assert len(await told(database, Rule.SESSION_BACK_ON)) == 3


async def test_a_session_that_is_off_offers_no_place_and_lapses_none(database, calendar):
    crowd = await meet(database, 3)
    (clinic,) = await keep(database, a_session(1))
    places = [await booked(database, person, clinic) for person in crowd]
    async with database.begin() as db:
        await bookings.give_up(db, crowd[0], places[0].id, NOW, calendar)
    await cancel(database, clinic, calendar)

    async with database.begin() as db:
        assert await bookings.lapse_offers(db, calendar, STARTS) == 0
        refused = await bookings.take_offer(db, crowd[1], places[1].id, NOW)

    assert refused.reason is Reason.CANCELLED
    async with database.read() as db:
        kept = await booking_reads.booking_to_tell(db, places[1].id)
    assert kept.state is BookingState.OFFERED


async def test_fewer_places_race_with_bookings_and_never_overbook(replicas, calendar):
    crowd = await meet(replicas[0], 6)
    (clinic,) = await keep(replicas[0], a_session(6))
    current = await stands(replicas[0], clinic)

    async def book(at):
        async with replicas[at % 2].begin() as db:
            return await bookings.book(db, crowd[at], clinic, NOW)

    await asyncio.gather(
        *(book(at) for at in range(6)), change(replicas[1], current, calendar, capacity=3)
    )

    session = await stands(replicas[0], clinic)
    assert await held(replicas[0], clinic) <= session.capacity


async def register(database, session_id, came, now):
    async with database.begin() as db:
        found = await registers.register_of(db, session_id)
        listed = {each.booking_id for each in found.names}
        return await registers.save(db, session_id, listed, came, now)


async def test_two_leads_who_take_the_register_at_once_leave_each_name_in_one_state(replicas):
    crowd = await meet(replicas[0], 5)
    (clinic,) = await keep(replicas[0], a_session(5))
    placed = [await booked(replicas[0], person, clinic) for person in crowd]
    one, other = ({each.id for each in placed[:3]}, {each.id for each in placed[2:]})

    await asyncio.gather(
        register(replicas[0], clinic, one, STARTS), register(replicas[1], clinic, other, STARTS)
    )

    async with replicas[0].read() as db:
        found = await registers.register_of(db, clinic)
    came = {each.booking_id for each in found.names if each.state is BookingState.ATTENDED}
    assert came in (one, other)
    assert found.came + found.missed == 5


async def test_a_walk_in_added_twice_at_once_is_there_once(replicas):
    (person,) = await meet(replicas[0], 1)
    (clinic,) = await keep(replicas[0], a_session(1))

    async def add(replica):
        async with replica.begin() as db:
            return await registers.add_walk_in(db, clinic, person.id, STARTS)

    outcomes = await asyncio.gather(*(add(each) for each in replicas * 2))

    assert all(isinstance(each, Person) for each in outcomes)
    async with replicas[0].read() as db:
        found = await registers.register_of(db, clinic)
    assert [each.state for each in found.names] == [BookingState.ATTENDED]


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_leads_and_people_do_no_session_is_overbooked(replicas, calendar, seed):
    chance = random.Random(seed)
    crowd = await meet(replicas[0], 8)
    (clinic,) = await keep(replicas[0], a_session(3))

    async def act(at):
        replica, person = replicas[at % 2], chance.choice(crowd)
        match chance.choice(["book", "give up", "more", "fewer", "off", "on"]):
            case "book":
                async with replica.begin() as db:
                    await bookings.book(db, person, clinic, NOW)
            case "give up":
                for mine in await own(replica, person):
                    async with replica.begin() as db:
                        await bookings.give_up(db, person, mine.id, NOW, calendar)
            case "off":
                await cancel(replica, clinic, calendar)
            case "on":
                async with replica.begin() as db:
                    await session_changes.reinstate(db, clinic, NOW, calendar)
            case size:
                current = await stands(replica, clinic)
                wanted = current.capacity + (1 if size == "more" else -1)
                await change(replica, current, calendar, capacity=max(1, wanted))

    for _ in range(12):
        await asyncio.gather(*(act(at) for at in range(4)))
        async with replicas[0].read() as db:
            taken = await db.scalar(
                select(func.count(BookingRow.id)).where(BookingRow.state.in_(list(HOLDS_A_PLACE)))
            )
        assert taken <= (await stands(replicas[0], clinic)).capacity
