"""Topics for clinics to come: staff ask, others join in, the lead sees by need and school."""

from datetime import UTC, datetime, timedelta

from bot.loading.content import load_offer
from bot.loading.demo_trust import demo_trust
from store.school_years import keep_year
from tests.conftest import LONDON

LEAD = 1
WAYS_TO_ASK = (
    "I'd like a clinic about dyspraxia in PE",
    "i’d like a clinic about dyspraxia in PE",
    "We need a clinic on dyspraxia in PE please",
    "suggest a topic: dyspraxia in PE",
    "please run a clinic on dyspraxia in PE",
    "could you put on another clinic about dyspraxia in PE",
)


def inputs(card) -> dict:
    return {each["id"]: each for each in card.content["body"] if each["type"].startswith("Input.")}


async def test_one_sentence_asks_for_a_clinic(teams):
    teacher = teams.teacher

    thanked = await teacher.says("Can we have a clinic on selective mutism?")

    assert "Thank you" in thanked.words
    assert "Speech, language and communication" in thanked.words
    assert "selective mutism" in thanked.words
    assert "You would like this" in thanked.words


async def test_it_can_be_said_in_many_ways(teams):
    for said in WAYS_TO_ASK:
        assert "dyspraxia in PE" in (await teams.teacher.says(said)).words, said


async def test_looking_for_a_clinic_suggests_nothing(teams):
    for said in ("any clinics coming up?", "is there a clinic on autism", "a clinic on Friday"):
        await teams.teacher.says(said)

    assert "Nobody has suggested" in (await teams.teacher.says("clinic topics")).words


async def test_a_button_asks_and_the_next_words_typed_are_the_topic(teams):
    teacher = teams.teacher
    await teacher.says("any clinics coming up?")
    await teacher.says("help")

    asked = await teacher.presses("Suggest a topic")
    thanked = await teacher.says("Lego based therapy")

    assert "Nobody has suggested a topic yet" in asked.words
    assert "Lego based therapy" in thanked.words
    assert "Thank you" in thanked.words


async def test_a_topic_is_no_answer_to_what_was_asked_after_a_booking(teams):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")

    assert "next clinics be about" in (await teacher.says("suggest a topic")).words
    assert "You would like:" not in (await teacher.says("packed lunches")).words
    assert "packed lunches" in teacher.last.words


async def test_words_typed_after_a_tap_are_no_topic_any_more(teams):
    teacher, senco = teams.teacher, teams.senco
    await teacher.says("can we have a clinic on selective mutism")
    await senco.says("suggest a topic")
    await senco.presses("Me too")

    assert "didn't quite catch" in (await senco.says("wibble wobble")).words


async def test_the_form_takes_a_topic_and_a_second_tap_takes_it_once(teams):
    teacher = teams.teacher
    form = await teacher.says("suggest a topic")

    for _ in range(2):
        kept = await teacher.presses("Suggest this", on=form, topic="Life after the clinic")

    assert "it is noted" in kept.words
    assert kept.words.count("Life after the clinic") == 1


async def test_the_same_topic_is_supported_rather_than_repeated(teams):
    teacher, senco = teams.teacher, teams.senco
    await teacher.says("can we have a clinic on selective mutism")

    offered = await senco.says("can we have a clinic on selective mutism in Reception?")
    assert "Somebody else asked for that too" in offered.words
    assert teacher.person.name not in str(offered.content)
    joined = await senco.presses("Me too")
    again = await senco.presses("Me too", on=offered)

    for card in (joined, again):
        assert "You and 1 colleague would like this" in card.words
    assert "You and 1 colleague" in (await teacher.says("clinic topics")).words


async def test_a_topic_that_only_looks_the_same_can_be_kept(teams):
    teacher, senco = teams.teacher, teams.senco
    await teacher.says("can we have a clinic on selective mutism")
    offered = await senco.says("can we have a clinic on selective mutism in Reception?")
    words = inputs(offered)["topic"]["value"]
    assert words == "selective mutism in Reception"

    for _ in range(2):
        kept = await senco.presses("Mine is different", on=offered, topic=words)

    assert kept.words.count("selective mutism in Reception") == 1
    assert kept.words.count("selective mutism") == 2


async def test_a_topic_withdrawn_stays_with_those_who_support_it(teams):
    teacher, senco = teams.teacher, teams.senco
    mine = await teacher.says("can we have a clinic on selective mutism")
    await senco.says("clinic topics")
    theirs = await senco.presses("Me too")

    gone = await teacher.presses("Withdraw", on=mine)
    assert "1 colleague would like this" in gone.words
    assert "You would like this" in (await senco.says("clinic topics")).words

    none = await senco.presses("Take back", on=theirs)
    assert "Nobody has suggested a topic" in none.words
    assert "taken back" in (await senco.presses("Me too", on=gone)).words


async def test_undo_brings_a_withdrawn_topic_back(teams):
    teacher = teams.teacher
    mine = await teacher.says("can we have a clinic on selective mutism")
    await teacher.presses("Withdraw", on=mine)
    assert "selective mutism" not in teacher.last.words

    assert "You would like this" in (await teacher.presses("Undo")).words


async def test_a_tap_on_a_withdrawn_topic_says_what_to_do(teams):
    teacher, senco = teams.teacher, teams.senco
    await teacher.says("can we have a clinic on selective mutism")
    listed = await senco.says("clinic topics")
    await teacher.presses("Withdraw")

    assert "suggest a topic" in (await senco.presses("Me too", on=listed)).words


async def test_last_years_topics_are_archived(teams, clock):
    teacher = teams.teacher
    await teacher.says("can we have a clinic on selective mutism")
    listed = await teacher.says("clinic topics")
    clock.at = datetime(2027, 10, 12, 9, 0, tzinfo=UTC)
    next_year = demo_trust(clock.at.date(), LONDON, load_offer(None)).year
    async with teams.service.database.begin() as db:
        await keep_year(db, next_year)

    assert "Nobody has suggested" in (await teacher.says("clinic topics")).words
    assert "last school year" in (await teacher.presses("Withdraw", on=listed)).words


async def test_what_must_not_be_kept_is_not_kept(teams):
    teacher = teams.teacher
    form = await teacher.says("suggest a topic")

    seen = await teacher.presses("Suggest this", on=form, topic="Kai Example in 4B born 03/02/2018")

    assert "haven't kept" in seen.words
    assert "Nobody has suggested" in (await teacher.says("clinic topics")).words
    assert "under 200" in (await teacher.presses("Suggest this", on=form, topic="x" * 201)).words
    assert (
        "What would you like" in (await teacher.presses("Suggest this", on=form, topic="  ")).words
    )


async def test_most_wanted_first_a_page_at_a_time(teams, clock):
    teacher, senco = teams.teacher, teams.senco
    for topic in ("blue paper", "quiet corners", "busy corridors", "packed lunches"):
        await teacher.says(f"suggest a topic: {topic}")
        clock.at += timedelta(minutes=1)
    await senco.says("clinic topics")
    await senco.presses("See others")
    await senco.presses("Me too", beside="packed lunches")

    first = await senco.says("clinic topics")
    assert first.words.index("packed lunches") < first.words.index("blue paper")
    assert "busy corridors" not in first.words
    assert "busy corridors" in (await senco.presses("See others")).words
    assert "packed lunches" in (await senco.presses("More wanted")).words


async def test_the_lead_sees_demand_by_need_and_school_and_begins_a_clinic(teams):
    teacher, senco, lead = teams.teacher, teams.senco, teams.somebody(LEAD)
    await teacher.says("can we have a clinic on selective mutism")
    await senco.says("clinic topics")
    await senco.presses("Me too")
    await senco.says("can we have a clinic on packed lunches")

    demand = await lead.says("what do people want clinics on?")
    assert "Speech, language and communication | 2 people in 2 schools" in demand.words
    assert "School A 1, School B 1" in demand.words
    assert "Other topics | 1 person in 1 school" in demand.words

    need = await lead.presses("Show", beside="Speech")
    assert f"Asked for by {teacher.person.name}" in need.words
    begin = need.button("Create a clinic")
    assert begin["verb"] == "new-session"
    assert set(begin["data"]) == {"idea"}


async def test_the_lead_sees_an_empty_list_kindly(teams):
    lead = teams.somebody(LEAD)
    await lead.says("help")

    assert "Nobody has asked" in (await lead.presses("Topic demand")).words


async def test_demand_is_for_leads_and_nobody_else_sees_who_asked(teams):
    teacher, senco = teams.teacher, teams.senco
    await teacher.says("can we have a clinic on selective mutism")

    assert "leads of the SEND Hub" in (await senco.acts("topic-demand")).words
    shown = await senco.says("what do people want clinics on")
    assert "selective mutism" in shown.words
    assert "Class teacher" not in str(shown.content)


async def test_a_made_up_button_is_answered_kindly(teams):
    teacher = teams.teacher
    await teacher.says("hi")
    for verb in ("propose-topic", "support-topic", "withdraw-topic"):
        assert "couldn't make sense" in (await teacher.acts(verb, idea="no id")).words
    made_up = "00000000-0000-4000-8000-000000000000"
    assert "taken back" in (await teacher.acts("support-topic", idea=made_up)).words


async def test_in_a_shared_chat_topics_move_to_a_private_one(teams):
    shared = {"id": "19:staffroom", "conversationType": "groupChat", "tenantId": "t"}
    await teams.teacher.sends(
        type="message", text="can we have a clinic on selective mutism", conversation=shared
    )

    assert "selective mutism" not in str(teams.tenant.state.chats["19:staffroom"])
    assert "Nobody has suggested" in (await teams.teacher.says("clinic topics")).words


async def test_an_empty_list_of_clinics_offers_to_suggest_a_topic(teams, clock):
    clock.at = datetime(2027, 7, 20, 9, 0, tzinfo=UTC)
    teacher = teams.teacher
    assert "nothing coming up" in (await teacher.says("any clinics coming up?")).words

    assert "next clinics be about" in (await teacher.presses("Suggest a topic")).words
