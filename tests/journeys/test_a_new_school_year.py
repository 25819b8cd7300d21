"""Rolling into a new school year: the old one is kept to look at, and nothing of it is in the way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from hub.school_year import HalfTerm
from store.programme import keep_sessions
from store.school_years import keep_year

A_YEAR = timedelta(days=364)
SEPTEMBER = datetime(2027, 9, 2, 15, 45, tzinfo=UTC)


@pytest.fixture
async def rolled(teams, clock):
    """The calendar and the programme of 2027-28 are loaded beside those of 2026-27."""
    year = teams.trust.year
    halves = tuple(
        HalfTerm(h.name, h.starts_on + A_YEAR, h.ends_on + A_YEAR) for h in year.half_terms
    )
    following = [
        replace(
            each,
            id=uuid4(),
            starts_at=each.starts_at + A_YEAR,
            ends_at=each.ends_at + A_YEAR,
            released_to_partners_at=None,
        )
        for each in teams.trust.sessions
    ]
    async with teams.service.database.begin() as db:
        await keep_year(db, replace(year, name="2027-28", half_terms=halves))
        await keep_sessions(db, following)
    return teams


async def test_the_old_year_is_an_archive_and_the_new_one_begins_at_nought(rolled, clock):
    senco = rolled.senco
    await senco.says("book me on all the senco meetings")
    await senco.says("can we have a clinic on selective mutism")
    assert "2 of 3: 2 booked" in (await senco.says("my year")).words

    clock.at = SEPTEMBER
    year = await senco.says("my year")
    assert "Your school year 2027-28" in year.words
    assert "SENCo Meetings | 0 of 3" in year.words
    last = await senco.presses("2026-27")
    assert "SENCo Meetings | 2 of 3" in last.words
    assert "Still to book" not in last.words
    assert "2026-27" in (await senco.says("what did I do last year")).words

    assert "nothing booked" in (await senco.says("my bookings")).words
    for words in ("what's on", "senco meeting dates", "inset"):
        shown = await senco.says(words)
        assert " 2026" not in shown.words
        assert "Jul 2027" not in shown.words
    assert "selective mutism" not in (await senco.says("suggest a topic")).words


async def test_a_school_meeting_is_once_in_each_year(rolled, clock):
    senco = rolled.senco
    arranged = await senco.says("can we arrange our tier 5 visit")
    await senco.presses(arranged.buttons[0]["title"])

    clock.at = SEPTEMBER
    again = await senco.says("can we arrange our tier 5 visit")

    assert "free for everybody" in again.words
    held = await senco.presses(again.buttons[0]["title"])
    assert "is arranged" in held.words


async def test_waiting_lists_and_offers_of_the_old_year_are_silent(rolled, clock):
    teacher, assistant = rolled.teacher, rolled.assistant
    small = str(rolled.session("anxiety"))
    for person in (teacher, assistant):
        await person.says("hi")
        await person.acts("book", session=small)
    heard = len(assistant.chat)

    clock.at = SEPTEMBER
    for _ in range(2):
        await rolled.service.plan()
        await rolled.service.delivery.drain()

    assert len(assistant.chat) == heard
    assert assistant.feed == []
    assert "over" in (await teacher.acts("ask-give-up", **booking_of(teacher, small))).words


def booking_of(person, session):
    del session
    return {"booking": person.last.button("Give up my place")["data"]["booking"]}


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(datetime(2027, 3, 25), 10), (datetime(2027, 4, 13), 9)],
    ids=["winter time", "summer time"],
)
async def test_ten_oclock_is_ten_oclock_on_both_sides_of_the_clock_change(
    teams, clock, day, utc_hour
):
    zone = teams.trust.sessions[0].starts_at.tzinfo
    known = next(each for each in teams.trust.sessions if each.tier == "4")
    starts = day.replace(hour=10, tzinfo=zone)
    clinic = replace(
        known,
        id=uuid4(),
        title="Clinic beside the clock change",
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        released_to_partners_at=None,
    )
    async with teams.service.database.begin() as db:
        await keep_sessions(db, [clinic])
    teacher = teams.teacher

    booked = await teacher.acts("book", session=str(clinic.id))
    await teams.service.delivery.drain()

    assert "10:00–13:00" in booked.words
    assert starts.astimezone(UTC).hour == utc_hour
    (event,) = teacher.events
    assert event["start"] == {"dateTime": f"{day:%Y-%m-%d}T10:00:00", "timeZone": "Europe/London"}
    reminded = datetime(2027, 3, 24, 15, 45, tzinfo=UTC)
    if utc_hour == 9:
        reminded = datetime(2027, 4, 12, 14, 45, tzinfo=UTC)
    clock.at = reminded - timedelta(minutes=1)
    await teams.service.plan()
    await teams.service.delivery.drain()
    assert teacher.feed == []
    clock.at = reminded
    await teams.service.plan()
    await teams.service.delivery.drain()
    assert len(teacher.feed) == 1
