"""A step that somebody has left lying is brought up once, with the button that takes it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from store import people
from store.tables import PersonRow
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


async def test_a_lead_who_steps_down_keeps_the_visits_that_are_arranged(
    teams, clock, teacher, lead
):
    other = teams.somebody(4)
    await let_lead(teams, lead, other)
    for each in (lead, other, teams.senco):
        await each.says("hi")
    await arranged(teams, teacher, lead)
    await sent(teams.senco)
    await goes_out(teams)

    # When the trust's settings name only the other lead
    await let_lead(teams, other)
    await goes_out(teams)
    await goes_out(teams)

    # Then the visit is still the one's who arranged it, and nothing else is
    assert "I can't find that request" in (await lead.says("SH-0002")).words
    card = await lead.says("queue")
    assert "SH-0001" in card.words
    assert "SH-0002" not in card.words
    # And the other lead has heard of it once, sees it, and can hand it to somebody else
    assert [told(each) for each in other.chat].count("keeps SH-0001") == 1
    assert f"with {lead.person.name}" in (await other.says("queue")).words
    assert "keeps it for the visit" in (await other.says("who saw SH-0001")).words
    # Whoever keeps it records it
    clock.at = datetime(2026, 12, 4, 8, 0, tzinfo=UTC)
    await goes_out(teams)
    assert "How did it go?" in lead.reads().words
    await lead.presses("Record the visit")
    card = await lead.presses(
        "Record the visit", date="2026-12-03", start="15:00", minutes="60", how="in-person"
    )
    assert "Noted" in card.words
    assert "is with you now" in (await other.says("assign SH-0001 to me")).words
    assert "I can't find that request" in (await lead.says("SH-0001")).words


def told(activity):
    text = str(activity)
    return "keeps SH-0001" if "keeps SH-0001" in text else ""


async def let_lead(teams, *people_):
    """Let exactly these be leads, as the settings do when they are read."""
    ids = [each.person.object_id for each in people_]
    async with teams.service.database.begin() as db:
        led = PersonRow.object_id == teams.somebody(1).person.object_id
        await db.execute(update(PersonRow).where(led).values(roles=[]))
        await people.appoint_known(db, ids)
        await people.appoint_nobody_but(db, ids)
