"""Lines that stand for many: “(mum|dad) shouts” is two, and ``$K = mum|dad`` names a list.

So a few hundred lines hold what somebody can read through, and the guards learn from thousands.
"""

import random
import re
from collections.abc import Iterator

_NAMED = re.compile(r"\$(\w+) = (.*)")
_LIST = re.compile(r"\$(HP|[A-Z])(?=[^a-z]|self|$)")
_CHOICE = re.compile(r"\(([^()]*)\)")


def lines_of(written: str, most: int) -> Iterator[str]:
    """At most so many lines for each that is written; the same ones every time."""
    lists: dict[str, list[str]] = {}
    for line in written.splitlines():
        if named := _NAMED.fullmatch(line):
            lists[named[1]] = named[2].split("|")
        elif line and not line.startswith("#"):
            # Not for secrets: the line itself decides, so that training can be repeated.
            chosen = random.Random(line)  # noqa: S311
            yield from sorted({_one_of(line, lists, chosen) for _ in range(most)})


def _one_of(line: str, lists: dict[str, list[str]], chosen: random.Random) -> str:
    before = ""
    while before != line:
        before = line
        line = _LIST.sub(lambda found: chosen.choice(lists[found[1]]), line)
        line = _CHOICE.sub(lambda found: chosen.choice(found[1].split("|")), line)
    return " ".join(line.split())
