"""When a call to the Bot Connector is tried again, and what is said when it fails for good.

Source: Teams documentation, "Optimize your bot with rate limiting": 412, 429, 502 and 504 are to
be retried with exponential backoff and jitter.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from hub.errors import ChatClosed, DeliveryFailed, Throttled

#: Calls for one send inside a turn, the first included.
ATTEMPTS_IN_A_TURN = 4
FIRST_WAIT = timedelta(milliseconds=500)
#: Longest wait between two attempts inside a turn; asked for more, the call fails at once.
LONGEST_WAIT = timedelta(seconds=4)
#: Everything one send may take inside a turn: the service calls a turn late after 15 s.
SEND_WITHIN = timedelta(seconds=12)
#: What the outbox is told when the service named no time.
TRY_LATER = timedelta(seconds=5)
#: A wait named by the service beyond this is a mistake.
LONGEST_RETRY_AFTER = timedelta(hours=6)

#: The service did not act on the request, or says itself that it may be repeated.
REPEATABLE = frozenset({412, 429, 502, 503, 504})
#: Statuses that another attempt later may change, beside every 5xx.
_PASSING = REPEATABLE | {401, 408}

#: The person blocked the bot or took it off, or the chat is gone. Other refusals are faults of
#: ours. Source: Teams documentation, "Send proactive messages", status codes.
_CLOSED = frozenset(
    {
        (403, "BotDisabledByUser"),
        (403, "BotNotInConversationRoster"),
        (403, "MessageWritesBlocked"),
        (404, "ConversationNotFound"),
    }
)


def wait_before(attempt: int, asked: timedelta | None, chance: float) -> timedelta | None:
    """How long to wait before attempt number ``attempt`` (2 is the first repeat).

    None when the service asked for longer than a turn may take. ``chance`` in [0, 1).
    """
    backoff = min(LONGEST_WAIT, FIRST_WAIT * (1 << (attempt - 2)))
    spread: timedelta = backoff * (0.5 + chance / 2)
    if asked is None:
        return spread
    return max(asked, spread) if asked <= LONGEST_WAIT else None


def asked_wait(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """The Retry-After header, which is seconds or a date; None when missing or unreadable."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return min(LONGEST_RETRY_AFTER, timedelta(seconds=int(text[:9])))
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(LONGEST_RETRY_AFTER, max(timedelta(0), at - now))


def refused_by_teams(status: int, body: Any, asked: timedelta | None) -> DeliveryFailed:
    """The failure that an HTTP answer stands for; permanent unless waiting may change it."""
    word = _error_code(body)
    reason = f"Teams answered {status}{f' {word}' if word else ''}"
    if (status, word) in _CLOSED:
        return ChatClosed(reason)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Throttled(reason, asked or TRY_LATER)
    passing = status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return DeliveryFailed(reason, (asked or TRY_LATER) if passing else None)


def _error_code(body: Any) -> str:
    """The one word in an error body; its message may name a person, so it is left out."""
    error = body.get("error") if isinstance(body, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) and code.isalnum() and len(code) <= 64 else ""  # noqa: PLR2004
