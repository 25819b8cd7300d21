"""Toolkits: one-page quick references for a teacher with two minutes, read from Markdown.

Six sections, always the same, so that a card, a document and a search can count on them. Whether a
page is any good is told next door (standard.py); which pages there are, at the edge
(bot/loading/toolkits.py).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.toolkits.front_matter import Line, PageWrong, as_written, split_page

_ITEM = re.compile(r"(?:[-*+]|\d+[.)])\s+(?=\S)")


class Heading(StrEnum):
    """The six sections, in the order in which every page has them."""

    AT_A_GLANCE = "At a glance"
    TRY_TOMORROW = "Try tomorrow"
    SET_UP_THE_ROOM = "Set up the room"
    WORDS_THAT_HELP = "Words that help"
    DID_IT_WORK = "Did it work?"
    ASK_THE_HUB = "Ask the Hub when…"


@dataclass(frozen=True)
class Block:
    """A paragraph or one item of a list, as Markdown on one line."""

    text: str
    is_item: bool
    #: Where it stands in its file.
    line: int


@dataclass(frozen=True)
class Section:
    """One of the six sections; never empty."""

    heading: Heading
    #: Paragraphs and lists as they were written, without the heading.
    markdown: str
    #: The same, one by one.
    blocks: tuple[Block, ...]
    #: Where its heading stands in its file.
    line: int

    @property
    def items(self) -> tuple[str, ...]:
        """The items of its lists, without dash or number."""
        return tuple(block.text for block in self.blocks if block.is_item)


@dataclass(frozen=True)
class Toolkit:
    """One page."""

    slug: str
    title: str
    #: One line.
    summary: str
    #: Words that staff type when they need this page, misspelt ones too.
    tags: tuple[str, ...]
    #: Training that goes deeper: keys of tiers, then of services.
    tier_links: tuple[str, ...]
    reviewed_on: date
    #: Each with its name and year.
    sources: tuple[str, ...]
    #: All six, in the order of ``Heading``.
    sections: tuple[Section, ...]
    #: The name of its file.
    name: str

    def section(self, heading: Heading) -> Section:
        """The section under this heading; every page has it."""
        return self.sections[list(Heading).index(heading)]

    @property
    def markdown(self) -> str:
        """The whole page below its title, headings too."""
        return "\n\n".join(f"## {each.heading}\n\n{each.markdown}" for each in self.sections)


def parse_toolkit(text: str, name: str) -> Toolkit:
    """Read one page; ``name`` is its file's, for errors.

    Raises PageWrong, which says in which line what is missing or out of place.
    """
    front, body = split_page(text, name)
    return Toolkit(
        slug=front.slug(),
        title=front.text("title"),
        summary=front.text("summary"),
        tags=front.texts("tags"),
        tier_links=front.texts("tier_links"),
        reviewed_on=front.day("reviewed_on"),
        sources=front.texts("sources"),
        sections=_sections(body, name),
        name=name,
    )


def _sections(body: Sequence[Line], name: str) -> tuple[Section, ...]:
    """All six. Raises PageWrong at the first that is missing, empty, strange or out of order."""
    owed = list(Heading)
    sections: list[Section] = []
    for head, lines in _chapters(body, name):
        title = head.text.removeprefix("## ").strip()
        if not owed:
            raise PageWrong(name, head.number, f"“{title}” is one section too many")
        if _plain(title) != _plain(owed[0]):
            raise PageWrong(name, head.number, f"“## {owed[0]}” is to come here, not “{title}”")
        blocks = tuple(_blocks(lines))
        if not blocks:
            raise PageWrong(name, head.number, f"there is nothing under “{title}”")
        sections.append(Section(owed.pop(0), as_written(lines), blocks, head.number))
    if owed:
        end = body[-1].number if body else 1
        raise PageWrong(name, end, f"“## {owed[0]}” is missing")
    return tuple(sections)


def _chapters(body: Sequence[Line], name: str) -> Iterator[tuple[Line, Sequence[Line]]]:
    """Each heading, and the lines below it."""
    heads = [index for index, line in enumerate(body) if line.text.startswith("## ")]
    for line in body[: heads[0] if heads else len(body)]:
        if line.text:
            raise PageWrong(name, line.number, f"“## {Heading.AT_A_GLANCE}” is to come first")
    for start, end in zip(heads, [*heads[1:], len(body)], strict=True):
        yield body[start], body[start + 1 : end]


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Paragraphs and items; a line that follows one without a gap goes on with it."""
    block: Block | None = None
    for line in lines:
        text = line.text.strip()
        item = _ITEM.match(text)
        if block and text and not item:
            block = Block(f"{block.text} {text}", block.is_item, block.line)
            continue
        if block:
            yield block
        text = text[item.end() :] if item else text
        block = Block(text, bool(item), line.number) if text else None
    if block:
        yield block


def _plain(title: str) -> str:
    """A heading as people type it: any case, three dots or an ellipsis, a colon or none."""
    return title.casefold().replace("...", "…").rstrip(":…? ")
