"""This app for one person: found in the catalogue, installed, and the chat that comes of it."""

from http import HTTPStatus

from kiota_abstractions.api_error import APIError
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.app_catalogs.teams_apps.teams_apps_request_builder import (
    TeamsAppsRequestBuilder,
)
from msgraph.generated.models.user_scope_teams_app_installation import (
    UserScopeTeamsAppInstallation,
)
from msgraph.generated.users.item.teamwork.installed_apps.installed_apps_request_builder import (
    InstalledAppsRequestBuilder,
)
from msgraph.graph_service_client import GraphServiceClient

from bot.graph.errors import as_delivery, is_denied, is_gone
from hub.reach import Barrier

CATALOGUE = "AppCatalog.Read.All"
INSTALLS = "TeamsAppInstallation.ReadWriteSelfForUser.All"
#: Refusals that are about this person; another time will not differ.
_NOT_FOR_THEM = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


async def find_app(graph: GraphServiceClient, app_id: str) -> str | Barrier:
    """The catalogue's id of the app whose manifest has this id, or what is in the way.

    Raises DeliveryFailed. Source: Graph v1.0, teamsApp: list.
    """
    query = TeamsAppsRequestBuilder.TeamsAppsRequestBuilderGetQueryParameters(
        filter=f"externalId eq '{app_id}'"
    )
    async with as_delivery("app catalogue", needs=CATALOGUE):
        found = await graph.app_catalogs.teams_apps.get(
            RequestConfiguration(query_parameters=query)
        )
    ids: list[str] = [each.id for each in (found.value if found else None) or () if each.id]
    return ids[0] if ids else Barrier.NOT_IN_CATALOGUE


async def install_app(graph: GraphServiceClient, user_id: str, catalogue_id: str) -> Barrier | None:
    """Install the app for one person; there already is fine. What is in the way, if anything.

    Raises DeliveryFailed. Source: Graph v1.0, userTeamwork: add installedApps.
    """
    link = f"{graph.request_adapter.base_url}/appCatalogs/teamsApps/{catalogue_id}"
    wanted = UserScopeTeamsAppInstallation(additional_data={"teamsApp@odata.bind": link})
    async with as_delivery("app install", needs=INSTALLS):
        try:
            await graph.users.by_user_id(user_id).teamwork.installed_apps.post(wanted)
        except APIError as error:
            if error.response_status_code == HTTPStatus.CONFLICT:
                return None
            if error.response_status_code in _NOT_FOR_THEM and not is_denied(error):
                return Barrier.NO_TEAMS
            raise
    return None


async def chat_of_app(graph: GraphServiceClient, user_id: str, catalogue_id: str) -> str | None:
    """Graph's id of a person's chat with the app; None when it is not there, or not yet.

    Raises DeliveryFailed. Source: Graph v1.0, userTeamwork: list installedApps; userScope
    teamsAppInstallation: get chat.
    """
    query = InstalledAppsRequestBuilder.InstalledAppsRequestBuilderGetQueryParameters(
        filter=f"teamsApp/id eq '{catalogue_id}'", expand=["teamsApp"]
    )
    installed = graph.users.by_user_id(user_id).teamwork.installed_apps
    async with as_delivery("app install", needs=INSTALLS):
        try:
            found = await installed.get(RequestConfiguration(query_parameters=query))
            ids = [each.id for each in (found.value if found else None) or () if each.id]
            if not ids:
                return None
            chat = await installed.by_user_scope_teams_app_installation_id(ids[0]).chat.get()
        except APIError as error:
            if is_gone(error):
                return None
            raise
    return chat.id if chat else None
