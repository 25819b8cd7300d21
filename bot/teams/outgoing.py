"""SDK models, cards and plain values to JSON, once, whatever a handler returned.

The SDK serialises an invoke's answer twice and fails on the second time; it also builds a new
serialiser for every activity. Here everything becomes plain JSON in one walk.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from botbuilder.core.invoke_response import InvokeResponse
from msrest.serialization import Model
from pydantic import BaseModel

#: The SDK's spelling, and the one Teams uses.
_RESPELT = {"tenantID": "tenantId"}


def plain(value: Any) -> Any:
    """``value`` as JSON values; fields of models that are None are left out.

    Raises TypeError for what has no JSON form.
    """
    match value:
        case Enum():
            return plain(value.value)
        case None | bool() | int() | float() | str():
            return value
        case Model():
            return _plain_model(value)
        case BaseModel():
            return value.model_dump(mode="json", by_alias=True, exclude_none=True)
        case Mapping():
            return {str(name): plain(child) for name, child in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(child) for child in value]
        case datetime() | date():
            return value.isoformat()
        case InvokeResponse():
            return {"status": plain(value.status), "body": plain(value.body)}
        case Exception():
            return _plain_error(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _plain_model(model: Any) -> dict[str, Any]:
    fields = {str(name): plain(child) for name, child in model.additional_properties.items()}
    for attribute, entry in model._attribute_map.items():  # noqa: SLF001 - msrest's only way
        child = getattr(model, attribute, None)
        if child is not None:
            fields[_RESPELT.get(entry["key"], entry["key"])] = plain(child)
    return fields


def _plain_error(error: Exception) -> dict[str, str]:
    """The SDK's handlers put an Exception(code, message) into error bodies."""
    words = [str(word) for word in error.args[:2]] or [type(error).__name__]
    return {"code": words[0], "message": words[-1]}
