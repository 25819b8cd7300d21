"""Moving and cancelling by file, on both engines: bookings stay, people hear, twice is once."""

from bot.loading.command import load_into
from hub.booking import BookingState
from store.tables import CalendarEventRow, NudgeRow, OutboxRow, SessionRow
from tests.loading.hub import YEAR, clinic


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
    looks = [key for key in await desk.all(OutboxRow.key) if key.startswith("calendar:")]
    assert len(looks) == 2, "made, and moved once"


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


async def test_a_change_of_venue_keeps_the_day_and_everybody_is_told_once(desk):
    await desk.begin()
    await desk.load(clinic())
    (before,) = await desk.sessions()
    _, booking = await desk.book(before.id)
    row = clinic(rest="03/12/2026,,").replace("School B", "School A")

    told, again = await desk.load(row), await desk.load(row)

    (after,) = await desk.sessions()
    assert told[1:] == ["Please note: 1 session moved; everybody booked will hear of it."]
    assert again == ["sessions: 0 added, 0 changed, 1 as before"]
    assert (after.id, after.venue, after.revision) == (before.id, "School A", 2)
    assert await desk.all(NudgeRow.key) == [f"session-moved:{booking.id}:2"]


async def test_another_link_follows_into_calendars_and_is_no_move(desk):
    await desk.begin()
    await desk.load(clinic())
    (before,) = await desk.sessions()
    await desk.book(before.id)

    told = await desk.load(clinic().replace("School B,,", "School B,https://x.example/room,"))

    assert told == ["sessions: 0 added, 1 changed, 0 as before"]
    assert await desk.all(NudgeRow.key) == []
    looks = [key for key in await desk.all(OutboxRow.key) if key.startswith("calendar:")]
    assert len(looks) == 2, "made, and told the other link"


async def test_a_place_left_by_a_move_may_be_filled_by_the_same_file(desk):
    await desk.begin()
    await desk.load(clinic())
    rows = [clinic("10/12/2026", rest="03/12/2026,,"), clinic()]

    told, again = await desk.load(*rows), await desk.load(*rows)

    assert told[0] == "sessions: 1 added, 1 changed, 0 as before"
    assert again[0] == "sessions: 0 added, 0 changed, 2 as before"


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


async def test_a_new_year_stands_beside_the_old_one(desk, tmp_path):
    await desk.begin()
    following = (
        YEAR.replace("2026-27", "2027-28").replace("2027-0", "2028-0").replace("2026-", "2027-")
    )
    # 23 October 2027 is a Saturday.
    following = following.replace("2028-28", "2027-28").replace(
        "{on = 2027-10-23", "{on = 2027-10-22"
    )
    (tmp_path / "next.toml").write_text(following)
    told = await load_into(desk.settings, [tmp_path / "next.toml"])
    meeting = "5,School meeting,{},09:00,12:00,School A,,2,,,,,,,,,\n"

    both = await desk.load(meeting.format("10/11/2026"), meeting.format("10/11/2027"))

    assert told == "school years: 1 added, 0 changed, 0 as before"
    assert both == ["sessions: 2 added, 0 changed, 0 as before"]
    assert sorted(await desk.all(SessionRow.school_year)) == ["2026-27", "2027-28"]
