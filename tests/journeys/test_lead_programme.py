"""Journeys 8 and 9: a lead sets, moves and calls off sessions; everybody booked hears of it once."""

from datetime import UTC, datetime

import pytest

from cards.parts import Verb

CLINIC = "sensory"
NEW = {
    "tier": "4",
    "title": "Clinic: maths anxiety",
    "date": "2027-04-29",
    "venue": "School D",
    "capacity": "12",
}


@pytest.fixture
def lead(teams):
    return teams.somebody(1)


async def saved(lead, card, **typed):
    """Press Save with everything that stands in the form, and what was typed over it."""
    stands = {
        each["id"]: str(each.get("value", "")).removesuffix(".0")
        for each in inputs(card.content["body"])
    }
    return await lead.presses("Save", on=card, **(stands | typed))


def inputs(elements):
    for each in elements:
        if each["type"].startswith("Input."):
            yield each
        yield from inputs(each.get("items", []))


async def test_a_clinic_is_set_by_a_sentence_and_a_form(teams, lead):
    form = await lead.says("add a clinic on 29 April 2027")
    assert form.content["body"][3]["value"] == "2027-04-29"

    warned = await saved(lead, form, **NEW)
    assert "Worth a second thought" in warned.words
    assert "Summer 1" in warned.words
    kept = await saved(lead, warned, note="Two schools asked for it")

    assert "It is set" in kept.words
    assert "10:00–13:00" in kept.words
    assert "Two schools asked for it" in kept.words
    assert NEW["title"] in (await teams.teacher.says("what's on in april 2027")).words


async def test_a_double_tap_on_save_sets_one_session(teams, lead):
    form = await lead.says("add a clinic")
    both = [await saved(lead, form, **NEW, note="yes") for _ in range(2)]

    assert all("It is set" in each.words for each in both)
    shown = await teams.teacher.says("what's on in april 2027")
    assert shown.words.count(NEW["title"]) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "Title: Please give it a title"),
        ({"date": "soon"}, "Day: Please choose the day"),
        ({"date": "2020-03-12"}, "Day: That time has gone already"),
        ({"start": "25:99"}, "Start: Please give a time"),
        ({"start": "12:00", "end": "11:00"}, "End: It must end after it starts"),
        ({"capacity": "lots"}, "Places: Please give a number"),
        ({"capacity": "0"}, "Places: Please give a number"),
        ({"tier": "9"}, "Tier: Please choose a tier"),
        ({"tier": "5"}, "Tier: Please choose a tier"),
        ({"venue": "", "online_url": ""}, "Where: Where is it"),
        ({"online_url": "http://x"}, "Online link: Please paste an https"),
        ({"audience": "SENCo,king"}, "For: Please choose roles"),
        ({"release_on": "2027-12-01"}, "It is after the session"),
        ({"title": "x" * 300}, "Title: Please keep it under"),
        ({"notes": "Kai Example in 4B born 03/02/2018"}, "could identify a pupil"),
    ],
    ids=str,
)
async def test_a_mistake_in_the_form_is_told_and_nothing_typed_is_lost(lead, typed, words):
    form = await lead.says("new clinic")
    asked = await saved(lead, form, **(NEW | typed))

    assert words in asked.words
    fields = {each["id"]: each.get("value") for each in inputs(asked.content["body"])}
    assert fields["venue"] == ((NEW | typed)["venue"] or None)
    assert not ("notes" in typed and fields["notes"])
    assert "It is set" in (await saved(lead, asked, **NEW, note="yes", **blank(typed))).words


async def test_a_concern_in_a_form_is_sent_to_a_person_and_a_subject_is_none(lead):
    form = await lead.says("new clinic")
    asked = await saved(lead, form, **NEW | {"title": "x", "notes": "he has bruises"})
    assert "Designated Safeguarding Lead" in asked.words
    assert "bruises" not in str(asked.content)

    subject = NEW | {"title": "Clinic: self-harm and anxiety", "note": "yes"}
    assert "It is set" in (await saved(lead, asked, **subject)).words


@pytest.mark.parametrize("revision", ["²", "9" * 5000, "-1", "x"])
async def test_a_revision_that_no_card_of_ours_carries_saves_nothing(teams, lead, revision):
    session = teams.session("sensory")
    form = await lead.acts("edit-session", session=str(session))
    data = {each["id"]: str(each.get("value", "")) for each in inputs(form.content["body"])}

    answer = await lead.acts(
        "save-session", **data | {"session": str(session), "revision": revision, "title": "x"}
    )

    assert "A colleague changed it meanwhile" in answer.words


def blank(typed):
    return {name: "" for name in typed if name not in NEW}


async def test_snow_everybody_booked_is_told_once_and_one_tap_keeps_or_gives_up(teams, lead, clock):
    teacher, assistant = teams.teacher, teams.assistant
    small = str(teams.session("anxiety"))
    for person in (teacher, assistant):
        await person.says("hi")
        await person.acts("book", session=small)
    await teams.service.delivery.drain()
    assert len(teacher.events) == 1

    form = await lead.says("move the anxiety clinic")
    moved = await saved(
        lead, form, date="2027-02-04", reason="School C is closed because of snow", note="It must"
    )
    assert "It is changed. I'm telling 2 people." in moved.words
    await teams.service.delivery.drain()

    told = teacher.reads()
    assert "This session has moved" in told.words
    assert "Thursday 4 February 2027" in told.words
    assert "because of snow" in told.words
    assert "place in line" in assistant.reads().words
    (event,) = teacher.events
    assert event["start"]["dateTime"] == "2027-02-04T10:00:00"
    assert len(teacher.feed) == 1

    assert "You're booked" in (await teacher.presses("Keep my place", on=told)).words
    assert "given up" in (await teacher.presses("Give up my place", on=told)).words
    await teams.service.delivery.drain()
    assert teacher.events == []
    assert "A place has come up" in assistant.reads().words


async def test_called_off_and_put_back_on(teams, lead):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    await teams.service.delivery.drain()

    asked = await lead.says("call off the sensory clinic")
    assert "1 person will be told" in asked.words
    off = await lead.presses("Yes, call it off", reason="Snow")
    assert "Called off. I'm telling 1 person." in off.words
    again = await lead.presses("Yes, call it off", on=asked, reason="Snow")
    assert "It was called off already" in again.words
    await teams.service.delivery.drain()

    told = teacher.reads()
    assert "This session is cancelled" in told.words
    assert "Snow" in told.words
    assert teacher.events == []
    assert len(teacher.feed) == 1
    assert "nothing booked" in (await teacher.says("my bookings")).words
    assert "cancelled" in (await teacher.acts("book", session=session_of(off))).words

    back = await lead.presses("Put it back on", on=off)
    assert "Back on. I'm telling 1 person." in back.words
    twice = await lead.presses("Put it back on", on=off)
    assert "It is on already" in twice.words
    await teams.service.delivery.drain()
    assert "This session is on again" in teacher.reads().words
    assert len(teacher.events) == 1
    assert "Confirmed" in (await teacher.says("my bookings")).words


async def test_put_back_on_beside_what_was_set_meanwhile_needs_a_word_why(teams, lead):
    form = await lead.says("add a clinic")
    first = await saved(lead, form, **NEW, note="yes")
    off = await lead.acts("cancel-session", session=id_in(first), reason="Snow")
    other = NEW | {"title": "Clinic: reading", "date": "2027-05-06"}
    await saved(lead, await lead.says("add a clinic"), **other, note="yes")

    asked = await lead.presses("Put it back on", on=off)
    assert "Put it back on?" in asked.words
    assert "Clinic: reading" in asked.words
    guarded = await lead.presses("Put it back on", on=asked, note="for Kai Example in 4B")
    assert "haven't kept" in guarded.words
    left = await lead.presses("Leave it off", on=asked)
    assert "Cancelled" in left.words

    back = await lead.presses("Put it back on", on=asked, note="Both are wanted")
    assert "Back on" in back.words
    assert "Both are wanted" in back.words


async def test_a_school_meeting_is_not_saved_by_the_form_of_a_session(teams, lead):
    senco = teams.senco
    for each in (senco, lead, teams.somebody(9)):
        await each.says("hi")
    asked = await senco.says("can we arrange our tier 5 visit")
    choice = [each["title"] for each in asked.buttons if each["verb"] == "hold-school-meeting"]
    meeting = id_in(await senco.presses(choice[0]))

    answer = await lead.acts("save-session", session=meeting, revision="1", **NEW)

    assert "Move it with its school" in answer.words
    assert "School meeting" in answer.words


def id_in(card):
    return next(each["data"]["session"] for each in card.buttons if "session" in each["data"])


def session_of(card):
    return card.button("Put it back on")["data"]["session"]


async def test_two_leads_at_once_and_the_second_sees_what_the_first_did(teams, lead):
    form = await lead.says("move the next clinic")
    await saved(lead, form, title="Clinic: sensory needs, part 1")

    late = await saved(lead, form, title="Clinic: something else")

    assert "A colleague changed it meanwhile" in late.words
    assert "Clinic: sensory needs, part 1" in late.words
    assert "something else" not in late.words


async def test_fewer_places_than_are_held_is_refused_and_more_go_to_whoever_waits(teams, lead):
    teacher, assistant = teams.teacher, teams.assistant
    small = str(teams.session("anxiety"))
    for person in (teacher, assistant):
        await person.says("hi")
        await person.acts("book", session=small)

    form = await lead.says("change the anxiety clinic")
    more = await saved(lead, form, capacity="2")
    assert "It is changed" in more.words
    await teams.service.delivery.drain()
    assert "A place has come up" in assistant.reads().words

    form = await lead.presses("Edit or move", on=more)
    fewer = await saved(lead, form, capacity="1")
    assert "has 2 places booked or on offer" in fewer.words
    assert "Save" in [each["title"] for each in fewer.buttons]


async def test_the_programme_shows_figures_names_hopes_and_what_the_year_still_owes(teams, lead):
    await teams.teacher.says("book me on the next clinic")
    await teams.teacher.says("ideas for a noisy dinner hall")

    shown = await lead.says("programme")
    assert "none set yet for School A" in shown.words
    assert "1 of 12 booked" in shown.words
    opened = await lead.presses("Open", beside=CLINIC)

    assert "Class teacher, School A, School A" in opened.words
    assert "ideas for a noisy dinner hall" in opened.words
    assert {each["title"] for each in opened.buttons} == {
        *("Edit or move", "Call it off", "Announce", "Programme")
    }
    later = await lead.presses("Later", on=shown)
    assert later.words != shown.words


LEADS_VERBS = [
    *(Verb.LEAD_PROGRAMME, Verb.LEAD_SESSION, Verb.NEW_SESSION, Verb.EDIT_SESSION),
    *(Verb.SAVE_SESSION, Verb.ASK_CANCEL_SESSION, Verb.CANCEL_SESSION, Verb.REINSTATE_SESSION),
    *(Verb.REGISTER, Verb.SAVE_REGISTER, Verb.ASK_WALK_IN, Verb.ADD_WALK_IN, Verb.ANNOUNCE),
    *(Verb.PREVIEW_ANNOUNCEMENT, Verb.SEND_ANNOUNCEMENT, Verb.ANNOUNCED, Verb.DEMAND),
    *(Verb.STAFF, Verb.EDIT_PERSON, Verb.SAVE_PERSON),
]


async def test_a_leads_verbs_work_for_leads_only_whatever_the_card_says(teams):
    teacher = teams.teacher
    clinic = str(teams.session("sensory"))
    for verb in LEADS_VERBS:
        said = await teacher.acts(
            verb.value, session=clinic, is_lead="yes", roles="Trust SEND Lead"
        )
        assert "for the leads of the SEND Hub" in said.words, verb
    for words in (
        "programme",
        "add a clinic on 12 March",
        "take the register",
        "call off the clinic",
    ):
        shown = await teacher.says(words)
        assert "Save" not in [each["title"] for each in shown.buttons]
        assert "booked" not in shown.words or "What's on" in shown.words
    assert "12 places left" in (await teacher.acts("show-session", session=clinic)).words


async def test_a_topic_becomes_a_clinic(teams, lead):
    await teams.teacher.says("can we have a clinic on selective mutism")

    demand = await lead.says("what do people want clinics on")
    await lead.presses("Show", on=demand)
    form = await lead.presses("Create a clinic")

    fields = {each["id"]: each.get("value") for each in inputs(form.content["body"])}
    assert fields["title"] == "Clinic: selective mutism"


async def test_a_reminder_follows_a_moved_session(teams, lead, clock):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    form = await lead.says("move the next clinic")
    await saved(lead, form, date="2026-12-10", note="It must")
    await teams.service.delivery.drain()

    for day in (2, 9):
        clock.at = datetime(2026, 12, day, 15, 45, tzinfo=UTC)
        await teams.service.plan()
        await teams.service.delivery.drain()

    # The reminder takes the place of the change that it repeats.
    assert [each["activityType"] for each in teacher.feed] == ["sessionReminder"]
