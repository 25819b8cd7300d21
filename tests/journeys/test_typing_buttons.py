"""Whatever a button does, typing its title does too: on the card that was shown last."""

from datetime import UTC, datetime


async def test_a_title_typed_presses_the_button_of_the_last_card(teams):
    senco = teams.senco
    first = await senco.says("what's on")

    second = await senco.says("later")
    assert second.words != first.words
    assert (await senco.says("Earlier.")).words == first.words
    booked = await senco.says("book me on the anxiety clinic")
    assert "Which one" in (await senco.says("swap")).words or "Nothing to swap" in senco.last.words
    assert "You're booked" in (await senco.says("Keep what I have")).words
    assert booked.words == senco.last.words.replace("You already have a place", "You're booked")


async def test_a_title_that_several_buttons_have_is_no_press(teams):
    teacher = teams.teacher
    await teacher.says("any clinics coming up?")

    await teacher.says("Book my place")

    assert "nothing booked" in (await teacher.says("my bookings")).words


async def test_a_pressed_cards_buttons_can_be_typed_next(teams):
    teacher = teams.teacher
    await teacher.says("inset")
    await teacher.presses("Choose strands")

    assert "INSET days" in (await teacher.says("See other days")).words


async def test_a_form_is_not_sent_by_typing_its_title(teams):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    await teacher.says("ideas for a noisy dinner hall")

    await teacher.says("send")

    shown = await teacher.presses("Show or change", on=await teacher.says("my bookings"))
    assert "ideas for a noisy dinner hall" in shown.words


async def test_an_offer_is_taken_by_typing_although_it_came_by_itself(teams):
    teacher, senco = teams.teacher, teams.senco
    small = str(teams.session("anxiety"))
    for person in (teacher, senco):
        await person.says("hi")
        await person.acts("book", session=small)
    await teacher.says("give up my place")
    await teacher.says("yes")
    await teams.service.delivery.drain()

    assert "You're booked" in (await senco.says("Take the place")).words


async def test_an_old_title_acts_on_todays_truth(teams, clock):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    clock.at = datetime(2026, 12, 4, tzinfo=UTC)

    late = await teacher.says("Give up my place")

    assert "already started or is over" in late.words


async def test_who_am_i_is_a_question_even_after_booking(teams):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")

    assert "Is this right?" in (await teacher.says("who am I?")).words
    shown = await teacher.presses("Show or change", on=await teacher.says("my bookings"))
    assert "who am I" not in shown.words


async def test_leads_titles_typed_by_others_are_refused(teams):
    lead, teacher = teams.somebody(1), teams.teacher
    await lead.says("programme")
    assert "A new session" in (await lead.says("New session")).words

    await teacher.says("hi")
    assert "New session" not in str((await teacher.says("New session")).buttons)
