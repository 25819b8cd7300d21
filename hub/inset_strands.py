"""What an INSET day at the specialist partner holds: strands side by side, one after another.

Source: training offer, tier 3: about 18 sessions in a year, on adaptive teaching and on
communication, AAC, technology and symbols. The titles are a proposal for the lead to change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from hub.offer import Tier

#: Six titles a strand: two slots on each of three days.
STRANDS = {
    "Adaptive teaching": (
        "Designing for the learners most likely to struggle",
        "Scaffolds that come down again",
        "Checking understanding and adapting in the moment",
        "Explicit instruction in small steps",
        "Working memory and cognitive load in lessons",
        "Keeping everyone in the same lesson",
    ),
    "Communication and AAC": (
        "Making talk easier to follow",
        "AAC for beginners: modelling as you speak",
        "From spoken words to writing",
        "AAC across the school day",
        "Vocabulary that sticks",
        "Listening to learners who do not speak",
    ),
    "Technology and symbols": (
        "Symbol-supported timetables and instructions",
        "Reading and writing with the technology you have",
        "Making symbol resources in minutes",
        "Switches, eye gaze and touch: a first look",
        "Symbols that grow with the learner",
        "Technology for showing what you know",
    ),
}
_LUNCH = (time(12), time(13))


@dataclass(frozen=True)
class StrandSession:
    """One strand in one slot of an INSET day."""

    strand: str
    slot: str
    title: str
    starts: time
    ends: time


def strand_sessions(tier: Tier, nth_day: int) -> Iterator[StrandSession]:
    """The sessions of the year's first, second or third INSET day."""
    for number, (slot, starts, ends) in enumerate(_slots(tier)):
        for strand, titles in STRANDS.items():
            title = titles[(2 * nth_day + number) % len(titles)]
            yield StrandSession(strand, slot, f"INSET: {title}", starts, ends)


def _slots(tier: Tier) -> list[tuple[str, time, time]]:
    """Morning and afternoon around lunch; two halves of a day that leaves no room for it."""
    if tier.hours is None:
        return []
    starts, ends = tier.hours
    if starts < _LUNCH[0] and _LUNCH[1] < ends:
        return [("morning", starts, _LUNCH[0]), ("afternoon", _LUNCH[1], ends)]
    begins, is_over = (datetime.combine(date.min, each) for each in (starts, ends))
    half = (begins + (is_over - begins) / 2).time().replace(second=0, microsecond=0)
    return [("first half", starts, half), ("second half", half, ends)]
