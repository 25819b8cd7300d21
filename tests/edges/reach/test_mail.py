"""Where Teams does not reach, one mail does: the same words, and a calendar file that is right."""

import base64
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.nudges.calendar_file import calendar_file
from cards.as_text import as_text
from hub.booking import BookingState, SessionState
from tests.cards.made_up import AN_ID, HARD_WORDS, a_booking, a_session
from tests.conftest import LONDON
from tests.edges.reach.conftest import CLINIC, DAY_BEFORE, MAILBOX, cards_in, goes_out, stored


def event_in(mail):
    """The one event of the one calendar file of a mail."""
    (attachment,) = mail["attachments"]
    assert attachment["contentType"].startswith("text/calendar")
    calendar = Calendar.from_ical(base64.b64decode(attachment["contentBytes"]))
    assert calendar["METHOD"] == "PUBLISH"
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/London"
    (event,) = calendar.walk("VEVENT")
    assert "ATTENDEE" not in event
    return event


@pytest.fixture
async def blocked(teams, clock):
    """A teacher who booked, whose calendar Graph does not reach, and who then blocked the bot."""
    teacher = teams.teacher
    teams.tenant.state.without_mailbox.append(teacher.person.object_id)
    await teacher.says("book me on the next clinic")
    await goes_out(teams, clock)
    teams.tenant.state.blocked.append(teacher.person.object_id)
    return teacher


async def moves(lead, to):
    form = await lead.says("move the next clinic")
    kept = {
        each["id"]: str(each.get("value", "")).removesuffix(".0")
        for each in _inputs(form.content["body"])
    }
    await lead.presses("Save", on=form, **(kept | {"date": to, "note": "It must"}))


def _inputs(elements):
    for each in elements:
        if each["type"].startswith("Input."):
            yield each
        yield from _inputs(each.get("items", []))


async def test_a_blocked_bot_mails_once_with_a_right_file_and_no_card(teams, clock, blocked):
    heard = len(blocked.chat)

    await goes_out(teams, clock, DAY_BEFORE)
    await goes_out(teams, clock, DAY_BEFORE + timedelta(minutes=1))

    (mail,) = blocked.mails
    assert (len(blocked.chat), blocked.feed) == (heard, [])
    assert mail["subject"] == "Clinic: sensory needs in the classroom is tomorrow at 10:00"
    assert mail["from"]["emailAddress"]["address"].startswith(MAILBOX)
    words = mail["body"]["content"]
    assert mail["body"]["contentType"] == "text"
    assert "Thursday 3 December 2026" in words
    assert "School B" in words
    assert "open the attached file" in words
    assert "https://teams.microsoft.com/l/chat/" in words
    assert not set("<>\\*") & set(words)
    event = event_in(mail)
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime(2026, 12, 3, 10)
    assert event["DTEND"].dt.replace(tzinfo=None) == datetime(2026, 12, 3, 13)
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == "Clinic: sensory needs in the classroom"


async def test_a_block_is_remembered_and_ends_when_they_write(teams, clock, blocked):
    await goes_out(teams, clock, DAY_BEFORE)
    async with teams.service.database.read() as db:
        from store.conversations import place_of

        assert (await place_of(db, (await stored(teams, blocked)).id)).is_closed

    teams.tenant.state.blocked.clear()
    await blocked.says("hi")
    await blocked.presses("Next clinics")
    async with teams.service.database.read() as db:
        assert not (await place_of(db, (await stored(teams, blocked)).id)).is_closed


async def test_a_move_and_a_cancellation_by_mail_carry_the_same_event(teams, clock, blocked):
    lead = teams.somebody(1)
    await goes_out(teams, clock, DAY_BEFORE - timedelta(days=1))
    await moves(lead, "2026-12-10")
    await goes_out(teams, clock)
    await lead.says("call off the clinic")
    await lead.presses("Open", beside=CLINIC)
    await lead.presses("Call it off")
    await lead.presses("Yes, call it off", reason="Snow")
    await goes_out(teams, clock)

    moved, off = (event_in(mail) for mail in blocked.mails)
    assert moved["UID"] == off["UID"]
    assert moved["DTSTART"].dt.date() == date(2026, 12, 10)
    assert moved["SEQUENCE"] == 2
    assert off["SEQUENCE"] >= moved["SEQUENCE"]
    assert (moved["STATUS"], off["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert "Snow" in blocked.mails[-1]["body"]["content"]


async def test_whose_calendar_is_kept_gets_a_file_for_changes_only(teams, clock):
    teacher, lead = teams.teacher, teams.somebody(1)
    await teacher.says("book me on the next clinic")
    await goes_out(teams, clock)
    teams.tenant.state.blocked.append(teacher.person.object_id)

    await moves(lead, "2026-12-10")
    await goes_out(teams, clock)
    await goes_out(teams, clock, DAY_BEFORE + timedelta(days=7))

    moved, reminder = teacher.mails
    assert event_in(moved)["DTSTART"].dt.date() == date(2026, 12, 10)
    assert "Your work calendar follows by itself" in moved["body"]["content"]
    assert "attachments" not in reminder
    assert len(teacher.events) == 1


async def test_a_sender_without_a_mailbox_is_parked_and_comes_once_it_has_one(
    teams, clock, lead, blocked
):
    state = teams.tenant.state
    state.without_mailbox.append(MAILBOX)
    await goes_out(teams, clock, DAY_BEFORE)
    assert "a mail did not go through" in (await lead.says("not reached")).words.lower()
    assert blocked.mails == []

    state.without_mailbox.remove(MAILBOX)
    await lead.says("try everybody again")
    await goes_out(teams, clock)

    assert len(blocked.mails) == 1


async def test_whoever_comes_back_while_a_mail_waits_gets_the_card_and_no_mail(
    teams, clock, blocked
):
    teams.tenant.state.without_address.append(blocked.person.object_id)
    await goes_out(teams, clock, DAY_BEFORE)
    heard = len(cards_in(blocked))

    # They come back before there is an address.
    teams.tenant.state.blocked.clear()
    await blocked.says("hi")
    await goes_out(teams, clock)
    teams.tenant.state.without_address.clear()
    await goes_out(teams, clock, DAY_BEFORE + timedelta(minutes=10))

    reminded = [each for each in cards_in(blocked)[heard:] if "tomorrow" in each]
    assert (len(reminded), blocked.mails) == (1, [])


@pytest.mark.parametrize("day", [date(2027, 3, 25), date(2027, 4, 13)], ids=["winter", "summer"])
def test_ten_oclock_is_ten_oclock_on_both_sides_of_the_clock_change(day):
    starts = datetime(day.year, day.month, day.day, 10, tzinfo=LONDON)
    from dataclasses import replace

    session = replace(a_session(HARD_WORDS), starts_at=starts, ends_at=starts + timedelta(hours=3))

    file = calendar_file(session, AN_ID, datetime(2026, 11, 23, tzinfo=UTC))

    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event["DTSTART"].dt == starts
    assert event["DTSTART"].dt.utcoffset() == starts.utcoffset()
    assert b"TZID=Europe/London" in file
    assert f"{day:%Y%m%d}T100000".encode() in file
    assert event["UID"] == str(AN_ID)
    assert event["SUMMARY"] == session.title
    off = replace(session, state=SessionState.CANCELLED)
    (event,) = Calendar.from_ical(calendar_file(off, AN_ID, starts)).walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"


def test_a_card_as_text_reads_as_it_was_meant():
    from cards.booking_news import session_cancelled_card

    words = as_text(session_cancelled_card(a_booking(BookingState.CANCELLED, HARD_WORDS)))

    assert HARD_WORDS in words
    assert "\\" not in words.replace(HARD_WORDS, "")
