"""Two replicas over one database."""

import pytest

from store.database import Database
from tests.conftest import LONDON


@pytest.fixture
async def replicas(database, database_url):
    """Two processes' worth of databases over the same truth."""
    other = Database(database_url, LONDON)
    yield [database, other]
    await other.close()
