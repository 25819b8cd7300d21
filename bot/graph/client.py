"""The Graph client: one credential, any base address, and no retries of its own.

The SDK's retry middleware may sleep for minutes and outlive a worker's lease; the outbox decides
when to try again, so every call here is made once.
"""

import ssl
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import httpx
from kiota_abstractions.authentication import AuthenticationProvider
from kiota_abstractions.request_information import RequestInformation
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_service_client import GraphServiceClient

from bot.teams.credentials import Credential

#: Well under ``hub.outbox.LEASE_LASTS``.
CALL_LASTS_SECONDS = 10.0


class BearerTokens(AuthenticationProvider):
    """Puts this process's token on calls to Graph, and on nothing else."""

    def __init__(self, credential: Credential, base_url: str) -> None:
        self._credential = credential
        parts = urlsplit(base_url)
        self._origin = f"{parts.scheme}://{parts.netloc}"

    async def authenticate_request(
        self,
        request: RequestInformation,
        additional_authentication_context: dict[str, Any] | None = None,
    ) -> None:
        """Add the token; calls to any other host go without."""
        del additional_authentication_context
        if request.url.startswith(f"{self._origin}/"):
            token = await self._credential.get_token(f"{self._origin}/.default")
            request.headers.try_add("Authorization", f"Bearer {token.token}")

    async def forget_if_refused(self, response: httpx.Response) -> None:
        """Have a token that Graph refused replaced, so that the next attempt brings a new one."""
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            refused = response.request.headers.get("Authorization", "").removeprefix("Bearer ")
            await self._credential.replace_token(f"{self._origin}/.default", refused)


def graph_client(
    base_url: str, credential: Credential, http: httpx.AsyncClient
) -> GraphServiceClient:
    """A client for the Graph at ``base_url`` (without the version)."""
    tokens = BearerTokens(credential, base_url)
    http.event_hooks = {"response": [tokens.forget_if_refused, _only_graph]}
    adapter = GraphRequestAdapter(tokens, client=http)
    adapter.base_url = f"{base_url}/v1.0"
    return GraphServiceClient(request_adapter=adapter)


async def _only_graph(response: httpx.Response) -> None:
    """Take a page of a proxy or a gateway for what it is, before the SDK fails to parse it."""
    is_empty = (
        response.status_code == HTTPStatus.NO_CONTENT
        or response.headers.get("Content-Length") == "0"
    )
    content_type = response.headers.get("Content-Type", "application/json")
    if "json" not in content_type and not is_empty:
        raise httpx.DecodingError("not an answer of Graph", request=response.request)


def open_http() -> httpx.AsyncClient:
    """One pool of connections with time-outs and no middleware; the caller closes it."""
    return httpx.AsyncClient(
        verify=_trusted_issuers(), timeout=CALL_LASTS_SECONDS, follow_redirects=False
    )


@cache
def _trusted_issuers() -> ssl.SSLContext:
    """Who vouches for servers, as httpx has it; read once, since parsing them all takes a while."""
    return httpx.create_ssl_context()
