"""Who somebody is: asked once, beside the answer to what they came for; changed by a sentence."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from hub.people import Person
from store.people import person_of
from tests.people import Shown, Somebody


def newcomer(teams, name="Jo Newcomer", tenant=""):
    known = teams.trust.people[0]
    object_id = str(uuid4())
    teams.tenant.state.names[object_id] = name
    return Somebody(teams, Person(uuid4(), tenant or known.tenant_id, object_id, name))


def beside(somebody):
    """The second card of the newest message."""
    return Shown(somebody.chat[-1]["attachments"][1]["content"])


async def stored(teams, somebody):
    async with teams.service.database.read() as db:
        return await person_of(db, somebody.person.tenant_id, somebody.person.object_id)


async def test_the_first_answer_comes_at_once_with_the_question_beside_it(teams):
    jo = newcomer(teams)

    booked = await jo.says("book me on the next clinic")

    assert "You're booked" in booked.words
    assert len(jo.chat) == 1
    assert "Who are you in school?" in beside(jo).words
    await jo.says("my bookings")
    assert len(jo.chat[-1]["attachments"]) == 1


async def test_one_card_confirms_school_and_several_roles(teams):
    jo = newcomer(teams)
    await jo.says("hi")

    saved = await jo.presses("Save", on=beside(jo), school="school-b", roles="SENCo,headteacher")

    assert "SENCo and headteacher at School B" in saved.words
    assert "SENCo Meetings" in saved.words
    known = await stored(teams, jo)
    assert (known.school.id, sorted(known.roles)) == ("school-b", ["SENCo", "headteacher"])
    assert known.introduced_at is not None
    assert "You're booked" in (await jo.says("put me down for the senco meeting")).words


async def test_welcomed_with_what_graph_knows_already_filled_in(teams):
    senco = teams.senco
    await senco.sends(type="installationUpdate", action="add")

    welcome = senco.reads()
    assert "SENCo at School B" in welcome.words
    saved = await senco.presses("That's right", on=welcome, **inputs(welcome))

    assert "I have you down as SENCo at School B" in saved.words


def inputs(card):
    return {
        each["id"]: each.get("value", "")
        for each in card.content["body"]
        if each["type"].startswith("Input.")
    }


async def test_a_sentence_changes_it_any_time_even_in_the_middle_of_something(teams):
    jo = newcomer(teams)
    await jo.says("book me on the next clinic")

    now = await jo.says("I'm the SENCo at School B now")
    assert "I have you down as SENCo at School B" in now.words
    also = await jo.says("I'm also maths lead")
    assert "SENCo and maths lead at School B" in also.words
    less = await jo.says("I'm not the SENCo any more")
    assert "maths lead at School B" in less.words
    moved = await jo.says("I've moved to School C")
    assert "maths lead at School C" in moved.words
    shown = await jo.says("my bookings")
    assert "SENCo at School" not in (await jo.presses("Show or change", on=shown)).words


async def test_places_that_are_no_longer_meant_for_somebody_are_kept_and_pointed_out(teams):
    senco = teams.senco
    await senco.says("put me down for the senco meeting")

    now = await senco.says("I'm a class teacher")

    assert "These are meant for other roles" in now.words
    assert "SENCo meeting" in now.words
    assert "Confirmed" in (await senco.says("my bookings")).words
    assert "for SENCos" in (await senco.says("book me on SENCo training")).words


async def test_a_place_no_longer_meant_for_somebody_can_be_given_up_from_the_same_card(teams):
    senco = teams.senco
    await senco.says("put me down for the senco meeting")
    await senco.says("I'm a class teacher")

    await senco.presses("Give up my place")
    gone = await senco.presses("Yes, give it up")

    assert "given up your place" in gone.words
    assert "nothing booked" in (await senco.says("my bookings")).words


async def test_whoever_says_who_they_are_first_is_not_asked_again_beside_it(teams):
    jo = newcomer(teams)

    told = await jo.says("Hi, I'm the SENCo at School B")

    assert "I have you down as SENCo at School B" in told.words
    assert len(jo.chat[-1]["attachments"]) == 1
    await jo.says("hi")
    assert len(jo.chat[-1]["attachments"]) == 1


async def test_who_am_i_can_be_asked_by_typing_and_confirmed_by_typing(teams):
    senco = teams.senco
    await senco.says("hi")

    for text in ("Who am I?", "change my role", "what's my school", "tell me my role"):
        assert "I have you down as SENCo at School B" in (await senco.says(text)).words
    told = await senco.says("that's right")

    assert "Thank you" in told.words
    assert (await stored(teams, senco)).introduced_at is not None
    assert "SENCo" in (await senco.says("what do you know about me")).words


async def test_a_helper_is_not_taken_for_oneself(teams):
    teacher = teams.teacher
    before = await stored(teams, teacher)

    for text in ("I have a TA", "I work with the SENCo at School B", "I've been to School C"):
        await teacher.says(text)

    after = await stored(teams, teacher)
    assert (after.roles, after.school) == (before.roles, before.school)


async def test_whoever_left_a_school_is_asked_where_they_are_now(teams):
    senco = teams.senco
    await senco.says("hi")

    asked = await senco.says("I've left School B")

    assert "Where do you work now" in asked.words
    saved = await senco.presses("That's right", on=asked, school="school-c", roles="SENCo")
    assert "SENCo at School C" in saved.words


async def test_whom_a_tier_is_for_comes_with_what_is_open_instead(teams):
    maths_lead = teams.somebody(5)
    await maths_lead.says("hi")

    refused = await maths_lead.says("put me down for the senco meeting")

    assert "is for SENCos" in refused.words
    assert "SENCo & Maths Joint Working Party" in refused.words
    assert "I have you down as maths lead" in (await maths_lead.presses("Tell me my role")).words
    await maths_lead.presses("What's open to me", on=refused)
    assert "What's on for you" in maths_lead.last.words


async def test_an_unknown_school_is_asked_about(teams):
    jo = newcomer(teams)

    asked = await jo.says("I'm the SENCo at Hogwarts")

    assert "I don't know a school called “Hogwarts”" in asked.words
    saved = await jo.presses("That's right", on=asked, school="school-a", roles="SENCo")
    assert "SENCo at School A" in saved.words


@pytest.mark.parametrize(
    "data",
    [
        {"roles": "Trust SEND Lead", "school": "school-a"},
        {"roles": "SENCo,Trust SEND Lead,made up", "school": "school-a"},
        {"roles": "", "school": "made-up"},
        {},
    ],
)
async def test_nobody_makes_themselves_a_lead(teams, data):
    jo = newcomer(teams)
    await jo.says("hi")

    await jo.acts("save-who-i-am", **data)

    assert not (await stored(teams, jo)).is_lead
    assert "for the leads of the SEND Hub" not in (await jo.says("hi")).words


async def test_a_lead_stays_a_lead_whatever_else_they_are(teams):
    lead = teams.somebody(1)
    await lead.says("hi")

    await lead.says("I'm the SENCo at School B")

    assert (await stored(teams, lead)).is_lead


async def test_the_question_comes_again_in_a_new_school_year(teams, clock):
    from dataclasses import replace

    from hub.school_year import HalfTerm
    from store.school_years import keep_year

    teacher = teams.teacher
    await teacher.says("hi")
    await teacher.presses("That's right", on=beside(teacher), school="school-a", roles="SENCo")
    await teacher.says("hi")
    assert len(teacher.chat[-1]["attachments"]) == 1

    year = teams.trust.year
    one = timedelta(days=364)
    following = replace(
        year,
        name="2027-28",
        half_terms=tuple(
            HalfTerm(h.name, h.starts_on + one, h.ends_on + one) for h in year.half_terms
        ),
    )
    async with teams.service.database.begin() as db:
        await keep_year(db, following)
    clock.at = datetime(2027, 9, 2, 15, 40, tzinfo=UTC)
    await teacher.says("hi")

    assert "Is this right?" in beside(teacher).words
    await teacher.says("hi")
    assert len(teacher.chat[-1]["attachments"]) == 1


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("what's on in january", "What's on for you in January 2027"),
        ("what's on for SENCOs", "What's on for SENCos"),
        ("what's on at School C", "What's on for you at School C"),
        ("any clinics before easter?", "Next clinics before Easter"),
        ("what's on for TAs in the spring term", "for teaching assistants in the spring term"),
        ("what's on tomorrow", "What's on for you tomorrow"),
    ],
)
async def test_whats_on_by_month_role_and_school(teams, words, title):
    shown = await teams.teacher.says(words)

    assert title in shown.words


async def test_pages_keep_what_was_asked_for(teams):
    senco = teams.senco
    shown = await senco.says("what's on in the spring term")

    later = await senco.presses("Later")

    assert "in" in later.words
    for card in (shown, later):
        assert "2026" not in card.words.replace("2026-27", "")
        assert " Apr 2027" not in card.words
