"""Answers that were kept for everybody: leads list, read, put right and take them out again."""

import pytest

QUESTION = "What is a good way to set up a now and next board?"
ANSWER = "Two pictures and one Velcro strip."


async def keeps(lead, person, question, answer=ANSWER, number=1):
    """This person's question, which the lead answers and keeps for everybody."""
    reference = f"SH-{number:04}"
    await person.says(f"question for the SEND Director: {question}")
    await person.says("send it")
    await lead.says(f"answer {reference}: {answer}")
    await lead.presses("Keep as quick answer")
    card = await lead.presses("Keep it", question=question, answer=answer)
    assert "Kept" in card.words


async def found_by(person, question=QUESTION):
    await person.says(question)
    return str(person.chat[-1])


@pytest.mark.parametrize("way", ["typed", "pressed"])
async def test_a_lead_puts_a_kept_answer_right_and_takes_it_out(teams, teacher, lead, way):
    assert "None are kept yet" in (await lead.says("quick answers")).words
    await keeps(lead, teacher, QUESTION)

    # Read, by either way
    card = await lead.says("queue")
    card = await (lead.presses("Quick answers") if way == "pressed" else lead.says("quick answers"))
    assert QUESTION in card.words
    card = await lead.presses("Open")
    assert ANSWER in card.words
    assert "Trust SEND Lead" in card.words
    assert teacher.person.name not in str(card.content)

    # Put right, and the next who asks reads the new words
    if way == "pressed":
        form = await lead.presses("Change it")
    else:
        form = await lead.says("change the quick answer about now and next boards")
    assert ANSWER in str(form.content)
    held = await lead.presses("Save", question=QUESTION, answer="Ask Jayden Smith's mum, he is 7")
    assert "leave that detail out" in held.words
    assert "need both" in (await lead.presses("Save", on=form, question=QUESTION, answer="")).words
    card = await lead.presses("Save", on=form, question=QUESTION, answer="One strip on the door.")
    assert "Saved" in card.words
    assert "One strip on the door." in await found_by(teams.senco)
    late = await lead.presses("Save", on=form, question=QUESTION, answer="Too late")
    assert "has just changed" in late.words
    assert "Too late" in str(late.content)

    # Taken out, after a question; and the trail says who did what
    if way == "pressed":
        await lead.says("quick answers")
        await lead.presses("Open")
        await lead.presses("Remove it")
    else:
        await lead.says("remove the quick answer for SH-0001")
    card = await lead.presses("Yes, remove it")
    assert "None are kept yet" in card.words
    assert "One strip on the door." not in await found_by(teams.senco)
    assert "isn't there any more" in (await lead.presses("Save", on=form, **SAID)).words
    trail = (await lead.says("who saw SH-0001")).words
    for did in (
        "kept the answer as a quick answer",
        "changed the quick answer",
        "removed the quick",
    ):
        assert trail.count(did) == 1, did
    assert "quick answer" not in (await teacher.says("SH-0001")).words


SAID = {"question": QUESTION, "answer": "Again"}


async def test_many_are_paged_and_found_by_their_words(teams, teacher, lead):
    asked = ["visual timetables", "sand timers", "reading rulers", "ear defenders"]
    for number, about in enumerate(asked, 1):
        await keeps(lead, teacher, f"Where do I get {about} for my class?", number=number)

    first = await lead.says("show the quick answers")
    assert "4 quick answers" in first.words
    later = await lead.presses("Later")
    shown = [about for card in (first, later) for about in asked if about in card.words]
    assert sorted(shown) == sorted(asked)
    card = await lead.says("quick answers about sand timers")
    assert "sand timers" in card.words
    assert "reading rulers" not in card.words
    assert (
        "Nothing kept speaks of trampolines"
        in (await lead.says("quick answers about trampolines")).words
    )


async def test_only_leads_see_or_change_what_is_kept(teams, teacher, lead):
    await keeps(lead, teacher, QUESTION)
    await lead.says("quick answers")
    opened = lead.last.button("Open")["data"]

    assert "for the leads" in (await teacher.says("quick answers")).words
    for verb in (
        "quick-answers",
        "quick-answer",
        "edit-quick-answer",
        "save-quick-answer",
        "ask-remove-quick-answer",
        "remove-quick-answer",
    ):
        card = await teacher.acts(verb, **opened, **SAID)
        assert "for the leads" in card.words, verb
    assert ANSWER in await found_by(teams.senco)
    assert "Again" not in await found_by(teams.senco)
