"""What staff do around a session: read a toolkit, say how it was, say how they shared it."""

from datetime import datetime, timedelta

from bot.simulation.lives.stage import Stage
from hub.afterwards import RATINGS, SHARED, SHARED_TIER
from hub.nudges import Rule
from hub.people import Person
from store import feedback, toolkits

#: The chance that somebody opens a toolkit, on one school day.
READS = 0.03
#: The chance that somebody answers, on each school day on which they may think of it.
ANSWERS = 0.3
_FRESH = timedelta(days=4)
#: When sharing is asked about, and how long that is remembered.
_SHARED_FROM, _SHARED_UNTIL = timedelta(days=14), timedelta(days=20)


async def read_on(stage: Stage, person: Person, now: datetime) -> None:
    """Somebody opens a toolkit, or does not."""
    if stage.happens(READS):
        async with stage.database.begin() as db:
            await toolkits.opened(db, person, stage.chance.choice(stage.slugs), now)


async def day(stage: Stage, now: datetime) -> None:
    """What those who came to something say of it today."""
    async with stage.database.read() as db:
        came = await feedback.came_since(db, now, _SHARED_UNTIL)
    for booking in sorted(came, key=lambda each: (each.session.starts_at, str(each.person_id))):
        person, ago = stage.everybody[booking.person_id], now - booking.session.ends_at
        if person.left_at or not stage.happens(ANSWERS):
            continue
        if ago < _FRESH:
            rule, answers = Rule.FEEDBACK, RATINGS
        elif ago > _SHARED_FROM and booking.session.tier == SHARED_TIER:
            rule, answers = Rule.SHARING, SHARED
        else:
            continue
        rating = stage.chance.choice(list(answers))
        async with stage.database.begin() as db:
            await feedback.rate(db, person, booking.id, rule, rating, now)
