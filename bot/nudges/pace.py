"""Couriers that make no more calls at the same time than Microsoft takes.

How often bells, messages and mails go is the claim's to keep (``bot.nudges.delivery``).
"""

import asyncio
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from bot.nudges.outcome import Courier, Paced, Settled
from hub.outbox import OutboxItem

#: Calls at the same time to one mailbox, of 4; one is left for a turn that asks who is free.
MOST_IN_A_MAILBOX = 3


def from_one_mailbox(send: Courier) -> Courier:
    """No more calls at the same time than the mailbox takes that all mails go out from."""
    free = asyncio.Semaphore(MOST_IN_A_MAILBOX)

    async def carry(item: OutboxItem) -> Settled:
        async with free:
            return await send(item)

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
