"""``load``: everything or nothing, every mistake by row and column, twice the same changes nothing."""

from datetime import date, time

import pytest
from openpyxl import Workbook

from bot.loading.command import load_into
from store.tables import PersonRow, SchoolRow, SessionRow
from tests.loading.hub import GOOD, HEADER, PEOPLE, SCHOOLS, YEAR, with_cell


async def test_a_whole_trust_loads_and_loading_it_again_changes_nothing(hub):
    files = [
        hub.write("people.csv", PEOPLE),
        hub.write("sessions.csv", "\ufeff" + (HEADER + GOOD).replace("\n", "\r\n")),
        hub.write("schools.csv", SCHOOLS),
        hub.write("year.toml", YEAR),
    ]

    first = await load_into(hub.settings, files)
    again = await load_into(hub.settings, files)

    assert "sessions: 1 added, 0 changed, 0 as before" in first
    assert "schools: 0 added, 0 changed, 2 as before" in again
    assert "school years: 0 added, 0 changed, 1 as before" in again
    assert "people: 0 added, 0 changed, 1 as before" in again
    assert "sessions: 0 added, 0 changed, 1 as before" in again
    assert await hub.count(SessionRow) == 1


async def test_a_changed_row_changes_its_session(hub):
    await load_into(hub.settings, [hub.write("s.csv", HEADER + GOOD)])
    told = await load_into(
        hub.settings, [hub.write("s.csv", HEADER + GOOD.replace(",12,", ",20,"))]
    )

    assert told == "sessions: 0 added, 1 changed, 0 as before"


async def test_one_mistake_anywhere_and_nothing_is_taken(hub):
    files = [
        hub.write("schools.csv", SCHOOLS),
        hub.write("s.csv", HEADER + GOOD + GOOD.replace("10:00", "late")),
    ]

    problems = await hub.problems(*files)

    assert problems == ["s.csv, row 3, column start: “late” is not a time such as 14:00"]
    assert await hub.count(SchoolRow) == 0


async def test_a_spreadsheets_own_dates_times_and_numbers_are_read(hub, tmp_path):
    book = Workbook()
    page = book.active
    page.append(["Tier", "Title", "Date", "Start", "End", "Venue", "Capacity"])
    page.append([4, "Clinic", date(2026, 12, 3), time(10), time(13), "School B", 12.0])
    page.append(["2a", "Training", date(2027, 1, 12), "9am", "12.00", "School C", "24"])
    page.append([None] * 7)
    book.save(tmp_path / "sessions.xlsx")

    told = await load_into(hub.settings, [tmp_path / "sessions.xlsx"])

    assert told.splitlines()[0] == "sessions: 2 added, 0 changed, 0 as before"


MISTAKES = {
    "tier nobody has": (with_cell("tier", "9"), "row 2, column tier: is not a tier"),
    "tier 6 has no sessions": (with_cell("tier", "6"), "column tier: is not a tier with sessions"),
    "no tier": (with_cell("tier", ""), "column tier: is missing"),
    "no title": (with_cell("title", ""), "column title: is missing"),
    "endless title": (with_cell("title", "x" * 201), "column title: is longer than 200"),
    "no date": (with_cell("date", ""), "column date: is missing"),
    "no such day": (with_cell("date", "31/02/2027"), "“31/02/2027” is not a date"),
    "american date": (with_cell("date", "12/31/2026"), "is not a date such as 03/12/2026"),
    "date in words": (with_cell("date", "next Tuesday"), "column date"),
    "time in words": (with_cell("start", "morning"), "column start: “morning” is not a time"),
    "hour 25": (with_cell("start", "25:00"), "column start"),
    "13pm": (with_cell("start", "13pm"), "column start"),
    "ends before it starts": (with_cell("end", "09:00"), "column end: 09:00 is not after"),
    "no venue": (with_cell("venue", ""), "column venue: is missing"),
    "plain http": (with_cell("online_url", "http://x.example"), "is not an https address"),
    "no capacity": (with_cell("capacity", ""), "column capacity: is missing"),
    "negative capacity": (with_cell("capacity", "-1"), "column capacity"),
    "half a person": (with_cell("capacity", "2.5"), "column capacity: “2.5” is not a whole"),
    "a stadium": (with_cell("capacity", "50000"), "column capacity: 50000 is not"),
    "unknown role": (with_cell("audience", "wizard"), "column audience: “wizard” is not a role"),
    "released afterwards": (with_cell("release_to_partners_on", "2027-01-01"), "is after the"),
    "row twice": (HEADER + GOOD + GOOD, "row 3: the same session as s.csv, row 2"),
    "a cell too many": (HEADER + GOOD.strip() + ",oops\n", "column (none)"),
    "unknown column": (HEADER.replace("title", "tilte") + GOOD, "not the columns of sessions"),
    "misspelt column": (
        HEADER.replace("venue", "vennue") + GOOD,
        "column vennue: is not a column I know; did you mean “venue”?",
    ),
    "column twice": (HEADER.replace("slot", "strand") + GOOD, "column strand is there twice"),
    "semicolons": (HEADER.replace(",", ";"), "parted by ';'"),
    "empty": ("", "empty; the first row must name the columns"),
    "other columns": ("a,b\n1,2\n", "these are not the columns of sessions"),
    "windows letters": ((HEADER + GOOD).replace("Physio", "Zoë").encode("cp1252"), "not UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", "not UTF-8"),
    "open quote": (HEADER + '4,"Clinic\n', "not a proper CSV file"),
}


@pytest.mark.parametrize(("content", "words"), MISTAKES.values(), ids=list(MISTAKES))
async def test_a_mistake_in_a_session_file_is_named(hub, content, words):
    problems = await hub.problems(hub.write("s.csv", content))

    assert any(words in each for each in problems), problems
    assert all(each.startswith("s.csv") for each in problems)
    assert await hub.count(SessionRow) == 0


OTHERS = {
    "unknown school": ("p.csv", PEOPLE.replace("School A\n", "School Z\n"), "“School Z” is no"),
    "no object id": ("p.csv", PEOPLE.replace("o-1", ""), "column object_id: is missing"),
    "five half-terms": ("y.toml", YEAR.replace('  {name = "Summer 2"', "  #"), "here are 5"),
    "overlap": ("y.toml", YEAR.replace("2026-11-02", "2026-10-20"), "begins before Autumn 1"),
    "backwards": ("y.toml", YEAR.replace("2026-12-18", "2026-11-01"), "ends before it begins"),
    "words for a day": ("y.toml", YEAR.replace("2026-09-01", '"soon"'), "column half_terms"),
    "not toml": ("y.toml", "half_terms = [", "y.toml"),
    "unknown table": ("y.toml", "[[term]]\nname = 'x'\n", "[[term]] is none of"),
    "another ending": ("y.docx", "x", "I read .csv, .xlsx and .toml files"),
    "no workbook": ("y.xlsx", "x", "not an Excel workbook"),
}


@pytest.mark.parametrize(("name", "content", "words"), OTHERS.values(), ids=list(OTHERS))
async def test_a_mistake_in_any_other_file_is_named(hub, name, content, words):
    schools = hub.write("schools.csv", SCHOOLS)

    problems = await hub.problems(schools, hub.write(name, content))

    assert any(words in each for each in problems), problems
    assert await hub.count(PersonRow) == 0


async def test_a_file_that_is_not_there_is_named(hub, tmp_path):
    assert "No such file" in (await hub.problems(tmp_path / "none.csv"))[0]
