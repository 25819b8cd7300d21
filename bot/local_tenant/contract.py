"""Requests to Graph held against Microsoft's published contract, where its file is at hand."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator


class Contract:
    """The official types of the calls we make. Property names are matched in any case."""

    def __init__(self, path: Path) -> None:
        document = json.loads(path.read_text(encoding="utf-8"))
        self._defs: dict[str, Any] = document["$defs"]
        self._operations: dict[str, Any] = document["operations"]
        # The file leaves out what a message may bring along: Graph v1.0, message, relationships.
        message = self._defs["microsoft.graph.message"]["properties"]
        brought = {"$ref": "#/$defs/microsoft.graph.attachment"}
        message.setdefault("attachments", {"type": "array", "items": brought})

    def violations(self, operation: str, body: Any, selected: Iterable[str] = ()) -> list[str]:
        """What Microsoft's contract does not know about this request; empty when all is well."""
        known = self._operations.get(operation)
        if known is None:
            return [f"{operation} is not in the contract"]
        properties = self._properties(known.get("response") or known.get("item") or {})
        unknown = [f"$select: {name} is unknown" for name in selected if name not in properties]
        if "body" not in known:
            return unknown
        sent = self._respell(body, known["body"])
        unknown += self._strangers(sent, known["body"])
        return unknown + self._errors(known["body"], sent)

    def violations_in_answer(self, operation: str, body: Mapping[str, Any]) -> list[str]:
        """What Microsoft's contract would not have answered."""
        known = self._operations.get(operation)
        if known is None:
            return [f"{operation} is not in the contract"]
        if "item" not in known:
            return self._errors(known.get("response", {}), body)
        return [error for each in body["value"] for error in self._errors(known["item"], each)]

    def _errors(self, schema: Mapping[str, Any], value: Any) -> list[str]:
        checked = Draft202012Validator({"$defs": self._defs, **schema})
        return [error.message for error in checked.iter_errors(value)]

    def _properties(self, schema: Mapping[str, Any]) -> set[str]:
        found = (each.get("properties", {}) for each in self._alternatives(schema))
        return {name for properties in found for name in properties}

    def _respell(self, value: Any, schema: Mapping[str, Any]) -> Any:
        """The value with each property spelled as the contract spells it."""
        for each in self._alternatives(schema):
            if isinstance(value, dict) and "properties" in each:
                names = {name.lower(): name for name in each["properties"]}
                return {
                    names.get(name.lower(), name): self._respell(
                        inner, each["properties"].get(names.get(name.lower(), name), {})
                    )
                    for name, inner in value.items()
                }
            if isinstance(value, list) and "items" in each:
                return [self._respell(inner, each["items"]) for inner in value]
        return value

    def _strangers(self, value: Any, schema: Mapping[str, Any]) -> list[str]:
        """Properties that only pass because their type is an open one: a slip of the pen of ours."""
        if isinstance(value, list):
            items = [each["items"] for each in self._alternatives(schema) if "items" in each]
            return [
                found for each in value for type_ in items for found in self._strangers(each, type_)
            ]
        if not isinstance(value, dict):
            return []
        properties: dict[str, Any] = {}
        # What is sent may be of a type that builds on the one asked for, and says so.
        named = self._defs.get(str(value.get("@odata.type", "")).lstrip("#"), {})
        for each in (*self._alternatives(schema), *self._alternatives(named)):
            properties |= each.get("properties", {})
        if not properties:
            return []
        found = [
            f"{name} is unknown" for name in value if name not in properties and "@" not in name
        ]
        for name in value.keys() & properties.keys():
            found += self._strangers(value[name], properties[name])
        return found

    def _alternatives(self, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        if "$ref" in schema:
            yield from self._alternatives(self._defs[schema["$ref"].removeprefix("#/$defs/")])
            return
        yield schema
        for each in schema.get("anyOf", ()):
            yield from self._alternatives(each)
