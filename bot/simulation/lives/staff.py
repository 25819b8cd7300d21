"""Who leaves the trust in the middle of the year, who comes for them, who changes school."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.simulation.cast import Cast
from bot.simulation.lives.stage import Stage
from hub.people import Person
from hub.school_year import ONE_DAY
from store import people

#: Somebody new comes so many days after who left, earliest and latest.
_COMES_AFTER = (7, 40)


class Turn(StrEnum):
    """What becomes of somebody."""

    LEAVES = "leaves"
    COMES = "comes"
    CHANGES_SCHOOL = "changes school"


@dataclass(frozen=True)
class StaffChange:
    """One such thing on one day; on the next school day when there is no school then."""

    on: date
    turn: Turn
    person: Person


class StaffChanges:
    """Lives them as the year goes."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._to_come = changes_of(stage.cast, stage.chance)
        #: Whoever is out of the group, while the Hub has not read that.
        self._leaving: list[Person] = []

    async def begin(self) -> None:
        """The Hub reads the staff group for the first time."""
        self._stage.group.extend(each.object_id for each in self._stage.cast.people)
        await self._stage.read_group()

    async def day(self, now: datetime) -> None:
        """Whatever falls on this day or fell on days without school."""
        due = [each for each in self._to_come if each.on <= now.date()]
        self._to_come = [each for each in self._to_come if each not in due]
        for change in due:
            match change.turn:
                case Turn.LEAVES:
                    self._stage.group.remove(change.person.object_id)
                    self._leaving.append(change.person)
                case Turn.COMES:
                    await self._comes(change.person, now)
                case Turn.CHANGES_SCHOOL:
                    await self._changes_school(change.person, now)
        if self._leaving:
            await self._stage.read_group()
            await self._look_who_left(now)

    async def _look_who_left(self, now: datetime) -> None:
        """A reading that Microsoft 365 did not answer is tried again the next day."""
        for person in list(self._leaving):
            found = await self._stage.look_again_at(person)
            if found is not None and found.left_at is not None:
                self._leaving.remove(person)
                self._stage.noted.left(person, now)

    async def _comes(self, person: Person, now: datetime) -> None:
        """Somebody new writes to the bot, and says who they are."""
        stage = self._stage
        stage.group.append(person.object_id)
        school_id = person.school.id if person.school else None
        async with stage.database.begin() as db:
            met = await people.meet(db, person.tenant_id, person.object_id, person.name, now)
            await people.introduce(db, met, person.roles, school_id, now)
        await stage.opens_chat(met, now)
        await stage.look_again_at(met)

    async def _changes_school(self, person: Person, now: datetime) -> None:
        stage = self._stage
        others = [each for each in stage.cast.schools if each != person.school]
        async with stage.database.begin() as db:
            school = stage.chance.choice(others)
            await people.introduce(db, person, person.roles, school.id, now)
        await stage.look_again_at(person)


def changes_of(cast: Cast, chance: random.Random) -> list[StaffChange]:
    """All changes of a year, by chance: for each who comes one leaves, and another changes school."""
    count = min(len(cast.newcomers), len(cast.staff) // 2)
    going = chance.sample(cast.staff, 2 * count)
    found = []
    for leaver, newcomer, mover in zip(going, cast.newcomers, going[count:], strict=False):
        leaves_on = _some_day(cast, chance)
        comes_on = leaves_on + chance.randint(*_COMES_AFTER) * ONE_DAY
        # Who comes takes the post of who left.
        new = replace(newcomer, roles=leaver.roles, school=leaver.school)
        found += [
            StaffChange(leaves_on, Turn.LEAVES, leaver),
            StaffChange(comes_on, Turn.COMES, new),
            StaffChange(_some_day(cast, chance), Turn.CHANGES_SCHOOL, mover),
        ]
    return found


def _some_day(cast: Cast, chance: random.Random) -> date:
    """A day in the middle of the year: neither its first weeks nor its last."""
    first, last = cast.year.half_terms[1].starts_on, cast.year.half_terms[-2].ends_on
    return first + chance.randrange((last - first).days) * ONE_DAY
