"""Finding the toolkit that somebody's words are about: what a search gives.

How it searches is the edge's business (bot/understanding); dialogs get a finder handed in.
"""

from dataclasses import dataclass
from typing import Protocol

#: More to choose from is no help to somebody with two minutes.
MOST_FOUND = 3


@dataclass(frozen=True)
class Found:
    """One toolkit, and why it was found, in words that read on from "because"."""

    slug: str
    why: str


class ToolkitFinder(Protocol):
    """Finds toolkits by words as staff type them; deterministic, offline, quick."""

    def find(self, words: str) -> list[Found]:
        """At most three toolkits of the shelf, best first; none when nothing is meant."""
        ...

    def countable(self, words: str) -> list[str]:
        """The single words that may be counted where nothing was found.

        No number, and nothing that could be somebody's name.
        """
        ...

    def begun(self, words: str) -> list[Found]:
        """The same while somebody still types: each word may be begun only; best first."""
        ...
