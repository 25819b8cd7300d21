"""Journeys 6 and 9: 1:1 support, from "I'm struggling" to "did it help?", as teacher and as lead."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import text as sql

from tests.people import teams_running

STRUGGLING = "I'm struggling with a child who won't come in from the playground"
ABOUT = "After break one learner in Year 3 stays outside and hides by the fence"


async def goes_out(teams):
    await teams.service.plan()
    await teams.service.delivery.drain()


async def facts(person, **said):
    """Fill in the card of facts, and go on."""
    filled = {"needs": "semh", "urgency": "soon", "how": "in-person", "consent": "none"} | said
    return await person.presses("Next", **filled)


async def sent(person, about=ABOUT):
    """A request of this person's for 1:1 support, as quickly as it goes; its reference."""
    await person.says("I need 1:1 support")
    await facts(person)
    await person.says(about)
    await person.says("skip")
    await person.says("Tuesdays after school")
    card = await person.says("send it")
    return reference(card)


async def arranged(teams, teacher, lead):
    """A visit on 3 December at 15:00, which the teacher chose."""
    await sent(teacher)
    await lead.says("propose 3 December at 3pm and 4 December 10:00 for SH-0001")
    await teacher.says("SH-0001")
    await teacher.presses("Thu 3 Dec, 15:00")


def reference(card):
    return next(word for word in card.words.split() if word.startswith("SH-"))


async def test_from_the_playground_to_a_visit_that_is_arranged(teams, teacher, lead):
    await lead.says("hi")

    # Given a teacher who says how hard it is, and takes the visit that is offered
    offered = await teacher.says(STRUGGLING)
    assert "The Trust SEND Lead can come and see" in offered.words
    assert [each["data"]["toolkit"] for each in toolkits_on(offered)] == ["semh", "sensory"]
    card = await teacher.presses("Ask for a visit")
    assert "What is it about?" in str(card.content)
    assert kept(card)["needs"] == "semh,sensory"
    card = await facts(teacher, needs="semh,sensory")
    assert STRUGGLING in card.content["body"][1]["value"]
    card = await teacher.presses("Next", about=STRUGGLING)
    assert "assess" in card.words
    card = await teacher.says("We tried a now and next board and a buddy at the door")
    assert "look free" in str(card.content)
    card = await teacher.says("Tuesdays after school")
    assert "ready to send?" in card.words
    assert "Social, emotional and mental health and Sensory needs" in card.words
    assert "now and next board" in card.words
    card = await teacher.presses("Send it")
    assert "Your reference is SH-0001" in card.words
    assert "an acknowledgement by Wednesday 25 November 2026" in card.words

    # When the lead hears of it, acknowledges and proposes times
    await goes_out(teams)
    assert "A new request" in lead.reads().words
    await lead.presses("Acknowledge")
    await goes_out(teams)
    assert "SH-0001 has been acknowledged" in teacher.reads().words
    await lead.says("propose 3 December at 3pm and 4 December 10:00 for SH-0001")
    assert "Proposed" in lead.last.words
    await goes_out(teams)

    # Then the teacher picks one with one tap, and the lead records the visit
    assert "in school, Thursday 3 December 2026, 15:00–16:00" in teacher.reads().words
    card = await teacher.presses("Thu 3 Dec, 15:00")
    assert "Visit arranged" in card.words
    await goes_out(teams)
    assert "chose a time for SH-0001" in lead.reads().words


async def test_while_a_request_waits_matching_toolkits_are_offered_beside_it(teams, teacher, lead):
    # Given a request about two needs, and one whose need is told in words
    await teacher.says("I need 1:1 support")
    await facts(teacher, needs="semh,sensory,other")
    for said in (ABOUT, "skip", "Tuesdays after school"):
        await teacher.says(said)
    card = await teacher.says("send it")

    # Then the card of what was sent offers both, beside what can be done with it
    assert "While you wait" in card.words
    assert [each["data"]["toolkit"] for each in toolkits_on(card)] == ["semh", "sensory"]
    assert {"Change it", "Add a note", "Withdraw", "My requests"} <= titles(card)
    assert "fence" not in str(toolkits_on(card))
    await lead.says("acknowledge SH-0001")
    await teacher.says("my requests")
    shown = await teacher.presses("Show")
    assert len(toolkits_on(shown)) == 2
    opened = await teacher.presses(toolkits_on(shown)[1]["title"])
    assert "Sensory" in opened.words
    await teacher.says("question for the SEND Director: how do I start with a visual timetable?")
    await teacher.says("send it")
    assert toolkits_on(teacher.last)

    # But times to choose from come first, and what is over waits for nothing
    await lead.says("propose 3 December at 3pm, 4 December 10:00, 7 December 10:00 for SH-0001")
    choosing = await teacher.says("SH-0001")
    assert toolkits_on(choosing) == []
    assert "While you wait" not in choosing.words
    await teacher.says("withdraw SH-0001")
    gone = await teacher.presses("Yes, withdraw it")
    assert toolkits_on(gone) == []


def toolkits_on(card):
    return [each for each in card.buttons if each.get("verb") == "toolkit"]


def titles(card):
    return {each["title"] for each in card.buttons}


async def test_from_the_visit_to_a_follow_up_and_did_it_help(teams, clock, teacher, lead):
    await lead.says("hi")
    await arranged(teams, teacher, lead)

    # Given the lead records the visit, as long as it took
    clock.at = datetime(2026, 12, 3, 17, 0, tzinfo=UTC)
    form = await lead.says("record the visit for SH-0001")
    assert "2026-12-03" in str(form.content)
    card = await lead.presses(
        "Record the visit",
        date="2026-12-03",
        start="15:00",
        minutes="90",
        how="in-person",
        words="A quiet start by the side door\nLook again in two weeks",
    )
    assert "took 1 hour 30 minutes" in card.words
    await goes_out(teams)
    assert "A quiet start by the side door" in teacher.reads().words

    # When the teacher asks for a follow-up, and the lead arranges it
    clock.at += timedelta(days=4)
    await teacher.says("can we have a follow-up call?")
    card = await teacher.says("How the side door works, after school is best")
    assert "I've asked for a follow-up" in card.words
    await goes_out(teams)
    assert "asks for a follow-up of SH-0001" in lead.reads().words
    await lead.presses("Open")
    await lead.presses("Arrange follow-up")
    card = await lead.presses(
        "Arrange follow-up", date="2026-12-08", start="15:30", minutes="30", how="teams"
    )
    assert "A follow-up on Teams, Tuesday 8 December 2026, 15:30–16:00" in card.words

    # Then it is held, closed, and the teacher says whether it helped
    clock.at = datetime(2026, 12, 8, 16, 30, tzinfo=UTC)
    await lead.presses("Record the follow-up")
    await lead.presses(
        "Record the follow-up", date="2026-12-08", start="15:30", minutes="20", how="teams"
    )
    await lead.says("close SH-0001: Lovely work")
    await goes_out(teams)
    assert "been closed" in teacher.reads().words
    assert "Thank you" in (await teacher.presses("Yes, it helped")).words
    assert "Nothing waits here" in (await lead.says("queue")).words


async def test_a_request_is_carried_on_days_later_after_a_restart(tmp_path, clock, trust):
    url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
    async with teams_running(url, clock, trust) as running:
        teacher = running.teacher
        await teacher.says("tier 6 please")
        await facts(teacher)
        await teacher.says(ABOUT)

    clock.at += timedelta(days=7)
    async with teams_running(url, clock, trust) as running:
        running.numbers = count(1000)
        teacher = running.teacher
        greeted = await teacher.says("what's on")
        beside = running.teacher.chat[-1]["attachments"]
        assert "Carry on with your request?" in str(beside)
        await teacher.says("hi")
        card = await teacher.presses("Carry on my request")
        assert "What have you tried" in str(card.content)
        card = await teacher.presses("Back")
        assert ABOUT in str(card.content)
    assert greeted.words


@pytest.mark.parametrize(
    "said",
    ["carry on", "carry on with my request", "Continue my request please", "finish my draft"],
)
async def test_what_was_begun_is_carried_on_by_words_as_by_the_button(teacher, said):
    nothing = await teacher.says(said)
    assert "What is happening" not in str(nothing.content)
    await teacher.says("I need 1:1 support")
    await facts(teacher)
    await teacher.says("cancel")

    assert "What is happening" in str((await teacher.says(said)).content)
    assert "What have you tried" in str((await teacher.says(ABOUT)).content)


async def test_cancel_keeps_what_was_written(teacher):
    await teacher.says("I need 1:1 support")
    await facts(teacher)

    for said in ("cancel", "stop", "later", "never mind"):
        assert "I've left it there" in (await teacher.says(said)).words
        assert "didn't quite catch" in (await teacher.says("wibble wobble")).words
        assert "Draft" in (await teacher.says("my requests")).words
        card = await teacher.presses("Carry on")
        assert "What is happening" in str(card.content)


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("struggling with phonics, soon, in person, whole class", "Dyslexia"),
        ("autism, urgent, on Teams, whole class", "Autism"),
        ("autism and dyslexia, soon, in person, whole class", "Autism and Dyslexia"),
        ("speech and language, soon, in person, whole class", "Speech, language and communication"),
    ],
)
async def test_a_request_is_about_what_was_named_and_nothing_beside(teacher, said, needs):
    await teacher.says("I need 1:1 support")
    await teacher.says(said)
    for answer in (ABOUT, "skip", "Tuesdays after school"):
        await teacher.says(answer)

    assert f"What is it about: {needs} |" in teacher.last.words


async def test_asking_for_support_alone_says_nothing_of_what_it_is_about(teacher):
    for said in ("I need 1:1 support", "tier 6 please", "one to one support please"):
        card = await teacher.says(said)
        assert kept(card)["needs"] == "", said
        await teacher.acts("discard-draft", request=card.button("Next")["data"]["request"])
    await teacher.says("sensory toolkit")
    card = await teacher.presses("Ask the Hub about this")
    assert kept(card)["needs"] == "sensory"


async def test_at_each_step_back_help_and_nonsense_lose_nothing(teacher):
    await teacher.says("I need 1:1 support")
    assert "Try “" in (await teacher.says("wibble wobble")).words
    await teacher.says("autism, urgent, on Teams, whole class")
    assert "What is happening" in str(teacher.last.content)

    for answer in (ABOUT, "A buddy at the door and a visual timetable", "Tuesdays after school"):
        before = str(teacher.last.content)
        assert "Here is what I can do" in (await teacher.says("help")).words
        await teacher.says("my requests")
        assert str((await teacher.presses("Carry on")).content) == before
        await teacher.says("back")
        assert str(teacher.last.content) != before
        await teacher.presses("Next", **kept(teacher.last))
        assert str(teacher.last.content) == before
        await teacher.says(answer)
    card = await teacher.says("wobble")
    assert "Say “send it”" in card.words
    assert "Urgent: within a few days" in card.words
    assert "On Teams" in card.words
    assert "Sent." in (await teacher.says("yes")).words


def kept(card):
    """What a form holds, as a client sends it."""
    fields = [each for each in card.content["body"] if each["type"].startswith("Input.")]
    return {each["id"]: str(each.get("value", "")) for each in fields}


async def test_it_may_be_changed_until_it_is_acknowledged(teams, teacher, lead):
    await sent(teacher)
    card = await teacher.says("change my request")
    card = await facts(teacher, urgency="urgent")
    for _ in range(3):
        card = await teacher.presses("Next", **kept(card))
    assert "Your changes are saved" in card.words
    assert "Urgent: within a few days" in (await lead.says("SH-0001")).words

    await lead.presses("Acknowledge")
    assert "add a note instead" in (await teacher.says("change my request")).words
    card = await teacher.says("add a note to my request: it is worse on wet days")
    assert "it is worse on wet days" in card.words
    assert "it is worse on wet days" in (await lead.says("show SH-0001")).words
    old = await teacher.acts("save-answers", **old_card(card), needs="autism")
    assert "acknowledged now" in old.words


def old_card(card):
    return {"request": card.buttons[0]["data"]["request"], "page": "0"}


async def test_it_may_be_withdrawn_and_nobody_chases_it(teams, teacher, lead):
    await lead.says("hi")
    await sent(teacher)
    await goes_out(teams)
    news = lead.reads()

    await teacher.says("withdraw my request")
    card = await teacher.presses("Yes, withdraw it", words="It has sorted itself out")
    await goes_out(teams)

    assert "Withdrawn" in card.words
    assert "withdrew SH-0001" in lead.reads().words
    late = await lead.presses("Acknowledge", on=news)
    assert "hasn't done anything" in late.words or "haven't done anything" in late.words
    assert "Nothing waits here" in (await lead.says("queue")).words


@pytest.mark.parametrize(
    ("said", "starts"),
    [
        ("the first one", "Thursday 3 December 2026, 15:00"),
        ("the 2nd please", "Friday 4 December 2026, 10:00"),
        ("Friday the 4th December please", "Friday 4 December 2026, 10:00"),
        ("3 December is fine", "Thursday 3 December 2026, 15:00"),
        ("yes, 4 Dec works for me, thanks", "Friday 4 December 2026, 10:00"),
        ("the one at 10", "Friday 4 December 2026, 10:00"),
    ],
)
async def test_a_proposed_time_is_taken_in_whatever_words(teacher, lead, said, starts):
    await sent(teacher)
    await lead.says("propose 3 December at 3pm and 4 December 10:00 for SH-0001")

    card = await teacher.says(said)

    assert "Arranged. I've told the Hub." in card.words
    assert starts in card.words


async def test_a_day_that_was_not_proposed_or_asks_for_something_else_takes_no_time(teacher, lead):
    await sent(teacher)
    assert "Arranged" not in (await teacher.says("the first one")).words
    await lead.says("propose 3 December at 3pm and 4 December 10:00 for SH-0001")

    for said in ("5 December", "3 December clinic", "what's on on 3 December?", "the third one"):
        assert "Arranged" not in (await teacher.says(said)).words, said
    assert "choose one of the times" in (await teacher.says("my requests")).words


async def test_a_lead_proposes_parts_of_a_day_as_well_as_times(teacher, lead):
    await sent(teacher)

    card = await lead.says("propose 1 December after school or 3 December in the morning, SH-0001")

    assert "Tuesday 1 December 2026, 15:30–16:30: proposed" in card.words
    assert "Thursday 3 December 2026, 09:00–12:00: proposed" in card.words


async def test_times_that_nobody_chose_are_no_choice_once_they_are_over(clock, teacher, lead):
    await sent(teacher)
    await lead.says("propose 3 December at 3pm for SH-0001")
    clock.at = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)

    card = await teacher.says("SH-0001")
    assert "is arranging what comes next" in card.words
    assert "Thu 3 Dec, 15:00" not in titles(card)
    queue = await lead.says("queue")
    assert "Times to be proposed again" in queue.words
    card = await lead.says("SH-0001")
    assert "15:00–16:00: proposed" not in card.words
    await lead.says("propose 8 December at 3pm for SH-0001")
    assert "Tue 8 Dec, 15:00" in titles(await teacher.says("SH-0001"))


async def test_a_visit_is_spoken_of_without_its_reference(teams, clock, teacher, lead):
    nothing = await teacher.says("when is my visit?")
    assert "You have asked for nothing yet" in nothing.words
    await arranged(teams, teacher, lead)

    for said in ("when is my visit?", "what's happening with my visit", "cancel my visit"):
        card = await teacher.says(said)
        assert "Thursday 3 December 2026, 15:00–16:00" in card.words, said
        assert {"Other time", "Withdraw"} <= titles(card), said
    for said in ("can you move my visit?", "I need to rearrange the visit", "reschedule my visit"):
        assert "When would suit you?" in str((await teacher.says(said)).content), said
        await teacher.presses("Back")
    clock.at = datetime(2026, 12, 3, 17, 0, tzinfo=UTC)
    form = await lead.says("the visit for SH-0001 took 45 minutes")
    assert kept(form)["minutes"].startswith("45")
    assert kept(form)["start"] == "15:00"


async def test_none_of_the_times_suits_and_others_are_asked_for(teams, teacher, lead):
    await lead.says("hi")
    await sent(teacher)
    await lead.says("propose 3 December at 3pm for SH-0001")
    await teacher.says("SH-0001")
    stale = teacher.last

    await teacher.presses("None of these suits")
    await teacher.says("Wednesdays after school, please")
    await goes_out(teams)

    assert "Wednesdays after school" in lead.reads().words
    late = await teacher.presses("Thu 3 Dec, 15:00", on=stale)
    assert "no times to choose from" in late.words


async def test_a_partner_is_told_kindly_what_is_open_to_them(teams):
    partner = teams.somebody(7)

    assert "for the schools of the trust" in (await partner.says("I need 1:1 support")).words
    card = await partner.says("services")
    assert "Specialist outreach" in card.words
    assert "1:1 support" not in [each["title"] for each in card.buttons]


async def test_somebody_elses_request_is_not_found(teams, teacher):
    await sent(teacher)
    request = teacher.last.buttons[0]["data"]["request"]
    senco = teams.senco

    for verb, data in (
        ("show-request", {}),
        ("carry-on-request", {"page": "0"}),
        ("save-answers", {"page": "0", "needs": "autism"}),
        ("send-request", {}),
        ("discard-draft", {}),
        ("say-about-request", {"step": "withdraw", "words": "x"}),
        ("lead-request", {}),
        ("request-history", {}),
        ("request-history", {"page": "999"}),
        ("take-request-step", {"step": "acknowledge", "seen": "2"}),
        ("keep-answer", {"keep": "yes", "question": "q", "answer": "a"}),
    ):
        card = await senco.acts(verb, request=request, **data)
        assert ABOUT not in str(card.content), verb
    assert "for the leads" in (await senco.acts("lead-queue")).words
    assert "Submitted" in (await teacher.says("my requests")).words


NAMED = "Kai Example in 4B born 03/02/2018 runs off"
CONCERN = "she told me her dad hit her at home"


@pytest.mark.parametrize(("text", "said"), [(NAMED, "leave that detail out"), (CONCERN, "999")])
async def test_no_free_text_of_a_request_keeps_what_must_not_be_kept(
    teams, teacher, lead, text, said
):
    await teacher.says("I need 1:1 support")
    await facts(teacher)
    page = teacher.last
    assert said in (await teacher.presses("Next", on=page, about=text)).words
    assert said in (await teacher.says(text)).words
    await teacher.says(ABOUT)
    assert said in (await teacher.presses("Next", on=page, about=text)).words
    await teacher.says("my requests")
    await teacher.presses("Carry on")
    assert said in (await teacher.presses("Next", tried=text)).words
    await teacher.says("skip")
    assert said in (await teacher.presses("Next", times_words=text)).words
    await teacher.says("Tuesdays")
    await teacher.says("send it")
    request = teacher.last.buttons[0]["data"]["request"]

    for verb in ("note", "withdraw"):
        card = await teacher.acts("say-about-request", request=request, step=verb, words=text)
        assert said in card.words
    for step in ("note", "answer", "redirect"):
        card = await lead.acts(
            "take-request-step", request=request, step=step, words=text, service="coaching"
        )
        assert said in card.words
    kept_answer = {"keep": "yes", "question": text, "answer": text}
    assert said in (await lead.acts("keep-answer", request=request, **kept_answer)).words
    assert not await is_anywhere(teams, text)


async def is_anywhere(teams, text):
    """Whether these words are in any table."""
    async with teams.service.database.read() as db:
        tables = await db.scalars(sql("SELECT name FROM sqlite_master WHERE type = 'table'"))
        for table in tables.all():
            rows = (await db.execute(sql(f'SELECT * FROM "{table}"'))).all()
            if any(text in str(row) or text[:20] in str(row) for row in rows):
                return True
    return False
