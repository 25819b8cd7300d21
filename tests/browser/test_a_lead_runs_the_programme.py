"""Journeys 8 and 10 in the real Playground: a lead sets a clinic, takes a register on a phone."""

from datetime import UTC, date, datetime

import pytest

from tests.browser.teams_page import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
TEACHER, LEAD = 0, 1


async def test_a_lead_sets_a_clinic_with_a_second_thought(screens):
    async with screens(LEAD, DESKTOP) as desk:
        await desk.says("add a clinic")
        await desk.fills("Title", "Clinic: maths anxiety")
        await desk.picks_day("Day", date(2027, 4, 29))
        await desk.fills("Where", "School D")
        await desk.presses("Save")
        await desk.sees("Worth a second thought")
        await desk.fills("Why go ahead anyway?", "Two schools asked for it")
        await desk.presses("Save")
        await desk.sees("It is set")
        await desk.sees("Thursday 29 April 2027")


async def test_a_lead_takes_the_register_on_a_phone(screens, clock):
    async with screens(TEACHER, PHONE) as teacher:
        await teacher.says("book me on the next clinic")
        await teacher.sees("You're booked")
    clock.at = datetime(2026, 12, 3, 11, tzinfo=UTC)
    async with screens(LEAD, PHONE) as phone:
        await phone.says("take the register")
        await phone.sees("1 name, register not taken yet")
        await phone.presses("Add a walk-in")
        await phone.fills("Part of their name", "maths")
        await phone.presses("Look up")
        await phone.ticks("Who is it?", "Maths lead, School B, School B")
        await phone.presses("Add them")
        await phone.sees("is on the register")
        await phone.ticks("Who came? Untick who did not.", "Class teacher, School A, School A")
        await phone.presses("Save register")
        await phone.sees("1 came, 1 did not")
