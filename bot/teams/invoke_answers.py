"""What an invoke is answered over HTTP: always 2xx or 4xx, and always something to show.

Teams shows the person a bare "something went wrong" for any other status, so words for them
travel in the body that each kind of invoke understands.
Source: Teams documentation, "Universal Actions", "task modules" and "search commands".
"""

from http import HTTPStatus
from typing import Any

from botbuilder.core.invoke_response import InvokeResponse
from botbuilder.schema import InvokeResponse as InvokeResponseModel

from bot.teams.outgoing import plain
from bot.teams.turn_ledger import SavedAnswer

NOT_KNOWN = "Sorry, I don't know how to do that. Type help to see what I can do for you."
_CARD_MESSAGE = "application/vnd.microsoft.activity.message"


def answer_of(value: Any, name: str | None) -> SavedAnswer:
    """The answer a handler gave, whether as InvokeResponse, model, typed card or plain JSON.

    Raises TypeError or ValueError when it has no JSON form. No answer at all, or a 5xx, which is
    how the SDK's handlers say "not implemented", becomes words.
    """
    if value is None:
        return _not_handled(name)
    # The SDK has two classes of that name, and its own handlers use both.
    if isinstance(value, (InvokeResponse, InvokeResponseModel)):
        status, body = int(value.status or HTTPStatus.OK), plain(value.body)
    elif isinstance(value, dict) and "status" in value and value.keys() <= {"status", "body"}:
        status, body = int(value["status"]), plain(value.get("body"))
    else:
        status, body = int(HTTPStatus.OK), plain(value)
    if not HTTPStatus.OK <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return _not_handled(name)
    return SavedAnswer(status, body)


def words_for(name: str | None, words: str) -> SavedAnswer:
    """``words`` in the form that this kind of invoke shows to the person, by 200."""
    return SavedAnswer(HTTPStatus.OK, _body_for(name or "", words) or {})


def _not_handled(name: str | None) -> SavedAnswer:
    body = _body_for(name or "", NOT_KNOWN)
    if body is not None:
        return SavedAnswer(HTTPStatus.OK, body)
    error = {"code": "NotSupported", "message": NOT_KNOWN}
    return SavedAnswer(HTTPStatus.BAD_REQUEST, {"error": error})


def _body_for(name: str, words: str) -> dict[str, Any] | None:
    """None for an invoke whose answer cannot show words."""
    if name == "adaptiveCard/action":
        return {"statusCode": int(HTTPStatus.OK), "type": _CARD_MESSAGE, "value": words}
    if name in {"task/fetch", "task/submit", "composeExtension/fetchTask"}:
        return {"task": {"type": "message", "value": words}}
    if name.startswith("composeExtension/"):
        return {"composeExtension": {"type": "message", "text": words}}
    return None
