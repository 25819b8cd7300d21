"""Promise 6 on both engines: one school meeting a year, both invited, however many press at once."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from hub.booking import BookingState, Placed
from hub.half_days import half_day_named, hours_of
from hub.outbox import Kind
from hub.people import Role
from hub.refusals import Reason, Refusal
from hub.school_meetings import SchoolMeeting
from store import (
    booking_reads,
    bookings,
    meeting_parties,
    next_steps,
    school_meeting_reads,
    school_meetings,
    session_changes,
)
from store.database import Database
from store.programme import keep_people, keep_schools, keep_sessions
from store.school_years import keep_year
from store.tables import BookingRow, CalendarEventRow, NudgeRow, OutboxRow, PersonRow, SessionRow
from tests.conftest import LONDON

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
#: A Tuesday and a Wednesday on which the made-up trust has nothing on.
FREE, LATER = "2026-12-08 morning", "2026-12-09 afternoon"
LEAD, SENCO_B, HEAD_C, SENCO_A, HEAD_A, HEAD_B = 1, 2, 4, 6, 8, 9


@pytest.fixture
async def loaded(database, trust):
    """The made-up trust in a database of each kind."""
    async with database.begin() as db:
        await keep_year(db, trust.year)
        await keep_schools(db, trust.schools)
        await keep_people(db, trust.people, NOW)
        await keep_sessions(db, trust.sessions)
    return database


@pytest.fixture
def half_day(calendar):
    return lambda name: half_day_named(name, calendar, hours_of(None))


@pytest.fixture
def hold(half_day, calendar, trust):
    async def hold(database, at, name, school="school-b", now=NOW):
        async with database.begin() as db:
            return await school_meetings.hold(
                db, trust.people[at], school, half_day(name), calendar, now
            )

    return hold


async def counted(database, *chosen):
    async with database.read() as db:
        return [await db.scalar(select(func.count()).select_from(each)) for each in chosen]


async def test_a_meeting_books_all_three_with_an_event_each_and_tells_the_other_two(
    loaded, hold, trust
):
    held = await hold(loaded, SENCO_B, FREE)

    assert isinstance(held, SchoolMeeting)
    assert {each.id for each in held.people} == {
        trust.people[at].id for at in (SENCO_B, HEAD_B, LEAD)
    }
    assert (held.session.title, held.session.venue) == ("School meeting: School B", "School B")
    assert held.session.starts_at == datetime(2026, 12, 8, 9, tzinfo=LONDON)
    assert await counted(loaded, BookingRow, CalendarEventRow, NudgeRow) == [3, 3, 2]
    async with loaded.read() as db:
        told = set(await db.scalars(select(NudgeRow.person_id)))
        mine = await booking_reads.bookings_to_come(db, trust.people[HEAD_B], NOW)
    assert told == {trust.people[at].id for at in (HEAD_B, LEAD)}
    assert [(each.state, each.invited_by) for each in mine] == [
        (BookingState.CONFIRMED, "SENCo, School B")
    ]


async def test_everybody_presses_at_once_on_two_replicas_and_there_is_one_meeting(
    loaded, database_url, hold
):
    replicas = [loaded, Database(database_url, LONDON)]
    pressing = [(at, name) for at in (SENCO_B, HEAD_B, LEAD) for name in (FREE, LATER)] * 3

    answers = await asyncio.gather(
        *(hold(replicas[turn % 2], *press) for turn, press in enumerate(pressing))
    )
    await replicas[1].close()

    assert sum(isinstance(each, SchoolMeeting) for each in answers) == 1
    assert {each.reason for each in answers if isinstance(each, Refusal)} == {Reason.MEETING_HELD}
    assert await counted(loaded, BookingRow, CalendarEventRow, NudgeRow) == [3, 3, 2]


async def test_two_schools_at_once_never_have_the_lead_on_one_half_day(loaded, database_url, hold):
    replicas = [loaded, Database(database_url, LONDON)]

    answers = await asyncio.gather(
        hold(replicas[0], SENCO_B, FREE), hold(replicas[1], SENCO_A, FREE, "school-a")
    )
    await replicas[1].close()

    assert sum(isinstance(each, SchoolMeeting) for each in answers) == 1
    (refused,) = [each for each in answers if isinstance(each, Refusal)]
    assert refused.reason is Reason.HALF_DAY_TAKEN


@pytest.mark.parametrize(
    ("at", "name", "school", "reason"),
    [
        (SENCO_B, "2026-11-24 morning", "school-b", Reason.HALF_DAY_TAKEN),
        (SENCO_B, "2026-12-25 morning", "school-b", Reason.HALF_DAY_TAKEN),
        # The lead leads the clinic of that day.
        (SENCO_B, "2026-12-03 morning", "school-b", Reason.HALF_DAY_TAKEN),
        (SENCO_B, FREE, "school-a", Reason.GONE),
        (SENCO_B, FREE, "no-such-school", Reason.GONE),
        (0, FREE, "school-a", Reason.AUDIENCE),
        (LEAD, FREE, "school-c", Reason.SOMEBODY_MISSING),
        (LEAD, FREE, "school-h", Reason.AUDIENCE),
    ],
)
async def test_what_cannot_be_held_changes_nothing(loaded, hold, at, name, school, reason):
    refused = await hold(loaded, at, name, school)

    assert refused.reason is reason
    assert await counted(loaded, BookingRow, OutboxRow) == [0, 0]


async def test_what_the_three_have_booked_counts_as_busy(loaded, hold, trust):
    training = next(each for each in trust.sessions if each.tier == "2a" and each.starts_at > NOW)
    name = f"{training.starts_at:%Y-%m-%d} morning"
    async with loaded.begin() as db:
        # Somebody else leads it, so that only the SENCo's own booking is in the way.
        row = await db.get(SessionRow, training.id)
        row.leads = ["a specialist"]
        placed = await bookings.book(db, trust.people[SENCO_B], training.id, NOW)

    assert isinstance(placed, Placed)
    assert (await hold(loaded, HEAD_B, name)).reason is Reason.HALF_DAY_TAKEN
    assert isinstance(await hold(loaded, SENCO_A, name, "school-a"), SchoolMeeting)


async def test_a_move_takes_calendars_along_and_tells_everybody_else(
    loaded, hold, half_day, calendar, trust
):
    held = await hold(loaded, SENCO_B, FREE)

    async with loaded.begin() as db:
        moved = await school_meetings.move(
            db, trust.people[HEAD_B], held.session.id, half_day(LATER), calendar, NOW
        )

    assert moved.session.starts_at == datetime(2026, 12, 9, 13, tzinfo=LONDON)
    assert moved.session.revision == 2
    async with loaded.read() as db:
        rows = await db.execute(select(NudgeRow.rule, NudgeRow.person_id))
        told = {person for rule, person in rows if rule == "session-moved"}
        looks = await db.scalars(select(OutboxRow.key).where(OutboxRow.kind == Kind.CALENDAR))
        assert len(looks.all()) == 2 * 3, "made, and moved once"
    assert told == {trust.people[at].id for at in (SENCO_B, LEAD)}


async def test_moves_at_once_leave_one_meeting_and_somebody_else_can_not_move_it(
    loaded, hold, half_day, calendar, trust
):
    held = await hold(loaded, SENCO_B, FREE)

    async def move(at, name):
        async with loaded.begin() as db:
            return await school_meetings.move(
                db, trust.people[at], held.session.id, half_day(name), calendar, NOW
            )

    moved = await asyncio.gather(move(SENCO_B, LATER), move(HEAD_B, "2026-12-10 morning"))
    assert sorted(each.session.revision for each in moved) == [2, 3]
    assert (await move(SENCO_A, FREE)).reason is Reason.GONE
    assert (await move(0, FREE)).reason is Reason.AUDIENCE
    assert await counted(loaded, SessionRow, BookingRow) == [
        len(trust.sessions) + 1,
        3,
    ]


async def test_who_became_headteacher_meanwhile_is_brought_in_by_the_next_move(
    loaded, hold, half_day, calendar, trust
):
    held = await hold(loaded, SENCO_B, FREE)
    async with loaded.begin() as db:
        new = await db.get(PersonRow, trust.people[5].id)
        new.roles = [Role.HEADTEACHER]
    async with loaded.begin() as db:
        moved = await school_meetings.move(
            db, trust.people[LEAD], held.session.id, half_day(LATER), calendar, NOW
        )

    assert trust.people[5].id in {each.id for each in moved.people}
    assert moved.session.capacity == 4


async def test_called_off_it_leaves_calendars_and_the_same_half_day_can_be_held_again(
    loaded, hold, calendar, trust
):
    held = await hold(loaded, SENCO_B, FREE)

    async with loaded.begin() as db:
        off = await school_meetings.call_off(
            db, trust.people[LEAD], held.session.id, calendar, NOW, "Ofsted has rung"
        )
    async with loaded.begin() as db:
        twice = await school_meetings.call_off(
            db, trust.people[LEAD], held.session.id, calendar, NOW
        )
    again = await hold(loaded, HEAD_B, FREE)

    assert off.session.reason == "Ofsted has rung"
    assert twice.reason is Reason.CANCELLED
    assert isinstance(again, SchoolMeeting)
    async with loaded.read() as db:
        mine = await booking_reads.bookings_to_come(db, trust.people[SENCO_B], NOW)
        wanted = await db.scalars(select(CalendarEventRow.is_wanted))
        assert sorted(wanted) == [False] * 3 + [True] * 3
    assert [each.session.id for each in mine] == [again.session.id]


async def test_one_called_off_is_not_put_back_on_beside_another(loaded, hold, calendar, trust):
    held = await hold(loaded, SENCO_B, FREE)
    async with loaded.begin() as db:
        await school_meetings.call_off(db, trust.people[LEAD], held.session.id, calendar, NOW)
    await hold(loaded, HEAD_B, LATER)

    async with loaded.begin() as db:
        refused = await session_changes.reinstate(db, held.session.id, NOW, calendar)

    assert refused.reason is Reason.MEETING_HELD
    assert "2026-27" in refused.say


async def test_the_schools_that_have_none_yet_are_seen_and_partners_are_not(loaded, hold, trust):
    await hold(loaded, SENCO_B, FREE)

    async with loaded.read() as db:
        found = await school_meeting_reads.standings(db, trust.year.name)

    assert [school.name for school, _ in found] == [f"School {letter}" for letter in "ABCDEFG"]
    assert [school.name for school, session in found if session] == ["School B"]


async def test_steps_are_kept_in_order_stay_done_and_are_not_written_over(loaded, hold, trust):
    held = await hold(loaded, SENCO_B, FREE)
    after, senco, head = NOW + timedelta(days=20), trust.people[SENCO_B], trust.people[HEAD_B]

    async def keep(person, *steps, now=after, made_from=None):
        async with loaded.begin() as db:
            return await next_steps.keep_steps(db, person, held.session.id, steps, now, made_from)

    assert (await keep(senco, "too early", now=NOW)).reason is Reason.NOTHING_BOOKED
    first = await keep(senco, "zebra", "apple", "mango")
    assert [each.words for each in first.steps] == ["zebra", "apple", "mango"]
    async with loaded.begin() as db:
        await next_steps.tick_steps(db, head, held.session.id, [first.steps[1].id, uuid4()], after)
    second = await keep(head, "apple", "mango", "pear")
    assert [(each.words, each.is_done) for each in second.steps] == [
        ("apple", True),
        ("mango", False),
        ("pear", False),
    ]
    assert (await keep(senco, "mine", made_from="old")).reason is Reason.CHANGED_MEANWHILE
    assert (await keep(trust.people[SENCO_A], "theirs")).reason is Reason.GONE
    async with loaded.read() as db:
        still_open = await next_steps.open_steps_of(db, held.session.id)
    assert [each.words for each in still_open] == ["mango", "pear"]


async def test_those_of_the_school_are_checked_in_on_while_steps_are_open(loaded, hold, trust):
    held = await hold(loaded, SENCO_B, FREE)
    met, late = NOW + timedelta(days=20), NOW + timedelta(weeks=9)
    async with loaded.begin() as db:
        kept = await next_steps.keep_steps(
            db, trust.people[LEAD], held.session.id, ["one", "two"], met
        )

    async def asked(now):
        async with loaded.read() as db:
            return {
                each.person_id
                for each in await next_steps.to_check_in_on(db, now, timedelta(weeks=6))
            }

    assert await asked(met) == set()
    assert await asked(late) == {trust.people[at].id for at in (SENCO_B, HEAD_B)}
    async with loaded.begin() as db:
        await next_steps.tick_steps(
            db, trust.people[HEAD_B], held.session.id, [each.id for each in kept.steps], late
        )
    assert await asked(late) == set()


async def test_a_lead_by_the_trusts_file_comes_before_one_by_the_settings(loaded, trust):
    async with loaded.begin() as db:
        row = await db.get(PersonRow, trust.people[0].id)
        row.is_appointed = True
    async with loaded.read() as db:
        found = await meeting_parties.leads(db)

    assert [each.id for each in found] == [trust.people[LEAD].id, trust.people[0].id]
