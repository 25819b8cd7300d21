"""Journey 4: the school meeting of tier 5, from "can we arrange it" to "how is it coming on"."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from store.tables import NextStepRow, OutboxRow, SessionRow


@pytest.fixture
def senco(teams):
    """SENCo of School B."""
    return teams.senco


@pytest.fixture
def head(teams):
    """Headteacher of School B."""
    return teams.somebody(9)


@pytest.fixture
def lead(teams):
    return teams.somebody(1)


async def arranged(senco, *others):
    """The SENCo has arranged the meeting of School B, and the others have a chat."""
    for each in others:
        await each.says("hi")
    await senco.says("can we arrange our tier 5 visit")
    return await senco.presses(half_days(senco.last)[0])


def half_days(shown):
    return [each["title"] for each in shown.buttons if each["verb"] == "hold-school-meeting"]


async def goes_out(teams):
    await teams.service.plan()
    await teams.service.delivery.drain()


async def test_one_sentence_and_one_tap_arrange_it_and_everybody_has_it(teams, senco, head, lead):
    await head.says("hi")
    await lead.says("hi")

    choice = await senco.says("can we arrange our tier 5 visit")
    assert "Review lived experience of SEND in context" in choice.words
    assert "Headteacher, School B" in choice.words
    assert "Trust SEND Lead" in choice.words
    assert len(half_days(choice)) == 4
    held = await senco.presses(half_days(choice)[0])
    await goes_out(teams)

    assert "Your school meeting is arranged" in held.words
    for each in (senco, head, lead):
        (event,) = each.events
        assert event["subject"] == "School meeting: School B"
    assert "SENCo, School B has arranged your school meeting" in head.reads().words
    assert "has arranged your school meeting" in lead.reads().words
    assert [bell["activityType"] for bell in head.feed + lead.feed] == ["hubNews", "hubNews"]
    assert senco.feed == []
    assert "School meeting: School B" in (await head.says("my bookings")).words
    shown = await head.presses("Show or change", beside="School meeting")
    assert "Your school meeting is arranged" in shown.words


async def test_when_is_it_and_a_second_one_is_not_made(teams, senco, head):
    await arranged(senco, head)

    asked = await head.says("when is our annual school meeting with the SEND lead")
    again = await head.acts("hold-school-meeting", school="school-b", half_day="2026-12-08 morning")

    assert "Your school meeting is arranged" in asked.words
    assert "arranged already" in again.words
    assert len(await meetings(teams)) == 1


async def meetings(teams):
    async with teams.service.database.read() as db:
        rows = await db.scalars(select(SessionRow).where(SessionRow.tier == "5"))
        return list(rows)


async def test_both_press_at_once_and_there_is_one_meeting(teams, senco, head):
    await head.says("hi")
    choice = await senco.says("arrange our school meeting")
    titles = half_days(choice)

    answers = await asyncio.gather(
        senco.presses(titles[0], on=choice),
        head.presses(titles[1], on=choice),
        senco.presses(titles[0], on=choice),
    )
    await teams.service.delivery.drain()

    assert len(await meetings(teams)) == 1
    assert sum("arranged already" in each.words for each in answers) == 2
    assert (len(senco.events), len(head.events)) == (1, 1)


async def test_any_free_half_day_can_be_chosen_from_the_list(teams, senco):
    await senco.says("arrange our school meeting")
    listed = await senco.presses("Other times")
    (choices,) = [
        each["choices"] for each in listed.content["body"] if each["type"] == "Input.ChoiceSet"
    ]
    assert len(choices) > 20

    later = await senco.presses("Later")
    assert "Earlier" in [each["title"] for each in later.buttons]
    await senco.presses("Back")
    await senco.presses("Other times")
    held = await senco.presses("Take this half-day", half_day=choices[7]["value"])

    assert "Your school meeting is arranged" in held.words


async def test_a_half_day_in_a_sentence_is_enough(senco):
    held = await senco.says("book our school meeting on 8 December, morning")
    assert "Tuesday 8 December 2026" in held.words

    moved = await senco.says("move our school meeting to 9 December, afternoon")
    assert "Your school meeting has moved" in moved.words
    assert "Wednesday 9 December 2026" in moved.words


@pytest.mark.parametrize(
    "half_day",
    ["2026-11-20 morning", "2026-12-25 morning", "2026-12-03 morning", "whenever", ""],
)
async def test_a_card_is_not_believed_about_what_is_free(teams, senco, half_day):
    # 3 December is a clinic that the lead leads.
    refused = await senco.acts("hold-school-meeting", school="school-b", half_day=half_day)

    assert "isn't free for everybody any more" in refused.words
    assert half_days(refused)
    assert await meetings(teams) == []


async def test_a_move_reaches_every_calendar_and_everybody_else(teams, clock, senco, head, lead):
    await arranged(senco, head, lead)
    await goes_out(teams)
    clock.at += timedelta(hours=20)

    choice = await head.says("move our school meeting")
    moved = await head.presses(choice.buttons[1]["title"])
    await goes_out(teams)

    assert "Your school meeting has moved" in moved.words
    assert "Your school meeting has moved" in lead.reads().words
    assert "Your school meeting has moved" in senco.reads().words
    starts = {each.events[0]["start"]["dateTime"] for each in (senco, head, lead)}
    assert len(starts) == 1
    assert all(len(each.events) == 1 for each in (senco, head, lead))
    assert [bell["activityType"] for bell in senco.feed] == ["sessionChanged"]
    (meeting,) = await meetings(teams)
    assert meeting.revision == 2


async def test_called_off_by_typing_and_another_can_be_arranged(teams, senco, head, lead):
    await arranged(senco, head, lead)
    await goes_out(teams)

    assert "Call off this school meeting?" in (await senco.says("cancel our school meeting")).words
    assert "Your school meeting is arranged" in (await senco.says("no")).words
    await senco.says("call off our school meeting")
    off = await senco.says("yes, Ofsted has rung")
    await goes_out(teams)

    assert "called off" in off.words
    assert "Ofsted has rung" in head.reads().words
    assert all(each.events == [] for each in (senco, head, lead))
    assert "nothing booked" in (await head.says("my bookings")).words
    again = await head.says("arrange our school meeting")
    held = await head.presses(half_days(again)[0])
    await goes_out(teams)
    assert "is arranged" in held.words
    assert all(len(each.events) == 1 for each in (senco, head, lead))


async def test_a_stale_card_says_what_has_become_of_the_meeting(senco, head):
    held = await arranged(senco, head)
    question = await senco.presses("Call it off")
    await senco.presses("Yes, call it off", why="")

    assert "called off" in (await head.presses("Move it", on=held)).words
    assert "called off" in (await senco.presses("Yes, call it off", on=question)).words
    assert "called off" in (await head.presses("No, keep it", on=question)).words


async def test_a_place_at_it_is_not_given_up_alone(senco, head):
    await arranged(senco, head)

    asked = await head.says("give up my place")

    assert "Call off this school meeting?" in asked.words
    assert "It needs everybody" not in asked.words


async def test_an_unsafe_reason_is_not_passed_on(teams, senco, head):
    await arranged(senco, head)
    await senco.presses("Call it off")
    off = await senco.presses("Yes, call it off", why="Kai Example in 4B is unwell")
    await goes_out(teams)

    assert "called off" in off.words
    assert "Kai" not in off.words + head.reads().words


async def test_the_lead_sees_which_schools_have_none_and_arranges_for_one(teams, lead, head):
    await head.says("hi")
    schools = await lead.says("which schools have no school meeting yet")
    assert "0 of 7 arranged" in schools.words
    assert "School H" not in schools.words

    choice = await lead.presses("Show this school", school="school-b")
    await lead.presses(half_days(choice)[0])
    await goes_out(teams)
    assert "Trust SEND Lead has arranged your school meeting" in head.reads().words

    schools = await lead.says("school meetings")
    assert "1 of 7 arranged" in schools.words
    assert "School B" not in schools.words
    waits = await lead.says("arrange a school meeting with School C")
    assert "the SENCo of School C" in waits.words
    assert "say “hi” to me" in waits.words
    assert await lead.acts("hold-school-meeting", school="school-c", half_day="2026-12-08 morning")
    assert len(await meetings(teams)) == 1


async def test_it_is_refused_kindly_to_everybody_else(teams, senco, head):
    await arranged(senco, head)
    (meeting,) = await meetings(teams)
    teacher, partner, other = teams.teacher, teams.somebody(7), teams.somebody(6)
    told = {"session": str(meeting.id), "school": "school-b", "half_day": "2026-12-08 morning"}

    said = await teacher.says("can we arrange our tier 5 visit")
    assert "for a school's SENCo and headteacher" in said.words
    assert "Clinics and INSET strands are open to everyone" in said.words
    assert "for the schools of the trust" in (await partner.says("our school meeting")).words
    for stranger in (teacher, partner, other):
        for verb in (
            *("school-meeting", "hold-school-meeting", "ask-move-school-meeting"),
            *("move-school-meeting", "ask-cancel-school-meeting", "cancel-school-meeting"),
            *("next-steps", "save-next-steps", "step-done", "show-session", "book"),
        ):
            shown = await stranger.acts(verb, steps="mine", **told)
            assert "Headteacher, School B" not in shown.words
            assert "Who comes" not in shown.words
    (same,) = await meetings(teams)
    assert (same.revision, same.state) == (1, "scheduled")
    assert "School meeting" not in (await teacher.says("what's on")).words


async def test_a_shared_chat_hears_what_it_is_and_nothing_of_any_school(teams, senco, head):
    await arranged(senco, head)
    shared = {"id": "19:staffroom", "conversationType": "groupChat", "tenantId": "t"}

    await senco.sends(type="message", text="any school meetings coming up?", conversation=shared)

    (said,) = teams.tenant.state.chats["19:staffroom"]
    assert "Once a school year" in str(said)
    assert "School meeting: School B" not in str(said)


async def test_next_steps_are_written_shared_ticked_and_asked_about(
    teams, clock, senco, head, lead
):
    await arranged(senco, head, lead)
    await goes_out(teams)
    assert "is arranged" in (await senco.presses("Show the meeting", on=head.reads())).words

    # Given the meeting is over, the SENCo writes down what was agreed
    clock.at = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
    form = await senco.says("our next steps")
    assert "Nothing is written down yet" in form.words
    kept = await senco.presses(
        "Save next steps", steps="- Visual timetables in every class\n\nTA training on scaffolding"
    )
    assert "0 of 2 steps done" in str(kept.content)

    # Then the others see it, tick and change it
    seen = await head.says("what are our next steps")
    assert "TA training on scaffolding" in str(seen.content)
    assert "1 of 2 steps done" in str((await head.says("step 1 is done")).content)
    await lead.says("next steps for School B")
    form = await lead.presses("Change the steps")
    changed = await lead.presses(
        "Save next steps",
        steps="Visual timetables in every class\nTA training on scaffolding\nReview in spring",
    )
    assert "1 of 3 steps done" in str(changed.content)
    added = await head.says("next steps: Parents' evening stall")
    assert "1 of 4 steps done" in str(added.content)

    # When six weeks are over, the school is asked, the lead is not, and only once
    clock.at = datetime(2027, 1, 6, 15, 45, tzinfo=UTC)
    await goes_out(teams)
    assert not any(check_ins(each) for each in (senco, head, lead))
    clock.at = datetime(2027, 1, 7, 15, 45, tzinfo=UTC)
    for _ in range(2):
        await goes_out(teams)
    assert [check_ins(each) for each in (senco, head, lead)] == [1, 1, 0]
    asked = senco.reads()
    assert "How are your next steps coming on?" in asked.words
    assert "Visual timetables" not in asked.words
    assert "Review in spring" in asked.words

    opened = await senco.presses("Show and tick off")
    (ticks,) = [each for each in opened.content["body"] if each["type"] == "Input.ChoiceSet"]
    all_ids = ",".join(each["value"] for each in ticks["choices"])
    assert "All done" in (await senco.presses("Save the ticks", done=all_ids)).words


def check_ins(person) -> int:
    return sum("from your school meeting still open" in str(bell) for bell in person.feed)


async def test_no_check_in_when_all_is_done_or_reminders_are_off(teams, clock, senco, head):
    await arranged(senco, head)
    clock.at = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
    await senco.says("next steps: one thing")
    await goes_out(teams)
    await head.says("stop reminding me")

    clock.at = datetime(2027, 1, 7, 15, 45, tzinfo=UTC)
    await teams.service.plan()
    await senco.says("step 1 is done")
    await teams.service.delivery.drain()

    assert [check_ins(senco), check_ins(head)] == [0, 0]


async def test_next_steps_never_hold_a_pupils_details(teams, clock, senco, head):
    await arranged(senco, head)
    clock.at = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
    await senco.says("our next steps")

    told = await senco.presses(
        "Save next steps", steps="TA training\nKai Example in 4B gets a timetable"
    )
    assert "a pupil's name" in told.words
    assert "TA training" in str(told.content)
    assert "Kai" not in str(told.content)
    split = await senco.presses("Save next steps", steps="Kai Example\nin 4B")
    assert "nothing is saved yet" in split.words
    worried = await senco.presses("Save next steps", steps="Safeguarding concern about home")
    assert "Designated Safeguarding Lead" in worried.words
    async with teams.service.database.read() as db:
        assert (await db.scalars(select(NextStepRow))).all() == []


async def test_too_many_steps_and_a_quicker_colleague_lose_nothing(teams, clock, senco, head):
    await arranged(senco, head)
    clock.at = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
    form = await senco.says("our next steps")
    many = "\n".join(f"step number {at}" for at in range(11))

    told = await senco.presses("Save next steps", steps=many)
    assert "up to 10 steps" in told.words
    assert "step number 10" in str(told.content)

    await head.says("our next steps")
    await head.presses("Save next steps", steps="the head's step")
    both = await senco.presses("Save next steps", on=form, steps="the SENCo's step")
    assert "A colleague has just changed" in both.words
    assert "the head's step" in str(both.content)
    assert "the SENCo's step" in str(both.content)


async def test_there_is_nothing_to_change_or_agree_yet_and_a_way_on_all_the_same(
    teams, senco, lead
):
    for words in ("move our school meeting", "cancel our school meeting"):
        shown = await senco.says(words)
        assert "no school meeting to come that I could change" in shown.words
        assert half_days(shown)
    assert half_days(await senco.says("when can the SEND lead come for our annual visit"))
    assert half_days(await lead.says("next steps for School B"))


async def test_there_are_no_next_steps_before_the_meeting(senco, head):
    assert "hasn't been one yet" in (await head.says("our next steps")).words
    await arranged(senco, head)
    held = senco.last.buttons[0]["data"]["session"]

    refused = await senco.acts("save-next-steps", session=held, steps="too early", seen="")

    assert "hasn't been yet" in refused.words


async def test_the_day_before_all_three_are_reminded_with_the_meetings_own_buttons(
    teams, clock, senco, head
):
    await arranged(senco, head)
    await goes_out(teams)
    (meeting,) = await meetings(teams)
    assert meeting.starts_at.date().isoformat() == "2026-11-26"
    clock.at = datetime(2026, 11, 25, 15, 45, tzinfo=UTC)

    await goes_out(teams)

    reminded = head.reads()
    assert "Your school meeting is tomorrow" in reminded.words
    assert [each["title"] for each in reminded.buttons] == [
        *("Show the meeting", "Move it", "Call it off")
    ]


async def test_everything_owed_is_sent_or_dropped_for_a_reason(teams, senco, head, lead):
    await arranged(senco, head, lead)
    await head.says("cancel our school meeting")
    await head.says("yes")
    await goes_out(teams)

    async with teams.service.database.read() as db:
        rows = await db.execute(select(OutboxRow.state, OutboxRow.reason))
    assert {state for state, _ in rows} <= {"sent", "dropped"}
