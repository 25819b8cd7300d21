"""One school day of everybody's, in the order in which a day goes."""

from datetime import datetime

from bot.simulation.lives import afterwards, bookings, wishes
from bot.simulation.lives.news_and_rules import NewsAndRules
from bot.simulation.lives.programme import Programme
from bot.simulation.lives.requests import Requests
from bot.simulation.lives.school_meetings import SchoolMeetings
from bot.simulation.lives.staff import StaffChanges
from bot.simulation.lives.stage import Stage
from store import sessions


class Lives:
    """Everybody's days, told by one seeded chance."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._programme = Programme(stage)
        self._requests = Requests(stage)
        self._meetings = SchoolMeetings(stage)
        self._news = NewsAndRules(stage)
        self._changes = StaffChanges(stage)

    async def begin(self) -> None:
        """Before the first day."""
        await self._changes.begin()
        await wishes.begin(self._stage)

    async def day(self, now: datetime) -> None:
        """One school day."""
        stage = self._stage
        await self._changes.day(now)
        await self._programme.day(now)
        await self._news.day(now)
        async with stage.database.read() as db:
            coming = await sessions.open_sessions(db, stage.lead, now)
        for person in list(stage.staff):
            if stage.is_at_work(person, now):
                await bookings.day(stage, person, [each.session for each in coming], now)
                await wishes.day(stage, person, now)
                await afterwards.read_on(stage, person, now)
        await self._requests.day(now)
        await self._meetings.day(now)
        await afterwards.day(stage, now)
