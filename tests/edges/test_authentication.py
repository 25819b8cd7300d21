"""Who comes in: real signed tokens, over HTTP. None of the refused reaches the bot."""

import asyncio
import base64
import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.edges.microsoft import unsigned

MINUTE = 60
OTHER_TENANT = "7e0a0000-0000-4000-8000-00000000beef"


async def test_a_token_of_the_bot_framework_comes_in(bot):
    assert await bot.hears(bot.activity()) == (200, None)
    assert len(bot.turns) == 1


NOW = int(time.time())


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"aud": "another-app"}, "audience"),
        ({"aud": ["another-app", "5a0f8c1e-0000-4000-8000-00000000b070"]}, "audience"),
        ({"aud": None}, "missing_claim"),
        ({"iss": "https://sts.windows.net/somebody/"}, "issuer"),
        ({"iss": None}, "missing_claim"),
        ({"exp": NOW - 6 * MINUTE}, "expired"),
        ({"exp": None}, "missing_claim"),
        ({"exp": "soon"}, "unreadable"),
        ({"nbf": NOW + 10 * MINUTE}, "not_yet_valid"),
        ({"nbf": None}, "missing_claim"),
        ({"serviceurl": "https://smba.trafficmanager.net/emea/"}, "service_url_claim"),
        ({"serviceurl": None}, "service_url_claim"),
    ],
    # Names without the present time in them: two workers must collect the same tests.
    ids=lambda each: each if isinstance(each, str) else next(iter(each)),
)
async def test_a_token_with_a_wrong_claim_stays_out(bot, refusals, claims, reason):
    token = bot.authority.token(bot.teams_service.url, **claims)

    status, answer = await bot.hears(bot.activity(), token)

    assert (status, answer["error"]["code"]) == (401, reason)
    assert refusals(reason) == 1
    assert bot.turns == []


async def test_clocks_may_differ_by_five_minutes(bot):
    for claims in ({"exp": NOW - 4 * MINUTE}, {"nbf": NOW + 4 * MINUTE}):
        token = bot.authority.token(bot.teams_service.url, **claims)
        assert (await bot.hears(bot.activity(), token))[0] == 200


async def test_a_request_without_a_header_stays_out(bot, refusals):
    assert (await bot.hears(bot.activity(), token=None))[0] == 401
    assert refusals("header_missing") == 1
    assert bot.turns == []


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpzZWNyZXQ=",
        "Bearer a b",
        "Bearer garbage",
        "Bearer ..",
        "Bearer \udcff\udcfe",
        "Bearer " + base64.urlsafe_b64encode(b"[" * 4500).decode() + ".e30.e30",
        "Bearer " + unsigned({"alg": "none", "kid": "first"}),
        "Bearer " + unsigned({"alg": "RS256"}),
        "Bearer " + unsigned({"alg": "RS256", "kid": 5}),
        "Bearer " + unsigned({"alg": "RS256", "kid": "first"}),
        "Bearer " + unsigned({"alg": ["RS256"], "kid": "first"}),
    ],
    ids=lambda header: ascii(header[:40]),
)
async def test_a_header_that_is_no_good_token_is_401_and_never_5xx(bot, header):
    host, port = bot.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /api/messages HTTP/1.1\r\nHost: x\r\nAuthorization: {header}\r\n"
    rest = "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    writer.write((head + rest).encode("utf-8", "surrogateescape"))
    answer = await reader.read(12)
    writer.close()

    assert answer == b"HTTP/1.1 401"
    assert bot.turns == []


async def test_a_token_signed_by_somebody_else_stays_out(bot, refusals):
    claims = jwt.decode(
        bot.authority.token(bot.teams_service.url), options={"verify_signature": False}
    )
    stranger = rsa.generate_private_key(65537, 2048)
    token = jwt.encode(claims, stranger, "RS256", headers={"kid": "first"})

    assert (await bot.hears(bot.activity(), token))[0] == 401
    assert refusals("signature") == 1


async def test_the_public_key_cannot_be_used_as_a_secret(bot, refusals):
    public = bot.authority.keys[0].private.public_key()
    pem = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    claims = jwt.decode(
        bot.authority.token(bot.teams_service.url), options={"verify_signature": False}
    )
    body = ".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
        for part in ({"alg": "HS256", "kid": "first", "typ": "JWT"}, claims)
    )
    hmac = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    signature = base64.urlsafe_b64encode(hmac.sign(body.encode(), pem)).rstrip(b"=").decode()

    assert (await bot.hears(bot.activity(), f"{body}.{signature}"))[0] == 401
    assert refusals("algorithm") == 1


@pytest.mark.parametrize("endorsements", [(), ("webchat", "directline")])
async def test_a_key_must_be_endorsed_for_the_channel(bot, refusals, endorsements):
    bot.authority.keys[0].endorsements = endorsements

    assert (await bot.hears(bot.activity()))[0] == 401
    assert (await bot.hears(bot.activity(channelId=None)))[0] == 401
    assert refusals("endorsement") == 2


async def test_the_body_is_not_looked_at_before_the_token_is(bot, refusals):
    status, _ = await bot.hears(b"{not json", token=None)

    assert status == 401
    assert refusals("malformed") == 0


# --- whose organisation, and where replies go -----------------------------------------------------


@pytest.mark.parametrize(
    "tenants",
    [
        {"conversation": {"id": "a:chat", "tenantId": OTHER_TENANT}},
        {"channelData": {"tenant": {"id": OTHER_TENANT}}},
        {"conversation": {"id": "a:chat"}, "channelData": None},
        {"conversation": {"id": "a:chat"}, "channelData": {"tenant": "text"}},
        {"conversation": {"id": "a:chat"}, "channelData": {"tenant": {"id": {}}}},
        {"conversation": {"id": "a:chat"}, "channelData": "text"},
    ],
    ids=str,
)
async def test_another_organisation_stays_out(bot, refusals, tenants):
    status, answer = await bot.hears(bot.activity(**tenants))

    assert (status, answer["error"]["code"]) == (403, "tenant")
    assert refusals("tenant") == 1
    assert bot.turns == []


async def test_a_signed_service_url_outside_microsoft_gets_no_reply(bot, refusals):
    elsewhere = "https://evil.example/"

    status, _ = await bot.hears(bot.activity(serviceUrl=elsewhere), bot.authority.token(elsewhere))

    assert status == 403
    assert refusals("service_url") == 1


async def test_local_mode_replies_to_this_machine_only(local_bot, refusals):
    for elsewhere in ("https://smba.trafficmanager.net/emea/", "http://127.0.0.1.evil.example/"):
        status, _ = await local_bot.hears(local_bot.activity(serviceUrl=elsewhere), token=None)
        assert status == 403
    assert (await local_bot.hears(local_bot.activity(serviceUrl=None), token=None))[0] == 400

    assert local_bot.turns == []
    assert refusals("service_url") == 2


async def test_no_log_entry_holds_a_token_or_a_name(bot, logged):
    token = bot.authority.token(bot.teams_service.url, aud="another-app")
    sender = {"id": "29:teacher", "name": "Ada Lovelace"}

    await bot.hears(bot.activity(**{"from": sender}), token)
    await bot.hears(bot.activity(**{"from": sender}))

    assert logged
    assert not any(word in str(logged) for word in (token, "Ada", "outbound-"))
