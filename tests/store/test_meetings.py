"""One Teams meeting a session, on both engines, however many replicas look at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from hub.outbox import Kind
from store import meetings, session_changes
from store.tables import MeetingRow, OutboxRow
from tests.store.test_places import meet
from tests.store.test_swaps import NOW, a_session, keep

LINK = "https://teams.microsoft.com/l/meetup-join/x"


async def counted(database):
    async with database.read() as db:
        kept = await db.scalar(select(func.count(MeetingRow.id)))
        owed = select(func.count(OutboxRow.id)).where(OutboxRow.kind == Kind.MEETING)
        return kept, await db.scalar(owed)


async def test_replicas_that_plan_at_once_owe_one_meeting(replicas):
    await keep(replicas[0], replace(a_session(5), venue="Online"), a_session(5))

    async def plan(database):
        async with database.begin() as db:
            await meetings.follow_new(db, NOW)

    await asyncio.gather(*(plan(each) for each in replicas))
    await plan(replicas[0])

    assert (await counted(replicas[0]))[0] == 1


async def test_a_link_that_comes_while_the_session_is_called_off_stops_neither(replicas, calendar):
    (lead,) = await meet(replicas[0], 1)
    online = replace(a_session(5), venue="Teams")
    async with replicas[0].begin() as db:
        await session_changes.add(db, online, "", NOW, lead)
    async with replicas[0].begin() as db:
        meeting_id = await db.scalar(select(MeetingRow.id))
        meeting = await meetings.meeting_to_reconcile(db, meeting_id, NOW)
    assert meeting.organiser == lead
    assert meeting.session.awaits_link

    async def link():
        async with replicas[0].begin() as db:
            await meetings.note_link(db, meeting, LINK, NOW)

    async def gone():
        async with replicas[0].begin() as db:
            await meetings.note_gone(db, meeting, NOW + timedelta(minutes=1))

    async def off():
        async with replicas[1].begin() as db:
            await session_changes.cancel(db, online.id, "snow", NOW, calendar)

    for _ in range(3):
        await asyncio.gather(link(), off(), gone())

    async with replicas[0].begin() as db:
        meeting = await meetings.meeting_to_reconcile(db, meeting_id, NOW)
    assert not meeting.is_wanted
    assert meeting.transaction_id != meeting.id
    assert (await counted(replicas[0]))[1] == 2, "set up, and called off once"
