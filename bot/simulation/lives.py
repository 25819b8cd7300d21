"""What synthetic staff do in a day, by chance: book, forget, cancel, fall ill, ask for quiet."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.simulation.cast import Cast
from hub.booking import LIVE, BookingState, OpenSession, Session, SessionState
from hub.manners import Choices, quiets
from hub.nudge_rules import Family
from hub.people import Person
from hub.school_year import SchoolCalendar
from store import booking_reads, bookings, manners, people, registers, session_changes, sessions
from store.database import Database

#: The chance of each on one school day, for one person.
BOOKS = 0.05
GIVES_UP = 0.01
TAKES_AN_OFFER = 0.6
ASKS_FOR_QUIET = 0.002
STOPS_A_KIND = 0.001
STOPS_EVERYTHING = 0.0005
IS_PART_TIME = 0.15
#: Of those booked, the share that comes.
COMES = 0.88
#: The chance that a session to come moves or is called off, on one school day.
MOVES = 0.004
IS_OFF = 0.002
_STOPPABLE = (Family.GAPS, Family.AFTERWARDS, Family.NEWS, Family.READING)


@dataclass
class Lives:
    """Everybody's days, told by one seeded chance."""

    cast: Cast
    database: Database
    calendar: SchoolCalendar
    chance: random.Random
    #: What each person asked for, as the checker of promises is to know it: id to what and since.
    quiet_until: dict[str, datetime] = field(default_factory=dict)
    stopped_at: dict[str, datetime] = field(default_factory=dict)
    days_off: dict[str, frozenset[int]] = field(default_factory=dict)
    _registered: set[object] = field(default_factory=set)

    async def begin(self) -> None:
        """Before the first day: some work part-time and say so."""
        for person in self.cast.staff:
            if self.chance.random() < IS_PART_TIME:
                off = frozenset({self.chance.randrange(5)})
                self.days_off[person.object_id] = off
                async with self.database.begin() as db:
                    await manners.keep_choices(db, person, Choices(days_off=off))

    async def day(self, now: datetime) -> None:
        """One school day of everybody's."""
        await self._lead(now)
        async with self.database.read() as db:
            coming = await sessions.open_sessions(db, self.cast.lead, now)
        for person in self.cast.staff:
            await self._person(person, coming, now)

    async def _person(self, person: Person, coming: Sequence[OpenSession], now: datetime) -> None:
        if now.weekday() in self.days_off.get(person.object_id, frozenset()):
            return
        if self.chance.random() < BOOKS:
            await self._book(person, [each.session for each in coming], now)
        if self.chance.random() < GIVES_UP + 0.02:
            await self._change_of_plan(person, now)
        await self._ask_for_manners(person, now)

    async def _book(self, person: Person, coming: Sequence[Session], now: datetime) -> None:
        meant = [each for each in coming if not each.audience or each.audience & person.roles]
        if meant:
            session = self.chance.choice(meant[:6])
            async with self.database.begin() as db:
                await bookings.book(db, person, session.id, now)

    async def _change_of_plan(self, person: Person, now: datetime) -> None:
        async with self.database.begin() as db:
            for booking in await booking_reads.bookings_to_come(db, person, now):
                if booking.state is BookingState.OFFERED:
                    if self.chance.random() < TAKES_AN_OFFER:
                        await bookings.take_offer(db, person, booking.id, now)
                elif self.chance.random() < GIVES_UP * 20 and booking.state in LIVE:
                    await bookings.give_up(db, person, booking.id, now, self.calendar)
                    return

    async def _ask_for_manners(self, person: Person, now: datetime) -> None:
        who, luck = person.object_id, self.chance.random()
        if luck >= ASKS_FOR_QUIET + STOPS_A_KIND + STOPS_EVERYTHING:
            return
        async with self.database.begin() as db:
            choices = await manners.choices_of(db, person.id)
            if luck < STOPS_EVERYTHING:
                await people.set_wants_nudges(db, person, wanted=False)
                self.stopped_at[who] = now
            elif luck < STOPS_EVERYTHING + STOPS_A_KIND:
                stopped = choices.stopped | {self.chance.choice(_STOPPABLE)}
                await manners.keep_choices(db, person, replace(choices, stopped=stopped))
            else:
                offered = quiets(self.calendar, now)
                if not offered:
                    return
                quiet = self.chance.choice(offered)
                changed = replace(choices, snoozed_until=quiet.until)
                await manners.keep_choices(db, person, changed)
                self.quiet_until[who] = quiet.until

    async def _lead(self, now: datetime) -> None:
        async with self.database.read() as db:
            coming = await sessions.open_sessions(db, self.cast.lead, now)
        for shown in coming:
            luck = self.chance.random()
            if luck < IS_OFF:
                async with self.database.begin() as db:
                    await session_changes.cancel(
                        db, shown.session.id, "The school is closed.", now, self.calendar
                    )
            elif luck < IS_OFF + MOVES:
                await self._move(shown.session, now)
        await self._registers(now)

    async def _move(self, session: Session, now: datetime) -> None:
        day = self.calendar.school_day_from((session.starts_at + timedelta(days=7)).date())
        if day is None:
            return
        starts_at = self.calendar.at(day, session.starts_at.timetz().replace(tzinfo=None))
        ends_at = starts_at + (session.ends_at - session.starts_at)
        moved = replace(session, starts_at=starts_at, ends_at=ends_at)
        why = "The hall is needed that day."
        async with self.database.begin() as db:
            await session_changes.change(db, session, moved, why, "", now, self.calendar)

    async def _registers(self, now: datetime) -> None:
        """On the day of a session, once it is over, or the next morning."""
        for session in self.cast.sessions:
            if session.id in self._registered or not session.starts_at < now:
                continue
            async with self.database.begin() as db:
                register = await registers.locked_register(db, session.id)
                if register is None or register.session.state is SessionState.CANCELLED:
                    self._registered.add(session.id)
                    continue
                if register.session.ends_at > now:
                    continue
                names = [each.booking_id for each in register.names]
                came = [each for each in names if self.chance.random() < COMES]
                await registers.save(db, session.id, names, came, now)
            self._registered.add(session.id)
