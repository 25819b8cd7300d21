"""The staff group as it was last read: people met, put right, and found to have left.

Places of those who left are given up next door, in ``leavers``.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from hub.outbox import Kind, OutboxState
from hub.people import GIVEN_BY_THE_TRUST, Role
from hub.staff_group import LEFT_THE_TRUST, Entry, Known, Reading, Suggestion
from store.database import insert_all_once, insert_once
from store.people import as_person, digest_of
from store.tables import ErasedIdentityRow, OutboxRow, PersonRow, StaffReadingRow

#: As many ids as one statement names.
_IDS_AT_ONCE = 500
_GIVEN = frozenset(role.value for role in GIVEN_BY_THE_TRUST)


async def outside(db: AsyncSession, tenant_id: str, members: Collection[str]) -> list[str]:
    """Object ids of the tenant's people who have not left and were never listed, nor are now."""
    found = await db.scalars(
        select(PersonRow.object_id).where(
            PersonRow.tenant_id == tenant_id,
            PersonRow.is_listed.is_(False),
            PersonRow.left_at.is_(None),
        )
    )
    return sorted(set(found) - set(members))


async def everybody(db: AsyncSession, tenant_id: str) -> list[Known]:
    """All people of the tenant, held until the transaction ends; of every one with no tenant.

    One query. They stay open to rows that only refer to them.
    """
    chosen = select(PersonRow).options(joinedload(PersonRow.school))
    if tenant_id:
        chosen = chosen.where(PersonRow.tenant_id == tenant_id)
    held = chosen.order_by(PersonRow.id).with_for_update(of=PersonRow, key_share=True)
    rows = await db.scalars(held.execution_options(populate_existing=True))
    return [Known(as_person(row), row.is_listed, _suggestion(row.suggested)) for row in rows]


async def note(db: AsyncSession, reading: Reading, tenant_id: str, now: datetime) -> None:
    """Write a reading down; ``everybody`` must be held. A few statements, however many people.

    Somebody who was erased is left alone until they write to the Hub themselves.
    """
    erased = set(await db.scalars(select(ErasedIdentityRow.digest)))
    rows = [
        {
            "tenant_id": tenant_id,
            "object_id": entry.object_id,
            **_facts(entry),
            "roles": sorted(entry.roles),
            "is_listed": True,
            "created_at": now,
        }
        for entry in reading.new
        if digest_of(tenant_id, entry.object_id) not in erased
    ]
    await insert_all_once(db, PersonRow, rows, "object_id")
    for ids in _batches(list(reading.changed)):
        held = await db.scalars(select(PersonRow).where(PersonRow.id.in_(ids)))
        for row in held.all():
            entry = reading.changed[row.id]
            for name, value in _facts(entry).items():
                setattr(row, name, value)
            row.roles = sorted(entry.roles | (set(row.roles) & _GIVEN))
            row.is_listed, row.left_at = True, None
        await db.flush()
    for ids in _batches(reading.left):
        await _let_go(db, ids, now)


def _batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for at in range(0, len(ids), _IDS_AT_ONCE):
        yield ids[at : at + _IDS_AT_ONCE]


def _facts(entry: Entry) -> dict[str, Any]:
    suggested = entry.suggested
    return {
        "name": entry.name,
        "sign_in_name": entry.sign_in_name or None,
        "is_guest": entry.is_guest,
        "school_id": entry.school_id,
        "suggested": {"roles": sorted(suggested.roles), "school": suggested.school_id},
    }


def _suggestion(kept: dict[str, Any] | None) -> Suggestion:
    if kept is None:
        return Suggestion()
    return Suggestion(frozenset(Role(name) for name in kept["roles"]), kept["school"])


async def _let_go(db: AsyncSession, ids: Sequence[UUID], now: datetime) -> None:
    """Note who left, and drop what was still to be said to them; their calendars are tidied."""
    await db.execute(
        update(PersonRow).where(PersonRow.id.in_(ids)).values(is_listed=False, left_at=now)
    )
    await db.execute(
        update(OutboxRow)
        .where(
            OutboxRow.person_id.in_(ids),
            OutboxRow.kind.not_in([Kind.CALENDAR, Kind.VISIT]),
            OutboxRow.state == OutboxState.WAITING,
            # One that is being sent this moment is marked by whoever sends it.
            OutboxRow.lease.is_(None),
        )
        .values(state=OutboxState.DROPPED, reason=LEFT_THE_TRUST, finished_at=now)
        .execution_options(synchronize_session=False)
    )


@dataclass(frozen=True)
class LastReading:
    """How it went when the group was last read."""

    #: When it was last read whole; None if it never was.
    read_at: datetime | None
    members: int
    #: What has gone wrong since; empty when nothing has.
    trouble: str


async def last_reading(db: AsyncSession, group_id: str) -> LastReading | None:
    """How the last reading of this group went; None while there was none."""
    row = await db.get(StaffReadingRow, group_id)
    return LastReading(row.read_at, row.members, row.trouble) if row else None


async def note_reading(db: AsyncSession, group_id: str, members: int, now: datetime) -> None:
    """Note that the group was read whole and taken at its word."""
    await _note(db, group_id, read_at=now, members=members, trouble="")


async def note_trouble(db: AsyncSession, group_id: str, trouble: str) -> None:
    """Note why the group could not be read, or was not believed."""
    await _note(db, group_id, trouble=trouble[:400])


async def _note(db: AsyncSession, group_id: str, **values: Any) -> None:
    await insert_once(db, StaffReadingRow, group_id=group_id, members=0, trouble="")
    await db.execute(
        update(StaffReadingRow).where(StaffReadingRow.group_id == group_id).values(**values)
    )
