"""The offer's own clauses, tier by tier, as anybody would ask for them."""

import pytest

CLAUSES = {
    "1": ("SENCos", "3 times a year", "14:00–16:00", "shared assessment systems"),
    "2a": ("SENCos", "3 to 6 times a year", "Half day", "disseminated effectively back in school"),
    "2b": ("SENCos and maths leads", "3 to 6 times a year", "Trust Maths Lead", "exceed two years"),
    "2c": ("hub class teachers", "3 to 6 times a year", "Full-day visit", "hub-class curriculum"),
    "3": ("All staff", "3 times a year", "INSET day", "approx. 18 sessions", "symbol-supported"),
    "4": ("All staff", "Up to once a half-term", "10:00–13:00", "emerging priorities"),
    "5": ("SENCos and headteachers", "Once a year", "in your school", "agree next steps"),
    "6": ("All staff", "As needed", "in person or on Teams", "scaled to need"),
}


@pytest.mark.parametrize("tier", list(CLAUSES))
async def test_a_tier_is_told_with_each_of_its_clauses(teams, tier):
    shown = await teams.teacher.says(f"what is tier {tier}?")

    said = shown.words.lower()
    for clause in CLAUSES[tier]:
        assert clause.lower() in said
    assert ("See what's on" in [each["title"] for each in shown.buttons]) == (tier != "6")


@pytest.mark.parametrize("words", ["training offer", "what tiers are there?", "the offer"])
async def test_the_whole_offer_is_one_card(teams, words):
    senco = teams.senco
    shown = await senco.says(words)

    for tier in CLAUSES:
        assert f"Tier {tier} –" in shown.words
    assert (await senco.presses("My year")).words.startswith("Your school year")
