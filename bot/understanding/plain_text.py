"""Text as it is read: one form for what looks the same, nothing invisible, one line."""

import re
import unicodedata

#: What is read at once; longer text is read in stretches that overlap.
STRETCH = 4000
OVERLAP = 400


def visible(text: str) -> str:
    """The text as somebody sees it.

    Full-width digits, invisible characters and line breaks must not carry a detail past the guard.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    folded = unicodedata.normalize("NFKC", text)
    spaced = (" " if unicodedata.category(each) == "Cc" else each for each in folded)
    seen = "".join(each for each in spaced if unicodedata.category(each) != "Cf")
    return " ".join(re.sub("[’‘ʼ`´]", "'", seen).split())


def plain(text: str) -> str:
    """The same in lower case."""
    return visible(text).lower()


def stretches(text: str) -> list[str]:
    """The whole text in pieces of a bounded length, which overlap so that none is cut in two."""
    step = STRETCH - OVERLAP
    return [text[at : at + STRETCH] for at in range(0, max(1, len(text) - OVERLAP), step)]
