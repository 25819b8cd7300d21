"""What people looked for and did not find: single words in counts, and nothing of who or how.

A lead learns from them which page to write next. Words are kept one by one and by the month, so that
no sentence and no moment can be put together again; which words may be kept is told by the finder.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

#: Longer ones are no words.
LONGEST_WORD = 40
#: A word looked for less often could be somebody's own, and is not shown.
FEWEST_TIMES = 2
MOST_SHOWN = 30


@dataclass(frozen=True)
class Missed:
    """How often words that led nowhere were looked for."""

    #: The word and how often, the most wanted first.
    words: tuple[tuple[str, int], ...]
    #: How many words came up too seldom to be shown.
    seldom: int


def month_of(day: date) -> date:
    """The first of its month: no finer time is kept."""
    return day.replace(day=1)


def missed(counts: Iterable[tuple[str, int]]) -> Missed:
    """What leads may read, out of the counts of several months."""
    together: Counter[str] = Counter()
    for word, times in counts:
        together[word] += times
    often = [each for each in together.items() if each[1] >= FEWEST_TIMES]
    often.sort(key=lambda each: (-each[1], each[0]))
    return Missed(tuple(often[:MOST_SHOWN]), len(together) - len(often))
