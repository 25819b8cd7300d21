"""Clocks go back on 25 October 2026 and forward on 28 March 2027: nobody comes an hour early."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from hub.booking import Session
from store.programme import keep_sessions
from tests.conftest import LONDON


async def rings(teams, clock):
    await teams.service.plan()
    await teams.service.delivery.drain()


async def on_the_programme(teams, *starts):
    meetings = [
        Session(uuid4(), "4", f"Meeting at {at:%d %b}", at, at + timedelta(hours=2), "School B", 9)
        for at in starts
    ]
    async with teams.service.database.begin() as db:
        await keep_sessions(db, meetings)
    return [str(each.id) for each in meetings]


@pytest.mark.parametrize(
    ("before", "after", "reminded_at"),
    [
        (
            datetime(2026, 10, 22, 14, tzinfo=LONDON),
            datetime(2026, 11, 5, 14, tzinfo=LONDON),
            [datetime(2026, 10, 21, 14, 45, tzinfo=UTC), datetime(2026, 11, 4, 15, 45, tzinfo=UTC)],
        ),
        (
            datetime(2027, 3, 25, 14, tzinfo=LONDON),
            datetime(2027, 4, 13, 14, tzinfo=LONDON),
            [datetime(2027, 3, 24, 15, 45, tzinfo=UTC), datetime(2027, 4, 12, 14, 45, tzinfo=UTC)],
        ),
    ],
    ids=["back", "forward"],
)
async def test_two_oclock_is_two_oclock_on_both_sides(teams, clock, before, after, reminded_at):
    assistant = teams.assistant
    clock.at = before - timedelta(days=9)
    meetings = await on_the_programme(teams, before, after)

    # Given both are booked while the old clock still runs
    await assistant.says("hi")
    for meeting in meetings:
        assert "14:00–16:00" in (await assistant.acts("book", session=meeting)).words
    await teams.service.delivery.drain()

    # Then both are at two in the calendar
    starts = sorted(event["start"]["dateTime"] for event in assistant.events)
    assert starts == [f"{each:%Y-%m-%dT14:00:00}" for each in (before, after)]
    assert {event["start"]["timeZone"] for event in assistant.events} == {"Europe/London"}

    # And each is reminded of at a quarter to four by the clock of its own day
    for count, due_at in enumerate(reminded_at, 1):
        clock.at = due_at - timedelta(minutes=1)
        await rings(teams, clock)
        assert len(assistant.feed) == count - 1
        clock.at = due_at
        await rings(teams, clock)
        assert len(assistant.feed) == count
        assert "14:00" in assistant.reads().words


async def test_an_offer_that_runs_over_the_change_ends_at_the_hour_it_began(teams, clock):
    teacher, senco, assistant = teams.teacher, teams.senco, teams.assistant
    small = str(teams.session("anxiety"))
    # A Friday at three by summer time; half-term follows, and the clocks go back in it.
    clock.at = datetime(2026, 10, 23, 14, 0, tzinfo=UTC)
    for person in (teacher, senco, assistant):
        await person.says("hi")
        await person.acts("book", session=small)

    await teacher.says("give up my place")
    await teacher.says("yes")
    await teams.service.delivery.drain()
    assert "until Monday 2 November 2026 at 15:00" in senco.reads().words

    clock.at = datetime(2026, 11, 2, 14, 59, tzinfo=UTC)
    await rings(teams, clock)
    assert assistant.feed == []
    clock.at = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
    await rings(teams, clock)
    assert "A place has come up" in assistant.reads().words
    assert "nothing booked" in (await senco.says("my bookings")).words
