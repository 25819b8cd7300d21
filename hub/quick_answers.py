"""A question and its answer that leads keep for everybody; never who asked."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID


@dataclass(frozen=True)
class QuickAnswer:
    """One kept answer, and who kept or last changed it."""

    id: UUID
    question: str
    answer: str
    #: The request that it came out of, whose trail says who did what.
    request_id: UUID
    reference: str
    saved_by: str
    saved_at: datetime

    @property
    def version(self) -> str:
        """What a form notes, so that two leads do not write over each other."""
        words = f"{self.question}\n{self.answer}\n{self.saved_at.timestamp()}"
        return sha256(words.encode()).hexdigest()[:16]

    def speaks_of(self, words: str) -> bool:
        """Whether each of these words stands in the question or the answer."""
        text = f"{self.question} {self.answer}".casefold()
        return all(each.rstrip("s") in text for each in words.casefold().split())
