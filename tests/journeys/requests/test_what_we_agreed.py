"""What was agreed is found by asking, and a request is taken on or found late in a word."""

from datetime import UTC, datetime, timedelta

from tests.journeys.requests.test_follow_ups import visited
from tests.journeys.requests.test_support_request import arranged, goes_out, sent

STEP = "A quiet start by the side door"


async def test_both_sides_read_what_they_agreed_at_the_last_visit(teams, clock, teacher, lead):
    assert "Nothing is noted yet" in (await teacher.says("what did we agree?")).words
    await visited(teams, clock, teacher, lead)

    for person in (teacher, lead):
        for said in (
            "what did we agree?",
            "What was agreed at the visit",
            "remind me what we agreed",
        ):
            card = await person.says(said)
            assert "What you agreed" in card.words, said
            assert STEP in card.words
            assert "Thursday 3 December 2026" in card.words
    assert "SH-0001" in (await teacher.presses("Show my request")).words
    await lead.says("what did we agree for SH-0001")
    assert "Class teacher" in (await lead.presses("Open")).words
    assert STEP not in (await teams.senco.says("what did we agree?")).words
    assert STEP not in (await teams.senco.says("what did we agree for SH-0001?")).words


async def test_the_newest_of_visit_and_school_meeting_is_shown(teams, clock, lead):
    senco = teams.senco
    await lead.says("hi")
    await arranged(teams, senco, lead)
    clock.at = datetime(2026, 12, 3, 17, 0, tzinfo=UTC)
    await lead.says("record the visit for SH-0001")
    await lead.presses(
        "Record the visit",
        date="2026-12-03",
        start="15:00",
        minutes="60",
        how="in-person",
        words=f"{STEP}\nA timer on the desk",
    )
    assert (await senco.says("what did we agree?")).words.split(" | ")[-2:] == [
        f"– {STEP}",
        "– A timer on the desk",
    ]

    # A school meeting after it, with steps of its own
    await senco.says("can we arrange our tier 5 visit")
    first = next(each for each in senco.last.buttons if each["verb"] == "hold-school-meeting")
    await senco.presses(first["title"])
    clock.at = datetime(2026, 12, 20, 17, 0, tzinfo=UTC)
    assert STEP in (await senco.says("what did we agree?")).words
    await senco.says("our next steps")
    await senco.presses("Save next steps", steps="Visual timetables in every class")

    card = await senco.says("what did we agree?")
    assert "Visual timetables in every class" in str(card.content)
    assert STEP in (await senco.says("what did we agree at the visit?")).words


async def test_a_lead_takes_a_request_on_in_a_word(teams, teacher, lead):
    await lead.says("hi")
    await sent(teacher)
    await lead.says("SH-0001")

    card = await lead.says("assign it to me")
    assert "It is with you now" in card.words
    assert "With: Trust SEND Lead" in card.words
    assert "Trust SEND Lead took it on" in card.words
    await goes_out(teams)
    assert "handed to a colleague" in teacher.reads().words

    # By its reference, by the form, and the only one that nobody has
    await sent(teams.senco)
    await sent(teams.assistant)
    assert "It is with you now" in (await lead.says("assign SH-0002 to me")).words
    await lead.says("programme")
    assert "SH-0003" in (await lead.says("assign to me")).words
    assert "It is with you now" in lead.last.words
    await sent(teams.somebody(5))
    await lead.says("hand over SH-0004")
    assert "It is with you now" in (await lead.presses("To me")).words
    await lead.says("programme")
    assert "Requests to deal with" in (await lead.says("assign it to me")).words
    assert "It is with you now" not in (await teacher.says("assign it to me")).words


async def test_a_lead_asks_what_is_late(teams, clock, teacher, lead):
    await sent(teacher)
    clock.at += timedelta(days=7)
    await sent(teams.senco)

    for said in (
        "who is late?",
        "what's overdue?",
        "Who's late",
        "anything overdue",
        "what is late",
    ):
        card = await lead.says(said)
        assert "Requests to deal with" in card.words, said
        assert "SH-0001" in card.words
        assert "SH-0002" not in card.words
    assert "Requests to deal with" not in (await teacher.says("who is late?")).words
