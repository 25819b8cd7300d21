"""Signing in at an authority on this machine, which has no certificate.

``azure-identity`` refuses http addresses, rightly. The stand-in tenant on loopback speaks http,
and nothing sent there leaves the machine; ``bot.teams.credentials`` allows no other.
"""

from typing import Any

from azure.core.pipeline.transport import AioHttpTransport

from bot.teams.trusted_hosts import is_this_machine


class PlainHttpTransport(AioHttpTransport):
    """Sends what was addressed to https on this machine over http."""

    async def send(self, request: Any, **options: Any) -> Any:
        """Send one request; raises ValueError for any other machine."""
        scheme, rest = request.url.split("://", 1)
        host = rest.split("/", 1)[0].rsplit(":", 1)[0].strip("[]")
        if scheme != "https" or not is_this_machine(host):
            raise ValueError("only an authority on this machine may speak plain http")
        request.url = f"http://{rest}"
        return await super().send(request, **options)
