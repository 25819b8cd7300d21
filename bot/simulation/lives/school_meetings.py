"""How schools come to their meeting of tier 5: arranged, moved, called off, written up, or forgotten."""

import random
from datetime import datetime, timedelta

from bot.simulation.lives.stage import Stage
from hub.booking import Session
from hub.half_days import (
    HalfDay,
    hours_of,
    possible_half_days,
    window,
)
from hub.nudges import Rule
from hub.people import Person
from hub.refusals import Refusal
from hub.school_meetings import ATTENDING, SchoolMeeting
from hub.school_year import SchoolCalendar
from store import next_steps, school_meeting_reads, school_meetings

#: The chance of each on one school day, for one school.
ARRANGES = 0.008
ARRANGES_LATE = 0.03
MOVES = 0.008
CALLS_OFF = 0.005
WRITES_UP = 0.4
TICKS_OFF = 0.02
#: What is not written up by then never is.
_WRITTEN_UP_WITHIN = timedelta(days=21)
_STEPS = (
    "Agree the provision map with the governors",
    "Train two more colleagues in precision teaching",
    "Look at attendance of learners with an EHCP each week",
)
#: Of the half-terms, the third ends when the meeting ought to be arranged.
_SPRING_1 = 2


class SchoolMeetings:
    """What SENCos, headteachers and the lead do about them."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def day(self, now: datetime) -> None:
        """One day of every school's."""
        stage = self._stage
        async with stage.database.read() as db:
            standings = await school_meeting_reads.standings(db, stage.cast.year.name)
        for school, session in standings:
            own = [
                each
                for each in stage.staff
                if each.school == school and not each.roles.isdisjoint(ATTENDING)
            ]
            who = stage.chance.choice(own) if own else stage.lead
            if session is None:
                await self._arrange(who, school.id, now)
            elif session.starts_at > now:
                await self._change(who, session, now)
            else:
                await self._follow_up(who, session, now)

    async def _arrange(self, who: Person, school_id: str, now: datetime) -> None:
        stage = self._stage
        is_late = now.date() > stage.cast.year.half_terms[_SPRING_1].ends_on
        if not stage.is_the_day(ARRANGES_LATE if is_late else ARRANGES):
            return
        half_day = a_half_day(stage.calendar, school_id, now, stage.chance)
        if half_day is not None:
            async with stage.database.begin() as db:
                await school_meetings.hold(db, who, school_id, half_day, stage.calendar, now)

    async def _change(self, who: Person, session: Session, now: datetime) -> None:
        stage, luck = self._stage, self._stage.luck_of_the_day()
        if luck < CALLS_OFF:
            async with stage.database.begin() as db:
                await school_meetings.call_off(db, who, session.id, stage.calendar, now)
            stage.noted.changes[Rule.SESSION_CANCELLED, str(session.id)] += 1
        elif luck < CALLS_OFF + MOVES and session.school_id:
            half_day = a_half_day(stage.calendar, session.school_id, now, stage.chance)
            if half_day is None:
                return
            async with stage.database.begin() as db:
                moved = await school_meetings.move(
                    db, who, session.id, half_day, stage.calendar, now
                )
            if not isinstance(moved, Refusal):
                stage.noted.changes[Rule.SESSION_MOVED, str(session.id)] += 1

    async def _follow_up(self, who: Person, session: Session, now: datetime) -> None:
        stage, luck = self._stage, self._stage.luck_of_the_day()
        async with stage.database.begin() as db:
            meeting = await school_meeting_reads.meeting_with_id(db, who, session.id)
            if not isinstance(meeting, SchoolMeeting):
                return
            is_fresh = now < session.ends_at + _WRITTEN_UP_WITHIN
            if not meeting.steps and is_fresh and luck < WRITES_UP:
                steps = stage.chance.sample(_STEPS, stage.chance.randint(1, len(_STEPS)))
                await next_steps.keep_steps(db, who, session.id, steps, now)
            elif meeting.steps and luck < TICKS_OFF:
                done = {each.id for each in meeting.steps if each.is_done}
                done.add(stage.chance.choice(meeting.steps).id)
                await next_steps.tick_steps(db, who, session.id, done, now)


def a_half_day(
    calendar: SchoolCalendar, school_id: str, now: datetime, chance: random.Random
) -> HalfDay | None:
    """A half-day of the next weeks in which the school could meet; None at the end of the year."""
    year = calendar.year_of(now.date())
    ahead = window(calendar, year, now) if year else None
    if ahead is None:
        return None
    possible = possible_half_days(ahead, calendar, hours_of(None), school_id, now)
    return chance.choice(possible) if possible else None
