"""What becomes of one item of the outbox once its turn has come, and who takes it there."""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from hub.outbox import Kind, OutboxItem, OutboxState
from hub.pace import Pace
from hub.reach import Barrier, why


@dataclass(frozen=True)
class Outcome:
    """Sent, or no longer wanted; ``reason`` is for the log and the lead."""

    state: OutboxState
    reason: str = ""
    #: Nudges in it that were not wanted any more and stayed behind, by key, each with why.
    left_out: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PutOff:
    """Not now, and nobody's failure: the attempt is not counted."""

    until: datetime
    reason: str
    #: What is in the way, where a lead should see it.
    barrier: Barrier | None = None


@dataclass(frozen=True)
class Paced(PutOff):
    """Not now, because enough has gone out just now."""


@dataclass(frozen=True)
class Instead:
    """Not this way: the same is owed in another, written together with the end of this one."""

    kind: Kind
    barrier: Barrier

    @property
    def reason(self) -> str:
        """Why, in words for the log and the lead."""
        return f"goes by {self.kind}: {why(self.barrier)}"


SENT = Outcome(OutboxState.SENT)
Settled = Outcome | PutOff | Instead
#: Takes one item where it is to go. Raises DeliveryFailed.
Courier = Callable[[OutboxItem], Awaitable[Settled]]


@dataclass(frozen=True)
class Parcel:
    """One item made ready; those with the same ``shares`` go in one call, None goes alone."""

    content: Any
    shares: Hashable | None = None


class BatchCourier(Protocol):
    """Takes several items in one call where they say the same."""

    #: How many one call may take.
    most: int
    #: How often it may be called.
    pace: Pace

    async def ready(self, item: OutboxItem) -> Parcel | Settled:
        """Make one item ready, or say what becomes of it. Raises DeliveryFailed."""
        ...

    async def send(self, parcels: Sequence[Parcel]) -> Outcome | PutOff:
        """Send parcels that share a call, or not yet. Raises DeliveryFailed for all of them."""
        ...


def dropped(reason: str) -> Outcome:
    """The truth has moved while the item waited."""
    return Outcome(OutboxState.DROPPED, reason)


def held_up(until: datetime, barrier: Barrier) -> PutOff:
    """Waiting for something that only people can change."""
    return PutOff(until, why(barrier), barrier)
