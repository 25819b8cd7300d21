"""The doctor on the trust's staff group: as the service noted its last reading."""

from datetime import timedelta

import pytest

from store import staff_group
from store.database import Database
from tests.conftest import LONDON
from tests.edges.doctor.hearing import NOW, TENANT_ID, about, told


async def test_a_trust_without_a_staff_group_is_told_so_and_is_well(in_production):
    lines, code = await told(in_production())

    assert "staff group: none is set" in "\n".join(about(lines, "ok"))
    assert code == 0


@pytest.mark.parametrize(
    ("read_at", "trouble", "level", "says"),
    [
        (None, "", "warning", "it was never read"),
        (NOW - timedelta(minutes=50), "", "ok", "412 members, read within the last hours"),
        (NOW - timedelta(hours=5), "", "warning", "is the service running?"),
        (NOW, "90 of 412 people would have left at once", "warning", "read-staff --believe"),
        (None, "SENDHUB_STAFF_GROUP names no group", "warning", "names no group"),
    ],
)
async def test_how_the_staff_group_was_read_is_told(
    in_production, database_url, read_at, trouble, level, says
):
    database = Database(database_url, LONDON)
    async with database.begin() as db:
        if read_at:
            await staff_group.note_reading(db, TENANT_ID, 412, read_at)
        if trouble:
            await staff_group.note_trouble(db, TENANT_ID, trouble)
    await database.close()

    lines, code = await told(in_production(staff_group=TENANT_ID))

    (line,) = [each for each in about(lines, level) if "staff group:" in each]
    assert says in line
    assert code == 0
