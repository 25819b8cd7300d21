"""Free and busy: whose calendar is seen counts, whose is not is named, all in one question."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import pytest

from bot.loading.content import load_offer
from bot.loading.toolkits import load_shelf
from bot.understanding.reader import OfflineReader
from bot.understanding.toolkit_finder import ShelfFinder
from cards.as_sent import as_json
from dialogs import school_meeting
from dialogs.desk import Desk
from hub.directory import Busy, NoDirectory
from store.programme import keep_people, keep_schools, keep_sessions
from store.school_years import keep_year
from tests.conftest import LONDON
from tests.people import Shown

LEAD, SENCO, HEAD = 1, 2, 9


@dataclass
class Diaries(NoDirectory):
    """A directory that knows these calendars, and remembers what it was asked."""

    busy: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)

    async def busy_times(self, object_ids, starts_at, ends_at):
        self.asked.append(list(object_ids))
        return self.busy


@pytest.fixture
async def desk(database, clock, trust):
    """A desk with calendars to look into, in the made-up trust."""
    async with database.begin() as db:
        await keep_year(db, trust.year)
        await keep_schools(db, trust.schools)
        await keep_people(db, trust.people, clock())
        await keep_sessions(db, trust.sessions)
    reader, shelf = OfflineReader(), load_shelf(None)
    finder = ShelfFinder(shelf)
    return Desk(database, clock, reader, load_offer(None), Diaries(), "", shelf, finder, "")


def all_day(day):
    return Busy(
        datetime(2026, 11, day, tzinfo=LONDON), datetime(2026, 11, day, 23, 59, tzinfo=LONDON)
    )


async def test_a_half_day_is_offered_only_when_every_calendar_is_free(desk, trust):
    ids = [trust.people[at].object_id for at in (LEAD, SENCO, HEAD)]
    desk.directory.busy = {ids[0]: [all_day(26)], ids[1]: [], ids[2]: [all_day(27)]}

    shown = Shown(as_json(await school_meeting.show(desk, trust.people[SENCO])))

    assert [sorted(asked) for asked in desk.directory.asked] == [sorted(ids)]
    titles = [each["title"] for each in shown.buttons]
    assert titles[0] == "Mon 30 Nov, morning"
    assert "couldn't look into" not in shown.words


async def test_whose_calendar_is_closed_is_named_and_the_others_still_count(desk, trust):
    desk.directory.busy = {trust.people[HEAD].object_id: [all_day(26)]}

    shown = Shown(as_json(await school_meeting.show(desk, trust.people[SENCO])))

    unseen = shown.words.split("couldn't look into these calendars")[1]
    assert "SENCo, School B" in unseen
    assert "Headteacher, School B" not in unseen
    assert "Thu 26 Nov, morning" not in [each["title"] for each in shown.buttons]


async def test_a_calendar_that_filled_up_since_the_card_was_shown_is_heeded(desk, trust):
    card = Shown(as_json(await school_meeting.show(desk, trust.people[SENCO])))
    told = card.buttons[0]["data"]
    assert told["half_day"] == "2026-11-26 morning"
    desk.directory.busy = {trust.people[HEAD].object_id: [all_day(26)]}

    refused = await school_meeting.hold(desk, trust.people[SENCO], told["school"], told["half_day"])

    assert "isn't free for everybody any more" in Shown(as_json(refused)).words


async def test_a_meetings_own_entry_in_the_calendars_does_not_stop_a_move(desk, trust):
    senco = trust.people[SENCO]
    held = Shown(as_json(await school_meeting.hold(desk, senco, "school-b", "2026-11-26 morning")))
    session_id = UUID(held.buttons[0]["data"]["session"])
    desk.directory.busy = {senco.object_id: [all_day(26)]}

    stays = await school_meeting.move(desk, senco, session_id, "2026-11-26 morning")
    moved = await school_meeting.move(desk, senco, session_id, "2026-11-27 morning")

    assert "stays then" in Shown(as_json(stays)).words
    assert "has moved" in Shown(as_json(moved)).words
