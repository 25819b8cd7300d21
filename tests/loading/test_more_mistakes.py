"""Files as they come from schools' own spreadsheets: each mistake by file, row and column."""

import pytest

from bot.loading.command import load_into
from store.tables import SchoolYearRow, SessionRow
from tests.loading.hub import GOOD, HEADER, PEOPLE, SCHOOLS, YEAR, with_cell

MISTAKES = {
    "a pupil in the notes": (
        with_cell("notes", "Kai Example in 4B born 03/02/2018"),
        "column notes: may hold something that could identify a pupil",
    ),
    "a pupil in the strand": (
        with_cell("strand", "for Kai Example in 4B"),
        "column strand: may hold something that could identify a pupil",
    ),
    "a concern in the notes": (
        with_cell("notes", "he has bruises"),
        "column notes: sounds like a safeguarding concern",
    ),
    "leads without end": (with_cell("leads", "x" * 600), "column leads: is longer than 500"),
    "utf-16": ((HEADER + GOOD).encode("utf-16"), "s.csv, row 1: not UTF-8; save it as"),
    "latin letters in row 3": (
        (HEADER + GOOD + GOOD.replace("Physio", "Zoë")).encode("latin-1"),
        "s.csv, row 3: not UTF-8; save it as 'CSV UTF-8'",
    ),
    "tabs": (HEADER.replace(",", "\t") + GOOD.replace(",", "\t"), "row 1: the columns are parted"),
    "semicolons": (HEADER.replace(",", ";") + GOOD, "parted by ';': save it as CSV with commas"),
    "a banner on top": (
        "SEND Hub programme,,,\n" + HEADER + GOOD,
        "s.csv, row 1: these are not the columns of sessions",
    ),
    "an empty first row": (",,,\n" + HEADER + GOOD, "s.csv, row 1: is empty"),
    "american date": (
        with_cell("date", "12/31/2026"),
        "row 2, column date: “12/31/2026” is not a date such as 03/12/2026",
    ),
    "29 February of a common year": (with_cell("date", "29/02/2027"), "row 2, column date"),
    "another century": (with_cell("date", "03/12/1926"), "“03/12/1926” is not a date such as"),
    "the year 0001": (with_cell("date", "0001-01-01"), "“0001-01-01” is not a date such as"),
    "the year 9999": (with_cell("date", "9999-12-31"), "“9999-12-31” is not a date such as"),
    "a spreadsheet's number for a day": (with_cell("date", "46359"), "“46359” is not a date"),
    "capacity in words": (
        with_cell("capacity", "twelve"),
        "row 2, column capacity: “twelve” is not a whole number from 0 to 1000",
    ),
    "capacity by a range": (with_cell("capacity", "10-12"), "column capacity: “10-12” is not"),
    "noon as 12am": (with_cell("end", "12am"), "column end: 00:00 is not after the start, 10:00"),
    "a time from a range": (with_cell("start", "10-13"), "column start: “10-13” is not a time"),
    "tier in words": (
        with_cell("tier", "four"),
        "column tier: is not a tier with sessions; I know",
    ),
    "a link without https": (
        with_cell("online_url", "teams.example/x"),
        "must begin with https://",
    ),
    "a spreadsheet's error": (
        with_cell("title", "#REF!"),
        "column title: #REF! is a spreadsheet's",
    ),
    "a comma without quotes": (
        with_cell("title", "Clinic, sensory"),
        "row 2, column date: “sensory” is not a date such as 03/12/2026",
    ),
    "moved from nowhere": (
        HEADER.strip() + ",moved_from\n" + GOOD.strip() + ",02/12/2026\n",
        "row 2, column moved_from: there is no such session, there or at its new time and place",
    ),
    "moved from a word": (
        HEADER.strip() + ",moved_from\n" + GOOD.strip() + ",last week\n",
        "row 2, column moved_from: “last week” is not a date such as 03/12/2026, or 03/12/2026 10",
    ),
    "cancelled out of nothing": (
        HEADER.strip() + ",cancelled\n" + GOOD.strip() + ",yes\n",
        "row 2, column cancelled: there is no such session to cancel; check tier, title",
    ),
    "perhaps cancelled": (
        HEADER.strip() + ",cancelled\n" + GOOD.strip() + ",perhaps\n",
        "row 2, column cancelled: “perhaps” is not yes or no",
    ),
    "a reason for nothing": (
        HEADER.strip() + ",reason\n" + GOOD.strip() + ",snow\n",
        "row 2, column reason: goes with moved_from or cancelled",
    ),
    "a link with half a bracket": (
        with_cell("online_url", "https://[x"),
        "row 2, column online_url: is not an https address; it must begin with https://",
    ),
    "a sign that cannot be seen": (
        with_cell("leads", "Phy\x01sio"),
        "row 2, column leads: holds a sign that cannot be seen",
    ),
    "capacity with an exponent": (with_cell("capacity", "1e9"), "column capacity: “1e9” is not a"),
    "an hour that the clocks leave out": (
        with_cell("date", "28/03/2027").replace("10:00,", "01:30,"),
        "row 2, column start: 01:30 is left out that day, the clocks go forward",
    ),
    "a meeting at a partner school": (
        with_cell("tier", "5").replace("School B", "School H"),
        "row 2, column venue: School H is a partner school; tier 5 is for schools of the trust",
    ),
    "a meeting in no school": (
        with_cell("tier", "5").replace("School B", "Town Hall"),
        "row 2, column venue: “Town Hall” is no school I know",
    ),
    "a meeting in no known year": (
        with_cell("tier", "5").replace("School B", "School A").replace("03/12/2026", "03/12/2031"),
        "row 2, column date: No school year that I know covers Wednesday 3 December 2031",
    ),
    "two meetings for a school": (
        with_cell("tier", "5").replace("School B", "School A")
        + GOOD.replace("4,", "5,", 1).replace("School B", "school-a").replace("03/12", "04/12"),
        "row 3, column venue: School A already has its meeting for 2026-27",
    ),
}


@pytest.mark.parametrize(("content", "words"), MISTAKES.values(), ids=list(MISTAKES))
async def test_a_mistake_is_named_with_its_place_and_what_to_do(hub, content, words):
    files = [hub.write("schools.csv", SCHOOLS), hub.write("year.toml", YEAR)]

    problems = await hub.problems(*files, hub.write("s.csv", content))

    assert any(words in each for each in problems), problems
    assert all(each.startswith("s.csv, row ") for each in problems)
    assert await hub.count(SessionRow) == 0
    assert await hub.count(SchoolYearRow) == 0


FINE = {
    "trailing commas and empty rows": "".join(
        line + ",,,\n" for line in (HEADER + "\n" + GOOD + "\n").splitlines()
    ),
    "a byte order mark and Windows line ends": "\ufeff" + (HEADER + GOOD).replace("\n", "\r\n"),
    "old line ends": (HEADER + GOOD).replace("\n", "\r"),
    "a new line in quotes": HEADER + GOOD.replace("Clinic: sensory", '"Clinic:\nsensory"'),
    "capitals in the header": HEADER.upper() + GOOD,
    "a header as people write it": (
        HEADER.replace("online_url", "Online URL").replace(
            "release_to_partners_on", " Release  to partners on "
        )
        + GOOD
    ),
    "tier with its word": with_cell("tier", "Tier 4"),
    "a two-figure year": with_cell("date", "3/12/26"),
}


@pytest.mark.parametrize("content", FINE.values(), ids=list(FINE))
async def test_what_spreadsheets_do_to_a_file_is_no_mistake(hub, content):
    known = [hub.write("schools.csv", SCHOOLS), hub.write("year.toml", YEAR)]

    told = await load_into(hub.settings, [*known, hub.write("s.csv", content)])

    assert told.splitlines()[2:] == ["sessions: 1 added, 0 changed, 0 as before"]


YEARS = {
    "overlap": (
        YEAR.replace("2026-27", "2027-28")
        .replace("2027-", "2028-")
        .replace("2028-28", "2027-28")
        .replace("2026-", "2027-")
        .replace("2027-09-01", "2027-07-20")
        .replace("{on = 2027-10-23", "{on = 2027-10-22"),
        "2027-28 begins on Tuesday 20 July 2027, before 2026-27 is over on Wednesday 21 July 2027",
    ),
    "another year's dates": (
        YEAR.replace('"2026-27"', '"2027-28"'),
        "column name: “2027-28” begins on Tuesday 1 September 2026, so it must be 2026-27",
    ),
    "a year in full": (YEAR.replace('"2026-27"', '"2026-2027"'), "so it must be 2026-27"),
    "a year without an end": (
        YEAR.replace("2027-07-21", "9999-07-21"),
        "column half_terms: the last ends more than 13 months after the first begins",
    ),
    "one name twice": (YEAR.replace('"Autumn 2"', '"Autumn 1"'), "two have the same name"),
    "an INSET day nowhere": (
        YEAR.replace("School A", "School Z"),
        "“School Z” is no school I know",
    ),
}


@pytest.mark.parametrize(("content", "words"), YEARS.values(), ids=list(YEARS))
async def test_a_mistake_in_a_calendar_is_named(hub, content, words):
    await load_into(hub.settings, [hub.write("s.csv", SCHOOLS), hub.write("year.toml", YEAR)])

    problems = await hub.problems(hub.write("next.toml", content))

    assert any(words in each for each in problems), problems
    assert all(each.startswith("next.toml, school_year 1, column ") for each in problems)
    assert await hub.count(SchoolYearRow) == 1


async def test_a_folder_is_no_file(hub):
    folder = hub.write("x.csv", "x").with_name("folder.csv")
    folder.mkdir()

    (problem,) = await hub.problems(folder)

    assert problem.endswith("Is a directory; give the path of a .csv, .xlsx or .toml file")


async def test_one_session_in_two_files_and_one_person_twice_are_named(hub):
    problems = await hub.problems(
        hub.write("one.csv", HEADER + GOOD),
        hub.write("two.csv", HEADER + GOOD),
        hub.write("schools.csv", SCHOOLS),
        hub.write("people.csv", PEOPLE + PEOPLE.splitlines()[1] + "\n"),
    )

    assert problems == [
        "people.csv, row 3: the same person as people.csv, row 2; take one of the two out",
        "two.csv, row 2: the same session as one.csv, row 2; take one of the two out",
    ]


async def test_two_schools_of_one_name_are_told_apart_first(hub):
    content = SCHOOLS + "school-x,school a,no\n"

    assert await hub.problems(hub.write("schools.csv", content)) == [
        "schools.csv, row 4, column name: “school a” is the name of school-a already; "
        "give each its own"
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("x = " + "[" * 3000 + "]" * 3000, "far too deep inside"),
        ("x = 2026-13-45", "not proper TOML"),
    ],
    ids=["deep", "no day"],
)
async def test_a_strange_toml_file_is_told_and_no_fault(hub, content, words):
    (problem,) = await hub.problems(hub.write("year.toml", content))

    assert words in problem


async def test_an_inset_day_at_the_weekend_and_a_half_term_without_a_name_are_told(hub):
    weekend = YEAR.replace("{on = 2026-10-23", "{on = 2026-10-24")
    nameless = YEAR.replace('"Autumn 1"', '""')

    assert any(
        "at the weekend" in each for each in await hub.problems(hub.write("y.toml", weekend))
    )
    assert any("needs a name" in each for each in await hub.problems(hub.write("y.toml", nameless)))
