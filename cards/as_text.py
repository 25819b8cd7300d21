"""A card as plain text, for a mail: the same words, without its buttons."""

import re
from collections.abc import Iterator
from typing import Any

from microsoft_teams.cards import AdaptiveCard

from cards.as_sent import as_json

_MARKED = re.compile(r"\\(.)")


def as_text(shown: AdaptiveCard) -> str:
    """What the card says, a paragraph a line; questions that only a button answers are left out."""
    return "\n\n".join(each for each in _paragraphs(as_json(shown).get("body", [])) if each)


def _paragraphs(elements: list[dict[str, Any]]) -> Iterator[str]:
    for each in elements:
        if "text" in each:
            yield _unmarked(each["text"])
        if facts := each.get("facts"):
            yield "\n".join(f"{fact['title']}: {_unmarked(fact['value'])}" for fact in facts)
        yield from _paragraphs(each.get("items", []))
        for column in each.get("columns", []):
            yield from _paragraphs(column.get("items", []))


def _unmarked(text: str) -> str:
    """Without the card's Markdown: its emphasis, and the strokes that kept words of people plain."""
    bare = re.sub(r"(?<!\\)\*\*", "", text).replace("  \n", "\n")
    return _MARKED.sub(r"\1", bare).strip()
