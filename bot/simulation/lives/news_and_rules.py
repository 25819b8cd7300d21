"""How leads send news, and turn a kind of nudge off or change its days for a while."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.simulation.lives.stage import Stage
from bot.simulation.watch import OffTime
from hub.announcements import Announcement, Chosen, recipients, spoken_choice
from hub.booking import Session
from hub.nudge_rules import ALL_TERMS, RuleTerms
from hub.people import Role, School
from hub.rule_book import RuleChange
from store import announcements, manners, sessions

#: The chance of each on one school day.
SENDS_NEWS = 0.04
CHANGES_A_RULE = 0.02
#: Of changed rules, the share that is turned off; the others have their days changed.
IS_OFF = 0.6
#: Of news, the share that is for those booked on a session.
IS_ABOUT_A_SESSION = 0.25
#: How long a change stays, in days, shortest and longest.
_LASTS = (4, 18)
_WORDS = "The new visual timetable templates are ready. Open the toolkit page to find them."


@dataclass(frozen=True)
class Changed:
    """A rule that stands otherwise than usual."""

    terms: RuleTerms
    is_on: bool
    until: datetime


class NewsAndRules:
    """What leads do beside the programme."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._changed: list[Changed] = []

    async def day(self, now: datetime) -> None:
        """One day."""
        stage = self._stage
        await self._change_back(now)
        if stage.is_the_day(SENDS_NEWS):
            await self._send_news(now)
        if stage.is_the_day(CHANGES_A_RULE):
            await self._change_a_rule(now)

    async def _send_news(self, now: datetime) -> None:
        stage = self._stage
        async with stage.database.read() as db:
            coming = [each.session for each in await sessions.open_sessions(db, stage.lead, now)]
            about = stage.chance.choice(coming) if coming else None
            session = about if stage.happens(IS_ABOUT_A_SESSION) else None
            reach = await announcements.reach(db, session)
        chosen = for_whom(session, stage.cast.schools, stage.chance)
        found = recipients(reach.everybody, stage.lead, chosen, stage.offer)
        news = Announcement(
            id=UUID(int=stage.chance.getrandbits(128), version=4),
            author_id=stage.lead.id,
            author_name=stage.lead.name,
            words=_WORDS,
            for_whom=spoken_choice(chosen, reach.schools, session),
            chosen=chosen,
            recipients=len(found.people),
            sent_at=now,
            session=session,
        )
        async with stage.database.begin() as db:
            await announcements.send(db, news, found.people, now)

    async def _change_a_rule(self, now: datetime) -> None:
        change = other_than_usual(self._changed, now, self._stage.chance)
        if change is None:
            return
        self._changed.append(change)
        terms = change.terms
        if not change.is_on:
            self._stage.noted.off_since[terms.rule] = now
        days = terms.days + self._stage.chance.choice((-1, 2)) if change.is_on else terms.days
        await self._set(terms, RuleChange(change.is_on, max(0, days)), now)

    async def _change_back(self, now: datetime) -> None:
        for change in [each for each in self._changed if each.until <= now]:
            self._changed.remove(change)
            await self._set(change.terms, RuleChange(change.terms.is_on, change.terms.days), now)
            if not change.is_on:
                since = self._stage.noted.off_since.pop(change.terms.rule)
                self._stage.noted.off.append(OffTime(change.terms.rule, since, now))

    async def _set(self, terms: RuleTerms, change: RuleChange, now: datetime) -> None:
        async with self._stage.database.begin() as db:
            await manners.set_rule(db, self._stage.lead, terms.rule, change, now)


def for_whom(session: Session | None, schools: tuple[School, ...], chance: random.Random) -> Chosen:
    """Whom a piece of news is for."""
    if session is not None:
        return Chosen(booked_only=True)
    return chance.choice(
        (
            Chosen(),
            Chosen(roles=frozenset({Role.SENCO})),
            Chosen(roles=frozenset({Role.CLASS_TEACHER, Role.TEACHING_ASSISTANT})),
            Chosen(schools=frozenset({chance.choice(schools).id})),
        )
    )


def other_than_usual(
    standing: list[Changed], now: datetime, chance: random.Random
) -> Changed | None:
    """A rule to turn off or to change the days of; None when the one thought of is changed now."""
    is_off = chance.random() < IS_OFF
    open_to_it = [each for each in ALL_TERMS if (each.is_optional if is_off else each.has_days)]
    terms = chance.choice(open_to_it)
    until = now + timedelta(days=chance.randint(*_LASTS))
    if any(each.terms is terms for each in standing):
        return None
    return Changed(terms, not is_off, until)
