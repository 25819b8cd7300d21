"""Erasing a person: what others need stays without a name, the rest goes.

What is to come is given up first, next door in ``store.erasing_plans``.

Every column that refers to a person has a fate here; what were forgotten would keep the person's
row from being deleted, since the database refuses that.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import String, cast, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.people import Person
from hub.retention import NO_LONGER_HERE
from hub.school_year import SchoolCalendar
from store.database import insert_once
from store.erasing_plans import give_up_what_is_to_come
from store.held import chat_keys, columns_about_people
from store.people import digest_of, person_with_id
from store.tables import (
    AnsweredActivityRow,
    BookingRow,
    DialogStateRow,
    ErasedIdentityRow,
    NudgeRow,
    OutboxRow,
    PersonRow,
    RequestEntryRow,
    RequestRow,
    RequestVisitRow,
    SessionRow,
    ToolkitNoteRow,
    TopicIdeaRow,
    TopicSupportRow,
)


class Fate(Enum):
    """What becomes of a reference to somebody who is erased."""

    #: The row goes.
    DELETED = "deleted"
    #: The row stays, and refers to nobody.
    UNLINKED = "unlinked"
    #: The row stays as somebody's whose name is not known any more.
    NAMELESS = "nameless"


FATES: Mapping[str, Fate] = {
    "announcements.author_id": Fate.NAMELESS,
    "app_installs.person_id": Fate.DELETED,
    "bookings.invited_by_id": Fate.UNLINKED,
    "bookings.person_id": Fate.NAMELESS,
    "conversations.person_id": Fate.DELETED,
    "meetings.organiser_id": Fate.UNLINKED,
    "next_steps.written_by_id": Fate.NAMELESS,
    "nudge_choices.person_id": Fate.DELETED,
    "nudge_rules.changed_by_id": Fate.NAMELESS,
    "nudges.person_id": Fate.DELETED,
    "outbox.person_id": Fate.DELETED,
    "quick_answers.saved_by_id": Fate.NAMELESS,
    "request_entries.person_id": Fate.NAMELESS,
    "request_visits.proposed_by_id": Fate.NAMELESS,
    "requests.owner_id": Fate.UNLINKED,
    "requests.person_id": Fate.NAMELESS,
    "suggestions.person_id": Fate.DELETED,
    "suggestions.suggested_by_id": Fate.NAMELESS,
    "toolkit_notes.person_id": Fate.NAMELESS,
    "topic_ideas.person_id": Fate.NAMELESS,
    "topic_supports.person_id": Fate.DELETED,
    "visit_events.person_id": Fate.DELETED,
}


async def erase(db: AsyncSession, person_id: UUID, calendar: SchoolCalendar, now: datetime) -> bool:
    """Leave nothing that tells who this was; False when there is nobody of that id."""
    person = await person_with_id(db, person_id)
    if person is None:
        return False
    await give_up_what_is_to_come(db, person, calendar, now)
    await _drop_ideas(db, person)
    await _empty_words(db, person)
    await _take_name_off_sessions(db, person)
    await _drop_traces(db, person)
    await _refer_to_nobody(db, person, now)
    await insert_once(
        db,
        ErasedIdentityRow,
        digest=digest_of(person.tenant_id, person.object_id),
        erased_at=now,
    )
    return True


async def _drop_ideas(db: AsyncSession, person: Person) -> None:
    """Ideas for clinics stay where others want the same."""
    supported = exists().where(
        TopicSupportRow.idea_id == TopicIdeaRow.id, TopicSupportRow.person_id != person.id
    )
    alone = select(TopicIdeaRow.id).where(TopicIdeaRow.person_id == person.id, ~supported)
    await _run(db, delete(TopicSupportRow).where(TopicSupportRow.idea_id.in_(alone)))
    await _run(db, delete(TopicIdeaRow).where(TopicIdeaRow.id.in_(alone)))


async def _empty_words(db: AsyncSession, person: Person) -> None:
    """Take the words out of what stays: they may tell a class, a school, a name."""
    noted = ToolkitNoteRow.person_id == person.id
    await _run(db, delete(ToolkitNoteRow).where(noted, ToolkitNoteRow.is_useful.is_(None)))
    await _run(db, update(ToolkitNoteRow).where(noted).values(used_at=None, saved_at=None))
    theirs = select(RequestRow.id).where(RequestRow.person_id == person.id)
    await _run(
        db, update(RequestEntryRow).where(RequestEntryRow.request_id.in_(theirs)).values(words="")
    )
    await _run(
        db,
        update(RequestVisitRow).where(RequestVisitRow.request_id.in_(theirs)).values(online_url=""),
    )
    await _run(db, update(RequestRow).where(RequestRow.person_id == person.id).values(answers={}))
    await _run(
        db,
        update(BookingRow).where(BookingRow.person_id == person.id).values(hopes="", reason=""),
    )


async def _take_name_off_sessions(db: AsyncSession, person: Person) -> None:
    """A lead's name stands on what they led; a namesake's stays."""
    same = select(func.count(PersonRow.id)).where(PersonRow.name == person.name)
    if (await db.scalar(same) or 0) > 1:
        return
    written = cast(SessionRow.leads, String).contains(_in_json(person.name), autoescape=True)
    for row in await db.scalars(select(SessionRow).where(written).order_by(SessionRow.id)):
        row.leads = [each for each in row.leads if each != person.name]
    await db.flush()


async def _drop_traces(db: AsyncSession, person: Person) -> None:
    """What the machinery keeps for a while: answers for a retry, keys, where the chat stood."""
    said = cast(AnsweredActivityRow.body, String)
    traces = {person.name, person.first_name, person.object_id, person.sign_in_name} - {""}
    told = [said.contains(_in_json(each), autoescape=True) for each in sorted(traces)]
    await _run(db, delete(AnsweredActivityRow).where(or_(*told)))
    keys = await chat_keys(db, person.id)
    await _run(db, delete(DialogStateRow).where(DialogStateRow.key.in_(keys)))
    await db.flush()
    about = or_(NudgeRow.subject_id == person.id, NudgeRow.key.contains(str(person.id)))
    await _run(db, delete(NudgeRow).where(about))
    await _run(db, delete(OutboxRow).where(OutboxRow.key.contains(str(person.id))))


def _in_json(text: str) -> str:
    """These words as they stand in a column of JSON."""
    return json.dumps(text)[1:-1]


async def _refer_to_nobody(db: AsyncSession, person: Person, now: datetime) -> None:
    nobody = await nameless(db, now)
    for column in columns_about_people():
        table: Any = column.table
        theirs = column == person.id
        match FATES[f"{table.name}.{column.name}"]:
            case Fate.DELETED:
                await _run(db, delete(table).where(theirs))
            case Fate.UNLINKED:
                await _run(db, update(table).where(theirs).values({column.name: None}))
            case Fate.NAMELESS:
                await _run(db, update(table).where(theirs).values({column.name: nobody}))
    await _run(db, delete(PersonRow).where(PersonRow.id == person.id))
    db.expire_all()


async def nameless(db: AsyncSession, now: datetime) -> UUID:
    """A new row that stands for somebody of whom nothing is known."""
    nobody = uuid4()
    db.add(
        PersonRow(
            id=nobody,
            tenant_id="",
            object_id=f"erased:{nobody}",
            name=NO_LONGER_HERE,
            roles=[],
            left_at=now,
            created_at=now,
        )
    )
    await db.flush()
    return nobody


async def _run(db: AsyncSession, statement: Any) -> None:
    await db.execute(statement.execution_options(synchronize_session=False))
