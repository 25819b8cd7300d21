"""What a page says about itself: TOML between two ``+++`` lines at its top."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hub.errors import HubError

#: Opens and closes the front matter.
FENCE = "+++"
#: It travels on buttons and in addresses, and is kept with what people saved.
LONGEST_SLUG = 60
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: How tomllib says where, in all the versions of Python we run on.
_TOML_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


class PageWrong(HubError):
    """A page cannot be read; the message names its file and line."""

    def __init__(self, name: str, line: int, what: str) -> None:
        super().__init__(f"{name}, line {line}: {what}")
        self.name = name
        self.line = line
        self.what = what


@dataclass(frozen=True)
class FrontMatter:
    """The values between the fences, and the lines they stand in."""

    #: The page's file, for errors.
    name: str
    values: Mapping[str, Any]
    lines: tuple[str, ...]

    def text(self, key: str) -> str:
        """A text. Raises PageWrong when it is missing, empty or something else."""
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, "is to be a text in quotes")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, in its order. Raises PageWrong when it is missing or something else."""
        values = self._value(key)
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise self._wrong(key, 'is to be a list of texts, such as ["one", "two"]')
        return tuple(each.strip() for each in values if each.strip())

    def day(self, key: str) -> date:
        """A date. Raises PageWrong when it is missing or something else."""
        value = self._value(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self._wrong(key, "is to be a date without quotes, such as 2026-11-01")
        return value

    def slug(self) -> str:
        """The short name by which a page is found. Raises PageWrong when it is none."""
        slug = self.text("slug")
        if not _SLUG.fullmatch(slug):
            raise self._wrong("slug", "is to be small letters, digits and single hyphens")
        if len(slug) > LONGEST_SLUG:
            raise self._wrong("slug", f"is to be at most {LONGEST_SLUG} letters long")
        return slug

    def _value(self, key: str) -> object:
        if key not in self.values:
            raise PageWrong(self.name, 1, f"{key} is missing between the {FENCE} lines")
        return self.values[key]

    def _wrong(self, key: str, what: str) -> PageWrong:
        start = re.compile(rf"\s*{re.escape(key)}\s*=")
        found = (number for number, line in enumerate(self.lines, 2) if start.match(line))
        return PageWrong(self.name, next(found, 1), f"{key} {what}")


@dataclass(frozen=True)
class Line:
    """One line of a page's body, without spaces at its end, and where it stands in its file."""

    text: str
    number: int


def split_page(text: str, name: str) -> tuple[FrontMatter, tuple[Line, ...]]:
    """What a page says about itself, and the lines below; ``name`` is its file's, for errors.

    Raises PageWrong.
    """
    # Not splitlines: it also parts lines at signs that no editor counts as one.
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    fences = [index for index, line in enumerate(lines) if line.strip() == FENCE]
    if fences[:1] != [0]:
        raise PageWrong(name, 1, f"the page is to begin with a line {FENCE}")
    if len(fences) == 1:
        raise PageWrong(name, len(lines), f"the second line {FENCE} is missing")
    front = lines[1 : fences[1]]
    body = enumerate(lines[fences[1] + 1 :], fences[1] + 2)
    return _read(front, name), tuple(Line(line.rstrip(), number) for number, line in body)


def as_written(lines: Iterable[Line]) -> str:
    """These lines as Markdown, without empty ones at either end."""
    return "\n".join(line.text for line in lines).strip("\n")


def _read(front: list[str], name: str) -> FrontMatter:
    try:
        # One empty line stands for the fence, so that tomllib counts as the file does.
        values = tomllib.loads("\n".join(["", *front]))
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else len(front) + 1
        raise PageWrong(name, line, _TOML_PLACE.sub("", str(error))) from error
    return FrontMatter(name, values, tuple(front))
