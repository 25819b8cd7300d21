"""A toolkit in the real Agents Playground, at the width of a phone: read, unfolded, kept."""

import pytest
from playwright.async_api import expect

from tests.browser.teams_page import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


async def test_a_teacher_unfolds_a_toolkit_and_keeps_it(screens):
    async with screens(0, PHONE) as teacher:
        await teacher.says("dyslexia toolkit")
        await teacher.sees("Teach letters and sounds in a set order")
        hidden = teacher.page.get_by_text("Print in a plain font").last
        await expect(hidden).to_be_hidden()

        await teacher.presses("Show or hide: Set up the room")
        await expect(hidden).to_be_visible()
        await teacher.presses("Show or hide: Set up the room")
        await expect(hidden).to_be_hidden()

        await teacher.presses("It was useful")
        await teacher.sees("You found this useful")
        await teacher.presses("Save")
        await teacher.sees("Saved. Say “my toolkits”")
        await teacher.presses("Training on this")
        await teacher.sees("Training on Dyslexia")
        await teacher.says("words that help")
        await teacher.sees("Your argument is strong")
