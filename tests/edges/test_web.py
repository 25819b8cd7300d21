"""Health, readiness and figures, as whoever runs the service sees them."""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.service import serving
from bot.settings import Settings
from hub.outbox import Kind
from store.outbox import owe
from tests.people import SetClock

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)


@pytest.fixture
def clock():
    return SetClock(NOW)


@pytest.fixture
def settings(database_url):
    return Settings.model_validate({"database_url": database_url, "port": 0})


async def get(port, path):
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_a_service_in_good_order_is_up_ready_and_counted(settings, clock):
    async with serving(settings, clock) as (service, port):
        async with service.database.begin() as db:
            await owe(db, Kind.CHAT, {}, key="a", now=NOW, not_before=NOW + timedelta(days=1))
        assert await get(port, "/healthz") == (200, '{"status": "up"}')
        assert (await get(port, "/readyz"))[0] == 200
        status, text = await get(port, "/metrics")
        assert status == 200
        assert "sendhub_refused_requests_total" in text
        assert 'sendhub_outbox_items{kind="chat",state="waiting"} 1.0' in text
        assert 'sendhub_owed{state="waiting"} 1.0' in text
        assert 'sendhub_late_items{kind="nudge"} 0.0' in text
        assert (await get(port, "/nowhere"))[0] == 404


async def test_a_database_that_was_not_migrated_is_not_ready(settings, clock, empty_database_url):
    empty = settings.model_copy(update={"database_url": empty_database_url})
    async with serving(empty, clock, migrates=False) as (_, port):
        status, text = await get(port, "/readyz")

    assert status == 503
    assert "the database is not migrated" in text


async def test_a_silent_scheduler_is_not_ready(settings, clock):
    async with serving(settings, clock) as (service, port):
        await service.bell.stop()
        status, text = await get(port, "/readyz")
        assert (await get(port, "/healthz"))[0] == 200

    assert status == 503
    assert "the scheduler is not running" in text
