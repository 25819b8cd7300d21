"""A request the bot will not take: what the caller is told, and what is counted.

Nothing in a refusal holds a token, a name or a word of the body.
"""

from http import HTTPStatus

import structlog
from aiohttp import web
from prometheus_client import Counter

_log = structlog.get_logger(__name__)

REFUSED_REQUESTS = Counter(
    "sendhub_refused_requests_total",
    "Requests refused before a turn began, by reason",
    ["reason"],
)


class RequestRefused(Exception):
    """This request goes no further.

    ``reason`` is one word of a small set, for the metric and the log; the message is for whoever
    sent the request.
    """

    def __init__(self, status: HTTPStatus, reason: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.message = message

    def answer(self) -> web.Response:
        """The HTTP answer; also counts and logs the refusal."""
        REFUSED_REQUESTS.labels(self.reason).inc()
        _log.warning("request refused", reason=self.reason, status=int(self.status))
        headers = {}
        if self.status == HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = "Bearer"
        if self.status == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = "POST"
        error = {"code": self.reason, "message": self.message}
        return web.json_response({"error": error}, status=self.status, headers=headers)


def malformed(message: str, reason: str = "malformed") -> RequestRefused:
    """The body is not an activity."""
    return RequestRefused(HTTPStatus.BAD_REQUEST, reason, message)


def unauthorised(reason: str) -> RequestRefused:
    """The caller did not prove to be the Bot Framework speaking to this bot."""
    return RequestRefused(HTTPStatus.UNAUTHORIZED, reason, "This request is not authorised.")


def forbidden(reason: str, message: str) -> RequestRefused:
    """The caller is known, and may not do this."""
    return RequestRefused(HTTPStatus.FORBIDDEN, reason, message)
