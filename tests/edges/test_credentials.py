"""The tokens that the bot brings along: kept, shared, refreshed ahead, replaced when refused."""

import asyncio
import time

import pytest
from botbuilder.schema import Activity

from bot.graph.client import graph_client, open_http
from bot.graph.people import profile_of
from bot.settings import Settings
from bot.teams.chat_sender import ChatSender
from bot.teams.connector import Connector
from bot.teams.conversations import Conversations
from bot.teams.credentials import (
    CONNECTOR_SCOPE,
    Credential,
    connector_scope,
    credential_for,
)
from bot.teams.trusted_hosts import TrustedHosts
from hub.errors import DeliveryFailed, SettingsWrong
from tests.edges.microsoft import SECRET


@pytest.fixture
def conversations(connector, teams_service):
    return Conversations(connector, teams_service.url)


def hello() -> Activity:
    return Activity(type="message", text="hello", id="old", reply_to_id="older")


async def test_one_token_serves_many_sends_at_once(conversations, authority):
    authority.token_delay = 0.05

    await asyncio.gather(
        *(conversations.send_to_conversation("a:chat", hello()) for _ in range(100))
    )

    (request,) = authority.tokens_given
    assert request["scope"] == CONNECTOR_SCOPE


async def test_a_refused_token_is_replaced_once(conversations, teams_service, authority):
    teams_service.plan = [(401, {}, {})]
    await conversations.send_to_conversation("a:chat", hello())
    assert [call.token for call in teams_service.calls] == ["outbound-1", "outbound-2"]

    teams_service.plan = [(401, {}, {})] * 5
    with pytest.raises(DeliveryFailed, match="401"):
        await conversations.send_to_conversation("a:chat", hello())
    # A new token was had a moment ago and is refused as well: another would be, too.
    assert len(authority.tokens_given) == 2


async def test_many_refusals_of_one_token_fetch_one_new_token(credential, authority):
    old = (await credential.get_token("scope/.default")).token

    new = await asyncio.gather(
        *(credential.replace_token("scope/.default", old) for _ in range(100))
    )

    late = await credential.replace_token("scope/.default", old)

    assert {each.token for each in [*new, late]} == {"outbound-2"}


@pytest.fixture
def instant():
    """Seconds since the epoch, moved by hand."""
    return [time.time()]


@pytest.fixture
async def watched(settings, instant):
    async with Credential(
        credential_for(settings)._new_source, clock=lambda: instant[0]
    ) as credential:
        yield credential


async def test_a_token_is_refreshed_ahead_while_the_old_one_serves(watched, instant, authority):
    await watched.get_token("scope/.default")
    instant[0] += 3600 - 4 * 60
    authority.token_delay = 0.05

    during = await asyncio.gather(*(watched.get_token("scope/.default") for _ in range(100)))
    await asyncio.sleep(0.2)
    after = await watched.get_token("scope/.default")

    assert {each.token for each in during} == {"outbound-1"}
    assert after.token == "outbound-2"
    assert len(authority.tokens_given) == 2


async def test_a_token_that_has_run_out_is_fetched_once_for_everybody(watched, instant, authority):
    await watched.get_token("scope/.default")
    instant[0] += 3601
    authority.token_delay = 0.05

    found = await asyncio.gather(*(watched.get_token("scope/.default") for _ in range(100)))

    assert {each.token for each in found} == {"outbound-2"}
    assert len(authority.tokens_given) == 2


async def test_a_sign_in_that_fails_is_asked_for_once_however_many_wait(watched, authority):
    authority.is_down = True
    authority.token_delay = 0.05

    found = await asyncio.gather(
        *(watched.get_token("scope/.default") for _ in range(100)), return_exceptions=True
    )

    assert {type(each) for each in found} == {DeliveryFailed}
    assert authority.token_requests == 1


async def test_a_token_that_goes_on_being_refused_is_replaced_again_after_a_while(
    watched, instant, authority
):
    async def refuse():
        token = (await watched.get_token("scope/.default")).token
        return (await watched.replace_token("scope/.default", token)).token

    assert [await refuse() for _ in range(3)] == ["outbound-2"] * 3
    instant[0] += 31
    assert await refuse() == "outbound-3"


async def test_graph_too_gets_a_new_token_once_when_it_refuses_one(
    credential, teams_service, authority
):
    refusal = (401, {"error": {"code": "InvalidAuthenticationToken"}}, {})
    teams_service.plan = [refusal] * 3
    teams_service.members = {"id": "o1", "displayName": "A teacher"}
    async with open_http() as http:
        graph = graph_client(teams_service.url, credential, http)
        for _ in range(3):
            with pytest.raises(DeliveryFailed) as failure:
                await profile_of(graph, "o1")
            assert failure.value.retry_after is not None
        assert (await profile_of(graph, "o1")).name == "A teacher"

    tokens = [call.token for call in teams_service.calls]
    assert tokens == ["outbound-1", "outbound-2", "outbound-2", "outbound-2"]


async def test_a_refresh_that_fails_is_tried_again_before_the_token_ends(
    watched, instant, authority
):
    await watched.get_token("scope/.default")
    instant[0] += 3600 - 4 * 60
    authority.is_down = True
    assert (await watched.get_token("scope/.default")).token == "outbound-1"
    await asyncio.sleep(0.2)

    authority.is_down = False
    instant[0] += 31
    await watched.get_token("scope/.default")
    await asyncio.sleep(0.2)

    assert (await watched.get_token("scope/.default")).token == "outbound-2"


async def test_a_managed_identity_needs_no_secret(authority, monkeypatch):
    monkeypatch.setenv("IDENTITY_ENDPOINT", f"{authority.url}/msi")
    monkeypatch.setenv("IDENTITY_HEADER", "header")
    given = {"app_type": "UserAssignedMSI", "app_id": "app-1", "app_tenant_id": "tenant"}

    async with credential_for(Settings.model_validate(given)) as credential:
        token = await credential.get_token(CONNECTOR_SCOPE)

    assert token.token == "identity-of-app-1-for-https://api.botframework.com"


async def test_scopes_have_tokens_of_their_own(credential, authority):
    for _ in range(2):
        await credential.get_token("https://graph.microsoft.com/.default")
        await credential.get_token(CONNECTOR_SCOPE)

    assert len(authority.tokens_given) == 2


async def test_a_wrong_secret_keeps_what_is_owed(settings, authority):
    wrong = settings.model_copy(update={"app_password": "wrong"})

    async with credential_for(wrong) as credential:
        with pytest.raises(DeliveryFailed) as failure:
            await credential.get_token(CONNECTOR_SCOPE)

    assert failure.value.retry_after is not None
    assert "wrong" not in str(failure.value)


async def test_no_secret_or_token_shows_in_a_repr(credential):
    token = await credential.get_token(CONNECTOR_SCOPE)

    shown = repr(credential) + repr(vars(credential))

    assert token.token not in shown
    assert SECRET not in shown


async def test_local_mode_uses_the_development_token(session, local_settings, teams_service):
    async with credential_for(local_settings) as credential:
        hosts = TrustedHosts(local_settings)
        connector = Connector(session, credential, connector_scope(local_settings), hosts)
        await ChatSender(connector).send(teams_service.url, "a:chat", hello())

    assert teams_service.calls[0].token == "development-token"


def test_a_sign_in_address_without_tls_must_be_this_machine(settings):
    with pytest.raises(SettingsWrong, match="SENDHUB_LOGIN_URL"):
        credential_for(settings.model_copy(update={"login_url": "http://login.school.example"}))


def test_a_government_cloud_has_a_scope_of_its_own():
    url = "https://login.botframework.azure.us/v1/.well-known/openidconfiguration"
    given = {"app_id": "a", "app_password": "b", "app_tenant_id": "c", "openid_metadata_url": url}

    assert connector_scope(Settings.model_validate(given)) == "https://api.botframework.us/.default"
