"""Nobody is missing: whatever happens to what is owed, it is sent, waiting, parked or let go."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from hub.manners import Composition, Hold, LetGo, Owed
from hub.nudges import Nudge, Rule
from hub.outbox import Kind, OutboxState
from hub.reach import Barrier
from hub.went_out import Fate, by_person
from store import messages, nudges, outbox, unreached, went_out
from store.people import meet

NOW = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
EVER = (NOW - timedelta(days=9), NOW + timedelta(days=9))
RULES = [Rule.SESSION_SOON, Rule.FEEDBACK, Rule.SESSION_MOVED, Rule.TIER_1_OPEN]
_ENDS = {
    OutboxState.SENT: Fate.SENT,
    OutboxState.PARKED: Fate.PARKED,
    OutboxState.DROPPED: Fate.LET_GO,
}


class Life:
    """Things that happen to what is owed, by chance, and what should have become of each."""

    def __init__(self, people, seed):
        self.people = people
        self.chance = random.Random(seed)
        self.now = NOW
        #: By key, whose it is and what became of it; kept here, apart from the store.
        self.whose, self.fates = {}, {}
        self.pending, self.messages = {}, {}

    async def goes_on(self, db):
        self.now += timedelta(minutes=1)
        happens = [self.plan, self.compose, self.compose, self.deliver, self.deliver, self.deliver]
        happens += [self.hold, self.let_go, self.take_back, self.try_again, self.book]
        await self.chance.choice(happens)(db)

    async def plan(self, db):
        for person in self.people:
            rule = self.chance.choice(RULES)
            nudge = Nudge(rule, person.id, uuid4(), self.now, f"{rule}:{uuid4()}")
            await nudges.plan(db, nudge, self.now)
            self.pending[nudge.key] = Owed(nudge.key, rule, nudge.subject_id, self.now)
            self.becomes(person.id, Fate.WAITING, nudge.key)

    async def book(self, db):
        person, key = self.chance.choice(self.people), f"calendar:{uuid4()}"
        await outbox.owe(db, Kind.CALENDAR, {}, key=key, now=self.now, person_id=person.id)
        self.messages[key] = [key]
        self.becomes(person.id, Fate.WAITING, key)

    async def compose(self, db):
        person = self.chance.choice(self.people)
        owed = [each for key, each in self.pending.items() if self.whose[key] == person.id][:3]
        if owed:
            made = {person.id: Composition(message=tuple(owed))}
            assert await messages.keep(db, made, self.now) == 1
            self.messages[owed[0].key] = [self.pending.pop(each.key).key for each in owed]

    async def deliver(self, db):
        for item in await outbox.claim(db, self.now, set(Kind), 1):
            told = self.messages.get(item.key.removesuffix(f":{item.kind}"), [])
            match self.chance.choice(["end", "end", "end", "wait", "blocked", "mail"]):
                case "wait":
                    await outbox.postpone(db, item, self.now, "Teams answered 503")
                case "blocked":
                    until = self.now + timedelta(minutes=5)
                    await outbox.postpone(db, item, until, "x", barrier=Barrier.BLOCKED)
                case "mail" if item.kind is Kind.CHAT:
                    await outbox.hand_on(db, item, Kind.MAIL, self.now, "goes by mail")
                case _:
                    await self.end(db, item, told)

    async def end(self, db, item, told):
        state = self.chance.choice(list(_ENDS))
        await outbox.finish(db, item, state, self.now, "so it was")
        if item.kind is Kind.ACTIVITY_FEED:
            return
        for key in told:
            self.fates[key] = _ENDS[state]
        if state is OutboxState.SENT and len(told) > 1:
            await messages.let_go(db, told[-1:], LetGo("the place was given up"), self.now)
            self.fates[told[-1]] = Fate.LET_GO

    async def hold(self, db):
        for each in list(self.pending.values())[:1]:
            held = Hold(self.now + timedelta(hours=1), "enough for today")
            made = {self.whose[each.key]: Composition(held=((each, held),))}
            await messages.keep(db, made, self.now)

    async def let_go(self, db):
        for each in list(self.pending.values())[:1]:
            stopped = LetGo("the person stopped this kind")
            made = {self.whose[each.key]: Composition(let_go=((each, stopped),))}
            await messages.keep(db, made, self.now)
            self.fates[self.pending.pop(each.key).key] = Fate.LET_GO

    async def take_back(self, db):
        for each in list(self.pending.values())[-1:]:
            await nudges.take_back(db, each.rule, [each.subject_id], self.now)
            self.fates[self.pending.pop(each.key).key] = Fate.LET_GO

    async def try_again(self, db):
        person = self.chance.choice(self.people)
        await unreached.try_again(db, person.id, self.now)
        for key, fate in self.fates.items():
            if fate is Fate.PARKED and self.whose[key] == person.id:
                self.fates[key] = Fate.WAITING

    def becomes(self, person_id, fate, key):
        self.whose[key], self.fates[key] = person_id, fate


@pytest.mark.parametrize("seed", [1, 2])
async def test_owed_is_sent_and_waiting_and_parked_for_each_person_at_every_instant(database, seed):
    async with database.begin() as db:
        people = [await meet(db, "tenant", f"object-{at}", f"Staff {at}", NOW) for at in range(3)]
    life, lived = Life(people, seed), set()

    for _ in range(70):
        async with database.begin() as db:
            await life.goes_on(db)
        async with database.read() as db:
            things = [*await went_out.settled(db, *EVER), *await went_out.still_owed(db)]

        assert len(things) == len(life.fates)
        assert {each.key: each.fate for each in things} == life.fates
        assert {each.key: each.person_id for each in things} == life.whose
        planned = Counter(life.whose.values())
        let_go = Counter(life.whose[key] for key, at in life.fates.items() if at is Fate.LET_GO)
        for person_id, of in by_person(things).items():
            assert of.sent + of.waiting + of.parked + of.let_go == planned[person_id]
            assert of.owed == planned[person_id] - let_go[person_id]
        lived |= set(life.fates.values())
    assert lived == set(Fate)


async def test_a_day_holds_what_was_settled_on_it_and_today_all_that_is_owed(database):
    async with database.begin() as db:
        person = await meet(db, "tenant", "object", "Class teacher", NOW)
        for key in ("sent", "parked", "waits"):
            await outbox.owe(db, Kind.CALENDAR, {}, key=key, now=NOW, person_id=person.id)
        sent, parked, _ = await outbox.claim(db, NOW, set(Kind), 10)
        await outbox.finish(db, sent, OutboxState.SENT, NOW)
        await outbox.finish(db, parked, OutboxState.PARKED, NOW, "calendar: Graph answered 404")

    async def seen(day, now):
        async with database.read() as db:
            return sorted(each.key for each in await went_out.of_day(db, day, now))

    tomorrow = NOW + timedelta(days=1)
    assert await seen(NOW.date(), NOW) == ["parked", "sent", "waits"]
    assert await seen(NOW.date(), tomorrow) == ["parked", "sent"]
    assert await seen(tomorrow.date(), tomorrow) == ["parked", "waits"]
    assert await seen(NOW.date() - timedelta(days=1), NOW) == []
