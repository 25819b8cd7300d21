"""Journeys 2 and 5 in the real Playground: a SENCo's meetings, and the strands of an INSET day."""

import pytest

from tests.browser.teams_page import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
TEACHER, SENCO = 0, 2


async def test_a_senco_confirms_who_she_is_and_books_the_years_meetings(screens):
    async with screens(SENCO, PHONE) as phone:
        await phone.sees("I have you down as SENCo at School B")
        await phone.ticks("What do you do? (all that fit)", "Maths lead")
        await phone.presses("That's right")
        await phone.sees("I have you down as SENCo and maths lead at School B")

        await phone.says("senco mtg")
        await phone.sees("This school year: 0 of 3")
        await phone.presses("Book all remaining")
        await phone.sees("Wed 13 Jan: booked")
        await phone.presses("My year")
        await phone.sees("2 of 3: 2 booked")


async def test_a_teacher_picks_strands_and_swaps_one(screens):
    async with screens(TEACHER, PHONE) as phone:
        await phone.says("inset")
        await phone.presses("Choose strands", beside="Thu 11 Feb 2027")
        await phone.sees("Pick one strand for each slot")
        await phone.chooses("Morning, 09:00–12:00", "Adaptive teaching (20 left)")
        await phone.chooses("Afternoon, 13:00–15:30", "AAC and symbols (20 left)")
        await phone.presses("Book my strands")
        await phone.sees("09:00–12:00: booked, Adaptive teaching")

        await phone.chooses("Morning, 09:00–12:00", "AAC and symbols (20 left)")
        await phone.presses("Book my strands")
        await phone.sees("09:00–12:00: booked, AAC and symbols")
