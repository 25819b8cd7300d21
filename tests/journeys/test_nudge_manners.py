"""Nudges as people get them: together, for a reason, and only as they wish."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.test_announce import kept

THE_DAY_BEFORE = datetime(2026, 12, 2, 15, 45, tzinfo=UTC)


@pytest.fixture
def database_url(tmp_path):
    """Manners are rules; what of them rests on the engine is tested in the store."""
    return f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"


@pytest.fixture
def lead(teams):
    return teams.somebody(1)


@pytest.fixture
async def senco(teams):
    """A SENCo who has said hello and has booked nothing."""
    await teams.senco.says("hi")
    return teams.senco


async def at(teams, clock, moment):
    clock.at = moment
    await teams.service.plan()
    await teams.service.delivery.drain()


#: The next SENCo meeting is on 13 January; two weeks before is in the holidays.
IN_GOOD_TIME = datetime(2026, 12, 18, 15, 45, tzinfo=UTC)


async def announce(lead, words):
    preview = await lead.says(f"tell all SENCos that {words}")
    await lead.presses("Send to 2 people", **kept(preview))


def told(person, since):
    return [each for each in person.chat[since:] if each.get("attachments")]


def headings(message):
    return [each["content"]["body"][0]["text"] for each in message["attachments"]]


async def test_what_is_due_at_once_is_one_message_and_one_bell(teams, senco, lead, clock):
    await senco.says("book me on the next clinic")
    clock.at = THE_DAY_BEFORE
    await announce(lead, "booking is open for spring")
    before, bells = len(senco.chat), len(senco.feed)

    await at(teams, clock, THE_DAY_BEFORE)

    (message,) = told(senco, before)
    first, *others = headings(message)
    assert first.startswith("Your session is tomorrow")
    assert len(others) == 1
    (bell,) = senco.feed[bells:]
    assert ", and 1 more" in str(bell)
    again = len(senco.chat)
    await at(teams, clock, THE_DAY_BEFORE)
    assert not told(senco, again)


async def test_a_gap_is_told_with_the_one_button_that_closes_it(teams, senco, clock):
    before = len(senco.chat)
    await at(teams, clock, IN_GOOD_TIME)

    (message,) = told(senco, before)
    card = senco.reads()
    assert "You get this because" in card.words
    assert len(headings(message)) == 1
    booked = await senco.presses("Book my place", on=card)
    assert "booked" in booked.words.lower()


async def test_stopping_a_kind_from_its_card_stops_that_kind_alone(teams, senco, lead, clock):
    await at(teams, clock, IN_GOOD_TIME)
    settings = await senco.presses("Reminders", on=senco.reads())

    stopped = await senco.presses("Stop this kind", on=settings)

    assert "Stopped: what is still to book" in stopped.words
    clock.at = datetime(2027, 1, 4, 9, tzinfo=UTC)
    await announce(lead, "booking is open for spring")
    before = len(senco.chat)
    await at(teams, clock, clock.at)
    (message,) = told(senco, before)
    assert headings(message) == ["News from the SEND Hub"]


async def test_quiet_until_next_week_keeps_news_until_monday_at_eight(teams, senco, lead, clock):
    quiet = await senco.says("quiet until next week")
    assert "Quiet until Monday 30 November 2026 at 08:00" in quiet.words
    before = len(senco.chat)
    await announce(lead, "booking is open for spring")
    await at(teams, clock, datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert not told(senco, before)

    await at(teams, clock, datetime(2026, 11, 30, 8, tzinfo=UTC))

    assert "ooking is open for spring" in str(told(senco, before))


async def test_somebody_part_time_is_reminded_on_their_last_day_before(teams, senco, clock):
    noted = await senco.says("I don't work Wednesdays")
    assert "Not on Wednesdays" in noted.words
    await senco.says("book me on the next clinic")
    before = len(senco.chat)

    await at(teams, clock, datetime(2026, 12, 1, 15, 45, tzinfo=UTC))

    assert "Your session is on Thursday 3 December 2026" in str(told(senco, before))


async def test_the_form_keeps_what_was_ticked(teams, senco):
    form = await senco.says("reminders")

    saved = await senco.presses(
        "Save", on=form, families="reminders,gaps", quiet="next-week", days_off="4,9"
    )

    assert "Saved" in saved.words
    assert "You stopped: questions after a session, news and" in saved.words
    assert "Not on Fridays" in saved.words
    assert "Quiet until Monday" in (await senco.says("reminders")).words


async def test_a_lead_turns_a_rule_off_for_everybody_and_others_may_not(teams, senco, lead, clock):
    rules = await lead.says("nudge rules")
    while "SENCo meeting" not in rules.words:
        rules = await lead.presses("Later", on=rules)
    rule = await lead.presses("Open", on=rules, beside="You have no place at the next SENCo")
    assert "every SENCo is expected" in rule.words

    saved = await lead.presses("Save", on=rule, is_on="off", days="14")

    assert "Saved" in saved.words
    assert "leads" in (await senco.says("nudge rules")).words.lower()
    verb, data = "save-rule", {"rule": "tier-1-open", "is_on": "on", "days": "14"}
    assert "leads" in (await senco.acts(verb, **data)).words.lower()
    before = len(senco.chat)
    await at(teams, clock, IN_GOOD_TIME)
    assert "no place at the next SENCo meeting" not in str(told(senco, before))


async def test_a_second_piece_of_news_in_one_day_waits_for_the_next_morning(
    teams, senco, lead, clock
):
    for word in ("one", "two", "three"):
        before = len(senco.chat)
        await announce(lead, f"number {word} is here")
        await teams.service.delivery.drain()
        clock.at += timedelta(minutes=1)
        assert bool(told(senco, before)) == (word == "one")

    for day, word in ((24, "umber two"), (25, "umber three")):
        before = len(senco.chat)
        await at(teams, clock, datetime(2026, 11, day, 8, 1, tzinfo=UTC))
        (message,) = told(senco, before)
        assert word in str(message)
