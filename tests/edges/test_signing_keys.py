"""The keys that inbound tokens are signed with: read once, rolled over, never hammered for."""

import asyncio

from bot.teams.signing_keys import KEYS_LAST, LOOK_AGAIN
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
