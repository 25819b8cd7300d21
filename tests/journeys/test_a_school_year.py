"""Journeys 2, 3 and 5: a SENCo's year, a working party for two, a TA's INSET day."""

from datetime import UTC, datetime

import pytest

from store import bookings
from store.people import person_of


async def test_senco_mtg_shows_the_years_meetings_and_books_all_that_remain(teams):
    senco = teams.senco

    shown = await senco.says("senco mtg")
    assert "This school year: 0 of 3" in shown.words
    assert shown.words.count("SENCo meeting |") == 2
    assert "Already been: Tue 8 Sep" in shown.words
    booked = await senco.presses("Book all remaining")

    assert booked.words.count("booked") >= 2
    year = await senco.says("my year")
    assert "SENCo Meetings | 2 of 3: 2 booked" in year.words
    assert "2 of 3: 2 booked" in (await senco.says("senco meeting dates")).words
    await teams.service.delivery.drain()
    assert len(senco.events) == 2


async def test_book_all_twice_changes_nothing_twice(teams):
    senco = teams.senco
    await senco.says("book me on all the senco meetings")

    again = await senco.says("book all remaining senco meetings")

    assert "you have a place on each" in again.words
    assert "2 of 3" in (await senco.says("my year")).words


async def test_a_teacher_is_told_kindly_whom_the_meetings_are_for(teams):
    teacher = teams.teacher

    shown = await teacher.says("senco mtg")

    assert "for SENCos" in shown.words
    assert not any(each["title"].startswith("Book") for each in shown.buttons)
    assert "SENCos" in (await teacher.says("book all senco meetings")).words
    assert "SENCos" in (await teacher.says("put me down for the senco meeting")).words
    assert "nothing booked" in (await teacher.says("my bookings")).words


async def test_a_working_party_shows_who_is_missing_and_passes_the_word_on(teams):
    senco, maths_lead = teams.senco, teams.somebody(5)
    await maths_lead.says("hi")
    heard = len(maths_lead.chat)

    booked = await senco.says("put me down for tier 2b")
    assert "You're booked" in booked.words
    assert "Maths lead, School B has not booked yet" in booked.words

    passed = await senco.presses("Pass it on")
    assert "I've passed it on to Maths lead" in passed.words
    await teams.service.delivery.drain()
    assert len(maths_lead.chat) == heard + 1
    asked = maths_lead.reads()
    assert "SENCo, School B thought of you" in asked.words
    assert len(maths_lead.feed) == 1

    assert "You're booked" in (await maths_lead.presses("Book my place", on=asked)).words
    assert "SENCo, School B is coming" in maths_lead.last.words
    again = await senco.acts("suggest-session", session=session_of(booked))
    assert "Everybody has heard" in again.words


async def test_a_word_passed_on_twice_is_heard_once_and_not_after_booking(teams):
    senco, maths_lead = teams.senco, teams.somebody(5)
    booked = await senco.says("put me down for tier 2b")
    await senco.presses("Pass it on", on=booked)
    await senco.presses("Pass it on", on=booked)
    await maths_lead.says("put me down for tier 2b")

    await teams.service.delivery.drain()

    assert maths_lead.feed == []


def session_of(booked):
    return booked.button("Share")["data"]["session"]


async def test_a_ta_picks_strands_changes_her_mind_and_swaps(teams):
    assistant = teams.assistant
    shown = await assistant.says("inset")
    assert "INSET day" in shown.words
    day = await assistant.presses("Choose strands")

    morning = choices(day, "slot0")
    picked = await assistant.presses(
        "Book my strands", slot0=morning["Adaptive teaching"], slot1=choices(day, "slot1")["AAC"]
    )
    assert picked.words.count(": booked, ") == 2

    swapped = await assistant.presses(
        "Book my strands", slot0=morning["AAC"], slot1=choices(day, "slot1")["AAC"]
    )
    assert "booked, AAC and symbols" in swapped.words
    mine = await assistant.says("my bookings")
    assert "Adaptive teaching" not in mine.words
    assert mine.words.count("Confirmed") == 2

    left = await assistant.presses("Book my strands", on=swapped, slot0="none", slot1="")
    assert "nothing booked" in left.words
    assert (await assistant.says("my bookings")).words.count("Confirmed") == 1


def choices(card, field):
    (found,) = [each for each in card.content["body"] if each.get("id") == field]
    return {
        word: each["value"]
        for each in found["choices"]
        for word in ("Adaptive teaching", "AAC", "Technology", "No strand")
        if word in each["title"]
    }


async def test_a_full_strand_leaves_the_first_pick_as_it_was(teams, clock):
    assistant, teacher = teams.assistant, teams.teacher
    day = await assistant.acts("inset-day", day="2027-02-11")
    strand = choices(day, "slot0")
    await assistant.presses("Book my strands", slot0=strand["AAC"])
    await fill(teams, strand["Technology"], 20, clock())

    full = await assistant.presses("Book my strands", on=day, slot0=strand["Technology"])
    assert "is full, so I've kept your place" in full.words

    await teacher.acts("inset-day", day="2027-02-11")
    waiting = await teacher.presses("Book my strands", slot0=strand["Technology"])
    assert "waiting list, 1st in line" in waiting.words


async def fill(teams, session_id, places, now):
    from uuid import UUID

    from store import people

    async with teams.service.database.begin() as db:
        for number in range(places):
            somebody = await people.meet(db, "t", f"crowd-{number}", f"Person {number}", now)
            await bookings.book(db, somebody, UUID(session_id), now)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"day": "2027-02-11", "slot0": "made-up"}, "Pick one strand"),
        ({"day": "yesterday"}, "couldn't make sense"),
        ({"day": "2020-01-01", "slot0": "none"}, "nothing coming up"),
    ],
)
async def test_odd_picks_change_nothing(teams, data, words):
    assert words in (await teams.assistant.acts("pick-strands", **data)).words


async def test_attended_and_missed_are_counted_and_last_year_is_kept(teams, clock):
    senco = teams.senco
    await senco.says("book me on all the senco meetings")
    empty = await senco.says("my year")

    assert "2026-27" in empty.words
    assert "of 3 to 6" in empty.words
    assert "1 of 3" not in empty.words
    clock.at = datetime(2027, 7, 20, 12, tzinfo=UTC)
    after = await senco.says("my year")
    assert "SENCo Meetings | 2 of 3" in after.words
    assert "Still to book" not in after.words


async def test_two_sessions_at_one_time_are_pointed_out(teams, clock):
    teacher = teams.teacher
    first, other = str(teams.session("Clinic: language")), await a_session_at_that_time(teams)
    await teacher.acts("book", session=first)

    told = await teacher.acts("book", session=other)
    assert "You have something at that time" in told.words
    assert (await teacher.says("my bookings")).words.count("Confirmed") == 1

    swapped = await teacher.presses("Swap to this one", on=told)
    assert "You're booked" in swapped.words
    mine = await teacher.says("my bookings")
    assert mine.words.count("Confirmed") == 1
    assert "Another clinic" in mine.words

    both = await teacher.acts("book-anyway", session=first)
    assert "at the same time" in both.words
    assert (await teacher.says("my bookings")).words.count("Confirmed") == 2
    await teams.service.delivery.drain()
    assert len(teacher.events) == 2


async def a_session_at_that_time(teams, capacity=5):
    from dataclasses import replace
    from uuid import uuid4

    from store.programme import keep_sessions

    known = next(each for each in teams.trust.sessions if "Clinic: language" in each.title)
    other = replace(known, id=uuid4(), title="Another clinic", capacity=capacity)
    async with teams.service.database.begin() as db:
        await keep_sessions(db, [other])
    return str(other.id)


async def test_a_swap_by_words_keeps_the_place_until_another_is_chosen(teams):
    teacher = teams.teacher
    await teacher.says("book me on the next clinic")

    asked = await teacher.says("can I swap my clinic?")
    assert "Which one instead?" in asked.words
    assert "Confirmed" in (await teacher.says("my bookings")).words
    swapped = await teacher.presses("Swap to this one", on=asked, beside="language")

    assert "You're booked" in swapped.words
    mine = await teacher.says("my bookings")
    assert "language" in mine.words
    assert "sensory" not in mine.words
    stale = await teacher.presses("Swap to this one", on=asked, beside="language")
    assert "no place on" in stale.words


async def test_a_colleague_is_asked_and_says_yes(teams, clock):
    senco, maths_lead = teams.senco, teams.somebody(5)
    await maths_lead.says("hi")
    shown = await senco.acts("show-session", session=str(teams.session("Clinic: language")))
    form = await senco.presses("For a colleague", on=shown)
    (names,) = [each for each in form.content["body"] if each.get("id") == "colleague"]
    ids = {each["title"]: each["value"] for each in names["choices"]}
    assert ids.keys() == {
        "Headteacher, School B (headteacher)",
        "Maths lead, School B (maths lead)",
    }
    chosen = ids["Maths lead, School B (maths lead)"]

    asked = await senco.presses("Ask them", colleague=chosen)
    assert "I've asked Maths lead, School B" in asked.words
    again = await senco.presses("Ask them", on=form, colleague=chosen)
    assert "already down" in again.words

    await teams.service.delivery.drain()
    invitation = maths_lead.reads()
    assert "SENCo, School B has asked for a place for you" in invitation.words
    assert "You're booked" in (await maths_lead.presses("Yes, book me", on=invitation)).words
    await teams.service.delivery.drain()
    assert len(maths_lead.events) == 1
    assert senco.events == []


async def test_a_colleague_says_no_and_the_place_is_free_again(teams):
    senco, maths_lead = teams.senco, teams.somebody(5)
    await maths_lead.says("hi")
    clinic = str(teams.session("anxiety"))
    person = await stored(teams, maths_lead)
    await senco.acts("invite-colleague", session=clinic, colleague=str(person.id))
    full = await teams.teacher.acts("show-session", session=clinic)
    assert "Full" in full.words

    await teams.service.delivery.drain()
    await maths_lead.presses("No, thank you", on=maths_lead.reads())

    assert "1 place left" in (await teams.teacher.acts("show-session", session=clinic)).words


async def stored(teams, somebody):
    async with teams.service.database.read() as db:
        return await person_of(db, somebody.person.tenant_id, somebody.person.object_id)


async def test_nobody_of_another_school_can_be_booked(teams):
    senco = teams.senco
    teacher = await stored(teams, teams.teacher)

    refused = await senco.acts(
        "invite-colleague", session=str(teams.session("language")), colleague=str(teacher.id)
    )

    assert "can't find" in refused.words
    assert "nothing booked" in (await teams.teacher.says("my bookings")).words


async def test_an_invitation_nobody_answers_goes_to_whoever_waits(teams, clock):
    senco, maths_lead, teacher = teams.senco, teams.somebody(5), teams.teacher
    await maths_lead.says("hi")
    await teacher.says("hi")
    clinic = str(teams.session("anxiety"))
    person = await stored(teams, maths_lead)
    await senco.acts("invite-colleague", session=clinic, colleague=str(person.id))
    assert "1st" in (await teacher.acts("book", session=clinic)).words

    clock.at = datetime(2026, 11, 25, 9, tzinfo=UTC)
    await teams.service.plan()
    await teams.service.delivery.drain()

    assert "A place has come up" in teacher.reads().words


async def test_named_sessions_are_booked_by_their_names(teams):
    teacher = teams.teacher

    booked = await teacher.says("book me on the anxiety clinic please")

    assert "anxiety" in booked.words
    assert "You're booked" in booked.words


async def test_more_bookings_than_a_card_holds_are_paged(teams):
    senco = teams.senco
    for tier in ("1", "2a", "2b", "2c"):
        await senco.acts("book-all", tier=tier)

    first = await senco.says("my bookings")
    assert first.words.count("Confirmed") == 3
    second = await senco.presses("Later")
    assert second.words.count("Confirmed") == 3
    assert first.words != second.words
    assert (await senco.presses("Earlier")).words == first.words
