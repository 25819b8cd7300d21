"""Journey 10: the register on a phone, a walk-in, put right later, and what is asked afterwards."""

from datetime import UTC, datetime

import pytest

IN_THE_ROOM = datetime(2026, 12, 3, 11, tzinfo=UTC)
AFTERNOON = datetime(2026, 12, 3, 15, 45, tzinfo=UTC)


@pytest.fixture
def lead(teams):
    return teams.somebody(1)


@pytest.fixture
async def booked(teams):
    """A teacher and an assistant are on the sensory clinic."""
    for person in (teams.teacher, teams.assistant):
        await person.says("hi")
        await person.says("book me on the next clinic")
    return teams.teacher, teams.assistant


def names(card):
    (found,) = [each for each in card.content["body"] if each.get("id") == "came"]
    return {each["title"].split(",")[0]: each["value"] for each in found["choices"]}


async def at(teams, clock, moment):
    clock.at = moment
    await teams.service.plan()
    await teams.service.delivery.drain()


async def test_ticked_people_came_and_everybodys_year_says_so(teams, lead, booked, clock):
    teacher, assistant = booked
    await at(teams, clock, IN_THE_ROOM)

    register = await lead.says("take the register")
    assert "2 names, register not taken yet" in register.words
    saved = await lead.presses("Save register", came=names(register)["Class teacher"])

    assert "1 came, 1 did not" in saved.words
    assert "1 attended" in (await teacher.says("my year")).words
    assert "1 missed" in (await assistant.says("my year")).words


async def test_a_register_is_put_right_later_and_a_second_save_changes_nothing(
    teams, lead, booked, clock
):
    await at(teams, clock, IN_THE_ROOM)
    register = await lead.says("take the register")
    everybody = ",".join(names(register).values())
    empty = await lead.presses("Save register", on=register, came="")

    right = await lead.presses("Save register", on=empty, came=everybody)
    again = await lead.presses("Save register", on=empty, came=everybody)

    assert "2 came, 0 did not" in right.words
    assert again.words == right.words


async def test_a_walk_in_is_found_by_name_and_added_even_when_full(teams, lead, booked, clock):
    await at(teams, clock, IN_THE_ROOM)
    register = await lead.says("take the register")
    form = await lead.presses("Add a walk-in", on=register)
    found = await lead.presses("Look up", on=form, name="maths")
    (choice,) = [e for e in found.content["body"] if e.get("id") == "person"]
    assert [each["title"] for each in choice["choices"]] == ["Maths lead, School B, School B"]

    added = await lead.presses("Add them", person=choice["choices"][0]["value"])

    assert "is on the register" in added.words
    assert "Maths lead" in names(added)
    assert "1 attended" in (await teams.somebody(5).says("my year")).words
    nobody = await lead.presses("Look up", on=form, name="Zebedee")
    assert "don't know anybody called “Zebedee”" in nobody.words


async def test_what_a_colleague_did_meanwhile_is_not_saved_over(teams, lead, booked, clock):
    await at(teams, clock, IN_THE_ROOM)
    register = await lead.says("take the register")
    form = await lead.presses("Add a walk-in", on=register)
    found = await lead.presses("Look up", on=form, name="maths")
    (choice,) = [e for e in found.content["body"] if e.get("id") == "person"]
    await lead.presses("Add them", on=found, person=choice["choices"][0]["value"])

    stale = await lead.presses("Save register", on=register, came="")

    assert "A colleague changed this page" in stale.words
    assert "1 came, 0 did not" in stale.words
    everybody = ",".join(names(stale).values())
    assert "3 came, 0 did not" in (await lead.presses("Save register", came=everybody)).words


async def test_no_register_before_its_day(teams, lead, booked):
    clinic = str(teams.session("sensory"))

    refused = await lead.acts("save-register", session=clinic, came="")

    assert "opens on its day" in refused.words
    assert "Confirmed" in (await booked[0].says("my bookings")).words


async def test_feedback_is_asked_that_afternoon_of_those_who_came(teams, lead, booked, clock):
    teacher, assistant = booked
    await at(teams, clock, IN_THE_ROOM)
    register = await lead.says("take the register")
    await lead.presses("Save register", on=register, came=names(register)["Class teacher"])
    heard = len(assistant.chat)
    await at(teams, clock, datetime(2026, 12, 3, 15, 44, tzinfo=UTC))
    assert "How useful" not in teacher.reads().words

    await at(teams, clock, AFTERNOON)
    await at(teams, clock, AFTERNOON)

    asked = teacher.reads()
    assert "How useful was it?" in asked.words
    assert len(assistant.chat) == heard
    thanked = await teacher.presses("Very useful", on=asked)
    assert "You said: very useful" in thanked.words
    written = await teacher.presses("Send", words="I'll try ear defenders")
    assert "I'll try ear defenders" in written.words
    changed = await teacher.presses("Useful", on=asked)
    assert "You said: useful" in changed.words
    guarded = await teacher.presses("Send", on=thanked, words="Kai Example in 4B born 03/02/2018")
    assert "haven't kept" in guarded.words
    refused = await assistant.acts("rate-session", **asked.button("Useful")["data"])
    assert "isn't there any more" in refused.words

    shown = await lead.acts("lead-session", session=str(teams.session("sensory")))
    assert "fewer than 5 answers" in shown.words


async def test_whoever_was_at_senco_training_is_asked_two_weeks_later_how_it_is_shared(
    teams, lead, clock
):
    senco = teams.senco
    await senco.says("hi")
    training = next(
        each for each in teams.trust.sessions if each.tier == "2a" and each.starts_at > clock()
    )
    await senco.acts("book", session=str(training.id))
    await at(teams, clock, training.ends_at.astimezone(UTC))
    register = await lead.acts("register", session=str(training.id))
    await lead.presses("Save register", came=names(register)["SENCo"])

    await at(teams, clock, datetime(2027, 3, 25, 15, 44, tzinfo=UTC))
    before = [each for each in senco.feed if "sharing" in str(each)]
    await at(teams, clock, datetime(2027, 3, 25, 15, 45, tzinfo=UTC))

    assert before == []
    asked = senco.reads()
    assert "How are you sharing it in school?" in asked.words
    assert "Thank you" in (await senco.presses("With some colleagues", on=asked)).words


@pytest.mark.parametrize("rating", ["0", "5", "x", ""])
async def test_a_made_up_rating_is_no_answer(teams, booked, rating):
    said = await booked[0].acts("rate-session", booking="x", rating=rating)

    assert "couldn't make sense" in said.words
