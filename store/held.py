"""Everything that is held about one person, found by walking the tables rather than a list of them.

A row is about somebody when it refers to them, or to a booking or a request of theirs; a table
that is added later is walked as well.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, FromClause, Table, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from store.database import zone_of
from store.tables import (
    BookingRow,
    ConversationRow,
    DialogStateRow,
    PersonRow,
    RequestRow,
    Row,
)

_TABLES: Mapping[str, Table] = Row.metadata.tables
#: What belongs to a person, so that whatever belongs to it does so too.
_OWNED = (BookingRow, RequestRow)
#: What a row that refers to one of these is called after.
_NAMED_AFTER: Mapping[str, str] = {"sessions.id": "title", "requests.id": "reference"}


@dataclass(frozen=True)
class Held:
    """All rows about one person, by table; of each, its columns and what it is called."""

    #: The person's own row.
    person: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]

    def as_json(self) -> dict[str, Any]:
        """The same in types that JSON has."""
        return {
            "person": _plain(self.person),
            "held": {
                name: [_plain(each) for each in rows] for name, rows in sorted(self.rows.items())
            },
        }


def columns_about_people() -> list[Column[Any]]:
    """Every column of every table that refers to a person."""
    return [
        key.parent
        for table in Row.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name)
        if key.column.table.name == PersonRow.__tablename__
    ]


def tables_about_people() -> dict[str, Table]:
    """Every table that may hold something about a person, beside that of people."""
    about = {each.table.name for each in columns_about_people()}
    owned = {each.__tablename__ for each in _OWNED}
    through = {
        table.name
        for table in _TABLES.values()
        if any(key.column.table.name in owned for key in table.foreign_keys)
    }
    kept_by_chat = {DialogStateRow.__tablename__}
    return {name: _TABLES[name] for name in sorted(about | through | kept_by_chat)}


async def person_known_as(db: AsyncSession, known_as: str) -> UUID | None:
    """Our id of whoever has this id, object id or sign-in name; None for nobody."""
    said = known_as.strip().lower()
    by_name: list[ColumnElement[bool]] = [
        PersonRow.object_id == said,
        PersonRow.sign_in_name == said,
    ]
    with suppress(ValueError):
        by_name.append(PersonRow.id == UUID(said))
    found: UUID | None = await db.scalar(
        select(PersonRow.id)
        .where(or_(*by_name), func.length(said) > 0)
        .order_by(PersonRow.left_at.is_not(None), PersonRow.created_at)
        .limit(1)
    )
    return found


async def held_about(db: AsyncSession, person_id: UUID) -> Held | None:
    """Every row about a person, from every table; None for nobody. Times are those of the Hub."""
    people = _TABLES[PersonRow.__tablename__]
    person = (await db.execute(select(people).where(people.c.id == person_id))).mappings().first()
    if person is None:
        return None
    rows: dict[str, list[dict[str, Any]]] = {}
    for name, table in tables_about_people().items():
        wanted = await _about(db, table, person_id)
        found = await db.execute(_with_names(table).where(wanted).order_by(*table.primary_key))
        rows[name] = [_in_zone(db, each) for each in found.mappings()]
    return Held(_in_zone(db, person), rows)


async def _about(db: AsyncSession, table: Table, person_id: UUID) -> ColumnElement[bool]:
    if table.name == DialogStateRow.__tablename__:
        return DialogStateRow.key.in_(await chat_keys(db, person_id))
    refers = [each == person_id for each in columns_about_people() if each.table is table]
    for owned in _OWNED:
        theirs = select(owned.id).where(owned.person_id == person_id)
        refers += [
            key.parent.in_(theirs)
            for key in table.foreign_keys
            if key.column.table.name == owned.__tablename__ and owned.__table__ is not table
        ]
    return or_(*refers)


async def chat_keys(db: AsyncSession, person_id: UUID) -> list[str]:
    """Under which names the state of a person's private chat is kept."""
    row = await db.get(ConversationRow, person_id)
    return [f"{row.channel_id}/conversations/{row.conversation_id}"] if row else []


def _with_names(table: Table) -> Any:
    """The rows, each with the title or reference of what it is about."""
    chosen = select(table)
    joined: FromClause = table
    for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
        title = _NAMED_AFTER.get(key.target_fullname)
        if title and key.column.table is not table:
            other = key.column.table.alias(f"{key.parent.name}_named")
            chosen = chosen.add_columns(other.c[title].label(f"{key.parent.name[:-3]} name"))
            joined = joined.outerjoin(other, key.parent == other.c.id)
    return chosen.select_from(joined)


def _in_zone(db: AsyncSession, row: Mapping[Any, Any]) -> dict[str, Any]:
    zone = zone_of(db)
    return {
        str(name): value.astimezone(zone) if isinstance(value, datetime) else value
        for name, value in row.items()
    }


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _as_text(value) for name, value in row.items()}


def _as_text(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
