"""Toolkits and templates from files: those that ship, and a trust's own.

A trust's own stand in ``SENDHUB_CONTENT_DIR/toolkits`` (templates in ``toolkits/templates``) and add to
the shipped ones or, by slug, take their place. A page that cannot be read is left out and named; all
others are there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Generic, TypeVar

import structlog

from hub.toolkits.front_matter import PageWrong
from hub.toolkits.page import Toolkit, parse_toolkit
from hub.toolkits.shelf import Shelf, in_order
from hub.toolkits.template import Template, parse_template
from hub.understanding import TOPICS

_log = structlog.get_logger(__name__)
_Page = TypeVar("_Page", bound=Toolkit | Template)
FOLDER, TEMPLATES = "toolkits", "templates"


@dataclass(frozen=True)
class _Read(Generic[_Page]):
    """What one folder holds."""

    pages: list[_Page] = field(default_factory=list)
    wrong: list[PageWrong] = field(default_factory=list)


def load_shelf(content_dir: Path | None) -> Shelf:
    """Every page that can be read; the log names each that cannot."""
    shelf, wrong = read_shelf(content_dir)
    for each in wrong:
        _log.error("page left out", file=each.name, line=each.line, why=each.what)
    return shelf


def read_shelf(content_dir: Path | None) -> tuple[Shelf, list[PageWrong]]:
    """Every page that can be read, and what is wrong with the others."""
    toolkits, templates = _shipped()
    own = content_dir / FOLDER if content_dir else None
    own_toolkits = _read_all(own, f"{FOLDER}/", parse_toolkit)
    own_templates = _read_all(own and own / TEMPLATES, f"{FOLDER}/{TEMPLATES}/", parse_template)
    shelf = Shelf(
        in_order(toolkits.pages, own_toolkits.pages, TOPICS),
        in_order(templates.pages, own_templates.pages),
    )
    wrong = [*toolkits.wrong, *templates.wrong, *own_toolkits.wrong, *own_templates.wrong]
    return shelf, wrong


@cache
def _shipped() -> tuple[_Read[Toolkit], _Read[Template]]:
    """What ships; it stays the same as long as the code does, so it is read once."""
    folder = files("hub.toolkits")
    return (
        _read_all(folder, "", parse_toolkit),
        _read_all(folder / TEMPLATES, "", parse_template),
    )


def _read_all(
    folder: Traversable | None, prefix: str, parse: Callable[[str, str], _Page]
) -> _Read[_Page]:
    """The pages of one folder by name; ``prefix`` goes before a file's name in errors."""
    read: _Read[_Page] = _Read()
    for file in _pages_in(folder):
        name = f"{prefix}{file.name}"
        try:
            page = parse(_text_of(file, name), name)
        except PageWrong as error:
            read.wrong.append(error)
            continue
        first = next((each for each in read.pages if each.slug == page.slug), None)
        if first:
            what = f"{first.name} has the slug “{page.slug}” already"
            read.wrong.append(PageWrong(name, 1, what))
        else:
            read.pages.append(page)
    return read


def _pages_in(folder: Traversable | None) -> Iterator[Traversable]:
    if folder is None or not folder.is_dir():
        return
    # A name that begins with a dot is an editor's or the system's own.
    pages = [each for each in folder.iterdir() if each.name.lower().endswith(".md")]
    for file in sorted(pages, key=lambda each: each.name):
        if file.is_file() and not file.name.startswith("."):
            yield file


def _text_of(file: Traversable, name: str) -> str:
    """What the file says. Raises PageWrong when it cannot be read as UTF-8."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise PageWrong(name, 1, f"the file cannot be opened: {error.strerror}") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PageWrong(name, line, "this is not UTF-8: save the file as UTF-8") from error
