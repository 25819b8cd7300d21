"""Mail of the local Graph: from a mailbox that exists, into the inboxes of those it names."""

from typing import Any

from aiohttp import web

from bot.local_tenant.graph import LocalGraph, refused
from bot.local_tenant.state import LocalState

MAIL = frozenset({"Mail.Send"})


class LocalMail:
    """Takes a mail and puts it where it is addressed to."""

    def __init__(self, state: LocalState, graph: LocalGraph) -> None:
        self._state = state
        self._graph = graph

    def routes(self) -> list[web.RouteDef]:
        """The one call."""
        return [web.post("/v1.0/users/{user}/sendMail", self._send)]

    async def _send(self, request: web.Request) -> web.Response:
        sent = await self._graph.checked(request, "POST /users/{id}/sendMail", MAIL)
        sender = self._graph.owner(request)
        # Names of action parameters are matched in any case.
        message: dict[str, Any] = {name.lower(): sent[name] for name in sent}["message"]
        addresses = [
            str(((each or {}).get("emailAddress") or {}).get("address", ""))
            for each in message.get("toRecipients") or ()
        ]
        if not addresses or not all("@" in each for each in addresses):
            raise refused(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
        message["from"] = {"emailAddress": {"address": self._state.sign_in_name(sender)}}
        for address in addresses:
            # Mail to an address of nobody here leaves the organisation.
            user = self._state.object_id_of(address)
            self._state.mails.setdefault(user or address, []).append(message)
        return web.Response(status=202)
