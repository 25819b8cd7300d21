"""Schools as people write them in a sentence: "at School B", "the SENCos of Hebden Green"."""

import re
from collections.abc import Iterable

from hub.people import School


def schools_in(words: str, schools: Iterable[School]) -> list[School]:
    """Every school that a sentence names, in the order given.

    The longest name wins where one holds another, so that "St Mary's Junior School" does not also
    mean "St Mary's".
    """
    rest, found = _plain(words), set()
    known = list(schools)
    for school in sorted(known, key=lambda each: -len(each.name)):
        pattern = rf"(?<!\w){re.escape(_plain(school.name))}(?!\w)"
        if re.search(pattern, rest):
            found.add(school.id)
            rest = re.sub(pattern, " ", rest)
    return [school for school in known if school.id in found]


def _plain(words: str) -> str:
    return " ".join(words.replace("’", "'").casefold().split())
