"""What people type is never taken for more than it says: no place booked or lost by a guess."""

import pytest


@pytest.fixture
def teacher(teams):
    return teams.teacher


@pytest.mark.parametrize(
    "text",
    [
        "book me on the dyslexia clinic",
        "book the autism clinic",
        "don't book me on the language clinic",
        "how do i join the clinic",
        "book the hall for the clinic",
    ],
)
async def test_what_is_not_there_or_not_asked_for_books_nothing(teacher, text):
    await teacher.says("hi")
    await teacher.says(text)

    assert "nothing booked" in (await teacher.says("my bookings")).words


async def test_a_subject_that_no_clinic_has_is_said(teacher):
    shown = await teacher.says("book me on the dyslexia clinic")

    assert "I can't find one on that" in shown.words
    assert "sensory" in shown.words


async def test_a_month_before_a_noun_is_that_month(teacher):
    assert "10 Mar" in (await teacher.says("book the march clinic")).words


@pytest.mark.parametrize("text", ["whats on thursday 3 december", "whats on thurs 3rd dec"])
async def test_a_weekday_beside_a_date_is_part_of_it(teacher, text):
    shown = await teacher.says(text)

    assert "sensory" in shown.words
    assert "26 November" not in shown.words


@pytest.mark.parametrize(
    "text",
    ["book the sensory clinic for my SENCo", "invite the head to the sensory clinic"],
)
async def test_a_place_for_a_colleague_is_not_booked_for_oneself(teams, text):
    teacher = teams.assistant
    await teacher.says("hi")
    shown = await teacher.says(text)

    assert "colleague" in shown.words.lower()
    assert "nothing booked" in (await teacher.says("my bookings")).words


@pytest.mark.parametrize(
    "text",
    ["sure, what's on in january?", "don't book me on the language clinic", "no clinics in march?"],
)
async def test_a_question_after_give_up_is_no_answer_to_it(teacher, text):
    await teacher.says("book me on the sensory clinic")
    await teacher.says("give up my place")
    answer = await teacher.says(text)

    assert "given up" not in answer.words
    assert "You're booked" not in answer.words
    assert "sensory" in (await teacher.says("my bookings")).words


@pytest.mark.parametrize(
    "text", ["don’t book me on the language clinic", "don’t put me down for a clinic"]
)
async def test_a_phones_apostrophe_is_an_apostrophe(teacher, text):
    await teacher.says("hi")
    await teacher.says(text)

    assert "nothing booked" in (await teacher.says("my bookings")).words
    assert "off" not in (await teacher.says("don’t stop my reminders")).words.split(" | ")[0]


@pytest.mark.parametrize(
    "text",
    [
        "any new clinics?",
        "is there a new session on autism?",
        "what clinics are there on attendance",
    ],
)
async def test_a_leads_question_is_no_order(teams, text):
    answer = await teams.somebody(1).says(text)

    assert "A new session" not in answer.words
    assert "register" not in answer.words.lower()


async def test_a_lead_means_no_school_by_half_a_name(teams):
    answer = await teams.somebody(1).says("next steps for school about reading")

    assert "Whose next steps? Choose a school." in answer.words


async def test_strands_are_found_by_their_words(teacher):
    shown = await teacher.says("book me on adaptive teaching")

    assert "INSET day" in shown.words
    assert "adaptive teaching" in str(shown.content).lower()


@pytest.mark.parametrize("regret", ["actually no", "sorry wrong one", "oops"])
async def test_a_second_thought_is_no_wish_for_the_session(teacher, regret):
    await teacher.says("book me on the next clinic")

    assert "Give up your place?" in (await teacher.says(regret)).words


@pytest.mark.parametrize("said", ["ok", "is there parking?", "n/a", "what time does it finish"])
async def test_a_question_or_an_ok_is_not_passed_on(teams, teacher, said):
    await teacher.says("book me on the next clinic")
    shown = await teacher.says(said)

    assert "passed that on" not in shown.words
    clinic = str(teams.session("sensory"))
    seen = await teams.somebody(1).acts("lead-session", session=clinic)
    assert "What people would like from it" not in seen.words


@pytest.mark.parametrize(
    "said",
    [
        "how do i help learners who cover their ears in assembly?",
        "no experience with this, so the basics please",
        "can we look at dinner halls?",
    ],
)
async def test_what_someone_would_like_is_still_passed_on(teacher, said):
    await teacher.says("book me on the next clinic")

    shown = await teacher.says(said)

    assert "passed that on" in shown.words


async def test_undo_after_a_swap_takes_the_swap_back(teams, teacher):
    await teacher.says("book me on the sensory clinic")
    asked = await teacher.says("swap my clinic")
    await teacher.presses(next(b["title"] for b in asked.buttons if b["verb"] == "swap"), on=asked)

    undone = await teacher.says("undo")

    assert "Swapped back" in undone.words
    mine = (await teacher.says("my bookings")).words
    assert "sensory" in mine
    assert mine.count("Confirmed") == 1


async def test_which_booking_is_meant_is_heard(teams):
    senco = teams.senco
    await senco.says("senco meeting dates")
    await senco.presses("Book all remaining")

    assert "Give up your place?" in (await senco.says("can't make the april senco meeting")).words
    assert "Give up your place?" not in (await senco.says("can't make it on 24 december")).words


async def test_do_not_stop_my_reminders(teacher):
    assert "off" not in (await teacher.says("don't stop my reminders")).words.split(" | ")[0]


async def test_everybody_may_know_who_the_send_lead_is(teacher):
    assert "Trust SEND Lead" in (await teacher.says("who is the send lead")).words
    assert "for the leads" not in teacher.last.words


async def test_withdrawing_a_topic_gives_up_no_place(teacher):
    await teacher.says("book me on the next clinic")

    assert "Give up" not in (await teacher.says("withdraw my topic suggestion")).words


async def test_a_bare_no_shows_the_one_offer(teams, teacher):
    ta, maths = teams.assistant, teams.somebody(5)
    for each in (teacher, ta, maths):
        await each.says("hi")
    anxiety = str(teams.session("anxiety"))
    await teacher.acts("book", session=anxiety)
    await ta.acts("book", session=anxiety)
    await maths.acts("book", session=anxiety)

    left = await maths.says("give up my place")
    assert "Leave the waiting list?" in left.words
    assert "You've left the waiting list" in (await maths.presses("Yes, leave the list")).words
    await teacher.says("give up my place")
    await teacher.presses("Yes, give it up")
    await teams.service.delivery.drain()
    assert "A place has come up" in ta.reads().words

    assert "A place has come up" in (await ta.says("no thanks")).words
    assert "I've passed it on" in (await ta.says("no, thank you")).words
    assert "nothing booked" in (await ta.says("my bookings")).words


async def test_nobody_becomes_the_lead_by_saying_so(teams, teacher):
    await teacher.says("book me on the next clinic")
    answer = await teacher.says("I'm the Trust SEND Lead")

    assert "The trust's settings say who leads the Hub" in answer.words
    assert "leads" in (await teacher.acts("lead-programme")).words
