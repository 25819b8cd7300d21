"""How staff ask for manners: part-time work, quiet for a while, no more of a kind, nothing at all."""

from dataclasses import replace
from datetime import datetime

from bot.simulation.lives.stage import Stage
from hub.manners import Choices, quiets
from hub.nudge_rules import Family
from hub.people import Person
from store import manners, people

#: The chance of each on one school day, for one person.
ASKS_FOR_QUIET = 0.002
STOPS_A_KIND = 0.001
STOPS_EVERYTHING = 0.0005
IS_PART_TIME = 0.15
_STOPPABLE = (Family.GAPS, Family.AFTERWARDS, Family.NEWS, Family.READING)


async def begin(stage: Stage) -> None:
    """Before the first day: some work part-time and say so."""
    for person in stage.staff:
        if stage.happens(IS_PART_TIME):
            off = frozenset({stage.chance.randrange(5)})
            stage.noted.works_not_on(person, off)
            async with stage.database.begin() as db:
                await manners.keep_choices(db, person, Choices(days_off=off))


async def day(stage: Stage, person: Person, now: datetime) -> None:
    """What one person asks for today, if anything."""
    luck = stage.luck_of_the_day()
    if luck >= ASKS_FOR_QUIET + STOPS_A_KIND + STOPS_EVERYTHING:
        return
    async with stage.database.begin() as db:
        choices = await manners.choices_of(db, person.id)
        if luck < STOPS_EVERYTHING:
            await people.set_wants_nudges(db, person, wanted=False)
            stage.noted.stops_all(person, now)
        elif luck < STOPS_EVERYTHING + STOPS_A_KIND:
            family = stage.chance.choice(_STOPPABLE)
            stopped = choices.stopped | {family}
            await manners.keep_choices(db, person, replace(choices, stopped=stopped))
            stage.noted.stops(person, family, now)
        elif offered := quiets(stage.calendar, now):
            until = stage.chance.choice(offered).until
            await manners.keep_choices(db, person, replace(choices, snoozed_until=until))
            stage.noted.is_quiet(person, now, until)
