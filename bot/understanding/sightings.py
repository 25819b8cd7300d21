"""What a guard has seen, and where: a value shared by the guards' rooms."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sighting:
    """One detail in a text."""

    #: In general words, such as "a date of birth".
    what: str
    start: int
    end: int
    #: By what it was told, in general words that never repeat it.
    why: str
