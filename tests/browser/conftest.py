"""Headless Chromium, and a real Playground for each person at a screen, beside the real bot."""

import os
import shutil
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from playwright.async_api import async_playwright

from bot.local_tenant.playground import Seat, playgrounds
from tests.browser.teams_page import TeamsPage
from tests.people import teams_running

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def _missing() -> str:
    needed = {"chromium": shutil.which("chromium"), "Node.js": shutil.which("node")}
    return " and ".join(name for name, path in needed.items() if path is None)


@pytest.fixture(scope="session")
def tools():
    """Without a browser these tests are skipped, except where they must run."""
    if missing := _missing():
        words = f"{missing} not installed: the browser tests cannot run"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    return shutil.which("chromium")


@pytest.fixture(scope="session")
def playground_folder(tools, tmp_path_factory):
    """Where npm puts the Playground, once for all tests of a run."""
    return tmp_path_factory.mktemp("playground")


@pytest.fixture
async def screens(tools, playground_folder, tmp_path, clock, trust):
    """Opens a person's chat at a size of screen; ends everything afterwards."""
    url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
    seats = [Seat.of(each) for each in trust.people[:3]]
    addresses = {}
    async with (
        teams_running(url, clock, trust) as teams,
        async_playwright() as player,
        AsyncExitStack() as running,
    ):
        bot_url = f"{teams.url}/api/messages"
        browser = await player.chromium.launch(executable_path=tools, args=list(QUIET))

        @asynccontextmanager
        async def screen(seat: int, size):
            if seat not in addresses:
                known = (bot_url, [seats[seat]], trust.people, playground_folder)
                [addresses[seat]] = await running.enter_async_context(playgrounds(*known))
            page = await browser.new_page(viewport=size)
            shown = TeamsPage(page)
            await shown.opens(addresses[seat])
            yield shown
            await page.close()

        screen.teams = teams
        yield screen
        await browser.close()
