"""Statements compiled once in a run, as a service that lives for months has them compiled.

Every test starts a service of its own, and each would compile all its statements anew: a tenth of
what a conversation costs. SQLAlchemy's plugins are the way to hand an engine what others compiled.
"""

from typing import Any

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.dialects import plugins
from sqlalchemy.engine import CreateEnginePlugin
from sqlalchemy.util import LRUCache

_NAME = "compiled_before"
_MOST = 3000


class _Compiled:
    """What was compiled for one kind of database, whichever engine it was compiled for."""

    def __init__(self) -> None:
        self._held: LRUCache[Any, Any] = LRUCache(_MOST)

    def get(self, key: tuple) -> Any:
        return self._held.get(key[1:])

    def __setitem__(self, key: tuple, compiled: Any) -> None:
        # What comes first is the engine's own dialect object; ours differ in nothing but identity.
        self._held[key[1:]] = compiled


_compiled = {"sqlite": _Compiled(), "postgresql": _Compiled()}


class CompiledBefore(CreateEnginePlugin):
    """Gives an engine the statements that the engines before it compiled."""

    def update_url(self, url: URL) -> URL:
        return url.difference_update_query(["plugin"])

    def engine_created(self, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=_compiled[engine.dialect.name])


plugins.register(_NAME, __name__, CompiledBefore.__name__)


def compiled_before(database_url: str) -> str:
    """The same address, for engines of this process that take over what is compiled."""
    url = make_url(database_url).update_query_pairs([("plugin", _NAME)])
    return url.render_as_string(hide_password=False)
