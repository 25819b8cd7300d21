"""``plan-year`` as somebody types it: what it writes is a good year, and ``load`` takes it."""

import csv
import tomllib
from collections import Counter
from datetime import date, timedelta

import holidays
import pytest

from tests.edges.test_command_line import run as run_today
from tests.planning.calendars import CALENDARS, SCHOOLS, USUAL

HEADER = (
    "tier,title,date,start,end,venue,online_url,capacity,leads,strand,slot,audience,"
    "release_to_partners_on,notes"
)
BUSY = "date,reason\n{},Governors\n{},Conference\n"
#: A summer day before any of the three years.
BEFOREHAND = "2026-07-01T12:00:00Z"


def run(folder, *arguments, clock=BEFOREHAND):
    return run_today(folder, *arguments, SENDHUB_CLOCK=clock)


@pytest.fixture
def trust(tmp_path):
    """A folder in which a trust's schools and one calendar are loaded."""

    def loaded(year):
        (tmp_path / "schools.csv").write_text(SCHOOLS)
        (tmp_path / "year.toml").write_text(CALENDARS[year])
        assert run(tmp_path, "load", "schools.csv", "year.toml").returncode == 0
        return tomllib.loads(CALENDARS[year])["school_year"][0]

    return loaded


def on(row):
    day, month, year = map(int, row["date"].split("/"))
    return date(year, month, day)


def days(rows, tier):
    return sorted({on(row) for row in rows if row["tier"] == tier})


def within(half_term, day):
    return half_term["starts_on"] <= day <= half_term["ends_on"]


def check(rows, year, busy):
    """The offer's cadences and the calendar, read afresh from the files alone."""
    england = holidays.country_holidays("GB", subdiv="ENG")
    inset = {(each["on"], each.get("school")) for each in year["inset_days"]}
    trust_inset = {day for day, school in inset if school is None}
    for row in rows:
        day = on(row)
        assert any(within(each, day) for each in year["half_terms"])
        assert day.weekday() < 5
        assert day not in england
        assert day not in busy
        assert row["tier"] == "3" or not {(day, None), (day, row["venue"])} & inset
        assert row["notes"]
    for tier in ("1", "2a", "2b", "2c"):
        assert 3 <= len(days(rows, tier)) == sum(row["tier"] == tier for row in rows) <= 6
    assert len(days(rows, "3")) == 3
    assert sum(row["tier"] == "3" for row in rows) == 18
    assert len({row["strand"] for row in rows if row["tier"] == "3"}) == 3
    if len(trust_inset) >= 3:
        assert set(days(rows, "3")) <= trust_inset
    for each in year["half_terms"]:
        assert sum(within(each, day) for day in days(rows, "4")) == 1
    meetings = [row["venue"] for row in rows if row["tier"] == "5"]
    assert sorted(meetings) == [f"School {letter}" for letter in "ABCDEFG"]
    diary = Counter(on(row) for row in rows if row["tier"] != "3")
    assert set((diary + Counter(days(rows, "3"))).values()) == {1}
    hosted = Counter(row["venue"] for row in rows if row["tier"] in {"1", "2a", "2b", "2c", "4"})
    assert hosted.keys() == {f"School {letter}" for letter in "ABCDEFG"}
    assert max(hosted.values()) - min(hosted.values()) <= 1
    assert len({day.weekday() for day in diary}) == 5


@pytest.mark.parametrize("name", CALENDARS)
def test_a_year_is_planned_loaded_and_loaded_again(tmp_path, trust, name):
    year = trust(name)
    busy = [year["half_terms"][1]["starts_on"] + timedelta(days=each) for each in (8, 10)]
    (tmp_path / "busy.csv").write_text(BUSY.format(*busy))

    told = run(tmp_path, "plan-year", name, "--busy", "busy.csv")
    again = run(tmp_path, "plan-year", name, "--busy", "busy.csv", "--out", "plan.csv")

    assert (told.returncode, told.stderr, again.returncode, again.stdout) == (0, "", 0, "")
    assert (tmp_path / "plan.csv").read_text() == told.stdout
    assert told.stdout.splitlines()[0] == HEADER
    rows = list(csv.DictReader(told.stdout.splitlines()))
    check(rows, year, busy)

    first, second = (run(tmp_path, "load", "plan.csv") for _ in range(2))
    # Not a word of warning: the plan keeps to the guard rails.
    assert first.stdout == f"sessions: {len(rows)} added, 0 changed, 0 as before\n"
    assert second.stdout == f"sessions: 0 added, 0 changed, {len(rows)} as before\n"

    # What is there is not proposed again, and an empty proposal loads as well.
    nothing = run(tmp_path, "plan-year", name, "--out", "more.csv")
    assert nothing.returncode == 0
    assert (tmp_path / "more.csv").read_text() == HEADER + "\n"
    assert run(tmp_path, "load", "more.csv").returncode == 0


def test_hub_schools_the_site_and_the_first_day_can_be_said(tmp_path, trust):
    trust("2026-27")

    told = run(
        *(tmp_path, "plan-year", "2026-27", "--hub-schools", "School C; school-d"),
        *("--specialist-site", "Other Site", "--from", "2026-11-02"),
    )

    rows = list(csv.DictReader(told.stdout.splitlines()))
    assert {row["venue"] for row in rows if row["tier"] == "2c"} == {"School C", "School D"}
    assert {row["venue"] for row in rows if row["tier"] == "3"} == {"Other Site"}
    assert min(map(on, rows)) >= date(2026, 11, 2)
    assert told.returncode == 0
    assert told.stderr.startswith(
        "send-hub: Tier 4, Targeted Clinic in Autumn 1: no day is left for one more; "
    )
    assert "before Monday 2 November 2026" in told.stderr


@pytest.mark.parametrize("started_from", [(), ("--from", "2026-09-01")])
def test_a_year_that_has_begun_is_planned_from_tomorrow_on(tmp_path, trust, started_from):
    trust("2026-27")
    now = "2027-01-20T23:30:00Z"

    told = run(tmp_path, "plan-year", "2026-27", *started_from, clock=now)

    rows = list(csv.DictReader(told.stdout.splitlines()))
    assert min(map(on, rows)) >= date(2027, 1, 21)
    assert [len(days(rows, tier)) for tier in ("1", "2a", "2b", "2c", "3", "5")] == [3] * 5 + [7]
    assert len(days(rows, "4")) == 4
    # Two half-terms are over without a clinic, and each is named.
    assert [each.split(":")[1] for each in told.stderr.splitlines()] == [
        f" Tier 4, Targeted Clinic in Autumn {number}" for number in (1, 2)
    ]
    assert told.stderr.count("before Thursday 21 January 2027") == 2
    assert told.returncode == 0


def test_a_year_that_is_over_gets_no_proposal_and_says_what_it_lacked(tmp_path, trust):
    trust("2026-27")

    told = run(tmp_path, "plan-year", "2026-27", clock="2027-09-01T08:00:00Z")

    assert (told.returncode, told.stdout) == (0, HEADER + "\n")
    assert "Tier 1, SENCo Meetings: no day is left" in told.stderr


@pytest.mark.parametrize(
    # Before and after midnight in London; in UTC it is Sunday 6 June both times.
    ("now", "is_tomorrow"),
    [("2027-06-06T22:30:00Z", True), ("2027-06-06T23:30:00Z", False)],
)
def test_tomorrow_begins_at_midnight_in_london(tmp_path, trust, now, is_tomorrow):
    trust("2026-27")

    told = run(tmp_path, "plan-year", "2026-27", clock=now)

    # An INSET day of the whole trust, which INSET training takes as long as it can.
    taken = days(list(csv.DictReader(told.stdout.splitlines())), "3")
    assert (date(2027, 6, 7) in taken) is is_tomorrow


def test_a_half_term_that_is_all_busy_is_named(tmp_path, trust):
    year = trust("2026-27")
    half_term = year["half_terms"][3]
    length = (half_term["ends_on"] - half_term["starts_on"]).days + 1
    rows = [f"{half_term['starts_on'] + timedelta(days=each)},away\n" for each in range(length)]
    (tmp_path / "busy.csv").write_text("date,reason\n" + "".join(rows))

    told = run(tmp_path, "plan-year", "2026-27", "--busy", "busy.csv")

    assert told.stderr == (
        "send-hub: Tier 4, Targeted Clinic in Spring 2: no day is left for one more; "
        "of 24 school days, 24 busy.\n"
    )
    assert told.returncode == 0
    assert len(told.stdout.splitlines()) > 40


MISTAKES = {
    "a year nobody loaded": (
        ["2030-31"],
        "I don't know the school year 2030-31; load its calendar first: python app.py load",
    ),
    "a busy file that is not there": (["2026-27", "--busy", "none.csv"], "none.csv: No such file"),
    "a busy file with other columns": (
        ["2026-27", "--busy", "schools.csv"],
        "schools.csv, row 1: the columns must be date,reason",
    ),
    "a busy day in words": (
        ["2026-27", "--busy", "busy.csv"],
        "busy.csv, row 2, column date: “soon” is not a date such as 03/12/2026",
    ),
    "an unknown hub school": (
        ["2026-27", "--hub-schools", "School Z"],
        "“School Z” is no school of the trust; I know School A, School B",
    ),
    "a partner as a hub school": (["2026-27", "--hub-schools", "School H"], "“School H” is no"),
    "no site": (["2026-27", "--specialist-site", " "], "--specialist-site is empty"),
    "no such day": (["2026-27", "--from", "soon"], "soon"),
    "no folder": (["2026-27", "--out", "no/such/plan.csv"], "plan.csv"),
}


def test_a_mistake_is_said_in_one_line(tmp_path, trust):
    trust("2026-27")
    (tmp_path / "busy.csv").write_text("date,reason\nsoon,away\n")
    for arguments, words in MISTAKES.values():
        told = run(tmp_path, "plan-year", *arguments)

        assert (told.returncode, told.stdout) == (2, "")
        assert words in told.stderr
        assert "Traceback" not in told.stderr


def test_without_schools_there_is_nobody_to_host(tmp_path):
    (tmp_path / "year.toml").write_text(USUAL.split("inset_days")[0])
    assert run(tmp_path, "load", "year.toml").returncode == 0

    told = run(tmp_path, "plan-year", "2026-27")

    assert told.returncode == 2
    assert "no school of the trust to host anything; load the schools first" in told.stderr
