"""Journey 1: a class teacher on a phone at 15:40 books the next clinic, and what can follow."""

import asyncio
from datetime import UTC, datetime, timedelta

from store import bookings
from store.people import person_of

CLINIC = "sensory needs"
SMALL_CLINIC = "anxiety"


async def test_three_taps_from_hello_to_booked(teams):
    teacher = teams.teacher

    await teacher.says("hi")
    await teacher.presses("Next clinics")
    booked = await teacher.presses("Book my place", beside=CLINIC)

    assert "You're booked" in booked.words
    assert "Thursday 3 December 2026" in booked.words
    assert "10:00–13:00" in booked.words
    assert "School B" in booked.words
    assert "What happens next" in booked.words


async def test_one_sentence_books_and_the_next_says_what_for(teams):
    teacher = teams.teacher

    booked = await teacher.says("book me on the next clinic")
    thanked = await teacher.says("ideas for a noisy dinner hall")

    assert "You're booked" in booked.words
    assert "ideas for a noisy dinner hall" in thanked.words


async def test_the_event_is_in_the_calendar_once_and_goes_with_the_place(teams):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")

    await teams.service.delivery.drain()
    (event,) = teacher.events
    assert event["start"] == {"dateTime": "2026-12-03T10:00:00", "timeZone": "Europe/London"}
    assert event["transactionId"]

    await teacher.says("give up my place")
    gone = await teacher.presses("Yes, give it up")
    await teams.service.delivery.drain()
    assert "given up your place" in gone.words
    assert teacher.events == []


async def test_undo_brings_the_place_and_the_event_back(teams):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    await teacher.says("give up my place")
    await teacher.says("yes")

    back = await teacher.presses("Undo")
    await teams.service.delivery.drain()

    assert "You're booked" in back.words
    assert len(teacher.events) == 1


async def test_undo_can_be_typed_and_is_for_a_slip_only(teams, clock):
    teacher = teams.teacher
    assert "nothing to undo" in (await teacher.says("undo")).words
    await teacher.says("book me on the next clinic")
    await teacher.says("give up my place")
    await teacher.says("yes")

    assert "You're booked" in (await teacher.says("Undo")).words
    await teacher.says("give up my place")
    await teacher.says("yes")
    clock.at += timedelta(hours=1)
    assert "nothing to undo" in (await teacher.says("undo that please")).words


async def test_a_buttons_title_can_be_typed_instead(teams):
    teacher = teams.teacher

    assert CLINIC in (await teacher.says("Next clinics")).words
    assert "What's on" in (await teacher.says("Book my place")).words
    assert "My bookings" in (await teacher.says("what did i book")).words
    assert "Reminders" in (await teacher.says("Reminders")).words
    assert "Here is what I can do" in (await teacher.says("What can you do?")).words


async def test_an_emulator_that_names_no_channel_is_answered_all_the_same(teams):
    hello = teams.teacher.activity(type="message", text="hi")
    del hello["channelId"]

    assert (await teams.post(hello))[0] == 200
    assert "What would you like to do?" in teams.teacher.reads().words


async def test_a_question_asked_by_a_button_takes_a_typed_yes(teams):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    await teacher.presses("Give up my place")

    gone = await teacher.says("yes please, I'm on a trip")

    assert "given up your place" in gone.words


async def test_an_event_that_graph_refused_for_now_comes_later(teams, clock):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    teams.tenant.graph.refusals = [429, 503]

    for _ in range(3):
        await teams.service.delivery.drain()
        clock.at += timedelta(minutes=1)

    assert len(teacher.events) == 1


async def test_a_place_given_up_goes_to_whoever_waited_longest(teams, clock):
    teacher, senco, assistant = teams.teacher, teams.senco, teams.assistant
    small = str(teams.session(SMALL_CLINIC))

    # Given the teacher has the only place, and the SENCo then the assistant are waiting
    for person in (teacher, senco, assistant):
        await person.says("hi")
        await person.acts("book", session=small)
    assert "1st" in senco.last.words
    assert "2nd" in assistant.last.words

    # When the teacher gives it up in the evening
    clock.at = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    await teacher.says("give up my place")
    await teacher.says("yes")
    await teams.service.delivery.drain()

    # Then nobody is disturbed before morning, when the SENCo alone is offered it
    assert senco.feed == []
    clock.at = datetime(2026, 11, 24, 8, 1, tzinfo=UTC)
    await teams.service.delivery.drain()
    assert "A place has come up" in senco.reads().words
    assert len(senco.feed) == 1
    assert assistant.feed == []
    assert "You're booked" in (await senco.presses("Take the place")).words


async def test_an_offer_that_lapses_goes_to_the_next(teams, clock):
    teacher, senco, assistant = teams.teacher, teams.senco, teams.assistant
    small = str(teams.session(SMALL_CLINIC))
    for person in (teacher, senco, assistant):
        await person.says("hi")
        await person.acts("book", session=small)
    offered = await teacher.says("give up my place")
    await teacher.presses("Yes, give it up", on=offered)
    await teams.service.delivery.drain()
    offer = senco.reads()

    clock.at = datetime(2026, 11, 24, 15, 41, tzinfo=UTC)
    await teams.service.plan()
    await teams.service.delivery.drain()

    assert "A place has come up" in assistant.reads().words
    assert "Let's" not in (await senco.presses("Take the place", on=offer)).words
    assert "no place waiting" in senco.last.words


async def test_the_reminder_comes_the_school_day_before_at_a_quarter_to_four(teams, clock):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")
    heard = len(teacher.chat)

    clock.at = datetime(2026, 12, 2, 15, 44, tzinfo=UTC)
    await teams.service.plan()
    await teams.service.delivery.drain()
    assert (len(teacher.chat), teacher.feed) == (heard, [])

    clock.at = datetime(2026, 12, 2, 15, 45, tzinfo=UTC)
    for _ in range(2):
        await teams.service.plan()
        await teams.service.delivery.drain()

    assert "Your session is tomorrow" in teacher.reads().words
    assert len(teacher.feed) == 1
    assert len(teacher.chat) == heard + 1
    (bell,) = teacher.feed
    assert bell["activityType"] == "sessionReminder"


async def test_no_reminder_after_the_place_is_given_up_or_reminders_are_stopped(teams, clock):
    teacher, senco = teams.teacher, teams.senco
    for person in (teacher, senco):
        await person.says("book me on the next clinic")
    await teacher.says("give up my place")
    await teacher.says("yes")
    await senco.says("stop reminding me")

    clock.at = datetime(2026, 12, 2, 15, 45, tzinfo=UTC)
    await teams.service.plan()
    await teams.service.delivery.drain()

    assert (teacher.feed, senco.feed) == ([], [])


async def test_the_same_activity_twice_changes_nothing_twice(teams):
    teacher = teams.teacher
    message = teacher.activity(type="message", text="book me on the next clinic")

    answers = await asyncio.gather(*(teams.post(message) for _ in range(3)))

    assert [status for status, _ in answers] == [200, 200, 200]
    assert len(teacher.chat) == 1


async def test_a_double_tap_books_once_and_says_so(teams):
    teacher = teams.teacher
    await teacher.says("any clinics coming up?")
    list_card = teacher.last

    await teacher.presses("Book my place", on=list_card, beside=CLINIC)
    again = await teacher.presses("Book my place", on=list_card, beside=CLINIC)

    assert "You already have a place" in again.words


async def test_somebody_elses_booking_is_simply_not_there(teams):
    teacher, senco = teams.teacher, teams.senco
    await teacher.says("book me on the next clinic")
    booking = teacher.last.button("Give up my place")["data"]["booking"]

    for verb in ("give-up", "show-booking", "ask-give-up", "set-hopes", "take-offer"):
        refused = await senco.acts(verb, booking=booking, hopes="mine now")
        assert "isn't there" in refused.words

    assert "Confirmed" in (await teacher.says("my bookings")).words
    assert "mine now" not in teacher.last.words


async def test_nonsense_cancel_and_stale_cards_are_answered_kindly(teams):
    teacher = teams.teacher
    assert "didn't quite catch" in (await teacher.says("wibble wobble")).words
    assert "nothing half-done" in (await teacher.says("cancel")).words
    made_up = await teacher.acts("book", session="00000000-0000-4000-8000-000000000000")
    assert "isn't there any more" in made_up.words

    await teacher.says("book me on the next clinic")
    await teacher.says("give up my place")
    assert "left it there" in (await teacher.says("cancel")).words
    assert "Confirmed" in (await teacher.says("my bookings")).words


async def test_what_must_not_be_kept_is_not_kept(teams, database_url):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")

    told = await teacher.says("Kai Example in 4B born 03/02/2018 is refusing to read")
    assert "haven't kept" in told.words
    told = await teacher.says("a pupil has just told me something worrying about home")
    assert "Designated Safeguarding Lead" in told.words

    booking = await teacher.says("my bookings")
    shown = await teacher.presses("Show or change", on=booking)
    assert "Kai" not in str(shown.content)


async def test_a_shared_chat_shows_nothing_personal(teams):
    teacher = teams.teacher
    shared = {"id": "19:staffroom", "conversationType": "groupChat", "tenantId": "t"}
    await teacher.sends(type="message", text="what am i booked on", conversation=shared)
    (said,) = teams.tenant.state.chats["19:staffroom"]
    assert "our own chat" in str(said)


async def test_welcomed_once_however_often_teams_says_so(teams):
    teacher = teams.teacher
    for _ in range(2):
        await teacher.sends(type="installationUpdate", action="add")
        await teacher.sends(type="conversationUpdate", membersAdded=[{"id": "28:send-hub"}])
    assert len(teacher.chat) == 1
    assert "SEND Hub assistant" in teacher.reads().words


async def test_somebody_who_opens_the_app_late_hears_at_once_what_was_waiting(teams, clock):
    teacher = teams.teacher
    async with teams.service.database.begin() as db:
        person = await person_of(db, teacher.person.tenant_id, teacher.person.object_id)
        clinic = teams.session(CLINIC)
        await bookings.book(db, person, clinic, clock())
    clock.at = datetime(2026, 12, 2, 15, 45, tzinfo=UTC)
    # Nobody uploaded the app to the catalogue, so it cannot be brought to people.
    teams.tenant.state.is_in_catalogue = False
    await teams.service.plan()
    await teams.service.delivery.drain()
    assert (teacher.chat, teacher.feed) == ([], [])

    await teacher.says("hi")
    await teams.service.delivery.drain()

    assert "Your session is tomorrow" in teacher.reads().words


async def test_a_partner_school_sees_nothing_before_its_release(teams, clock):
    partner = teams.somebody(7)
    await partner.says("hi")
    far_off = next(each for each in teams.trust.sessions if "language" in each.title)
    assert far_off.released_to_partners_at > clock()

    shown = await partner.acts("show-session", session=str(far_off.id))

    assert "isn't there any more" in shown.words
    assert far_off.title not in (await partner.says("any clinics coming up?")).words
    clock.at = far_off.released_to_partners_at
    assert far_off.title in (await partner.acts("show-session", session=str(far_off.id))).words
