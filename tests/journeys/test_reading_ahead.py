"""A toolkit on what somebody booked, a few days before: once, and not to whoever has read it."""

from datetime import UTC, datetime

#: The next clinic is on Thursday 3 December, on sensory needs.
THREE_DAYS_BEFORE = datetime(2026, 11, 30, 15, 45, tzinfo=UTC)


async def ring(teams, clock):
    clock.at = THREE_DAYS_BEFORE
    await teams.service.plan()
    await teams.service.delivery.drain()


async def test_the_page_comes_before_the_session_and_opens_with_one_press(teams, clock):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")

    await ring(teams, clock)

    nudge = teacher.reads()
    assert "two minutes' reading" in nudge.words
    assert "You get this because you booked a place" in nudge.words
    assert "Sensory" in str(teacher.feed[-1])
    assert "Try tomorrow" in (await teacher.presses("Open the toolkit")).words
    told = len(teacher.chat)
    await ring(teams, clock)
    assert len(teacher.chat) == told


async def test_whoever_has_read_it_lately_or_stopped_this_kind_is_left_alone(teams, clock):
    reader, stopper = teams.teacher, teams.senco
    for each in (reader, stopper):
        await each.says("book me on the next clinic")
    # Each says so where a wish for the session could have been typed.
    assert "Try tomorrow" in (await reader.says("sensory toolkit")).words
    assert "none of those any more" in (await stopper.says("stop sending me toolkits")).words
    told = len(reader.chat), len(stopper.chat)

    await ring(teams, clock)

    assert (len(reader.chat), len(stopper.chat)) == told
