"""What the lives are lived on: the trust, its database, the one chance; and what people asked for."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from bot.simulation.cast import Cast
from bot.simulation.watch import Leads, OffTime, Wishes
from hub.nudge_rules import Family
from hub.nudges import Rule
from hub.offer import Offer
from hub.people import Person
from hub.school_year import SchoolCalendar
from hub.services import Services
from store import conversations, people
from store.conversations import Place
from store.database import Database


@dataclass
class Noted:
    """What people asked for and leads did, as the checker of promises is to know it.

    People are told by their names, since these stand in the events.
    """

    wishes: dict[str, Wishes] = field(default_factory=dict)
    off: list[OffTime] = field(default_factory=list)
    #: Rules that leads have turned off, and since when.
    off_since: dict[Rule, datetime] = field(default_factory=dict)
    changes: Counter[tuple[Rule, str]] = field(default_factory=Counter)

    @property
    def leads(self) -> Leads:
        """What leads did, whole."""
        still = (OffTime(rule, since, None) for rule, since in self.off_since.items())
        return Leads((*self.off, *still), dict(self.changes))

    def of(self, person: Person) -> Wishes:
        """What somebody asked for so far."""
        return self.wishes.get(person.name, Wishes())

    def stops_all(self, person: Person, now: datetime) -> None:
        """Somebody wants no reminders any more."""
        self._note(person, stopped_at=self.of(person).stopped_at or now)

    def stops(self, person: Person, family: Family, now: datetime) -> None:
        """Somebody wants none of one kind any more."""
        self._note(person, stopped={family: now} | dict(self.of(person).stopped))

    def is_quiet(self, person: Person, now: datetime, until: datetime) -> None:
        """Somebody asks for quiet, in place of any asked for before."""
        before = [(since, min(end, now)) for since, end in self.of(person).quiet]
        self._note(person, quiet=(*before, (now, until)))

    def works_not_on(self, person: Person, days_off: frozenset[int]) -> None:
        """Somebody works part-time."""
        self._note(person, days_off=days_off)

    def left(self, person: Person, now: datetime) -> None:
        """Somebody is found to have left the trust."""
        self._note(person, left_at=now)

    def pressed(self, person: Person) -> None:
        """Somebody pressed a button where others read along."""
        self._note(person, presses=self.of(person).presses + 1)

    def _note(self, person: Person, **what: object) -> None:
        self.wishes[person.name] = replace(self.of(person), **what)  # type: ignore[arg-type]


@dataclass
class Stage:
    """Everything a life needs."""

    cast: Cast
    database: Database
    calendar: SchoolCalendar
    offer: Offer
    services: Services
    #: Toolkits there are to read.
    slugs: tuple[str, ...]
    chance: random.Random
    #: How much more than usual happens in a day.
    pace: float
    #: Where Teams takes answers.
    service_url: str
    #: Object ids of the staff group, as the directory has it.
    group: list[str]
    #: Lets the Hub follow the staff group.
    read_group: Callable[[], Awaitable[str]]
    noted: Noted = field(default_factory=Noted)
    #: Whoever works in the trust now, without the lead.
    staff: list[Person] = field(default_factory=list)
    #: Whoever ever did, and the lead, by id.
    everybody: dict[UUID, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.staff = list(self.cast.staff)
        self.everybody = {each.id: each for each in self.cast.people}

    @property
    def lead(self) -> Person:
        """Who leads the Hub."""
        return self.cast.lead

    def happens(self, share: float) -> bool:
        """Whether something that this share of people does is done now."""
        return self.chance.random() < share

    def luck_of_the_day(self) -> float:
        """What the chances of one day are held against: below them, it happens today."""
        return self.chance.random() / self.pace

    def is_the_day(self, chance: float) -> bool:
        """Whether something that has this chance on one day happens on this one."""
        return self.luck_of_the_day() < chance

    def is_at_work(self, person: Person, now: datetime) -> bool:
        """Whether somebody works on this weekday."""
        return now.weekday() not in self.noted.of(person).days_off

    async def look_again_at(self, person: Person) -> Person | None:
        """Take somebody over as the Hub has them now."""
        async with self.database.read() as db:
            found = await people.person_with_id(db, person.id)
        self.staff = [each for each in self.staff if each.id != person.id]
        if found is not None:
            self.everybody[found.id] = found
            if found.left_at is None:
                self.staff.append(found)
        return found

    async def opens_chat(self, person: Person, now: datetime) -> None:
        """Somebody opens the bot's chat for the first time."""
        async with self.database.begin() as db:
            place = chat_of(person, self.service_url)
            await conversations.remember_place(db, person.id, place, now)


def chat_of(person: Person, service_url: str) -> Place:
    """Somebody's private chat with the bot."""
    return Place(
        conversation_id=f"a:{person.object_id}",
        service_url=service_url,
        channel_id="msteams",
        bot_id="28:send-hub",
        user_id=f"29:{person.object_id}",
    )
