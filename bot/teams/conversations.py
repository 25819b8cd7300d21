"""What the SDK asks of the Bot Connector: replies, updates, rosters.

``CloudAdapterBase`` and ``TeamsInfo`` call these methods by name, hence their signatures: msrest's
``custom_headers``, ``raw`` and the like are accepted and ignored.
"""

from typing import Any
from urllib.parse import quote, urlencode

import botbuilder.schema.teams
from botbuilder.schema import (
    Activity,
    ChannelAccount,
    ConversationParameters,
    ConversationResourceResponse,
    PagedMembersResult,
    ResourceResponse,
)
from botbuilder.schema.teams import TeamsPagedMembersResult
from botframework.connector.auth import ConnectorFactory
from msrest.serialization import Deserializer

from bot.teams.activity_shape import SCHEMA_CLASSES
from bot.teams.connector import Connector
from hub.errors import DeliveryFailed

_deserialise = Deserializer(SCHEMA_CLASSES | vars(botbuilder.schema.teams))


class Conversations:
    """The conversations behind one service URL. Every method raises DeliveryFailed."""

    def __init__(self, connector: Connector, service_url: str) -> None:
        self._connector = connector
        self._service_url = service_url

    async def reply_to_activity(
        self, conversation_id: str, activity_id: str, activity: Activity, **_: Any
    ) -> ResourceResponse:
        """Answer an activity, in its thread where the conversation has threads."""
        path = _path(conversation_id, "activities", activity_id)
        return _read("ResourceResponse", await self._call("POST", path, activity))

    async def send_to_conversation(
        self, conversation_id: str, activity: Activity, **_: Any
    ) -> ResourceResponse:
        """Add an activity to the end of a conversation."""
        path = _path(conversation_id, "activities")
        return _read("ResourceResponse", await self._call("POST", path, activity))

    async def update_activity(
        self, conversation_id: str, activity_id: str, activity: Activity, **_: Any
    ) -> ResourceResponse:
        """Replace an activity sent before."""
        path = _path(conversation_id, "activities", activity_id)
        return _read("ResourceResponse", await self._call("PUT", path, activity))

    async def delete_activity(self, conversation_id: str, activity_id: str, **_: Any) -> None:
        """Take an activity back."""
        await self._call("DELETE", _path(conversation_id, "activities", activity_id))

    async def create_conversation(
        self, parameters: ConversationParameters, **_: Any
    ) -> ConversationResourceResponse:
        """Open a conversation, or find the one there is."""
        answer = await self._call("POST", "v3/conversations", parameters)
        return _read("ConversationResourceResponse", answer)

    async def get_conversation_members(
        self, conversation_id: str, **_: Any
    ) -> list[ChannelAccount]:
        """Everybody in a conversation; Teams caps this list, prefer the paged one."""
        answer = await self._call("GET", _path(conversation_id, "members"))
        members: list[ChannelAccount] = _read("[ChannelAccount]", answer or [])
        return members

    async def get_conversation_member(
        self, conversation_id: str, member_id: str, *_args: Any, **_: Any
    ) -> ChannelAccount:
        """One member, with what Teams tells of them in ``additional_properties``."""
        answer = await self._call("GET", _path(conversation_id, "members", member_id))
        return _read("ChannelAccount", answer)

    async def get_conversation_paged_members(
        self,
        conversation_id: str,
        page_size: int | None = None,
        continuation_token: str | None = None,
        **_: Any,
    ) -> PagedMembersResult:
        """One page of members."""
        path = _paged(conversation_id, page_size, continuation_token)
        return _read("PagedMembersResult", await self._call("GET", path))

    async def get_teams_conversation_paged_members(
        self,
        conversation_id: str,
        page_size: int | None = None,
        continuation_token: str | None = None,
        *_args: Any,
        **_: Any,
    ) -> TeamsPagedMembersResult:
        """One page of members, as Teams knows them."""
        path = _paged(conversation_id, page_size, continuation_token)
        return _read("TeamsPagedMembersResult", await self._call("GET", path))

    async def _call(self, method: str, path: str, body: Any = None) -> Any:
        return await self._connector.call(method, self._service_url, path, body)


class ConversationsClient:
    """Stands where the SDK expects a ``ConnectorClient``."""

    def __init__(self, connector: Connector, service_url: str) -> None:
        self.conversations = Conversations(connector, service_url)


class TeamsConnectorFactory(ConnectorFactory):
    """Hands each turn its client; all of them share one connector."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def create(self, service_url: str, audience: str | None) -> ConversationsClient:  # noqa: ARG002
        """A client for one service URL. The audience is settled by the connector's scope."""
        return ConversationsClient(self._connector, service_url)


def _path(conversation_id: str, *rest: str) -> str:
    segments = [quote(each, safe="") for each in (conversation_id, *rest)]
    return "/".join(["v3/conversations", *segments])


def _paged(conversation_id: str, page_size: int | None, continuation_token: str | None) -> str:
    asked = {"pageSize": page_size, "continuationToken": continuation_token}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{_path(conversation_id, 'pagedmembers')}{f'?{query}' if query else ''}"


def _read(kind: str, answer: Any) -> Any:
    """The SDK's model of a successful answer; an empty one stands for an answer without a body."""
    try:
        return _deserialise(kind, {} if answer is None else answer)
    except (AttributeError, TypeError, ValueError) as error:
        raise DeliveryFailed("Teams' answer could not be read", None) from error
