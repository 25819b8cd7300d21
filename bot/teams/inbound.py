"""HTTP request to activity: bounded, well-formed, and of the shape the SDK takes for granted.

Everything a client can send wrong ends here with 4xx; behind this room nothing has to doubt the
type of a field. The one exception is ``value``, ``channelData`` and the contents of attachments,
which belong to whoever made the card: they may hold any JSON.
"""

import asyncio
import json
import math
from datetime import UTC, timedelta
from http import HTTPStatus
from typing import Any

from aiohttp import web
from botbuilder.schema import Activity, ActivityTypes, ChannelAccount
from msrest.serialization import Deserializer

from bot.teams.activity_shape import SCHEMA_CLASSES, check_shape
from bot.teams.refused import RequestRefused, malformed

#: An activity as it came, decoded: JSON names, checked types.
Fields = dict[str, Any]

#: Bytes. Teams' own activities stay under 40 KB; a card's inputs may add to that.
LARGEST_BODY = 256 * 1024
BODY_WITHIN = timedelta(seconds=10)
#: JSON levels; a card action's data is rarely deeper than six.
DEEPEST = 64
#: Characters; Teams' longest ids are about 250.
LONGEST_ID = 512
LONGEST_URL = 2048

#: Free-form fields, put into place as they are: the SDK's way takes 360 ms for 292 KB.
_FREE_FORM = {"value": "value", "channelData": "channel_data"}
#: Types with a meaning for a bot; any other is accepted and nothing is done.
KNOWN_TYPES = frozenset(str(kind.value) for kind in ActivityTypes) - {"invokeResponse", "trace"}
_NEEDS_SENDER = frozenset({"message", "invoke"})
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd") | {0: None}
_deserialise = Deserializer(SCHEMA_CLASSES)


async def read_fields(request: web.Request) -> Fields:
    """The activity in this request, as checked JSON.

    Raises RequestRefused with 400, 408 or 415.
    """
    if request.content_type != "application/json":
        raise RequestRefused(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "content_type", "Send application/json."
        )
    if "Content-Encoding" in request.headers:
        raise RequestRefused(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "content_encoding", "Send the body as it is."
        )
    fields = _parse(await _bounded_body(request))
    _check_size_of(fields)
    check_shape(fields)
    _check_needed(fields)
    _check_ids(fields)
    cleaned: Fields = _storable(fields)
    return cleaned


async def _bounded_body(request: web.Request) -> bytes:
    if (request.content_length or 0) > LARGEST_BODY:
        raise _too_large()
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN.total_seconds()):
            while chunk := await request.content.readany():
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise _too_large()
    except TimeoutError as error:
        raise RequestRefused(
            HTTPStatus.REQUEST_TIMEOUT, "slow_body", "The body did not arrive in time."
        ) from error
    except web.RequestPayloadError as error:
        raise malformed("The body could not be read.") from error
    return bytes(body)


def _parse(body: bytes) -> Fields:
    try:
        fields = json.loads(
            body.decode("utf-8-sig"), parse_constant=_refuse_constant, parse_float=_finite
        )
    except (ValueError, RecursionError) as error:
        raise malformed("The body is not JSON in UTF-8.") from error
    if not isinstance(fields, dict):
        raise malformed("The body is not a JSON object.")
    return fields


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is out of range")
    return number


def _check_size_of(fields: Fields) -> None:
    """Refuse what is nested too deep for the recursion of whoever reads it later."""
    level: list[Any] = [fields]
    for _ in range(DEEPEST):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return
    raise malformed("The body is nested too deeply.")


def _check_needed(fields: Fields) -> None:
    if not fields.get("type"):
        raise malformed("type is missing.")
    if not (fields.get("conversation") or {}).get("id"):
        raise malformed("conversation.id is missing.")
    if fields["type"] in _NEEDS_SENDER and not (fields.get("from") or {}).get("id"):
        raise malformed("from.id is missing.")


def _check_ids(fields: Fields) -> None:
    """Refuse ids that no channel gives out: overlong, or with control characters."""
    parties = [fields.get(name) or {} for name in ("from", "recipient", "conversation")]
    parties += fields.get("membersAdded") or []
    parties += fields.get("membersRemoved") or []
    ids = [fields.get(name) for name in ("type", "id", "channelId", "name", "replyToId", "locale")]
    ids += [party.get(name) for party in parties for name in ("id", "aadObjectId")]
    ids.append((fields.get("conversation") or {}).get("tenantId"))
    for each in ids:
        if each is not None and not _is_id(each, LONGEST_ID):
            raise malformed("An id is too long or holds a character that ids do not have.")
    if not _is_id(fields.get("serviceUrl") or "", LONGEST_URL):
        raise malformed("serviceUrl is not a URL.")


def _is_id(text: object, longest: int) -> bool:
    return isinstance(text, str) and len(text) <= longest and (text.isprintable() or not text)


def _storable(node: Any) -> Any:
    """The same without NUL and lone surrogates, which databases and encoders refuse."""
    if isinstance(node, str):
        return node.translate(_SURROGATES) if _has_odd_character(node) else node
    if isinstance(node, dict):
        return {_storable(name): _storable(child) for name, child in node.items()}
    if isinstance(node, list):
        return [_storable(child) for child in node]
    return node


def _has_odd_character(text: str) -> bool:
    if "\0" in text:
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _too_large() -> RequestRefused:
    return malformed(f"The body is larger than {LARGEST_BODY} bytes.", "too_large")


def activity_from(fields: Fields) -> Activity:
    """The SDK's activity of checked fields.

    ``from_property`` and ``recipient`` are always there, perhaps empty; ``conversation.tenant_id``
    is filled from Teams' ``tenantId``, which the SDK misses because it looks for ``tenantID``.
    """
    plain = {name: value for name, value in fields.items() if name not in _FREE_FORM}
    plain["entities"] = [each for each in fields.get("entities") or [] if _is_whole(each)]
    activity = _deserialise("Activity", plain)
    for name, attribute in _FREE_FORM.items():
        setattr(activity, attribute, fields.get(name))
    activity.from_property = activity.from_property or ChannelAccount()
    activity.recipient = activity.recipient or ChannelAccount()
    for name in ("timestamp", "local_timestamp", "expiration"):
        instant = getattr(activity, name)
        if instant is not None and instant.tzinfo is None:
            setattr(activity, name, instant.replace(tzinfo=UTC))
    tenant_id = activity.conversation.additional_properties.pop("tenantId", None)
    activity.conversation.tenant_id = tenant_id or activity.conversation.tenant_id
    return activity


def _is_whole(entity: Fields) -> bool:
    """Whether the SDK's reading of mentions can digest this entity."""
    kind = entity.get("type")
    if not isinstance(kind, str):
        return False
    if kind.lower() != "mention":
        return True
    mentioned = entity.get("mentioned")
    named = isinstance(mentioned, dict) and isinstance(mentioned.get("id"), str)
    return named and isinstance(entity.get("text"), str)
