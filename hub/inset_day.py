"""An INSET day of tier 3: parallel strands in slots; a person picks one strand a slot.

Source: training offer, tier 3; journey 5.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.booking import LIVE, Booking, OpenSession, Session, overlap
from hub.refusals import Refusal

#: What a card sends for a slot that somebody leaves free.
NO_STRAND = "none"


@dataclass(frozen=True)
class Slot:
    """Sessions of one day that are at the same time."""

    shown: tuple[OpenSession, ...]

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The strands to choose from."""
        return tuple(each.session for each in self.shown)

    @property
    def first(self) -> Session:
        """Any of them, for the time and the slot's name."""
        return self.shown[0].session

    @property
    def own(self) -> OpenSession | None:
        """The strand in which this person has, or waits for, a place."""
        return next((each for each in self.shown if each.own in LIVE), None)


@dataclass(frozen=True)
class InsetDay:
    """All strands of one day, as they stand for one person."""

    on: date
    venue: str
    slots: tuple[Slot, ...]

    @property
    def strands(self) -> int:
        """How many sessions there are to choose from."""
        return sum(len(slot.shown) for slot in self.slots)

    @property
    def places_left(self) -> int:
        """Free places over the whole day."""
        return sum(each.places_left for slot in self.slots for each in slot.shown)

    @property
    def picked(self) -> int:
        """In how many slots this person has, or waits for, a place."""
        return sum(slot.own is not None for slot in self.slots)


@dataclass(frozen=True)
class Pick:
    """What somebody wants in one slot; None leaves it free."""

    slot: Slot
    session_id: UUID | None


@dataclass(frozen=True)
class Picked:
    """How one slot stands after the picks: a booking, why not, or nothing."""

    slot: Slot
    outcome: Booking | Refusal | None


def inset_days(shown: Iterable[OpenSession]) -> list[InsetDay]:
    """Tier 3 sessions by day and slot, in the order of time."""
    by_day: dict[date, list[OpenSession]] = {}
    for each in sorted(shown, key=_in_order):
        by_day.setdefault(each.session.starts_at.date(), []).append(each)
    return [InsetDay(on, day[0].session.venue, _slots(day)) for on, day in by_day.items()]


def _in_order(each: OpenSession) -> tuple[object, ...]:
    session = each.session
    return session.starts_at, session.ends_at, session.strand, session.title, str(session.id)


def _slots(day: Sequence[OpenSession]) -> tuple[Slot, ...]:
    by_time: dict[tuple[object, object], list[OpenSession]] = {}
    for each in day:
        by_time.setdefault((each.session.starts_at, each.session.ends_at), []).append(each)
    return tuple(Slot(tuple(slot)) for slot in by_time.values())


def picks_from(day: InsetDay, wanted: Mapping[int, str]) -> list[Pick]:
    """Picks out of what a card sent, by the slot's place in the day; odd answers are left out.

    A slot that the card did not speak of stays as it is.
    """
    picks = []
    for at, slot in enumerate(day.slots):
        if at not in wanted:
            continue
        if wanted[at] == NO_STRAND:
            picks.append(Pick(slot, None))
        ids = {str(each.id): each.id for each in slot.sessions}
        if wanted[at] in ids:
            picks.append(Pick(slot, ids[wanted[at]]))
    return picks


def clash_among(picks: Iterable[Pick]) -> tuple[Session, Session] | None:
    """Two picks at the same time, where a day has strands that span several slots."""
    chosen = [
        session for pick in picks for session in pick.slot.sessions if session.id == pick.session_id
    ]
    for at, one in enumerate(chosen):
        for other in chosen[at + 1 :]:
            if overlap(one, other):
                return one, other
    return None
