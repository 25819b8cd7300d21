"""Who somebody is in the trust's Entra, who belongs to a group, and whose account is gone."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from kiota_abstractions.api_error import APIError
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.groups.item.members.members_request_builder import MembersRequestBuilder
from msgraph.generated.models.user import User
from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph.graph_service_client import GraphServiceClient

from bot.graph.errors import as_delivery, is_gone
from hub.directory import Profile

#: All that is asked for: nothing else about anybody is read.
_ASKED = [
    *("id", "displayName", "jobTitle", "department", "officeLocation"),
    *("userType", "userPrincipalName", "accountEnabled"),
]
#: The most that Graph puts on one page of a group.
_LARGEST_PAGE = 999
#: As many values as one ``in`` of a filter may name.
_IDS_IN_ONE_FILTER = 15


async def profile_of(graph: GraphServiceClient, user: str) -> Profile | None:
    """What Entra says of an object id or a sign-in name; None when it knows nobody of it.

    Raises DeliveryFailed. Source: Graph v1.0, user: get.
    """
    query = UserItemRequestBuilder.UserItemRequestBuilderGetQueryParameters(select=_ASKED)
    async with as_delivery("profile", needs="User.Read.All"):
        try:
            found = await graph.users.by_user_id(user).get(
                RequestConfiguration(query_parameters=query)
            )
        except APIError as error:
            if is_gone(error):
                return None
            raise
    return _as_profile(found) if found and found.id else None


async def members_of(graph: GraphServiceClient, group_id: str) -> list[Profile] | None:
    """The people who are direct members of a group, page by page; None when there is no such group.

    Raises DeliveryFailed. Source: Graph v1.0, group: list members.
    """
    query = MembersRequestBuilder.MembersRequestBuilderGetQueryParameters(
        select=_ASKED, top=_LARGEST_PAGE
    )
    members: list[Profile] = []
    async with as_delivery("group members", needs="GroupMember.Read.All"):
        try:
            pages = graph.groups.by_group_id(group_id).members
            page = await pages.get(RequestConfiguration(query_parameters=query))
            while page:
                # Devices and groups can be members too.
                found = page.value or ()
                members += [_as_profile(each) for each in found if isinstance(each, User)]
                following = page.odata_next_link
                page = await pages.with_url(following).get() if following else None
        except APIError as error:
            if is_gone(error):
                return None
            raise
    return members


async def gone_of(graph: GraphServiceClient, object_ids: Sequence[str]) -> set[str]:
    """Which of these people the directory does not have any more, or has switched off.

    What is no object id of Entra is left out: nobody can say. Raises DeliveryFailed. Source: Graph
    v1.0, user: list.
    """
    asked = [each for each in object_ids if _is_object_id(each)]
    gone = set(asked)
    async with as_delivery("accounts", needs="User.Read.All"):
        for some in _batches(asked):
            query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
                select=["id", "accountEnabled"],
                filter=f"id in ({', '.join(repr(each) for each in some)})",
            )
            page = await graph.users.get(RequestConfiguration(query_parameters=query))
            while page:
                here = [each for each in page.value or () if each.account_enabled is not False]
                gone -= {(each.id or "").lower() for each in here}
                following = page.odata_next_link
                page = await graph.users.with_url(following).get() if following else None
    return gone


def _batches(asked: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(asked), _IDS_IN_ONE_FILTER):
        yield asked[at : at + _IDS_IN_ONE_FILTER]


def _is_object_id(each: str) -> bool:
    try:
        return str(UUID(each)) == each
    except ValueError:
        return False


def is_from_outside(sign_in_name: str) -> bool:
    """Whether this is how Entra names a guest who comes with an account from elsewhere."""
    return "#ext#" in sign_in_name.lower()


def _as_profile(user: User) -> Profile:
    sign_in_name = (user.user_principal_name or "").lower()
    return Profile(
        name=user.display_name or "",
        job_title=user.job_title or "",
        department=user.department or "",
        office_location=user.office_location or "",
        is_guest=user.user_type == "Guest" or is_from_outside(sign_in_name),
        object_id=(user.id or "").lower(),
        sign_in_name=sign_in_name,
        is_enabled=user.account_enabled is not False,
    )
