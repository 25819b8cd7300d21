"""What becomes of one item of the outbox once its turn has come."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from hub.outbox import OutboxItem, OutboxState


@dataclass(frozen=True)
class Outcome:
    """Sent, or no longer wanted; ``reason`` is for the log and the lead."""

    state: OutboxState
    reason: str = ""


@dataclass(frozen=True)
class PutOff:
    """Not now, and nobody's failure: the attempt is not counted."""

    until: datetime
    reason: str


SENT = Outcome(OutboxState.SENT)
#: Takes one item where it is to go. Raises DeliveryFailed.
Courier = Callable[[OutboxItem], Awaitable[Outcome | PutOff]]


def dropped(reason: str) -> Outcome:
    """The truth has moved while the item waited."""
    return Outcome(OutboxState.DROPPED, reason)
