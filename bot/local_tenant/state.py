"""What the local tenant knows: people's calendars and feeds, and what the bot said."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class LocalState:
    """Everything by Entra object id, in plain JSON so that a second start finds it again."""

    #: Object id to display name.
    names: dict[str, str] = field(default_factory=dict)
    #: Object id to its events, by Graph id.
    calendars: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    #: Object id to its activity feed, oldest first.
    feeds: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    #: Conversation id to what the bot said there, oldest first.
    chats: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    #: Object id to the transaction ids it has used, and the event each made.
    transactions: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path | None) -> "LocalState":
        """What was saved at ``path``; empty when nothing was."""
        if path is None or not path.exists():
            return cls()
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def save(self, path: Path | None) -> None:
        """Keep everything at ``path``, whole or not at all."""
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        fresh.replace(path)
