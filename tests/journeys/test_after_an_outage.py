"""After a laptop's sleep or a long outage: what still helps is told in school hours, the rest not."""

from datetime import UTC, datetime

#: The demo trust's next clinic is on Thursday 3 December, 10:00.
THAT_NIGHT = datetime(2026, 12, 3, 20, 30, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 12, 4, 8, 0, tzinfo=UTC)


async def ring(teams):
    await teams.service.plan()
    await teams.service.delivery.drain()


async def test_nothing_is_told_of_what_is_over_and_the_rest_in_school_hours(teams, clock):
    teacher, senco, maths_lead = teams.teacher, teams.senco, teams.somebody(5)
    await maths_lead.says("hi")
    # Owed just before the machine goes to sleep: a reminder to come, and a colleague's word.
    assert "You're booked" in (await teacher.says("book me on the next clinic")).words
    await senco.says("put me down for tier 2b")
    await senco.presses("Pass it on")
    before = len(teacher.chat), len(maths_lead.chat)

    clock.at = THAT_NIGHT
    await ring(teams)
    assert (len(teacher.chat), len(maths_lead.chat)) == before

    clock.at = NEXT_MORNING
    await ring(teams)
    assert len(teacher.chat) == before[0]
    assert teacher.feed == []
    assert "thought of you" in maths_lead.reads().words
    assert len(maths_lead.chat) == before[1] + 1
    assert len(maths_lead.feed) == 1
