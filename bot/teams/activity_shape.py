"""What type each field of an activity must have: the SDK's own schema, enforced.

The SDK describes its models in attribute maps but does not hold the wire to them: a ``from`` that
is a string surfaces later as an AttributeError.
"""

from inspect import getmembers, isclass
from typing import Any

import botbuilder.schema
from msrest.serialization import Deserializer, Model

from bot.teams.refused import malformed

#: The SDK's models by name.
SCHEMA_CLASSES: dict[str, Any] = {
    name: kind for name, kind in getmembers(botbuilder.schema, isclass) if issubclass(kind, Model)
}

#: For each model: JSON name to the schema's word for its type.
_FIELDS: dict[str, dict[str, str]] = {
    name: {entry["key"]: entry["type"] for entry in kind._attribute_map.values()}  # noqa: SLF001
    for name, kind in SCHEMA_CLASSES.items()
}


def check_shape(activity: dict[str, Any]) -> None:
    """Raise RequestRefused (400) naming the first field that is not of the schema's type.

    Unknown fields may hold anything; null is always allowed. The nesting must be bounded already.
    """
    _check(activity, "Activity", "the activity")


def _check(value: Any, kind: str, name: str) -> None:
    if value is None:
        return
    if kind.startswith("["):
        for item in _checked(value, list, name):
            _check_item(item, kind[1:-1], name)
    elif kind.startswith("{"):
        for item in _checked(value, dict, name).values():
            _check_item(item, kind[1:-1], name)
    elif kind in _FIELDS:
        fields = _checked(value, dict, name)
        for key, field_kind in _FIELDS[kind].items():
            _check(fields.get(key), field_kind, key)
    else:
        _check_plain(value, kind, name)


def _check_item(item: Any, kind: str, name: str) -> None:
    if item is None:
        raise malformed(f"{name} holds a null.")
    _check(item, kind, name)


def _check_plain(value: Any, kind: str, name: str) -> None:
    match kind:
        case "str":
            _checked(value, str, name)
        case "bool":
            _checked(value, bool, name)
        case "int":
            if isinstance(value, bool) or not isinstance(value, int):
                raise _wrong_type(name)
        case "iso-8601":
            _check_instant(_checked(value, str, name), name)


def _check_instant(text: str, name: str) -> None:
    try:
        Deserializer.deserialize_iso(text)
    except (ArithmeticError, ValueError) as error:
        raise malformed(f"{name} is not a date and time.") from error


def _checked(value: Any, kind: type, name: str) -> Any:
    if not isinstance(value, kind):
        raise _wrong_type(name)
    return value


def _wrong_type(name: str) -> Exception:
    return malformed(f"{name} is of the wrong type.")
