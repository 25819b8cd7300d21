"""Who asks the Hub, and who deals with it."""

import pytest

from tests.people import teams_running


@pytest.fixture
async def teams(tmp_path, clock, trust):
    url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
    async with teams_running(url, clock, trust) as running:
        yield running


@pytest.fixture
def teacher(teams):
    return teams.teacher


@pytest.fixture
def lead(teams):
    return teams.somebody(1)
