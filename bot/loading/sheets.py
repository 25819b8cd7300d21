"""Files as rows of cells, wherever they come from: CSV, XLSX or TOML.

What a row means is ``rows``' business; this room only says where each cell stood, so that a
mistake can be found again.
"""

import csv
import io
import tomllib
import warnings
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

#: A trust's whole year is a few hundred rows; anything far larger is another file by mistake.
LARGEST_FILE = 5 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 100
LARGEST_UNPACKED = 30 * 1024 * 1024
_ENDINGS = {".csv", ".xlsx", ".toml"}
#: Whatever openpyxl meets in a file that only calls itself a workbook.
_BROKEN_WORKBOOK = (
    *(BadZipFile, InvalidFileException, zlib.error, EOFError, OSError, NotImplementedError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError),
)


class _Unreadable(Exception):
    """A file or a sheet cannot be read as a whole; the words say why and what to do."""


@dataclass(frozen=True)
class Row:
    """One row: its cells by lower-case column name, empty ones left out."""

    #: Such as ``sessions.csv, row 4``.
    where: str
    cells: dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """The rows of one table."""

    where: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    #: The table's name in a TOML file; empty where only the columns tell.
    name: str = ""


def sheets_of(path: Path, problems: list[str]) -> list[Sheet]:
    """Every table in a file; ``problems`` grows by a line for each that cannot be read."""
    try:
        content = _content(path)
        match path.suffix.lower():
            case ".csv":
                return [_csv(path.name, content)]
            case ".xlsx":
                return list(_xlsx(path.name, content, problems))
            case _:
                return list(_toml(path.name, content, problems))
    except _Unreadable as error:
        problems.append(str(error))
        return []


def _content(path: Path) -> bytes:
    if path.suffix.lower() not in _ENDINGS:
        raise _Unreadable(
            f"{path.name}: I read .csv, .xlsx and .toml files; save it as one of them"
        )
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _Unreadable(f"{path.name}: larger than 5 MB; is it the right file?")
        return path.read_bytes()
    except OSError as error:
        raise _Unreadable(
            f"{path}: {error.strerror}; give the path of a .csv, .xlsx or .toml file"
        ) from error


def _csv(name: str, content: bytes) -> Sheet:
    text = _text(name, content)
    head = text.splitlines()[0] if text.strip() else ""
    for sign, what in ((";", "';'"), ("\t", "tabs")):
        if sign in head and "," not in head:
            raise _Unreadable(
                f"{name}, row 1: the columns are parted by {what}: save it as CSV with commas"
            )
    try:
        lines = list(csv.reader(io.StringIO(text, newline=None), strict=True))
    except csv.Error as error:
        words = f"not a proper CSV file ({error}); look for a quote that is not closed"
        raise _Unreadable(f"{name}: {words}") from error
    return _sheet(name, lines)


def _text(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _Unreadable(f"{name}, row {line}: not UTF-8; save it as 'CSV UTF-8'") from error
    if "\0" in text:
        raise _Unreadable(f"{name}: not a text file; save it as 'CSV UTF-8'")
    return text


def _xlsx(name: str, content: bytes, problems: list[str]) -> Iterator[Sheet]:
    values, formulas = _workbooks(name, content)
    for page in values.worksheets:
        where = f"{name}, sheet {page.title}"
        try:
            lines = _lines(where, page)
            if found := list(_only_looks_filled(where, page, formulas[page.title])):
                problems += found
            elif any(_is_filled(cell) for line in lines for cell in line):
                yield _sheet(where, lines)
        except _Unreadable as error:
            problems.append(str(error))


def _workbooks(name: str, content: bytes) -> tuple[Any, Any]:
    """The workbook twice: with what its formulas gave, and with the formulas."""
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
                raise _Unreadable(f"{name}: far too large inside; is it the right file?")
        with warnings.catch_warnings():
            # What openpyxl does not know of (styles, drop-down lists) is no matter of ours.
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), data_only=True), load_workbook(
                io.BytesIO(content)
            )
    except _BROKEN_WORKBOOK as error:
        raise _Unreadable(
            f"{name}: not an Excel workbook (.xlsx), or one with a password; save it again as .xlsx"
        ) from error


def _lines(where: str, page: Any) -> list[list[Any]]:
    if page.max_row > MOST_ROWS + 1 or page.max_column > MOST_COLUMNS:
        raise _Unreadable(
            f"{where}: more than {MOST_ROWS} rows or {MOST_COLUMNS} columns; "
            "delete the empty ones after the table"
        )
    return [list(line) for line in page.iter_rows(values_only=True)]


def _only_looks_filled(where: str, values: Any, formulas: Any) -> Iterator[str]:
    """Mistakes where cells look filled in a spreadsheet and are not."""
    if values.merged_cells.ranges:
        merged = ", ".join(sorted(str(each) for each in values.merged_cells.ranges))
        yield f"{where}: cells {merged} are merged; unmerge them and fill in every row and column"
    for line in formulas.iter_rows():
        for cell in line:
            if cell.data_type == "f" and values[cell.coordinate].value is None:
                yield (
                    f"{where}, row {cell.row}, column {cell.column_letter}: holds a formula "
                    "without a saved result; open the file in Excel and save it, or paste values"
                )


def _sheet(where: str, lines: Sequence[Sequence[Any]]) -> Sheet:
    if not lines or not any(_is_filled(cell) for cell in lines[0]):
        raise _Unreadable(f"{where}, row 1: is empty; the first row must name the columns")
    if len(lines) > MOST_ROWS + 1:
        raise _Unreadable(f"{where}: more than {MOST_ROWS} rows")
    columns = [_name_of(cell) for cell in lines[0]]
    doubled = {name for name in columns if name and columns.count(name) > 1}
    if doubled:
        raise _Unreadable(
            f"{where}, row 1: column {', '.join(sorted(doubled))} is there twice; rename or remove one"
        )
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(_is_filled(cell) for cell in line):
            continue
        cells = {
            column: cell.strip() if isinstance(cell, str) else cell
            for column, cell in zip(columns, line, strict=False)
            if _is_filled(cell)
        }
        extra = any(_is_filled(cell) for cell in line[len(columns) :])
        if extra or "" in cells:
            cells[""] = (
                f"“{_beyond(columns, line)}” stands where row 1 names no column; "
                "name the column, take it out, or put quotes around words with a comma"
            )
        rows.append(Row(f"{where}, row {number}", cells))
    return Sheet(where, tuple(name for name in columns if name), tuple(rows))


def _name_of(cell: Any) -> str:
    """A column's name as the contract has it, however a person wrote it into the first row."""
    written = str(cell).lower() if cell is not None else ""
    return "_".join(written.replace("_", " ").replace("-", " ").split())


def _beyond(columns: Sequence[str], line: Sequence[Any]) -> Any:
    """The first cell of a row that no column holds."""
    beyond = [cell for name, cell in zip_longest(columns, line) if not name and _is_filled(cell)]
    return beyond[0]


def _is_filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _toml(name: str, content: bytes, problems: list[str]) -> Iterator[Sheet]:
    try:
        document = tomllib.loads(_text(name, content))
    except ValueError as error:
        # A mistake in the form, or a value such as a thirteenth month.
        raise _Unreadable(f"{name}: not proper TOML, {error}; put it right there") from error
    except RecursionError as error:
        raise _Unreadable(f"{name}: far too deep inside; is it the right file?") from error
    for table, entries in document.items():
        if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
            problems.append(f"{name}: {table} must be a table such as [[{table}]]")
            continue
        rows = tuple(
            Row(f"{name}, {table} {number}", {key.lower(): value for key, value in entry.items()})
            for number, entry in enumerate(entries, start=1)
        )
        columns = tuple(dict.fromkeys(column for row in rows for column in row.cells))
        yield Sheet(name, columns, rows, table)


def is_midnight(cell: datetime) -> bool:
    """Whether a spreadsheet's date-and-time cell holds a date only."""
    return (cell.hour, cell.minute, cell.second) == (0, 0, 0)
