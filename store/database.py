"""The engine and its transactions: everything in which SQLite and PostgreSQL differ.

SQLite serves one process (the embedded default); PostgreSQL is the engine to grow on, with as many
replicas as needed. All times in the store are UTC; what leaves it is told in the Hub's zone.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, Dialect, Table, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from hub.errors import SettingsWrong

#: How long one writer waits for another process's write before giving up, in milliseconds.
SQLITE_BUSY_MS = 10_000
#: How long a turn waits for the turn before it in the same conversation, on another replica.
TURN_WAIT = "15s"
POOL_SIZE = 12
#: Rows in one INSERT: both engines take at most some 32 000 values in a statement.
ROWS_AT_ONCE = 500


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: naive datetimes are refused, UTC is stored, UTC comes back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware datetime into UTC.

        Raises ValueError for a naive one.
        """
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone must not reach the store")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware datetime in UTC (SQLite forgets zones)."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Database:
    """One engine, and the three ways to use it: ``begin``, ``read`` and ``turn``."""

    def __init__(self, url: str, zone: ZoneInfo) -> None:
        """Open nothing yet.

        Raises SettingsWrong when the address is not one of the two engines'.
        """
        self.url = _checked(url)
        self.zone = zone
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writing = asyncio.Lock()
        self._turns: dict[str, _Queue] = {}
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)
        # Turn locks live as long as a turn; on connections of their own they never starve the
        # transactions that the same turn needs.
        self._lock_engine = None if self.is_sqlite else _lock_engine(self.url)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """One transaction that may write; commits at the end, or rolls back on an exception.

        SQLite takes the write lock at once, in arrival order, so that a decision read here still
        holds when it is written. On PostgreSQL a decision locks the rows it rests on.
        """
        if not self.is_sqlite:
            async with self._session(self.engine) as db, db.begin():
                yield db
            return
        async with self._writing:
            engine = self.engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")
            async with self._session(engine) as db, db.begin():
                yield db

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """One transaction for questions only; nothing it does is kept."""
        async with self._session(self.engine) as db:
            yield db

    @asynccontextmanager
    async def turn(self, conversation_id: str) -> AsyncIterator[None]:
        """One turn at a time in a conversation, in arrival order, across replicas.

        Within this process a queue does it; between replicas a PostgreSQL advisory lock, which
        frees itself when its holder dies.
        """
        queue = self._turns.setdefault(conversation_id, _Queue())
        queue.wanted += 1
        try:
            async with queue.lock, self._across_replicas(conversation_id):
                yield
        finally:
            queue.wanted -= 1
            if not queue.wanted:
                self._turns.pop(conversation_id, None)

    @asynccontextmanager
    async def _across_replicas(self, conversation_id: str) -> AsyncIterator[None]:
        if self._lock_engine is None:
            yield
            return
        digest = hashlib.blake2b(conversation_id.encode(), digest_size=8).digest()
        key = int.from_bytes(digest, "big", signed=True)
        async with self._lock_engine.begin() as connection:
            await connection.execute(text(f"SET LOCAL lock_timeout = '{TURN_WAIT}'"))
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
            yield

    async def wipe(self) -> None:
        """Leave nothing of what was deleted in SQLite's log of changes; readers may delay it.

        PostgreSQL's own vacuum does the like, in its own time.
        """
        if self.is_sqlite:
            async with self._writing, self.engine.connect() as connection:
                driver = await connection.execution_options(isolation_level="AUTOCOMMIT")
                await driver.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _session(self, engine: AsyncEngine) -> AsyncSession:
        return AsyncSession(engine, expire_on_commit=False, info={"zone": self.zone})

    async def close(self) -> None:
        """Give back every connection."""
        await self.engine.dispose()
        if self._lock_engine is not None:
            await self._lock_engine.dispose()


class _Queue:
    """The turns of one conversation in this process."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.wanted = 0


def _checked(url: str) -> Any:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingsWrong("SENDHUB_DATABASE_URL is not a database address") from error
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
    backend = parsed.get_backend_name()
    if backend not in drivers:
        raise SettingsWrong(
            f"SENDHUB_DATABASE_URL names {backend}; use sqlite+aiosqlite or postgresql+asyncpg"
        )
    return parsed.set(drivername=drivers[backend])


def _sqlite_engine(url: Any) -> AsyncEngine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    # Parameters may be words of a person; an error's text must not carry them into the log.
    engine = create_async_engine(url, pool_size=POOL_SIZE, max_overflow=0, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        # The driver's own implicit BEGIN comes too late and is never IMMEDIATE.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {SQLITE_BUSY_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        # What is deleted is overwritten, so that an erased name is not left on a free page.
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))

    return engine


def _postgres_engine(url: Any) -> AsyncEngine:
    return create_async_engine(
        url, pool_size=POOL_SIZE, max_overflow=POOL_SIZE, pool_pre_ping=True, hide_parameters=True
    )


def _lock_engine(url: Any) -> AsyncEngine:
    return create_async_engine(
        url, pool_size=POOL_SIZE, max_overflow=-1, pool_pre_ping=True, hide_parameters=True
    )


async def insert_once(db: AsyncSession, table: type[DeclarativeBase], **values: Any) -> bool:
    """Insert one row unless one with the same unique key is there; tell whether it was new."""
    dialect = db.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(table).values(**values).on_conflict_do_nothing()
    result = await db.execute(statement)
    return bool(result.rowcount)  # type: ignore[attr-defined]


async def insert_all_once(
    db: AsyncSession, table: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]], key: str
) -> set[Any]:
    """Insert many rows, leaving out those whose unique key is there; tell which ``key`` are new.

    A few statements, however many rows. All rows fill the same columns.
    """
    dialect = db.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    # One statement that stays the same is compiled once: the engine sends it with many rows.
    into = cast(Table, table.__table__)
    statement = insert(into).on_conflict_do_nothing().returning(into.c[key])
    new: set[Any] = set()
    for at in range(0, len(rows), ROWS_AT_ONCE):
        new |= set(await db.scalars(statement, [dict(row) for row in rows[at : at + ROWS_AT_ONCE]]))
    return new


def zone_of(db: AsyncSession) -> ZoneInfo:
    """The zone in which people are told times."""
    zone: ZoneInfo = db.info["zone"]
    return zone
