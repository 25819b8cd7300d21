"""Journey 1 in the real Agents Playground: a teacher's phone, and the SEND Lead's desk."""

import pytest

from tests.browser.teams_page import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
CLINIC = "sensory needs"


async def test_a_teacher_books_gives_up_and_undoes_on_a_phone(screens):
    async with screens(0, PHONE) as phone:
        await phone.sees("I'm the SEND Hub assistant")
        await phone.says("any clinics coming up?")
        await phone.sees(CLINIC)
        await phone.presses("Book my place", beside=CLINIC)
        await phone.sees("You're booked")
        await phone.sees("10:00–13:00")

        await phone.fills("What would you like from it?", "Ideas for a noisy dinner hall")
        await phone.presses("Send")
        await phone.sees("Thank you, I've passed that on")

        await phone.says("my bookings")
        await phone.sees("Confirmed")
        await phone.says("give up my place")
        await phone.sees("Give up your place?")
        await phone.presses("Yes, give it up")
        await phone.sees("You've given up your place")
        await phone.presses("Undo")
        await phone.sees("You're booked")

    (event,) = screens.teams.teacher.events or [None]
    assert event is None
    await screens.teams.service.delivery.drain()
    assert len(screens.teams.teacher.events) == 1


async def test_two_people_at_two_screens_share_one_waiting_list(screens):
    async with screens(0, PHONE) as teacher, screens(1, DESKTOP) as lead:
        await teacher.says("what clinics are on?")
        await teacher.presses("Book my place", beside="anxiety")
        await teacher.sees("You're booked")

        await lead.says("any clinics coming up?")
        await lead.presses("Join the waiting list", beside="anxiety")
        await lead.sees("you're on the waiting list")
        await lead.sees("1st")


async def test_nonsense_and_a_change_of_mind_never_dead_end(screens):
    async with screens(0, PHONE) as phone:
        await phone.says("florble wug")
        await phone.sees("I didn't quite catch that")
        await phone.presses("What can you do?")
        await phone.sees("Here is what I can do")
        await phone.says("book me on the next clinic")
        await phone.sees("You're booked")
        await phone.says("cancel")
        await phone.sees("I've left it there")
