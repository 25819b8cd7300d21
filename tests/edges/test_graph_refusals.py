"""What a refusal of Graph amounts to: a permission to wait for, or somebody who cannot be reached."""

from uuid import UUID

import pytest

from bot.graph.activity_feed import Bell, ring_bell
from bot.graph.calendar import delete_event
from bot.graph.client import graph_client, open_http
from bot.graph.people import members_of, profile_of
from hub.activity_types import HUB_NEWS
from hub.errors import DeliveryFailed, PermissionMissing

BELL = Bell(HUB_NEWS, "The room has changed", {"headline": "News"}, "News", UUID(int=1))
LINK = "https://teams.microsoft.com/l/chat/0/0"
NO_ROLE = "Missing role permissions on the request. API requires one of 'TeamsActivity.Send'."
NO_APP = "The app is not authorized. Ensure that the expected Teams app is installed for the user."


@pytest.fixture
async def graph(teams_service, credential):
    async with open_http() as http:
        yield graph_client(teams_service.url, credential, http)


CALLS = {
    "TeamsActivity.Send": lambda graph: ring_bell(graph, "o1", BELL, LINK),
    "Calendars.ReadWrite": lambda graph: delete_event(graph, "o1", "e1"),
    "User.Read.All": lambda graph: profile_of(graph, "o1"),
    "GroupMember.Read.All": lambda graph: members_of(graph, "g1"),
}


@pytest.mark.parametrize(
    ("permission", "code", "message"),
    [
        ("TeamsActivity.Send", "Forbidden", NO_ROLE),
        ("Calendars.ReadWrite", "ErrorAccessDenied", "Access is denied."),
        ("User.Read.All", "Authorization_RequestDenied", "Insufficient privileges."),
        ("GroupMember.Read.All", "Authorization_RequestDenied", "Insufficient privileges."),
    ],
)
async def test_a_missing_permission_is_waited_for_and_named(
    graph, teams_service, permission, code, message
):
    teams_service.plan = [(403, {"error": {"code": code, "message": message}}, {})]

    with pytest.raises(PermissionMissing, match=f"permission {permission} is missing") as failure:
        await CALLS[permission](graph)

    assert failure.value.retry_after == PermissionMissing.ASK_AGAIN


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (403, {"code": "Forbidden", "message": NO_APP}),
        (403, {"code": "Forbidden"}),
        (403, {}),
        (404, {"code": "Authorization_RequestDenied"}),
        (400, {"code": "BadRequest", "message": NO_ROLE}),
    ],
    ids=str,
)
async def test_somebody_without_the_app_is_no_matter_of_permissions(
    graph, teams_service, status, error
):
    teams_service.plan = [(status, {"error": error}, {})]

    with pytest.raises(DeliveryFailed) as failure:
        await ring_bell(graph, "o1", BELL, LINK)

    assert failure.type is DeliveryFailed
    assert failure.value.retry_after is None
