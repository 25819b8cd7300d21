"""The bell: whatever goes wrong in one ring, it rings again, and the log says what it was."""

import asyncio

from structlog.testing import capture_logs

from bot.nudges.bell import Bell


async def nothing():
    """A work that is done at once."""


async def test_a_ring_that_goes_wrong_is_logged_once_and_the_next_one_comes():
    rung = asyncio.Queue()

    async def breaks():
        rung.put_nowait("rung")
        raise ConnectionError("the database is away")

    bell = Bell(nothing, breaks, nothing, nothing, nothing)
    bell.start()
    try:
        with capture_logs() as logged:
            for _ in range(2):
                bell.wake()
                await asyncio.wait_for(rung.get(), timeout=5)
                await asyncio.sleep(0)
        assert bell.is_alive
    finally:
        bell.stop()
    wrong = [entry for entry in logged if entry["event"] == "a ring went wrong"]
    assert wrong
    assert all(str(entry["exc_info"]) == "the database is away" for entry in wrong)
