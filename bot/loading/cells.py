"""One row's cells as values, every mistake noted with its row and column and how to put it right."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, TypeVar
from urllib.parse import urlsplit

from bot.loading.sheets import Row, is_midnight

Value = TypeVar("Value")
_UK_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::00)?\s*(am|pm)?", re.IGNORECASE)
_CENTURY = 2000
_NOON = 12
_SPREADSHEET_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
_YES = {"yes", "y", "true", "1", "x"}
_NO = {"no", "n", "false", "0", ""}


class Cells:
    """Reads one row; ``problems`` grows by one line for each mistake."""

    def __init__(self, row: Row, problems: list[str]) -> None:
        self._row = row
        self._problems = problems
        self._found = len(problems)

    @property
    def are_good(self) -> bool:
        """Whether nothing was wrong in this row so far."""
        return len(self._problems) == self._found

    @property
    def where(self) -> str:
        """The row's place, for problems found later."""
        return self._row.where

    def fail(self, column: str, words: str) -> None:
        """Note a mistake in a column."""
        self._problems.append(f"{self._row.where}, column {column}: {words}")

    def text(self, column: str, *, longest: int, required: bool = False) -> str:
        """Words in one line; numbers count as words, since spreadsheets make them of ``1``."""
        value = self._row.cells.get(column)
        if value is None:
            if required:
                self.fail(column, "is missing; every row needs it")
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, str | int | float):
            self.fail(column, f"{value} is not text; make the cell's format Text")
            return ""
        words = " ".join(str(value).split())
        if words in _SPREADSHEET_ERRORS:
            self.fail(column, f"{words} is a spreadsheet's error; put the formula right")
        if any(unicodedata.category(sign) == "Cc" for sign in words):
            self.fail(column, "holds a sign that cannot be seen; type the words anew")
        if len(words) > longest:
            self.fail(column, f"is longer than {longest} characters; shorten it")
        return words

    def day(self, column: str, *, required: bool = False) -> date | None:
        """A day, as 2026-12-03 or 03/12/2026."""
        return self._read(column, _day, "a date such as 03/12/2026", required=required)

    def day_or_moment(self, column: str) -> date | datetime | None:
        """A day, and a time of it where one is given; the time knows no zone."""
        return self._read(column, _day_or_moment, "a date such as 03/12/2026, or 03/12/2026 10:00")

    def clock(self, column: str) -> time | None:
        """A time of day, as 14:00, 14.00 or 2pm."""
        return self._read(column, _clock, "a time such as 14:00")

    def number(self, column: str, *, least: int, most: int) -> int:
        """A whole number within bounds."""
        meant = f"a whole number from {least} to {most}"
        found = self._read(column, _number, meant, required=True)
        if found is not None and not least <= found <= most:
            self.fail(column, f"{found} is not {meant}")
        return found or 0

    def yes(self, column: str) -> bool:
        """Yes or no; empty is no."""
        return bool(self._read(column, _yes_or_no, "yes or no"))

    def link(self, column: str) -> str:
        """An https address; empty when there is none."""
        address = self.text(column, longest=1000)
        if address and not _is_https(address):
            self.fail(column, "is not an https address; it must begin with https://")
        return address

    def several(self, column: str) -> list[str]:
        """Several words parted by ``;``, or a list in TOML."""
        value = self._row.cells.get(column)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return [" ".join(each.split()) for each in value if each.strip()]
        return [
            part for each in self.text(column, longest=1000).split(";") if (part := each.strip())
        ]

    def tables(self, column: str) -> list[dict[str, Any]]:
        """A list of small tables, in TOML only."""
        value = self._row.cells.get(column, [])
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            return value
        self.fail(column, "must be a list of tables, such as [{ on = 2026-10-23 }]")
        return []

    def days(self, column: str) -> list[date]:
        """A list of days, in TOML only."""
        value = self._row.cells.get(column, [])
        found = [_day(each) for each in value] if isinstance(value, list) else [None]
        if None in found:
            self.fail(column, "must be a list of dates, such as [2026-12-25]")
        return [day for day in found if day is not None]

    def only(self, columns: Sequence[str]) -> None:
        """Note what stands in a column that nobody reads."""
        for column in sorted(self._row.cells.keys() - set(columns)):
            if column:
                self.fail(column, "is not a column I know; take it out")
            else:
                self.fail("(none)", str(self._row.cells[column]))

    def _read(
        self,
        column: str,
        reads: Callable[[Any], Value | None],
        meant: str,
        *,
        required: bool = False,
    ) -> Value | None:
        cell = self._row.cells.get(column)
        if cell is None:
            if required:
                self.fail(column, f"is missing; it must be {meant}")
            return None
        found = reads(cell)
        if found is None:
            self.fail(column, f"“{cell}” is not {meant}")
        return found


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return _likely(cell.date()) if is_midnight(cell) else None
    if isinstance(cell, date):
        return _likely(cell)
    try:
        if found := _UK_DAY.fullmatch(str(cell)):
            day, month, year = (int(part) for part in found.groups())
            return _likely(
                date(year + _CENTURY if len(found[3]) == len("26") else year, month, day)
            )
        return _likely(date.fromisoformat(str(cell)))
    except ValueError:
        return None


def _likely(day: date) -> date | None:
    """A day of this century; any other is a slip of the hand."""
    return day if day.year // 100 == _CENTURY // 100 else None


def _day_or_moment(cell: Any) -> date | datetime | None:
    if isinstance(cell, datetime) and not is_midnight(cell):
        return cell.replace(second=0, microsecond=0, tzinfo=None)
    day = _day(cell)
    if day is not None:
        return day
    words = str(cell).replace("T", " ").split(maxsplit=1)
    if len(words) != len(("day", "time")):
        return None
    day, at = _day(words[0]), _clock(words[1])
    return datetime.combine(day, at) if day and at else None


def _clock(cell: Any) -> time | None:
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell
    if isinstance(cell, float) and 0 <= cell < 1:
        # A spreadsheet keeps a time of day as a fraction of a day.
        minutes = round(cell * 24 * 60) % (24 * 60)
        return time(minutes // 60, minutes % 60)
    found = _CLOCK.fullmatch(str(cell).strip())
    if found is None or (found[2] is None and found[3] is None):
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= _NOON:
        return None
    hour = hour % _NOON + (_NOON if half == "pm" else 0) if half else hour
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _number(cell: Any) -> int | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else None
    text = str(cell)
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000") else None


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)


def _yes_or_no(cell: Any) -> bool | None:
    word = str(cell).strip().lower().removesuffix(".0")
    if word in _YES:
        return True
    return False if word in _NO else None
