"""Couriers that keep to what Microsoft allows: stay under a limit rather than find it.

Each process keeps its own count; should several together be too fast, Retry-After says so.
Sources: Microsoft Graph, "Service-specific throttling limits" (Microsoft Teams, Outlook); Teams
documentation, "Optimize your bot with rate limiting".
"""

import asyncio
from collections import deque
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from bot.clock import Clock
from bot.nudges.outcome import Courier, Paced, Settled
from hub.outbox import OutboxItem

#: Calls at the same time to one mailbox, of 4; one is left for a turn that asks who is free.
MOST_IN_A_MAILBOX = 3


class Pace:
    """At most so many calls within so long, counted apart for each thing that is called."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._most = most
        self._within = within
        self._made: deque[tuple[datetime, str]] = deque()
        self._put_off: deque[tuple[datetime, str]] = deque()

    def wait(self, now: datetime, thing: str = "") -> timedelta:
        """How long a call must wait. Zero is for now, and then the call counts as made.

        Calls that come too fast are told different times, so that they do not all come back at
        once.
        """
        made = self._count(self._made, thing, now)
        if made < self._most:
            self._made.append((now, thing))
            return timedelta(0)
        ahead = self._count(self._put_off, thing, now)
        self._put_off.append((now, thing))
        return self._within * (1 + ahead // self._most)

    def _count(self, calls: deque[tuple[datetime, str]], thing: str, now: datetime) -> int:
        while calls and calls[0][0] <= now - self._within:
            calls.popleft()
        return sum(each == thing for _, each in calls)


def bells_alone() -> Pace:
    """Four bells a second; Graph allows an app 5 in a tenant."""
    return Pace(4, timedelta(seconds=1))


def bells_together() -> Pace:
    """One call a second for many bells; Graph allows 2."""
    return Pace(1, timedelta(seconds=1))


def installs() -> Pace:
    """Ten a second, with two questions each; Graph allows 30 of either kind."""
    return Pace(10, timedelta(seconds=1))


def mails_in_turn(send: Courier, now: Clock) -> Courier:
    """Twenty-five mails a minute from the one mailbox; Exchange Online allows it 30."""
    pace, free = Pace(25, timedelta(minutes=1)), asyncio.Semaphore(MOST_IN_A_MAILBOX)

    async def carry(item: OutboxItem) -> Settled:
        if wait := pace.wait(now()):
            return put_off(now(), wait)
        async with free:
            return await send(item)

    return carry


def messages_in_turn(send: Courier, now: Clock) -> Courier:
    """Forty messages a second, and 6 to one person in 2 seconds; the rest is for turns.

    Teams allows a bot 50 a second in a tenant, and 8 within 2 seconds in one chat.
    """
    everywhere, to_one = Pace(40, timedelta(seconds=1)), Pace(6, timedelta(seconds=2))

    async def carry(item: OutboxItem) -> Settled:
        wait = to_one.wait(now(), str(item.person_id)) or everywhere.wait(now())
        return put_off(now(), wait) if wait else await send(item)

    return carry


def few_at_once(keep: Courier) -> Courier:
    """No more calls at the same time to one person's mailbox than Outlook takes."""
    mailboxes: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def carry(item: OutboxItem) -> Settled:
        free = asyncio.Semaphore(MOST_IN_A_MAILBOX)
        async with mailboxes.setdefault(str(item.person_id), free):
            return await keep(item)

    return carry


def put_off(now: datetime, wait: timedelta) -> Paced:
    """Later, because enough has gone out just now."""
    return Paced(now + wait, "so that not too many go out at once")
