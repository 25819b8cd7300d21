"""Eventual consistency: what was just made is not there yet for everybody who asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock


@dataclass
class _Fresh:
    since: datetime
    asked: int = 0


class Settling:
    """Keeps track of what is still on its way through Microsoft 365.

    Nothing settles late until a test says so: ``calls`` is how many askings still miss a thing
    that was just made, ``lasts`` how long it is missed. The install route says ``begins``, the
    routes that depend on an install ask ``is_over``.
    """

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._fresh: dict[str, _Fresh] = {}
        self.calls = 0
        self.lasts = timedelta(0)

    def begins(self, thing: str) -> None:
        """``thing`` was made this moment, say ``"install <object id>"``."""
        self._fresh[thing] = _Fresh(self._now())

    def is_over(self, thing: str) -> bool:
        """Whether ``thing`` is to be seen by now; each asking that misses it counts."""
        fresh = self._fresh.get(thing)
        if fresh is None:
            return True
        fresh.asked += 1
        if fresh.asked <= self.calls or self._now() < fresh.since + self.lasts:
            return False
        del self._fresh[thing]
        return True
