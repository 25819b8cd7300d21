"""Templates: forms that a person opens in Word, prints and fills in, read from Markdown.

Paragraphs, lists and tables under headings; what the form is about differs from one to the next.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hub.toolkits.front_matter import Line, PageWrong, split_page

_RULE = re.compile(r":?-+:?")


@dataclass(frozen=True)
class Title:
    """The heading of one part of the form."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Words to read, as Markdown on one line."""

    text: str


@dataclass(frozen=True)
class Item:
    """One item of a list, without its dash."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table to fill in; every row has as many cells as the head, and an empty one is for a pen."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Title | Paragraph | Item | Table


@dataclass(frozen=True)
class Template:
    """One form."""

    slug: str
    title: str
    #: One line.
    summary: str
    #: Words that staff type when they need this form.
    tags: tuple[str, ...]
    #: Slugs of the toolkits it goes with.
    for_toolkits: tuple[str, ...]
    reviewed_on: date
    sources: tuple[str, ...]
    #: From top to bottom.
    parts: tuple[Part, ...]
    #: The name of its file.
    name: str


def parse_template(text: str, name: str) -> Template:
    """Read one form; ``name`` is its file's, for errors.

    Raises PageWrong, which says in which line what is missing or out of place.
    """
    front, body = split_page(text, name)
    parts = tuple(_parts(body, name))
    if not parts:
        raise PageWrong(name, len(front.lines) + 2, "there is nothing on the form")
    return Template(
        slug=front.slug(),
        title=front.text("title"),
        summary=front.text("summary"),
        tags=front.texts("tags"),
        for_toolkits=front.texts("for_toolkits"),
        reviewed_on=front.day("reviewed_on"),
        sources=front.texts("sources"),
        parts=parts,
        name=name,
    )


def _parts(body: Sequence[Line], name: str) -> Iterator[Part]:
    table: list[Line] = []
    for line in (*body, Line("", 0)):
        if line.text.startswith("|"):
            table.append(line)
            continue
        if table:
            yield _table(table, name)
            table = []
        if line.text.startswith("## "):
            yield Title(line.text.removeprefix("## ").strip())
        elif line.text.startswith("- "):
            yield Item(line.text.removeprefix("- ").strip())
        elif line.text:
            yield Paragraph(line.text)


def _table(lines: Sequence[Line], name: str) -> Table:
    """Raises PageWrong where a row has more or fewer cells than the head."""
    rows = [_cells(line.text) for line in lines]
    for line, row in zip(lines, rows, strict=True):
        if len(row) != len(rows[0]):
            what = f"this row has {len(row)} cells, and the table's head {len(rows[0])}"
            raise PageWrong(name, line.number, what)
    if len(rows) == 1 or not all(_RULE.fullmatch(cell) for cell in rows[1]):
        raise PageWrong(name, lines[0].number, "a line | --- | is to follow the table's head")
    return Table(rows[0], tuple(rows[2:]))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(
        cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")
    )
