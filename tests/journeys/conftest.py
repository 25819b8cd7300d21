"""Whole conversations, each on one of the two databases.

Every transaction is tested on both (``tests/store``); what is said around it is the same. The name
of a test decides, so that each stays where it is.
"""

from zlib import crc32

import pytest

from tests.databases import on_server, with_schema

ENGINES = ("sqlite", "postgresql")


@pytest.fixture
async def database_url(request, tmp_path):
    """A migrated database with nothing in it, of the kind that falls to this test."""
    chosen = ENGINES[crc32(request.node.name.encode()) % 2]
    # A test that reads the file, or is about one engine, says which.
    if getattr(request, "param", chosen) == "postgresql":
        return await on_server(request.getfixturevalue("postgres"))
    url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
    await with_schema(url)
    return url
