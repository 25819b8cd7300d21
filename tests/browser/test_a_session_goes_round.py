"""A group chat in the real Agents Playground: what's on for all, a place for the one who presses.

The Playground knows no message extensions, so the card comes from asking the bot in the group.
"""

import pytest

from tests.browser.teams_page import DESKTOP

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
CLINIC = "sensory needs"


async def test_a_press_in_the_staffroom_books_and_the_own_chat_tells(screens):
    async with screens(0, DESKTOP) as teacher:
        await teacher.sees("I'm the SEND Hub assistant")
        await teacher.enters("Staffroom")
        await teacher.sees("Ask me here what's on")
        await teacher.presses("My bookings")
        await teacher.is_told("Let's do that in our own chat")
        await teacher.sees("Ask me here what's on")

        await teacher.asks_the_bot("any clinics coming up?")
        await teacher.sees("12 places left")
        await teacher.presses("Book my place", beside=CLINIC)
        await teacher.sees("I've answered you in our own chat")
        await teacher.sees("11 places left")
        await teacher.sees_nowhere("You're booked")

        await screens.teams.service.delivery.drain()
        await teacher.enters("Personal Chat")
        await teacher.sees("You're booked")
        await teacher.sees("You pressed a button in a shared chat")

        await teacher.says("share the next clinic")
        await teacher.sees("Share this session")
        await teacher.sees("Share in Teams")
        await teacher.presses("Back to the session")
        await teacher.sees("You have a place")
    assert len(screens.teams.teacher.events) == 1
