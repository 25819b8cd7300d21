"""Sixty sessions and more: every list pages, every card stays small, nothing is shown twice."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from store.programme import keep_sessions

MOST_BYTES = 20 * 1024
MOST_BUTTONS = 6


@pytest.fixture
async def crowded(teams, clock):
    """A programme with sixty more clinics, and six more sessions of each series."""
    known = next(each for each in teams.trust.sessions if "Clinic: language" in each.title)
    more = [
        replace(
            known,
            id=uuid4(),
            tier=tier,
            title=f"Session {tier} {number} " + "with a rather long title " * 4,
            starts_at=known.starts_at + timedelta(days=number),
            ends_at=known.ends_at + timedelta(days=number),
        )
        for tier, count in (("4", 60), ("1", 6), ("2a", 6))
        for number in range(count)
    ]
    async with teams.service.database.begin() as db:
        await keep_sessions(db, more)
    return teams


async def pages(person, card):
    """Press Later to the end; every card on the way."""
    shown = [card]
    while any(each["title"] == "Later" for each in shown[-1].buttons):
        shown.append(await person.presses("Later", on=shown[-1]))
    return shown


@pytest.mark.parametrize("words", ["any clinics coming up?", "what's on", "senco mtg", "inset"])
async def test_every_page_of_a_long_list_is_small_and_shows_each_session_once(crowded, words):
    senco = crowded.senco

    shown = await pages(senco, await senco.says(words))

    for card in shown:
        assert len(json.dumps(card.content).encode()) < MOST_BYTES
        assert len(card.buttons) <= MOST_BUTTONS
    ids = [
        each["data"]["session"]
        for card in shown
        for each in card.buttons
        if "session" in each["data"]
    ]
    assert len(ids) == len(set(ids))


async def test_sixty_bookings_are_paged_and_the_year_still_fits_one_card(crowded):
    senco = crowded.senco
    shown = await pages(senco, await senco.says("any clinics coming up?"))
    for card in shown[:12]:
        for each in card.buttons:
            if each["title"] == "Book my place":
                await senco.acts("book-anyway", **each["data"])

    mine = await pages(senco, await senco.says("my bookings"))
    year = await senco.says("my year")

    for card in [*mine, year]:
        assert len(json.dumps(card.content).encode()) < MOST_BYTES
        assert len(card.buttons) <= MOST_BUTTONS
    assert sum(card.words.count("Confirmed") for card in mine) == 36
    assert "36 booked" in year.words
