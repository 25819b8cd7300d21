"""Graph's answers in our words: wait so long, or waiting will not help."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from http import HTTPStatus

import httpx
from azure.core.exceptions import AzureError
from kiota_abstractions.api_error import APIError

from hub.errors import DeliveryFailed, PermissionMissing, Throttled

#: Answers that may be different a little later. A 401 is one: the next call asks for a new token.
_PASSING = frozenset({401, 408, 409, 423, 429, 500, 502, 503, 504})
#: When the service names no time, the outbox's own backoff decides.
SOON = timedelta(0)
_LONGEST_ASKED = timedelta(hours=1)
#: How the directory and Exchange say that a permission is missing.
_DENIED = frozenset({"Authorization_RequestDenied", "ErrorAccessDenied"})
#: How Teams says so; its code is the same as for somebody who does not have the app.
_DENIED_BY_TEAMS = "Missing role permissions"


@asynccontextmanager
async def as_delivery(subject: str, needs: str) -> AsyncIterator[None]:
    """Raise DeliveryFailed for whatever goes wrong with a call about ``subject``.

    ``needs`` is the permission for it, as in ``bot.graph.permissions``; PermissionMissing names
    it when it was not granted. ``retry_after`` None means that waiting will not help. Reasons name a status and Graph's error
    code, never a person.
    """
    try:
        yield
    except APIError as error:
        raise delivery_failed(subject, needs, error) from error
    except httpx.HTTPError as error:
        raise DeliveryFailed(f"{subject}: Graph was not reached", SOON) from error
    except ValueError as error:
        raise DeliveryFailed(f"{subject}: Graph's answer cannot be read", SOON) from error
    except AzureError as error:
        raise DeliveryFailed(f"{subject}: no token from Entra", SOON) from error


def delivery_failed(subject: str, needs: str, error: APIError) -> DeliveryFailed:
    """The failure that an answer of Graph amounts to."""
    status = error.response_status_code or 0
    if status == HTTPStatus.FORBIDDEN and is_denied(error):
        return PermissionMissing(subject, needs)
    reason = f"{subject}: Graph answered {status} {graph_code(error)}".rstrip()
    if status not in _PASSING:
        return DeliveryFailed(reason, None)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Throttled(reason, _asked(error))
    return DeliveryFailed(reason, _asked(error))


def is_denied(error: APIError) -> bool:
    """Whether it is the app that may not, rather than this person who cannot be reached."""
    told = str(getattr(getattr(error, "error", None), "message", None) or "")
    return graph_code(error) in _DENIED or told.startswith(_DENIED_BY_TEAMS)


def graph_code(error: APIError) -> str:
    """Graph's own word for what went wrong; empty when it gave none."""
    return str(getattr(getattr(error, "error", None), "code", None) or "")


def is_gone(error: APIError) -> bool:
    """Whether the thing asked for is not there."""
    return error.response_status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


def _asked(error: APIError) -> timedelta:
    headers = {name.lower(): value for name, value in (error.response_headers or {}).items()}
    seconds = str(headers.get("retry-after", ""))
    if not (seconds.isascii() and seconds.isdigit()):
        return SOON
    return min(timedelta(seconds=int(seconds[:9])), _LONGEST_ASKED)
