"""What a file may not do with sessions that stand: a mistake in its row, and nothing is taken."""

from hub.booking import BookingState
from store.tables import SessionRow
from tests.loading.hub import clinic


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
        "s.csv, row 2, column capacity: “Clinic: sensory” has 2 places booked or on offer, so it can't have fewer. "
        "Choose 2 or more, or ask people to give a place up first."
    ]


async def test_a_session_that_stands_there_and_here_is_not_taken_for_moved(desk):
    await desk.begin()
    await desk.load(clinic(), clinic("10/12/2026"))
    before = await desk.sessions()

    problems = await desk.problems(clinic("10/12/2026", rest="03/12/2026,,"))

    assert problems == [
        "s.csv, row 2, column moved_from: there is a session both there and at its new time and "
        "place; cancel one of the two, or leave moved_from empty"
    ]
    assert await desk.sessions() == before
    # Cancelled in the same file, the other one is out of the way.
    told = await desk.load(clinic(rest=",yes,"), clinic("10/12/2026", rest="03/12/2026,,"))
    assert told[0] == "sessions: 0 added, 1 changed, 1 as before"


async def test_what_has_begun_stays_and_nothing_moves_into_the_past(desk):
    await desk.begin()
    await desk.load(clinic("10/11/2026"), clinic())

    problems = await desk.problems(
        clinic("10/11/2026", "10:00,12:00"), clinic("11/11/2026", rest="03/12/2026,,")
    )
    too_late = await desk.problems(clinic("10/11/2026", rest=",yes,"))

    assert [each.split(":")[0] for each in problems] == [
        "s.csv, row 3, column date",
        "s.csv, row 2, column date",
    ]
    assert too_late == [
        "s.csv, row 2, column cancelled: “Clinic: sensory” has started or is over, so it can't be "
        "cancelled any more; leave it as it was."
    ]


async def test_a_no_and_a_slip_are_told_in_one_go_and_nothing_is_taken(desk):
    await desk.begin()
    await desk.load(clinic(capacity=3))
    (before,) = await desk.sessions()
    for _ in range(2):
        await desk.book(before.id)

    problems = await desk.problems(
        clinic(capacity=1), clinic("10/12/2026", "late,13:00"), clinic("11/12/2026")
    )

    assert [each.split(":")[0] for each in problems] == [
        "s.csv, row 3, column start",
        "s.csv, row 2, column capacity",
    ]
    assert await desk.sessions() == [before]


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


async def test_a_schools_meeting_is_one_a_year_and_may_move(desk):
    await desk.begin()
    meeting = "5,School meeting,{},09:00,12:00,{},,2,,,,,,,{}\n"
    await desk.load(meeting.format("10/12/2026", "school-a", ",,"))

    second = await desk.problems(meeting.format("15/06/2027", "School A", ",,"))
    elsewhere = await desk.problems(meeting.format("15/06/2027", "School B", "10/12/2026,,"))
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
