"""A step that somebody has left lying is brought up once, with the button that takes it."""

from datetime import UTC, datetime, timedelta

from tests.journeys.requests.test_support_request import arranged, goes_out, sent


async def test_the_asker_hears_once_of_times_they_have_not_chosen(teams, clock, teacher, lead):
    await lead.says("hi")
    await sent(teacher)
    await lead.says("propose 3 December at 3pm and 4 December 10:00 for SH-0001")
    await goes_out(teams)
    clock.at = datetime(2026, 11, 26, 15, 44, tzinfo=UTC)
    await goes_out(teams)
    before = len(teacher.chat), len(lead.chat)

    # When three school days have passed
    clock.at += timedelta(minutes=1)
    for _ in range(3):
        await goes_out(teams)
        clock.at += timedelta(hours=1)

    # Then one message comes, whose button chooses, and the step is done
    assert (len(teacher.chat), len(lead.chat)) == (before[0] + 1, before[1])
    card = teacher.reads()
    assert "Which time suits you?" in card.words
    assert "you were offered times" in card.words
    assert "None of these suits" in [each["title"] for each in card.buttons]
    assert "Arranged" in (await teacher.presses("Thu 3 Dec, 15:00")).words
    clock.at = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    told = len(teacher.chat)
    await goes_out(teams)
    assert len(teacher.chat) == told


async def test_whoever_stopped_such_messages_or_has_newer_times_hears_nothing(
    teams, clock, teacher, lead
):
    await sent(teacher)
    await lead.says("propose 3 December at 3pm for SH-0001")
    await goes_out(teams)
    clock.at = datetime(2026, 11, 26, 15, 50, tzinfo=UTC)
    # It is due, but before it goes the lead has put other times on offer
    await teams.service.plan()
    await lead.says("propose 8 December at 3pm for SH-0001")
    clock.at = datetime(2026, 11, 27, 8, 30, tzinfo=UTC)
    await goes_out(teams)
    assert "Which time suits you?" not in teacher.reads().words

    await teacher.acts("stop-this-kind", family="gaps")
    told = len(teacher.chat)
    clock.at = datetime(2026, 12, 2, 16, 0, tzinfo=UTC)
    await goes_out(teams)
    assert len(teacher.chat) == told


async def test_whoever_visited_hears_once_that_it_is_not_recorded(teams, clock, teacher, lead):
    await lead.says("hi")
    await arranged(teams, teacher, lead)
    await goes_out(teams)
    clock.at = datetime(2026, 12, 3, 17, 0, tzinfo=UTC)
    await goes_out(teams)
    before = len(lead.chat), len(teacher.chat)

    clock.at = datetime(2026, 12, 4, 8, 0, tzinfo=UTC)
    for _ in range(3):
        await goes_out(teams)
        clock.at += timedelta(hours=2)

    assert (len(lead.chat), len(teacher.chat)) == (before[0] + 1, before[1])
    assert "How did it go?" in lead.reads().words
    assert "School A" in lead.last.words
    form = await lead.presses("Record the visit")
    assert "15:00" in str(form.content)
    await lead.presses(
        "Record the visit", date="2026-12-03", start="15:00", minutes="60", how="in-person"
    )
    told = len(lead.chat)
    clock.at = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
    await goes_out(teams)
    assert len(lead.chat) == told


async def test_what_was_recorded_in_the_evening_is_not_asked_about(teams, clock, teacher, lead):
    await lead.says("hi")
    await arranged(teams, teacher, lead)
    await goes_out(teams)
    clock.at = datetime(2026, 12, 3, 20, 0, tzinfo=UTC)
    await lead.says("no show SH-0001")
    clock.at = datetime(2026, 12, 4, 8, 30, tzinfo=UTC)
    await goes_out(teams)

    assert "How did it go?" not in lead.reads().words
