"""References of requests: ``SH-0427``, short, and said over the telephone without spelling."""

import re

_REFERENCE = re.compile(r"\bsh[\s-]?0*(?P<number>\d{1,6})\b", re.IGNORECASE)


def reference_of(number: int) -> str:
    """``SH-0427``."""
    return f"SH-{number:04d}"


def reference_in(text: str) -> str:
    """The first reference that a text names, as it is written; "" when it names none."""
    found = _REFERENCE.search(text)
    return reference_of(int(found["number"])) if found else ""


def references_in(text: str) -> list[str]:
    """Every reference that a text names, in order."""
    return [reference_of(int(found["number"])) for found in _REFERENCE.finditer(text)]
