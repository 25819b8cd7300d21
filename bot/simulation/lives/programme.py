"""How leads keep the programme: clinics set in time or late, moves, call-offs, registers."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.simulation.lives.stage import Stage
from hub.booking import Session, SessionState
from hub.gaps import SENCO_MEETINGS
from hub.nudges import Rule
from hub.refusals import Refusal
from hub.school_year import ONE_DAY, HalfTerm, SchoolCalendar
from store import lead_programme, registers, session_changes, sessions

#: Of those booked, the share that comes; a SENCo who covers a class misses the meeting.
COMES = 0.85
COMES_TO_SENCO_MEETINGS = 0.5
#: The chance that a session to come moves, is called off, or is put back on, on one school day.
MOVES = 0.005
IS_OFF = 0.004
IS_BACK_ON = 0.15
#: The chance that a register is taken on the day it can be.
TAKES_REGISTER = 0.85
#: Of all clinics, the share set late, and never.
SET_LATE = 0.5
NEVER_SET = 0.1
_IN_TIME = timedelta(days=21)
#: So late into the half-term, earliest and latest; and how long people have then.
_LATE = (9, 13)
_NOTICE = timedelta(days=9)
#: A register that was forgotten for longer stays so.
_REGISTERS_LAST = timedelta(days=21)


class Programme:
    """What leads do with sessions."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._to_set = clinics_to_set(stage.cast.clinics, stage.calendar, stage.chance)
        self._off: list[UUID] = []
        self._registered: set[UUID] = set()

    async def day(self, now: datetime) -> None:
        """One day of the programme."""
        stage = self._stage
        await self._set_clinics(now)
        async with stage.database.read() as db:
            coming = await sessions.open_sessions(db, stage.lead, now)
        for shown in coming:
            luck = stage.luck_of_the_day()
            if luck < IS_OFF:
                await self._call_off(shown.session, now)
            elif luck < IS_OFF + MOVES:
                await self._move(shown.session, now)
        await self._put_back(now)
        await self._registers(now)

    async def _set_clinics(self, now: datetime) -> None:
        due = [each for each in self._to_set if each[0] <= now.date()]
        self._to_set = [each for each in self._to_set if each not in due]
        for _, clinic in due:
            async with self._stage.database.begin() as db:
                await session_changes.add(db, clinic, "", now, self._stage.lead)

    async def _call_off(self, session: Session, now: datetime) -> None:
        why = "The school is closed."
        async with self._stage.database.begin() as db:
            await session_changes.cancel(db, session.id, why, now, self._stage.calendar)
        self._stage.noted.changes[Rule.SESSION_CANCELLED, str(session.id)] += 1
        self._off.append(session.id)

    async def _put_back(self, now: datetime) -> None:
        for session_id in list(self._off):
            if self._stage.happens(IS_BACK_ON):
                self._off.remove(session_id)
                async with self._stage.database.begin() as db:
                    await session_changes.reinstate(db, session_id, now, self._stage.calendar)
                self._stage.noted.changes[Rule.SESSION_BACK_ON, str(session_id)] += 1

    async def _move(self, session: Session, now: datetime) -> None:
        calendar = self._stage.calendar
        moved = moved_by_a_week(session, calendar)
        if moved is None:
            return
        why = "The hall is needed that day."
        async with self._stage.database.begin() as db:
            changed = await session_changes.change(db, session, moved, why, "", now, calendar)
        if not isinstance(changed, Refusal):
            self._stage.noted.changes[Rule.SESSION_MOVED, str(session.id)] += 1

    async def _registers(self, now: datetime) -> None:
        """Once a session is over, the next day or some days later."""
        stage = self._stage
        async with stage.database.read() as db:
            every = await lead_programme.all_sessions(db)
        for session in every:
            is_due = session.ends_at <= now < session.ends_at + _REGISTERS_LAST
            if not is_due or session.id in self._registered:
                continue
            if session.state is SessionState.CANCELLED or not stage.happens(TAKES_REGISTER):
                continue
            self._registered.add(session.id)
            async with stage.database.begin() as db:
                register = await registers.locked_register(db, session.id)
                names = [each.booking_id for each in register.names] if register else []
                share = COMES_TO_SENCO_MEETINGS if session.tier == SENCO_MEETINGS else COMES
                came = [each for each in names if stage.happens(share)]
                await registers.save(db, session.id, names, came, now)


def clinics_to_set(
    clinics: tuple[Session, ...], calendar: SchoolCalendar, chance: random.Random
) -> list[tuple[date, Session]]:
    """On which day each clinic is put on the programme: in good time, late, or not at all."""
    found = []
    for clinic in clinics:
        year = calendar.year_of(clinic.starts_at.date())
        half_term = year.half_term_of(clinic.starts_at.date()) if year else None
        luck = chance.random()
        if half_term is None or luck < NEVER_SET:
            continue
        if luck >= NEVER_SET + SET_LATE:
            found.append((half_term.starts_on - _IN_TIME, clinic))
        elif late := _late(clinic, half_term, calendar, chance):
            found.append(late)
    return found


def _late(
    clinic: Session, half_term: HalfTerm, calendar: SchoolCalendar, chance: random.Random
) -> tuple[date, Session] | None:
    """Set well into the half-term, and held late enough for people to plan; None without room."""
    set_on = half_term.starts_on + timedelta(days=chance.randint(*_LATE))
    held_on = clinic.starts_at.date()
    if held_on < set_on + _NOTICE:
        held_on = calendar.school_day_from(set_on + _NOTICE) or held_on
    return (set_on, _on(clinic, held_on, calendar)) if held_on in half_term else None


def moved_by_a_week(session: Session, calendar: SchoolCalendar) -> Session | None:
    """The same a week later, or on the next school day after; None when the year is over then."""
    day = calendar.school_day_from(session.starts_at.date() + 7 * ONE_DAY)
    return _on(session, day, calendar) if day else None


def _on(session: Session, day: date, calendar: SchoolCalendar) -> Session:
    starts_at = calendar.at(day, session.starts_at.timetz().replace(tzinfo=None))
    ends_at = starts_at + (session.ends_at - session.starts_at)
    return replace(session, starts_at=starts_at, ends_at=ends_at)
