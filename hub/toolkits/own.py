"""What one person has to do with toolkits: saved, used lately, found useful; and the sum of that.

Only the last ten toolkits somebody opened are kept, for themselves alone. How useful a toolkit is
found is told to leads as a count, and only once enough people said so that nobody can be guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

#: How many toolkits "recently used" goes back.
MOST_RECENT = 10
#: Fewer answers than these are never shown.
FEWEST_ANSWERS = 5


@dataclass(frozen=True)
class Own:
    """How one toolkit stands with one person."""

    is_saved: bool = False
    #: None until they say.
    is_useful: bool | None = None


@dataclass(frozen=True)
class Usefulness:
    """What people say of one toolkit, in counts."""

    slug: str
    useful: int
    answers: int


def for_leads(found: Iterable[Usefulness]) -> list[Usefulness]:
    """What leads may read: toolkits with answers enough, the most useful first."""
    enough = [each for each in found if each.answers >= FEWEST_ANSWERS]
    return sorted(enough, key=lambda each: (-each.useful / each.answers, -each.answers, each.slug))
