"""The labelled lines of the guards: what staff type in a hurry, and what a guard must make of it.

One line in five is held out, told by a hash of its text: nothing is learnt from those. The fresh
lines are a last round, written when rules and weights were done: neither may be changed for them.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from hub.understanding import Intent

LINES = Path(__file__).parent / "guard_lines.jsonl"
FRESH = Path(__file__).parent / "fresh_guard_lines.jsonl"
NONE = "none"
HELD_OUT_OF = 5


@dataclass(frozen=True)
class LabelledLine:
    text: str
    label: str
    kinds: tuple[str, ...]

    @property
    def is_held_out(self) -> bool:
        return hashlib.sha256(self.text.encode()).digest()[0] % HELD_OUT_OF == 0


def labelled_lines(path=LINES):
    written = path.read_text(encoding="utf-8").splitlines()
    return [
        LabelledLine(e["text"], e["label"], tuple(e["kinds"])) for e in map(json.loads, written)
    ]


def judged(guard, lines):
    """How often each label was taken for which."""
    found = ((each.label, guard(each.text)) for each in lines)
    return Counter((label, str(seen.intent) if seen else NONE) for label, seen in found)


def recall(counts, label):
    meant = sum(times for (right, _), times in counts.items() if right == label)
    return counts[label, label] / meant


def precision(counts):
    """Of all that a guard has held back, the share that it should."""
    held = sum(times for (_, seen), times in counts.items() if seen != NONE)
    wrong = sum(times for (right, seen), times in counts.items() if right == NONE != seen)
    return 1 - wrong / held


CONCERN, DETAILS = str(Intent.SAFEGUARDING_CONCERN), str(Intent.PUPIL_DETAILS)
