"""Bot Framework's ``Storage`` over the database: plain JSON, ETags, nothing shared by reference."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from botbuilder.core import Storage
from botbuilder.dialogs import DialogInstance, DialogState

from store import dialog_state
from store.database import Database

_STACK = "dialog_stack"


class StateStorage(Storage):
    """Keeps conversation state. Raises StaleState when another turn wrote in between."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def read(self, keys: list[str]) -> dict[str, Any]:
        """Fresh documents for the keys there are, each with its ``e_tag`` inside."""
        async with self._database.read() as db:
            found = await dialog_state.documents(db, list(keys))
        return {
            key: {name: _from_json(value) for name, value in document.content.items()}
            | {"e_tag": document.etag}
            for key, document in found.items()
        }

    async def write(self, changes: dict[str, Any]) -> None:
        """Write documents, and their new ETags back into them, so that a second save succeeds."""
        async with self._database.begin() as db:
            for key, document in changes.items():
                etag = document.get("e_tag")
                if etag == "":
                    raise ValueError("an empty ETag is a mistake of the caller")
                content = {name: _to_json(value) for name, value in document.items()}
                content.pop("e_tag", None)
                # A first turn has read nothing and so overwrites nothing that it has not seen.
                document["e_tag"] = await dialog_state.keep(db, key, content, etag, self._now())

    async def delete(self, keys: list[str]) -> None:
        """Remove documents; any iterable of keys will do."""
        async with self._database.begin() as db:
            await dialog_state.drop(db, list(keys))


def _to_json(value: Any) -> Any:
    if isinstance(value, DialogState):
        stack = [{"id": each.id, "state": _to_json(each.state)} for each in value.dialog_stack]
        return {_STACK: stack}
    if isinstance(value, dict):
        return {name: _to_json(each) for name, each in value.items()}
    return value


def _from_json(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value.keys() == {_STACK}:
        state = DialogState()
        for each in value[_STACK]:
            instance = DialogInstance()
            instance.id = each["id"]
            instance.state = _from_json(each["state"])
            state.dialog_stack.append(instance)
        return state
    return {name: _from_json(each) for name, each in value.items()}
