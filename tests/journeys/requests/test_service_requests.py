"""Every service can be asked for, question by question; rapid advice comes back in a school day."""

from datetime import UTC, datetime

import pytest

from bot.loading.content import load_services
from hub.request_answers import pages
from hub.services import Kind
from tests.people import Shown, teams_running

SERVICES = load_services(None)
HEAD = 4
QUESTION = "How do I set up a now and next board for a whole class?"
#: What fits a question of each kind, in words and in a form.
TYPED = {Kind.TEXT: "maths in Year 4", Kind.TIMES: "Tuesdays after school"}
FILLED = {
    Kind.NEEDS: "autism",
    Kind.NUMBER: "12",
    Kind.DATE: "2026-12-03",
    Kind.YES_NO: "yes",
}


SENTENCES = (
    ("can you do a TA deployment audit for us", "How many TAs"),
    ("please could you quality assure an EHCP application", "At what stage"),
    ("in class coaching for my ECT?", "What would you like to work on?"),
    ("could we have an immersion visit", "How many of you"),
    ("I'd like a case consultation", "Have parents or carers agreed"),
    ("Ask for 1:1 support", "What is it about?"),
    ("could someone come and see me about a class I'm finding hard", "What is it about?"),
)


@pytest.fixture
async def teams(tmp_path, clock, trust):
    url = f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite"
    channel = {"requests_channel": "19:hub@thread.tacv2"}
    async with teams_running(url, clock, trust, **channel) as running:
        yield running


async def goes_out(teams):
    await teams.service.plan()
    await teams.service.delivery.drain()


def filled(question):
    if question.kind in FILLED:
        return FILLED[question.kind]
    return next(each.key for each in question.choices if each.key != question.stops)


async def test_every_service_is_asked_for_in_two_taps_and_its_questions(teams, lead):
    head = teams.somebody(HEAD)
    await lead.says("hi")
    for at, service in enumerate(SERVICES.every, 1):
        listed = await head.says("services")
        assert service.name in listed.words
        card = await head.presses("Ask for this", service=service.key)
        for page in pages(service):
            assert all(each.asks.split("?")[0] in str(card.content) for each in page)
            if page[0].kind in TYPED:
                card = await head.says(TYPED[page[0].kind])
            else:
                card = await head.presses("Next", **{each.key: filled(each) for each in page})
        assert "ready to send?" in card.words, service.key
        sent = await head.presses("Send it")
        assert f"Your reference is SH-{at:04d}" in sent.words
        told = await lead.says(f"SH-{at:04d}")
        assert service.name in told.words
        assert "Headteacher, School C" in told.words
    await goes_out(teams)
    assert "Specialist outreach" in lead.reads().words or "Specialist outreach" in str(lead.chat)


async def test_one_sentence_begins_the_request_it_means(teacher):
    for said, first in SENTENCES:
        assert first in str((await teacher.says(said)).content), said


async def test_a_hard_time_in_class_is_no_request_where_something_else_was_asked(teacher):
    await teacher.says("book me on the next clinic")

    kept = await teacher.says("I'm struggling with a class that can't focus")

    assert "passed that on" in kept.words
    assert "asked for nothing yet" in (await teacher.says("my requests")).words


@pytest.mark.parametrize(
    ("asked", "answers", "toolkit"),
    [
        ("coaching please", ("adaptive", "Year 4", "Tuesdays"), "adaptive-teaching"),
        ("a TA deployment audit please", ("12, yes", "Tuesdays"), "ta-deployment"),
    ],
)
async def test_toolkits_match_what_was_asked_for(teacher, asked, answers, toolkit):
    await teacher.says(asked)
    for answer in answers:
        await teacher.says(answer)

    sent = await teacher.says("send it")

    offered = [each["data"]["toolkit"] for each in sent.buttons if each["verb"] == "toolkit"]
    assert offered == [toolkit]


async def test_only_a_clear_wish_interrupts_and_the_request_is_kept(teacher):
    for said, is_an_answer in (
        ("can't do Mondays", True),
        ("any day next week on Teams", True),
        ("what's on in january", False),
        ("book me on the sensory clinic", False),
        ("my requests", False),
        ("stop reminding me", False),
    ):
        await teacher.acts("start-request", service="coaching", anew="yes")
        await teacher.says("adaptive")
        await teacher.says("maths in Year 4")
        answer = await teacher.says(said)
        assert ("ready to send?" in answer.words) is is_an_answer, said
        assert "Draft" in (await teacher.says("my requests")).words


async def test_a_whole_school_review_is_passed_to_those_who_answer_for_it(teams, teacher):
    refused = await teacher.says("we want a whole school SEND review")
    assert "SENCos" in refused.words
    assert "1:1 support" in refused.words
    assert "From which day on" in str((await teams.senco.says("a send review please")).content)


async def test_without_consent_a_consultation_stops_kindly_and_is_kept(teacher):
    await teacher.says("I'd like a case consultation")

    stopped = await teacher.presses("Next", consent="not-yet", needs="semh")

    assert "until parents or carers have agreed" in stopped.words
    request = stopped.button("Change my answer")["data"]["request"]
    assert "Sent" not in (await teacher.acts("send-request", request=request)).words
    assert "Draft" in (await teacher.says("my requests")).words


async def test_the_channel_hears_of_a_request_and_not_of_whom(teams, teacher):
    await teacher.says(f"question for the SEND Director: {QUESTION}")
    await teacher.says("send it")
    await goes_out(teams)

    posted = Shown(teams.tenant.state.chats["19:hub@thread.tacv2"][-1]["attachments"][0]["content"])
    assert "Rapid advice" in posted.words
    for private in (teacher.person.name, "School A", QUESTION):
        assert private not in str(posted.content)
    assert posted.buttons == []


async def test_rapid_advice_goes_to_the_lead_and_the_answer_comes_back(teams, teacher, lead):
    await lead.says("hi")
    await teacher.says(f"question for the SEND Director: {QUESTION}")
    card = await teacher.says("yes")
    assert "an answer by Tuesday 24 November 2026" in card.words
    await goes_out(teams)

    assert "A question for you" in lead.reads().words
    assert QUESTION in lead.last.words
    await lead.presses("Answer")
    await lead.says("Two pictures, one Velcro strip, and take the first one off together.")
    await goes_out(teams)
    assert "has been answered" in teacher.reads().words
    assert "Velcro strip" in teacher.last.words

    # Kept by the lead, it is found by the next person who asks
    await lead.says("keep SH-0001 as a quick answer")
    kept = await lead.presses(
        "Keep it", question=QUESTION, answer="Two pictures and one Velcro strip."
    )
    assert "Kept" in kept.words
    await teams.senco.says("how could I set up a now and next board for my class?")
    beside = [Shown(each["content"]) for each in teams.senco.chat[-1]["attachments"]]
    (kept,) = [each for each in beside if "Somebody asked this before" in each.words]
    assert "one Velcro strip" in kept.words
    assert "What would you like to ask?" in str(
        (await teams.senco.presses("Ask something else", on=kept)).content
    )
    for said in ("how could I set up a reading corner?", "class", "what's on?"):
        await teams.senco.says(said)
        assert "Somebody asked" not in str(teams.senco.chat[-1]), said
    asked = await teams.senco.says("quick question: how can I set up a now and next board?")
    assert "Somebody asked this before" in asked.words
    assert "one Velcro strip" in asked.words
    assert teacher.person.name not in str(asked.content)
    other = await teams.assistant.says("quick question: who leads the maths working party?")
    assert "Somebody asked" not in other.words


async def test_a_question_that_nobody_answers_becomes_a_request(teams, clock, teacher, lead):
    await lead.says("hi")
    await teacher.says(f"question for the SEND Director: {QUESTION}")
    await teacher.says("send it")
    await goes_out(teams)
    heard = len(teacher.chat)

    clock.at = datetime(2026, 11, 24, 15, 39, tzinfo=UTC)
    await goes_out(teams)
    assert len(teacher.chat) == heard
    clock.at = datetime(2026, 11, 24, 15, 41, tzinfo=UTC)
    for _ in range(2):
        await goes_out(teams)

    assert "taken the place of your question" in teacher.reads().words
    assert len(teacher.chat) == heard + 1
    assert "A question that is now a request" in lead.reads().words
    assert "an acknowledgement by Thursday 26 November 2026" in (await lead.says("SH-0001")).words


async def test_in_a_channel_nothing_of_a_request_is_said(teams, teacher):
    await teacher.says("I need 1:1 support")
    group = {"id": "19:group", "conversationType": "groupChat", "isGroup": True}
    for said in ("my requests", "I need 1:1 support", "queue"):
        await teacher.sends(type="message", text=said, conversation=group)

    for each in teams.tenant.state.chats["19:group"]:
        assert "own chat" in str(each["attachments"][0]["content"])
