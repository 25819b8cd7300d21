"""Workbooks as they come from schools: what is taken, and each mistake by sheet, row and column."""

import io
import zipfile
from datetime import UTC, date, datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from bot.loading.command import load_into
from store.tables import SessionRow


def workbook(*sheets):
    """A workbook of these sheets, each a list of rows."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        page = book.create_sheet(f"Sheet{number + 1}")
        for row in rows:
            page.append(row)
    return book


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


COLUMNS = ["tier", "title", "date", "venue", "capacity"]
ROWS = [COLUMNS, ["4", "Clinic", "03/12/2026", "School B", 12]]


#: How a workbook with a password begins: it is no longer a zip file.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000


def merged():
    book = workbook([*ROWS, ["4", "Clinic", "03/11/2026", "School B", 12]])
    book["Sheet1"].merge_cells("D2:D3")
    return saved(book)


def stray():
    book = workbook(ROWS)
    book["Sheet1"]["A60000"] = "oops"
    return saved(book)


def bomb():
    out = io.BytesIO(saved(workbook(ROWS)))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/image.bin", b"\0" * 40 * 1024 * 1024)
    return out.getvalue()


def torn():
    content = saved(workbook(ROWS))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(out, "w") as part:
        for name in whole.namelist():
            part.writestr(name, whole.read(name)[:200])
    return out.getvalue()


WORKBOOKS = {
    "merged cells": (merged, "s.xlsx, sheet Sheet1: cells D2:D3 are merged; unmerge them"),
    "a formula nobody has saved": (
        lambda: saved(workbook([COLUMNS, ["4", "Clinic", "=TODAY()", "School B", 12]])),
        "s.xlsx, sheet Sheet1, row 2, column C: holds a formula without a saved result",
    ),
    "a sheet of remarks": (
        lambda: saved(workbook(ROWS, [["Remember the biscuits"]])),
        "s.xlsx, sheet Sheet2, row 1: these are not the columns of sessions",
    ),
    "a date in the title": (
        lambda: saved(workbook([COLUMNS, ["4", date(2026, 12, 3)]])),
        "s.xlsx, sheet Sheet1, row 2, column title: 2026-12-03 00:00:00 is not text",
    ),
    "a cell far below": (stray, "s.xlsx, sheet Sheet1: more than 5000 rows"),
    "far too large inside": (bomb, "s.xlsx: far too large inside"),
    "a torn workbook": (torn, "s.xlsx: not an Excel workbook (.xlsx), or one with a password"),
    "an empty workbook": (lambda: saved(workbook([])), ""),
}


@pytest.mark.parametrize(("content", "words"), WORKBOOKS.values(), ids=list(WORKBOOKS))
async def test_a_workbooks_mistake_is_named_with_its_place(hub, content, words):
    file = hub.write("s.xlsx", content())
    if not words:
        assert await load_into(hub.settings, [file]) == "There was nothing in these files to load."
        return
    problems = await hub.problems(file)

    assert any(words in each for each in problems), problems
    assert await hub.count(SessionRow) == 0


async def test_real_dates_times_and_numbers_are_taken_beside_empty_sheets_and_charts(hub):
    columns = ["Tier ", *("Title", "Date", "Start", "End", "Venue", "Capacity")]
    book = workbook(
        [
            [*columns, "Release to partners on", "Cancelled"],
            [
                *(4.0, "Clinic", datetime(2026, 12, 3), time(10), 13 / 24),
                *("School B", 12.0, date(2026, 11, 19), 0.0),
            ],
        ],
        [],
    )
    book.create_chartsheet("Places").add_chart(BarChart())

    told = await load_into(hub.settings, [hub.write("s.xlsx", saved(book))])

    assert told.splitlines()[0] == "sessions: 1 added, 0 changed, 0 as before"
    assert await hub.all(SessionRow.starts_at) == [datetime(2026, 12, 3, 10, tzinfo=UTC)]
    assert await hub.all(SessionRow.ends_at) == [datetime(2026, 12, 3, 13, tzinfo=UTC)]
    assert await hub.all(SessionRow.released_to_partners_at) == [
        datetime(2026, 11, 19, 8, tzinfo=UTC)
    ]


async def test_a_bad_sheet_or_file_hides_nothing_in_the_others(hub):
    wrong = [COLUMNS, ["9", "Clinic", "03/12/2026", "School B", 12]]
    formulas = [COLUMNS, ["4", "Clinic", "=TODAY()", "School B", "=6*2"]]
    book = hub.write("s.xlsx", saved(workbook(formulas, wrong, [[], ["late header"]])))
    toml = hub.write("y.toml", "session = 3\n[[school]]\nid = 'a'\n")
    missing, locked = hub.write("x.csv", "x").with_name("none.csv"), hub.write("l.xlsx", OLE)

    problems = await hub.problems(book, toml, missing, hub.write("e.csv", ""), locked)

    assert [each.split(": ")[0].rsplit("/", maxsplit=1)[-1] for each in problems] == [
        "s.xlsx, sheet Sheet1, row 2, column C",
        "s.xlsx, sheet Sheet1, row 2, column E",
        "s.xlsx, sheet Sheet3, row 1",
        "y.toml",
        "none.csv",
        "e.csv, row 1",
        "l.xlsx",
        "y.toml, school 1, column name",
        "s.xlsx, sheet Sheet2, row 2, column tier",
    ]
