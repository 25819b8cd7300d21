"""Brings a session's one Teams meeting into line with the session, whatever attempts came to."""

from datetime import timedelta
from uuid import UUID

from bot.graph.calendar import NoMailbox, cancel_event, delete_event
from bot.graph.online_meetings import create_meeting, join_url_of, move_meeting
from bot.nudges.calendar_courier import Diary
from bot.nudges.outcome import SENT, Outcome, PutOff, dropped
from hub.booking import SessionState
from hub.calendar_entry import entry_for_host, why_called_off
from hub.errors import DeliveryFailed
from hub.outbox import OutboxItem
from hub.people import Person
from store import mailboxes, meetings
from store.meetings import Meeting

#: Teams sets a meeting up within seconds.
LINK_TAKES = timedelta(seconds=20)
#: Somebody may be made a lead, or be given a mailbox, any day.
NOBODY_TO_HOST = timedelta(hours=6)
_NO_LONGER_ONLINE = "This session no longer has a Teams meeting."


async def keep_meeting(diary: Diary, item: OutboxItem) -> Outcome | PutOff:
    """Set up, change or call off the meeting that an item is about. Raises DeliveryFailed."""
    meeting_id, now = UUID(item.payload["meeting"]), diary.now()
    async with diary.database.begin() as db:
        meeting = await meetings.meeting_to_reconcile(db, meeting_id, now)
    if meeting is None:
        return dropped("the session is gone")
    if meeting.is_wanted and meeting.graph_event_id is None and meeting.session.ends_at <= now:
        return dropped("the session is over")
    if meeting.organiser is None:
        if not meeting.is_wanted:
            return SENT
        return PutOff(now + NOBODY_TO_HOST, "no lead has a mailbox to keep the Teams meeting in")
    if not meeting.is_wanted:
        return await _call_off(diary, meeting, meeting.organiser)
    try:
        return await _hold(diary, meeting, meeting.organiser)
    except NoMailbox:
        async with diary.database.begin() as db:
            await mailboxes.note_no_mailbox(db, meeting.organiser.id, now)
            await meetings.look_elsewhere(db, meeting_id)
        return PutOff(now, "another lead's calendar is asked")


async def _hold(diary: Diary, meeting: Meeting, host: Person) -> Outcome | PutOff:
    entry, graph_id = entry_for_host(meeting.session), meeting.graph_event_id
    link = meeting.session.join_url
    if graph_id is None:
        transaction = str(meeting.transaction_id)
        made = await create_meeting(diary.graph, host.object_id, entry, transaction)
        graph_id, link = made.event_id, made.join_url
    elif meeting.told != entry.fingerprint and not await move_meeting(
        diary.graph, host.object_id, entry, graph_id
    ):
        # The link of a meeting whose host took it out opens nothing: there is a new one at once.
        async with diary.database.begin() as db:
            await meetings.note_gone(db, meeting, diary.now())
        return PutOff(diary.now(), "the host took the meeting out: a new one is set up")
    async with diary.database.begin() as db:
        await meetings.note_meeting(db, meeting.id, graph_id, entry.fingerprint)
    link = link or await join_url_of(diary.graph, host.object_id, graph_id)
    if not link:
        raise DeliveryFailed("Teams meeting: there is no link yet", LINK_TAKES)
    async with diary.database.begin() as db:
        await meetings.note_link(db, meeting, link, diary.now())
    return SENT


async def _call_off(diary: Diary, meeting: Meeting, host: Person) -> Outcome:
    graph_id, session = meeting.graph_event_id, meeting.session
    # As for everybody's own event: one whose answer was lost may exist.
    if graph_id is None and meeting.was_attempted:
        transaction, entry = str(meeting.transaction_id), entry_for_host(session)
        try:
            made = await create_meeting(diary.graph, host.object_id, entry, transaction)
        except NoMailbox:
            return dropped("no mailbox")
        graph_id = made.event_id
    if graph_id is not None:
        is_off = session.state is SessionState.CANCELLED
        comment = why_called_off(session) if is_off else _NO_LONGER_ONLINE
        if not await cancel_event(diary.graph, host.object_id, graph_id, comment):
            await delete_event(diary.graph, host.object_id, graph_id)
        async with diary.database.begin() as db:
            await meetings.note_gone(db, meeting, diary.now())
    return SENT
