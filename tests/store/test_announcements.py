"""News on both engines: once however it is pressed, and to many people at little cost."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import event, func, select

from hub.announcements import Announcement, Chosen
from hub.nudges import Nudge, Rule
from store import announcements, nudges, people
from store.database import Database
from store.tables import AnnouncementRow, NudgeRow
from tests.conftest import LONDON

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
#: Statements that one transaction for any number of people may take.
A_HANDFUL = 12


async def meet(database, count):
    async with database.begin() as db:
        return [
            await people.meet(db, "t", f"o-{number}", f"Person {number:04}", NOW)
            for number in range(count)
        ]


async def everybody(database):
    async with database.read() as db:
        return (await announcements.reach(db, None)).everybody


def some_news(author):
    return Announcement(
        uuid4(), author.id, author.name, "Booking is open", "everybody", Chosen(), 0, NOW
    )


async def send(database, news, readers):
    async with database.begin() as db:
        return await announcements.send(db, news, readers, NOW)


async def count_of(database, *tables):
    async with database.read() as db:
        return [await db.scalar(select(func.count()).select_from(table)) for table in tables]


async def test_two_replicas_that_send_at_once_send_once(database, database_url):
    author, *_ = await meet(database, 20)
    news, readers = some_news(author), await everybody(database)
    replicas = [database, Database(database_url, LONDON)]

    sent = await asyncio.gather(*(send(replicas[at % 2], news, readers) for at in range(8)))
    await replicas[1].close()

    assert sorted(sent) == [False] * 7 + [True]
    assert await count_of(database, AnnouncementRow, NudgeRow) == [1, 20]
    async with database.read() as db:
        (kept,) = await announcements.sent(db, limit=5)
    assert (kept.recipients, kept.for_whom, kept.author_name) == (20, "everybody", "Person 0000")


async def test_500_people_take_a_handful_of_statements(database):
    author, *_ = await meet(database, 500)
    told = []
    event.listen(
        database.engine.sync_engine, "before_cursor_execute", lambda *asked: told.append(asked[2])
    )

    await send(database, some_news(author), await everybody(database))

    assert len(told) <= A_HANDFUL
    assert await count_of(database, NudgeRow) == [500]


async def test_nudges_planned_together_are_each_planned_once(database):
    somebody, other = await meet(database, 2)
    about = uuid4()

    def nudge(person):
        return Nudge(Rule.ANNOUNCEMENT, person.id, about, NOW, f"announcement:{about}:{person.id}")

    async with database.begin() as db:
        assert await nudges.plan(db, nudge(somebody), NOW)
        both = [nudge(somebody), nudge(other), nudge(other)]
        assert await nudges.plan_all(db, both, NOW) == {nudge(other).key}
        assert not await nudges.plan(db, nudge(other), NOW)
        assert await nudges.plan_all(db, [], NOW) == set()

    assert await count_of(database, NudgeRow) == [2]
