"""Several places at once on both engines and two replicas: never overbooked, nothing lost."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from hub.booking import HOLDS_A_PLACE, LIVE, Booking, BookingState, Placed, Session
from hub.inset_day import Pick, inset_days
from hub.people import School
from hub.refusals import Refusal
from store import booking_reads, bookings, colleagues, people, sessions, swaps
from store.programme import keep_schools, keep_sessions
from store.tables import BookingRow
from tests.conftest import LONDON
from tests.store.test_places import meet

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
STARTS = datetime(2026, 12, 3, 10, tzinfo=LONDON)


def a_session(capacity, day=0, tier="4", **fields):
    starts = STARTS + timedelta(days=day)
    ends = starts + timedelta(hours=3)
    named = {"title": f"Session {uuid4().hex[:6]}", "venue": "School B"} | fields
    return Session(uuid4(), tier, starts_at=starts, ends_at=ends, capacity=capacity, **named)


async def keep(database, *found):
    async with database.begin() as db:
        await keep_sessions(db, found)
    return [each.id for each in found]


async def held(database, session_id):
    async with database.read() as db:
        return await db.scalar(
            select(func.count(BookingRow.id)).where(
                BookingRow.session_id == session_id, BookingRow.state.in_(list(HOLDS_A_PLACE))
            )
        )


async def own(database, person):
    async with database.read() as db:
        return await booking_reads.bookings_to_come(db, person, NOW)


async def booked(database, person, session_id) -> Booking:
    async with database.begin() as db:
        return (await bookings.book(db, person, session_id, NOW)).booking


async def test_people_who_swap_with_each_other_never_wait_for_each_other(replicas, calendar):
    crowd = await meet(replicas[0], 10)
    one, other = await keep(replicas[0], a_session(7), a_session(7, day=5))
    places = [
        await booked(replicas[0], person, (one, other)[at % 2]) for at, person in enumerate(crowd)
    ]

    async def swap(at):
        async with replicas[at // 2 % 2].begin() as db:
            wanted = (other, one)[at % 2]
            return await swaps.swap(db, crowd[at], places[at].id, wanted, NOW, calendar)

    outcomes = await asyncio.gather(*(swap(at) for at in range(10)))

    assert all(isinstance(each, Placed | Refusal) for each in outcomes)
    for person in crowd:
        assert len(await own(replicas[0], person)) == 1
    assert await held(replicas[0], one) <= 7
    assert await held(replicas[0], other) <= 7


async def test_many_swap_to_the_last_place_and_one_has_it(replicas, calendar):
    crowd = await meet(replicas[0], 6)
    roomy, last = await keep(replicas[0], a_session(6), a_session(1, day=5))
    places = [await booked(replicas[0], person, roomy) for person in crowd]

    async def swap(at):
        async with replicas[at % 2].begin() as db:
            return await swaps.swap(db, crowd[at], places[at].id, last, NOW, calendar)

    outcomes = await asyncio.gather(*(swap(at) for at in range(6)))

    assert sum(isinstance(each, Placed) for each in outcomes) == 1
    assert (await held(replicas[0], last), await held(replicas[0], roomy)) == (1, 5)


async def test_a_swap_to_a_full_session_keeps_the_place(database, calendar):
    (person, rival) = await meet(database, 2)
    one, full = await keep(database, a_session(1), a_session(1, day=5))
    place = await booked(database, person, one)
    await booked(database, rival, full)

    async with database.begin() as db:
        outcome = await swaps.swap(db, person, place.id, full, NOW, calendar)

    assert isinstance(outcome, Refusal)
    assert [each.session.id for each in await own(database, person)] == [one]


async def test_a_swap_to_an_offer_that_has_lapsed_keeps_the_place(database, calendar):
    person, rival = await meet(database, 2)
    one, other = await keep(database, a_session(1), a_session(1, day=5))
    place = await booked(database, person, one)
    rivals = await booked(database, rival, other)
    await booked(database, person, other)
    async with database.begin() as db:
        await bookings.give_up(db, rival, rivals.id, NOW, calendar)
    (offer,) = [each for each in await own(database, person) if each.session.id == other]

    async with database.begin() as db:
        later = offer.offer_until + timedelta(seconds=1)
        outcome = await swaps.swap(db, person, place.id, other, later, calendar)

    assert isinstance(outcome, Refusal)
    kept = [each.session.id for each in await own(database, person) if each.state == "confirmed"]
    assert kept == [one]


async def test_a_swap_frees_the_place_for_whoever_waits(database, calendar):
    person, waiting = await meet(database, 2)
    one, other = await keep(database, a_session(1), a_session(1, day=5))
    place = await booked(database, person, one)
    await booked(database, waiting, one)

    async with database.begin() as db:
        await swaps.swap(db, person, place.id, other, NOW, calendar)

    (offered,) = await own(database, waiting)
    assert offered.state is BookingState.OFFERED


async def test_all_of_a_series_at_once_from_two_replicas_is_booked_once(replicas):
    (person,) = await meet(replicas[0], 1)
    series = await keep(replicas[0], *(a_session(3, day=day) for day in (0, 7, 14)))

    async def book_all(replica):
        async with replica.begin() as db:
            return await swaps.book_all(db, person, series, NOW)

    both = await asyncio.gather(*(book_all(each) for each in replicas * 2))

    new = [out for outcomes in both for _, out in outcomes if out.is_new]
    assert len(new) == 3
    assert len(await own(replicas[0], person)) == 3


def a_day():
    return [
        a_session(2, tier="3", strand=strand, slot=slot, title=f"{strand} {slot}", day=3 * at)
        for at, slot in enumerate(("morning",))
        for strand in ("AAC", "Symbols", "Technology")
    ]


@pytest.mark.parametrize("seed", range(3))
async def test_picks_of_many_people_at_once_never_overbook_a_strand(replicas, calendar, seed):
    chance = random.Random(seed)
    crowd = await meet(replicas[0], 6)
    strands = await keep(replicas[0], *a_day())

    async def pick(at):
        async with replicas[at % 2].begin() as db:
            day = await sessions.inset_day(db, crowd[at], STARTS.date(), NOW)
            wanted = chance.choice([*strands, None])
            return await swaps.pick_strands(
                db, crowd[at], [Pick(day.slots[0], wanted)], NOW, calendar
            )

    for _ in range(3):
        await asyncio.gather(*(pick(at) for at in range(6)))

    for strand in strands:
        assert await held(replicas[0], strand) <= 2
    for person in crowd:
        places = [each for each in await own(replicas[0], person) if each.state in LIVE]
        assert len(places) <= 1


async def staff(database, count):
    school = School("school-b", "School B")
    async with database.begin() as db:
        await keep_schools(db, [school])
        met = [await people.meet(db, "t", f"staff-{at}", f"Staff {at}", NOW) for at in range(count)]
        await db.flush()
        rows = [each.id for each in met]
    from sqlalchemy import update

    from store.tables import PersonRow

    async with database.begin() as db:
        await db.execute(
            update(PersonRow).where(PersonRow.id.in_(rows)).values(school_id=school.id)
        )
        return [await people.person_with_id(db, each) for each in rows]


async def test_two_heads_who_invite_for_the_last_place_ask_one_colleague(replicas, calendar):
    head, deputy, one, other = await staff(replicas[0], 4)
    (clinic,) = await keep(replicas[0], a_session(1))

    async def invite(at, inviter, colleague):
        async with replicas[at].begin() as db:
            return await colleagues.invite(db, inviter, colleague.id, clinic, NOW, calendar)

    outcomes = await asyncio.gather(invite(0, head, one), invite(1, deputy, other))

    assert sorted(isinstance(each, Booking) for each in outcomes) == [False, True]
    assert await held(replicas[0], clinic) == 1


async def test_an_invitation_taken_and_given_up_at_once_ends_in_one_state(replicas, calendar):
    head, colleague = await staff(replicas[0], 2)
    (clinic,) = await keep(replicas[0], a_session(1))
    async with replicas[0].begin() as db:
        invited = await colleagues.invite(db, head, colleague.id, clinic, NOW, calendar)

    async def take():
        async with replicas[0].begin() as db:
            return await bookings.take_offer(db, colleague, invited.id, NOW)

    async def decline():
        async with replicas[1].begin() as db:
            return await bookings.give_up(db, colleague, invited.id, NOW, calendar)

    await asyncio.gather(take(), decline())

    async with replicas[0].read() as db:
        (row,) = (await db.scalars(select(BookingRow))).all()
    assert row.state == BookingState.CANCELLED


async def test_an_offer_taken_while_it_lapses_is_had_or_passed_on_never_both(replicas, calendar):
    crowd = await meet(replicas[0], 3)
    (clinic,) = await keep(replicas[0], a_session(1))
    placed = [await booked(replicas[0], person, clinic) for person in crowd]
    async with replicas[0].begin() as db:
        await bookings.give_up(db, crowd[0], placed[0].id, NOW, calendar)
    async with replicas[0].read() as db:
        until = (await booking_reads.booking_of(db, crowd[1], placed[1].id)).offer_until

    async def take():
        async with replicas[0].begin() as db:
            return await bookings.take_offer(
                db, crowd[1], placed[1].id, until - timedelta(seconds=1)
            )

    async def lapse():
        async with replicas[1].begin() as db:
            return await bookings.lapse_offers(db, calendar, until)

    await asyncio.gather(take(), lapse())

    assert await held(replicas[0], clinic) == 1


async def test_a_clash_is_told_and_changes_nothing(database):
    (person,) = await meet(database, 1)
    one, other = await keep(database, a_session(3), a_session(3))
    await booked(database, person, one)

    async with database.begin() as db:
        clash = await bookings.book(db, person, other, NOW)

    assert [each.session.id for each in clash.others] == [one]
    assert len(await own(database, person)) == 1


async def test_a_day_is_seen_in_slots(database):
    (person,) = await meet(database, 1)
    await keep(database, *a_day())

    async with database.read() as db:
        day = await sessions.inset_day(db, person, STARTS.date(), NOW)

    assert [each.strand for each in day.slots[0].sessions] == ["AAC", "Symbols", "Technology"]
    assert inset_days(day.slots[0].shown)[0] == day
