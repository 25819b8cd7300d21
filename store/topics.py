"""Topics for clinics to come: proposed, supported, taken back; and who asks, for the lead.

A topic lives as long as somebody asks for it: whoever proposed it may take it back, and it stays
with those who support it. Only topics of the running school year are shown; older ones are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub import refusals
from hub.people import Person
from hub.refusals import Refusal
from hub.topics import Asker, Part, Topic, WantedTopic, same_topic
from store import school_years
from store.database import insert_once
from store.tables import PersonRow, SchoolRow, SchoolYearRow, TopicIdeaRow, TopicSupportRow

#: What a lead reads for somebody whose school is not known.
NO_SCHOOL = "No school"
#: How far back topics reach while no school year is known.
WITHOUT_A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Proposal:
    """What became of a proposed topic: kept as a new one, or found to be there already."""

    topic: Topic
    is_new: bool


async def topics(db: AsyncSession, person: Person, now: datetime) -> list[Topic]:
    """What is asked for this school year, most wanted first, as it stands for one person."""
    return await _topics_of(db, person, await _running_year(db, now))


async def _topics_of(db: AsyncSession, person: Person, year: "_Year") -> list[Topic]:
    of_the_year = TopicIdeaRow.proposed_at >= year.since
    found = await db.execute(_for(person).where(of_the_year, _is_alive()))
    listed = [(_topic(row), row[0].proposed_at) for row in found]
    listed.sort(key=lambda each: (-each[0].people, each[1], each[0].id))
    return [topic for topic, _ in listed]


async def propose(
    db: AsyncSession,
    person: Person,
    idea_id: UUID,
    words: str,
    need: str | None,
    now: datetime,
) -> Proposal:
    """Keep a topic, unless one that asks for the same is there; the guard has seen the words."""
    year = await _running_year(db, now)
    await _one_at_a_time(db, year)
    if known := same_topic(words, need, await _topics_of(db, person, year)):
        return Proposal(known, is_new=False)
    return await propose_another(db, person, idea_id, words, need, now)


async def propose_another(
    db: AsyncSession, person: Person, idea_id: UUID, words: str, need: str | None, now: datetime
) -> Proposal:
    """Keep a topic that its proposer says is different from those alike.

    The id is made with the form, so that a second tap finds the first.
    """
    is_new = await insert_once(
        db,
        TopicIdeaRow,
        id=idea_id,
        person_id=person.id,
        words=words,
        topic=need,
        proposed_at=now,
    )
    found = (await db.execute(_for(person).where(TopicIdeaRow.id == idea_id))).one()
    return Proposal(_topic(found), is_new=is_new)


@dataclass(frozen=True)
class _Year:
    """The school year whose topics count: its name, if one is known, and when it began."""

    name: str | None
    since: datetime


async def _running_year(db: AsyncSession, now: datetime) -> _Year:
    calendar = await school_years.calendar(db)
    year = calendar.year_of(now.astimezone(calendar.zone).date())
    if year is None:
        return _Year(None, now - WITHOUT_A_YEAR)
    return _Year(year.name, calendar.at(year.starts_on, time(0)))


async def _one_at_a_time(db: AsyncSession, year: _Year) -> None:
    # Two people who ask for the same at once: the second must see the first's.
    of_the_year = SchoolYearRow.name == year.name
    await db.execute(select(SchoolYearRow.name).where(of_the_year).with_for_update())


async def support(
    db: AsyncSession, person: Person, idea_id: UUID, now: datetime
) -> Topic | Refusal:
    """Ask for a topic too; whoever took their own back asks for it again. Twice is once."""
    row = await _locked(db, idea_id, now)
    if row is None:
        return refusals.topic_gone()
    if row.person_id == person.id:
        row.withdrawn_at = None
        await db.flush()
    elif await db.scalar(select(_is_alive()).where(TopicIdeaRow.id == idea_id)):
        await insert_once(
            db, TopicSupportRow, idea_id=idea_id, person_id=person.id, supported_at=now
        )
    else:
        return refusals.topic_gone()
    return await _standing(db, person, idea_id)


async def take_back(
    db: AsyncSession, person: Person, idea_id: UUID, now: datetime
) -> Topic | Refusal:
    """Ask for a topic no longer; others who ask for it keep it. Twice is once."""
    row = await _locked(db, idea_id, now)
    if row is None:
        return refusals.topic_gone()
    if row.person_id == person.id:
        row.withdrawn_at = row.withdrawn_at or now
        await db.flush()
    else:
        await db.execute(
            delete(TopicSupportRow).where(
                TopicSupportRow.idea_id == idea_id, TopicSupportRow.person_id == person.id
            )
        )
    return await _standing(db, person, idea_id)


async def _locked(db: AsyncSession, idea_id: UUID, now: datetime) -> TopicIdeaRow | None:
    year = await _running_year(db, now)
    row = await db.get(TopicIdeaRow, idea_id, with_for_update=True, populate_existing=True)
    return row if row and row.proposed_at >= year.since else None


async def _standing(db: AsyncSession, person: Person, idea_id: UUID) -> Topic:
    return _topic((await db.execute(_for(person).where(TopicIdeaRow.id == idea_id))).one())


def _for(person: Person) -> Select[Any]:
    supporters = (
        select(func.count())
        .where(TopicSupportRow.idea_id == TopicIdeaRow.id)
        .correlate(TopicIdeaRow)
        .scalar_subquery()
    )
    proposer = case((TopicIdeaRow.withdrawn_at.is_(None), 1), else_=0)
    own = exists().where(
        TopicSupportRow.idea_id == TopicIdeaRow.id, TopicSupportRow.person_id == person.id
    )
    is_proposer = (TopicIdeaRow.person_id == person.id) & TopicIdeaRow.withdrawn_at.is_(None)
    return select(TopicIdeaRow, supporters + proposer, own, is_proposer)


def _is_alive() -> ColumnElement[bool]:
    is_supported = exists().where(TopicSupportRow.idea_id == TopicIdeaRow.id)
    return or_(TopicIdeaRow.withdrawn_at.is_(None), is_supported)


def _topic(found: Any) -> Topic:
    row, people, supports, is_proposer = found
    own = Part.PROPOSED if is_proposer else Part.SUPPORTS if supports else None
    return Topic(row.id, row.words, row.topic, people, own)


async def wanted(db: AsyncSession, now: datetime) -> list[WantedTopic]:
    """What is asked for this school year, with who asks; for the lead only."""
    year = await _running_year(db, now)
    return await _wanted(db, TopicIdeaRow.proposed_at >= year.since)


async def wanted_topic(db: AsyncSession, idea_id: UUID) -> WantedTopic | None:
    """One topic with who asks for it, whenever it was proposed; for the lead only."""
    found = await _wanted(db, TopicIdeaRow.id == idea_id)
    return found[0] if found else None


async def _wanted(db: AsyncSession, chosen: ColumnElement[bool]) -> list[WantedTopic]:
    proposed = (
        select(TopicIdeaRow.id.label("idea_id"), TopicIdeaRow.person_id.label("person_id"))
        .where(TopicIdeaRow.withdrawn_at.is_(None))
        .union_all(select(TopicSupportRow.idea_id, TopicSupportRow.person_id))
        .subquery()
    )
    found = await db.execute(
        select(TopicIdeaRow, PersonRow.id, PersonRow.name, SchoolRow.name)
        .join(proposed, proposed.c.idea_id == TopicIdeaRow.id)
        .join(PersonRow, PersonRow.id == proposed.c.person_id)
        .outerjoin(SchoolRow, SchoolRow.id == PersonRow.school_id)
        .where(chosen)
        .order_by(TopicIdeaRow.proposed_at, TopicIdeaRow.id, PersonRow.name, PersonRow.id)
    )
    return _gathered(found.all())


def _gathered(rows: Iterable[tuple[TopicIdeaRow, UUID, str, str | None]]) -> list[WantedTopic]:
    ideas: dict[UUID, TopicIdeaRow] = {}
    askers: dict[UUID, list[Asker]] = {}
    for idea, person_id, name, school in rows:
        ideas[idea.id] = idea
        askers.setdefault(idea.id, []).append(Asker(person_id, name, school or NO_SCHOOL))
    return [
        WantedTopic(idea.id, idea.words, idea.topic, tuple(askers[idea.id]))
        for idea in ideas.values()
    ]
