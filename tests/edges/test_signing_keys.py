"""The keys that inbound tokens are signed with: read once, rolled over, never hammered for."""

import asyncio

import pytest

from bot.teams.signing_keys import KEYS_LAST, LOOK_AGAIN, LOOK_AGAIN_AT_FIRST
from tests.edges.microsoft import unsigned


async def test_keys_are_read_once_for_many_requests_at_once(bot):
    answers = await asyncio.gather(*(bot.hears(bot.activity()) for _ in range(10)))

    assert {status for status, _ in answers} == {200}
    assert bot.authority.key_reads == 1


async def test_a_key_rolled_over_is_found_at_once(bot, clock):
    await bot.hears(bot.activity())
    clock[0] += LOOK_AGAIN.total_seconds()
    bot.authority.roll_over()

    assert (await bot.hears(bot.activity()))[0] == 200


async def test_made_up_keys_do_not_become_requests_to_the_authority(bot, clock, refusals):
    await bot.hears(bot.activity())
    clock[0] += LOOK_AGAIN.total_seconds()

    for number in range(20):
        header = {"alg": "RS256", "kid": f"made-up-{number}"}
        assert (await bot.hears(bot.activity(), unsigned(header)))[0] == 401

    assert bot.authority.key_reads == 2
    assert refusals("key_unknown") == 20


async def test_old_keys_go_on_serving_while_the_authority_is_down(bot, clock):
    await bot.hears(bot.activity())
    bot.authority.is_down = True
    clock[0] += KEYS_LAST.total_seconds()

    assert (await bot.hears(bot.activity()))[0] == 200
    assert bot.authority.key_reads == 2


async def test_a_key_withdrawn_by_the_authority_is_forgotten_within_a_day(bot, clock):
    await bot.hears(bot.activity())
    token = bot.authority.token(bot.teams_service.url)
    bot.authority.roll_over()
    clock[0] += KEYS_LAST.total_seconds()

    assert (await bot.hears(bot.activity(), token))[0] == 401


async def test_nobody_comes_in_before_keys_were_read(bot, clock, refusals):
    bot.authority.is_down = True
    assert (await bot.hears(bot.activity()))[0] == 401
    assert refusals("keys_unavailable") == 1

    bot.authority.is_down = False
    clock[0] += LOOK_AGAIN.total_seconds()
    assert (await bot.hears(bot.activity()))[0] == 200


async def test_an_authority_away_at_the_start_is_asked_again_within_seconds(bot, clock):
    bot.authority.is_down = True
    for _ in range(20):
        assert (await bot.hears(bot.activity()))[0] == 401
    assert bot.authority.key_reads == 1

    bot.authority.is_down = False
    clock[0] += LOOK_AGAIN_AT_FIRST.total_seconds()
    assert (await bot.hears(bot.activity()))[0] == 200


@pytest.mark.parametrize(
    "published",
    [
        [],
        ["key"],
        [None],
        [{"kid": "first"}],
        [{"kty": "RSA", "kid": "first", "n": 5, "e": "AQAB"}],
    ],
    ids=str,
)
async def test_keys_that_cannot_be_read_do_not_take_the_place_of_those_that_can(
    bot, clock, published
):
    await bot.hears(bot.activity())
    bot.authority.published = published
    clock[0] += KEYS_LAST.total_seconds()

    assert (await bot.hears(bot.activity()))[0] == 200


async def test_one_odd_key_among_the_published_does_not_spoil_the_others(bot):
    good = bot.authority.keys[0].published()
    bot.authority.published = ["odd", {"kty": "RSA", "kid": "odd", "n": 5}, good]

    assert (await bot.hears(bot.activity()))[0] == 200


@pytest.mark.parametrize("move", ["metadata", "keys"])
async def test_an_authority_that_points_elsewhere_is_not_followed(bot, teams_service, move):
    bot.authority.moved[move] = f"{teams_service.url}/keys"

    assert (await bot.hears(bot.activity()))[0] == 401
    assert teams_service.calls == []


async def test_a_flood_of_made_up_keys_neither_asks_more_nor_holds_up_the_known(bot, clock):
    await bot.hears(bot.activity())
    clock[0] += LOOK_AGAIN.total_seconds()
    flood = [unsigned({"alg": "RS256", "kid": f"flood-{number}"}) for number in range(100)]

    answers = await asyncio.gather(
        *(bot.hears(bot.activity(), token) for token in flood), bot.hears(bot.activity())
    )

    assert [status for status, _ in answers] == [401] * 100 + [200]
    assert bot.authority.key_reads == 2
