"""The labelled messages from which understanding is learnt, and those held out to test it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import files

#: One message in so many is never learnt from.
_HELD_OUT = 5


@dataclass(frozen=True)
class Example:
    """One message and what it means; None where it means no toolkit or no tier."""

    text: str
    intent: str
    topic: str | None
    tier: str | None
    #: Whether it says what is meant in no word that names it.
    is_indirect: bool = False

    @property
    def is_held_out(self) -> bool:
        """Told by the text alone, so that no message changes sides."""
        return int.from_bytes(sha256(self.text.encode()).digest()) % _HELD_OUT == 0


def shipped_examples() -> Iterator[Example]:
    """All of the first file, learnt from or not."""
    return _in_file("utterances.jsonl")


def learnt_examples() -> Iterator[Example]:
    """All that are learnt from; the indirect ones are held to account by lines of the tests."""
    yield from (each for each in shipped_examples() if not each.is_held_out)
    yield from indirect_examples()


def indirect_examples() -> Iterator[Example]:
    """Those that say what is meant in no word that names it."""
    return (replace(each, is_indirect=True) for each in _in_file("indirect.jsonl"))


def _in_file(name: str) -> Iterator[Example]:
    text = files("bot.understanding").joinpath(name).read_text(encoding="utf-8")
    return examples_in(text.splitlines())


def examples_in(lines: Iterable[str]) -> Iterator[Example]:
    """Read one JSON object a line."""
    for line in lines:
        row = json.loads(line)
        yield Example(row["text"], row["intent"], row["topic"], row["tier"])
