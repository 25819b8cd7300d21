"""The one clock: real time, or time that started somewhere else (``SENDHUB_CLOCK``)."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def clock_from(start: datetime | None) -> Clock:
    """A clock in UTC that began at ``start`` and runs on from there; None means real time."""
    if start is None:
        return lambda: datetime.now(UTC)
    began = time.monotonic()
    first = start.astimezone(UTC)
    return lambda: first + timedelta(seconds=time.monotonic() - began)
