"""What people and leads have set about nudges, and how many somebody has had."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.manners import NO_CHOICES, Choices, Sent
from hub.nudge_rules import Family, RuleTerms
from hub.nudges import UNCAPPED, Rule
from hub.outbox import Kind, OutboxState
from hub.people import Person
from hub.rule_book import RuleBook, RuleChange
from store.database import zone_of
from store.tables import NudgeChoicesRow, NudgeRuleRow, OutboxRow

#: By these ways a person is told; a bell only points to the message that is counted already.
_COUNTED = (Kind.CHAT,)


async def rule_book(db: AsyncSession) -> RuleBook:
    """All rules as the leads have set them."""
    rows = await db.scalars(select(NudgeRuleRow))
    # A rule that an older version had says nothing any more.
    known = {row.rule: RuleChange(row.is_on, row.days) for row in rows if row.rule in set(Rule)}
    return RuleBook({Rule(rule): change for rule, change in known.items()})


async def set_rule(
    db: AsyncSession, lead: Person, rule: Rule, change: RuleChange, now: datetime
) -> None:
    """Keep what a lead set for one rule."""
    row = NudgeRuleRow(
        rule=rule, is_on=change.is_on, days=change.days, changed_by_id=lead.id, changed_at=now
    )
    await db.merge(row)
    await db.flush()


async def choices_of(db: AsyncSession, person_id: UUID) -> Choices:
    """What one person asked for."""
    row = await db.get(NudgeChoicesRow, person_id)
    return _choices(db, row) if row else NO_CHOICES


async def choices_of_all(db: AsyncSession) -> dict[UUID, Choices]:
    """What everybody asked for who asked for anything; for the planner only."""
    rows = await db.scalars(select(NudgeChoicesRow))
    return {row.person_id: _choices(db, row) for row in rows}


async def choices_of_each(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Choices]:
    """What these people asked for, as far as they asked for anything."""
    chosen = select(NudgeChoicesRow).where(NudgeChoicesRow.person_id.in_(ids))
    return {row.person_id: _choices(db, row) for row in await db.scalars(chosen)}


async def keep_choices(db: AsyncSession, person: Person, choices: Choices) -> None:
    """Keep what this person asks for, whole."""
    await db.merge(
        NudgeChoicesRow(
            person_id=person.id,
            stopped=sorted(choices.stopped),
            snoozed_until=choices.snoozed_until,
            days_off=sorted(str(each) for each in choices.days_off),
        )
    )
    await db.flush()


def _choices(db: AsyncSession, row: NudgeChoicesRow) -> Choices:
    quiet = row.snoozed_until
    return Choices(
        stopped=frozenset(Family(each) for each in row.stopped if each in set(Family)),
        snoozed_until=quiet.astimezone(zone_of(db)) if quiet else None,
        days_off=frozenset(int(each) for each in row.days_off),
    )


async def sent_to_each(
    db: AsyncSession, person_ids: Collection[UUID], book: RuleBook, now: datetime
) -> dict[UUID, Sent]:
    """How many nudges these people have had, today and since Monday.

    One that is on its way counts as one of today's.
    """
    zone = zone_of(db)
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), time(0), zone)
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), time(0), zone)
    rows = await db.execute(
        select(OutboxRow.person_id, OutboxRow.payload, OutboxRow.finished_at).where(
            OutboxRow.person_id.in_(person_ids),
            OutboxRow.kind.in_(_COUNTED),
            or_(
                OutboxRow.state == OutboxState.WAITING,
                and_(OutboxRow.state == OutboxState.SENT, OutboxRow.finished_at >= monday),
            ),
        )
    )
    sent = dict.fromkeys(person_ids, Sent())
    for person_id, payload, finished_at in rows:
        if person_id is None:
            continue
        for rule in (payload["rule"], *(each[0] for each in payload.get("more", ()))):
            if rule not in UNCAPPED:
                is_todays = finished_at is None or finished_at >= today
                sent[person_id] = _with(sent[person_id], book[Rule(rule)], is_todays=is_todays)
    return sent


def _with(sent: Sent, terms: RuleTerms, *, is_todays: bool) -> Sent:
    more = sent.and_one(terms.family)
    return more if is_todays else Sent(sent.today, sent.ordinary_today, more.this_week)
