"""Moving and cancelling by file, on both engines: bookings stay, people hear, twice is once."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from bot.loading.command import load_into
from bot.settings import Settings
from hub.booking import BookingState
from hub.errors import LoadingFailed
from store import booking_reads, bookings, people, programme
from store.tables import CalendarEventRow, NudgeRow, OutboxRow, SessionRow
from tests.loading.hub import HEADER, SCHOOLS, YEAR

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
COLUMNS = HEADER.strip() + ",moved_from,cancelled,reason\n"


def clinic(day="03/12/2026", at="10:00,13:00", capacity=12, rest=",,", title="Clinic: sensory"):
    return f"4,{title},{day},{at},School B,,{capacity},Trust SEND Lead,,,,,,{rest}\n"


@pytest.fixture
def desk(database, tmp_path):
    """A Hub with a calendar; ``load`` takes rows, ``book`` puts somebody on a session."""

    class Desk:
        settings = Settings.model_validate(
            {
                "database_url": database.url.render_as_string(hide_password=False),
                "clock": NOW.isoformat(),
            }
        )

        async def load(self, *rows):
            file = tmp_path / "s.csv"
            file.write_text(COLUMNS + "".join(rows))
            return (await load_into(self.settings, [file])).splitlines()

        async def problems(self, *rows):
            with pytest.raises(LoadingFailed) as refused:
                await self.load(*rows)
            return refused.value.problems

        async def begin(self):
            for name, content in (("schools.csv", SCHOOLS), ("year.toml", YEAR)):
                (tmp_path / name).write_text(content)
            await load_into(self.settings, [tmp_path / "schools.csv", tmp_path / "year.toml"])

        async def book(self, session_id, name="Teacher"):
            async with database.begin() as db:
                person = await people.meet(db, "t", f"{name} {uuid4()}", name, NOW)
                return person, (await bookings.book(db, person, session_id, NOW)).booking

        async def sessions(self):
            async with database.read() as db:
                return await programme.sessions(db)

        async def booking(self, person, booking):
            async with database.read() as db:
                return await booking_reads.booking_of(db, person, booking.id)

        async def all(self, column):
            async with database.read() as db:
                return list(await db.scalars(select(column)))

    return Desk()


async def test_a_moved_session_keeps_its_bookings_and_everybody_is_told_once(desk):
    await desk.begin()
    await desk.load(clinic())
    (before,) = await desk.sessions()
    person, booking = await desk.book(before.id)
    row = clinic("08/12/2026", "09:30,12:30", rest="03/12/2026,,The hall is flooded")

    told = await desk.load(row)
    again = await desk.load(row)

    (after,) = await desk.sessions()
    assert told[0] == "sessions: 0 added, 1 changed, 0 as before"
    assert told[1:] == ["Please note: 1 session moved; everybody booked will hear of it."]
    assert again == ["sessions: 0 added, 0 changed, 1 as before"]
    assert (after.id, after.revision, after.reason) == (before.id, 2, "The hall is flooded")
    assert f"{after.starts_at:%d/%m %H:%M}" == "08/12 09:30"
    assert (await desk.booking(person, booking)).state is BookingState.CONFIRMED
    assert await desk.all(NudgeRow.key) == [f"session-moved:{booking.id}:2"]
    assert any(":move-2" in key for key in await desk.all(OutboxRow.key))


async def test_other_hours_alone_are_a_move_too(desk):
    await desk.begin()
    await desk.load(clinic())
    (before,) = await desk.sessions()
    _, booking = await desk.book(before.id)

    await desk.load(clinic(at="10:00,12:00"))
    await desk.load(clinic(at="11:00,14:00", rest="03/12/2026 10:00,,"))

    (after,) = await desk.sessions()
    assert (f"{after.starts_at:%H:%M}", after.revision) == ("11:00", 3)
    assert sorted(await desk.all(NudgeRow.key)) == [
        f"session-moved:{booking.id}:2",
        f"session-moved:{booking.id}:3",
    ]


async def test_a_change_of_words_is_told_to_nobody(desk):
    await desk.begin()
    await desk.load(clinic())
    (before,) = await desk.sessions()
    await desk.book(before.id)

    told = await desk.load(clinic(capacity=20))

    assert told == ["sessions: 0 added, 1 changed, 0 as before"]
    assert await desk.all(NudgeRow.key) == []


async def test_a_cancelled_session_keeps_its_bookings_and_everybody_is_told_once(desk):
    await desk.begin()
    await desk.load(clinic())
    (before,) = await desk.sessions()
    person, booking = await desk.book(before.id)
    row = clinic(rest=",yes,Snow")

    told, again = await desk.load(row), await desk.load(row)
    plain = await desk.load(clinic())

    (after,) = await desk.sessions()
    assert told[0] == "sessions: 0 added, 1 changed, 0 as before"
    assert again == ["sessions: 0 added, 0 changed, 1 as before"]
    assert plain[1] == "Please note: s.csv, row 2: Clinic: sensory is cancelled, and stays so."
    assert (after.state, after.reason) == ("cancelled", "Snow")
    assert (await desk.booking(person, booking)).state is BookingState.CONFIRMED
    assert await desk.all(CalendarEventRow.is_wanted) == [False]
    assert await desk.all(NudgeRow.key) == [f"session-cancelled:{booking.id}:2"]


async def test_more_places_go_to_whoever_waits_and_held_places_are_never_taken(desk):
    await desk.begin()
    await desk.load(clinic(capacity=1))
    (session,) = await desk.sessions()
    await desk.book(session.id)
    waiting, booking = await desk.book(session.id)

    await desk.load(clinic(capacity=2))
    problems = await desk.problems(clinic(capacity=1))

    assert (await desk.booking(waiting, booking)).state is BookingState.OFFERED
    assert problems == [
        "s.csv, row 2: “Clinic: sensory” has 2 places booked or on offer, so it can't have fewer. "
        "Choose 2 or more, or ask people to give a place up first."
    ]


async def test_sessions_may_move_up_one_after_another(desk):
    await desk.begin()
    await desk.load(*(clinic(day) for day in ("01/12/2026", "08/12/2026", "15/12/2026")))
    before = [each.id for each in await desk.sessions()]
    # A week later each, written in the order of the year.
    rows = [
        clinic("08/12/2026", rest="01/12/2026,,"),
        clinic("15/12/2026", rest="08/12/2026,,"),
        clinic("16/12/2026", rest="15/12/2026,,"),
    ]

    told, again = await desk.load(*rows), await desk.load(*rows)

    assert told[0] == "sessions: 0 added, 3 changed, 0 as before"
    assert again[0] == "sessions: 0 added, 0 changed, 3 as before"
    assert [each.id for each in await desk.sessions()] == before
    assert [each.starts_at.day for each in await desk.sessions()] == [8, 15, 16]


async def test_a_swap_and_a_doubtful_source_are_mistakes(desk):
    await desk.begin()
    await desk.load(clinic("01/12/2026"), clinic("01/12/2026", "14:00,15:00"), clinic("08/12/2026"))

    swapped = await desk.problems(
        clinic("01/12/2026", rest="08/12/2026,,"), clinic("08/12/2026", rest="01/12/2026 10:00,,")
    )
    doubtful = await desk.problems(clinic("15/12/2026", rest="01/12/2026,,"))

    assert "goes round in a circle with other rows" in swapped[0]
    assert doubtful == [
        "s.csv, row 2, column moved_from: fits more than one session "
        "(Tue 1 Dec 10:00, Tue 1 Dec 14:00); give the time as well"
    ]


async def test_what_speaks_against_a_date_is_noted_and_does_not_stop_the_file(desk):
    await desk.begin()
    told = await desk.load(
        clinic(),
        clinic("10/11/2026", title="Clinic: talk"),
        "2a,Training,29/10/2026,,,School A,,20,,,,,,,,,\n",
        "1,Meeting,03/12/2026,12:00,14:00,School A,,20,,,,,,,,,\n",
    )

    assert told[0] == "sessions: 4 added, 0 changed, 0 as before"
    assert told[1].startswith(
        "Please note: s.csv, row 2, column date: There is already a clinic in Autumn 2: "
        "Clinic: talk on Tue 10 Nov"
    )
    assert any("row 4, column date: Thursday 29 October 2026 is in the" in each for each in told)
    assert any("row 5, column leads: The Trust SEND Lead would be" in each for each in told)
    assert (await desk.load(clinic()))[1:] == []


async def test_a_schools_meeting_is_one_a_year_and_may_move(desk):
    await desk.begin()
    meeting = "5,School meeting,{},09:00,12:00,{},,2,,,,,,,{}\n"
    await desk.load(meeting.format("10/12/2026", "school-a", ",,"))

    second = await desk.problems(meeting.format("15/06/2027", "School A", ",,"))
    elsewhere = await desk.problems(meeting.format("15/06/2027", "School H", "10/12/2026,,"))
    moved = await desk.load(meeting.format("15/06/2027", "School A", "10/12/2026,,"))

    assert second == [
        "s.csv, row 2, column venue: School A already has its meeting for 2026-27, "
        "on Thursday 10 December 2026. Move that one instead."
    ]
    assert "a school's meeting stays at its school" in elsewhere[0]
    assert moved[0] == "sessions: 0 added, 1 changed, 0 as before"
    assert await desk.all(SessionRow.school_id) == ["school-a"]
    assert await desk.all(SessionRow.school_year) == ["2026-27"]
    assert await desk.all(SessionRow.venue) == ["School A"]
    # Cancelled and set anew in one file: the year has one again.
    told = await desk.load(
        meeting.format("15/06/2027", "School A", ",yes,"),
        meeting.format("17/06/2027", "School A", ",,"),
    )
    assert told[0] == "sessions: 1 added, 1 changed, 0 as before"


async def test_a_new_year_stands_beside_the_old_one(desk, tmp_path):
    await desk.begin()
    following = (
        YEAR.replace("2026-27", "2027-28").replace("2027-0", "2028-0").replace("2026-", "2027-")
    )
    (tmp_path / "next.toml").write_text(following.replace("2028-28", "2027-28"))
    told = await load_into(desk.settings, [tmp_path / "next.toml"])
    meeting = "5,School meeting,{},09:00,12:00,School A,,2,,,,,,,,,\n"

    both = await desk.load(meeting.format("10/11/2026"), meeting.format("10/11/2027"))

    assert told == "school years: 1 added, 0 changed, 0 as before"
    assert both == ["sessions: 2 added, 0 changed, 0 as before"]
    assert sorted(await desk.all(SessionRow.school_year)) == ["2026-27", "2027-28"]
