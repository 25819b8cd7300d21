"""The bell rings at the times of a school day, through failures, and falls silent with care."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from structlog.testing import capture_logs

from bot.nudges import bell as bell_room
from bot.nudges.bell import Bell, Works, school_times
from tests.conftest import LONDON


@pytest.mark.parametrize(
    ("after", "rings"),
    [
        # Winter time and summer time; 15:45 is London's in both.
        (datetime(2026, 11, 23, 12, tzinfo=UTC), ["2026-11-23 15:45:00", "2026-11-24 08:00:00"]),
        (datetime(2026, 6, 8, 6, 30, tzinfo=UTC), ["2026-06-08 08:00:00", "2026-06-08 15:45:00"]),
        # From a Friday evening to the Monday.
        (datetime(2026, 11, 20, 18, tzinfo=UTC), ["2026-11-23 08:00:00", "2026-11-23 15:45:00"]),
    ],
)
def test_it_rings_to_the_second_when_the_school_day_opens_and_at_a_quarter_to_four(after, rings):
    found = [each.get_next_fire_time(None, after) for each in school_times(LONDON)]

    assert [f"{each:%Y-%m-%d %H:%M:%S}" for each in sorted(found)] == rings


async def nothing():
    return None


def works(**given):
    return Works(**dict.fromkeys(Works.__dataclass_fields__, nothing) | given)


async def test_a_work_that_fails_is_told_each_time_and_rings_on(monkeypatch):
    monkeypatch.setattr(bell_room, "DELIVER_EVERY", timedelta(milliseconds=10))
    rung, enough = [], asyncio.Event()

    async def breaks():
        rung.append(1)
        if len(rung) == 3:
            enough.set()
        raise OSError("the database is away")

    with capture_logs() as said:
        bell = Bell(works(deliver=breaks), LONDON)
        bell.start()
        await asyncio.wait_for(enough.wait(), 5)
        await bell.stop(timedelta(seconds=1))

    told = [each for each in said if each["event"] == "a ring went wrong"]
    assert len(told) in {len(rung), len(rung) - 1}
    assert not bell.is_alive


async def test_more_goes_as_soon_as_a_limit_has_room_and_not_at_the_next_ring():
    rung, enough = [], asyncio.Event()

    async def meets_a_limit():
        rung.append(1)
        if len(rung) == 5:
            enough.set()
        return timedelta(milliseconds=10)

    bell = Bell(works(deliver=meets_a_limit), LONDON)
    bell.start()
    bell.wake()
    await asyncio.wait_for(enough.wait(), bell_room.DELIVER_EVERY.total_seconds() - 0.5)
    await bell.stop()


async def test_what_was_begun_ends_and_what_takes_too_long_is_cut_off():
    begun, ended = [], []

    async def takes(seconds):
        begun.append(seconds)
        await asyncio.sleep(seconds)
        ended.append(seconds)

    for seconds in (0.05, 30):
        bell = Bell(works(deliver=partial(takes, seconds)), LONDON)
        bell.start()
        bell.wake()
        while seconds not in begun:
            await asyncio.sleep(0)
        await bell.stop(timedelta(seconds=0.2))

    assert ended == [0.05]
