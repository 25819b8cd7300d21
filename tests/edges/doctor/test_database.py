"""The doctor, told about a database that may be anything."""

import sqlite3
from datetime import timedelta

import pytest

from bot.doctor.examination import consult
from tests.edges.doctor.hearing import NOW, about, told


async def test_a_database_that_is_not_there_yet_is_not_created_by_looking(in_production, tmp_path):
    lines, code = await told(in_production(database_url=f"sqlite:///{tmp_path}/new/hub.sqlite"))

    assert code == 0
    assert any("there is no database at" in line for line in about(lines, "warning"))
    assert not (tmp_path / "new").exists()


async def test_an_empty_database_needs_migrating(in_production, tmp_path):
    sqlite3.connect(tmp_path / "empty.sqlite").execute("CREATE TABLE other (id)").connection.close()

    lines, code = await told(in_production(database_url=f"sqlite:///{tmp_path}/empty.sqlite"))

    (problem,) = about(lines, "problem")
    assert code == 1
    assert "its tables are not this version's" in problem


async def test_a_file_that_is_no_database_is_a_problem(in_production, tmp_path):
    (tmp_path / "letter.sqlite").write_bytes(b"Dear colleagues, " * 100)

    lines, code = await told(in_production(database_url=f"sqlite:///{tmp_path}/letter.sqlite"))

    (problem,) = about(lines, "problem")
    assert code == 1
    assert "file is not a database" in problem


async def test_a_server_that_is_away_is_told_without_the_password(in_production):
    url = "postgresql+asyncpg://hub:opensesame@127.0.0.1:1/hub"

    lines, code = await told(in_production(database_url=url))

    (problem,) = about(lines, "problem")
    assert code == 1
    assert "PostgreSQL (127.0.0.1/hub) cannot be reached" in problem
    assert "opensesame" not in "\n".join(lines)


@pytest.mark.parametrize("url", ["mysql://127.0.0.1/hub", "hub.sqlite"])
async def test_an_address_that_is_no_database_of_ours_is_a_problem(in_production, url):
    lines, code = await told(in_production(database_url=url))

    assert code == 1
    assert any("SENDHUB_DATABASE_URL" in line for line in about(lines, "problem"))


async def test_a_summer_without_a_calendar_is_noticed(in_production):
    text, code = await consult(in_production(), "1.4.0", NOW + timedelta(days=300), ())

    assert code == 0
    assert "no school calendar covers today" in text
