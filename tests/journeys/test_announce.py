"""The lead announces to chosen people: a preview with a count first, then once to each."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from store import bookings
from store.people import meet, person_of

LEAD, HEAD, MATHS, SENCO_A, PARTNER = 1, 4, 5, 6, 7
CLINIC = "sensory needs"
TYPED = "Tell all SENCos at School B that the room has changed. We meet in the library."


async def everybody_says_hi(teams):
    people = [teams.somebody(at) for at in range(8)]
    for person in people:
        await person.says("hi")
    return people


def news_in(person) -> list[str]:
    return [each["summary"] for each in person.chat if each["summary"].startswith("News from")]


def kept(card) -> dict[str, str]:
    """What the card's inputs hold, as a client would send it back."""
    return {
        each["id"]: each.get("value", "")
        for each in card.content["body"]
        if each["type"].startswith("Input.")
    }


async def test_one_sentence_previews_and_one_tap_sends(teams):
    people = await everybody_says_hi(teams)
    lead, senco = people[LEAD], people[2]

    preview = await lead.says(TYPED)
    assert "1 person will get this" in preview.words
    assert "For SENCos at School B" in preview.words
    assert "The room has changed. We meet in the library." in preview.words
    assert senco.person.name in preview.words
    assert kept(preview) == {
        "news": "The room has changed. We meet in the library.",
        "tiers": "",
        "roles": "SENCo",
        "schools": "school-b",
    }
    assert news_in(senco) == []

    sent = await lead.presses("Send to 1 person", **kept(preview))
    assert "on its way" in sent.words
    await teams.service.delivery.drain()

    (bell,) = senco.feed
    assert bell["activityType"] == "hubNews"
    assert bell["templateParameters"] == [{"name": "headline", "value": "The room has changed."}]
    read = senco.reads()
    assert "We meet in the library." in read.words
    assert "From Trust SEND Lead. You get this because it is for SENCos at School B." in read.words
    assert "What's on" in (await senco.presses("What's on")).words
    for other in people[:2] + people[3:]:
        assert (news_in(other), other.feed) == ([], [])


async def test_nobody_chosen_is_everybody_in_the_trust_but_its_author_and_partners(teams):
    people = await everybody_says_hi(teams)
    lead = people[LEAD]

    preview = await lead.says("announce booking is open")
    assert "8 people will get this" in preview.words
    assert "For everybody in the trust" in preview.words
    await lead.presses("Send to 8 people", **kept(preview))
    await teams.service.delivery.drain()

    assert [len(news_in(person)) for person in people] == [1, 0, 1, 1, 1, 1, 1, 0]


CHOICES = [
    ({"roles": "SENCo,headteacher"}, 5),
    ({"schools": "school-a,school-b"}, 6),
    ({"roles": "SENCo,headteacher", "schools": "school-a,school-b"}, 4),
    ({"tiers": "2b"}, 3),
    ({"tiers": "2b", "schools": "school-b"}, 2),
    ({"tiers": "1,5", "roles": "headteacher"}, 3),
    ({"tiers": "4"}, 8),
    ({"schools": "school-h"}, 1),
    ({"schools": "school-a,school-h"}, 4),
    ({"roles": "school office"}, 0),
    ({"schools": "no such school"}, 0),
    ({"tiers": "9"}, 0),
]


async def test_kinds_narrow_down_and_choices_of_a_kind_add_up(teams):
    for chosen, count in CHOICES:
        lead = teams.somebody(LEAD)
        await lead.says("announce")

        preview = await lead.presses("Preview", news="Booking is open", **chosen)

        said = {0: "Nobody would get this", 1: "1 person will get"}.get(
            count, f"{count} people will"
        )
        assert said in preview.words
        assert any("Send to" in each["title"] for each in preview.buttons) == bool(count)


async def test_what_changes_between_preview_and_sending_is_shown_again(teams, clock):
    lead = teams.somebody(LEAD)
    preview = await lead.says("tell all headteachers that booking is open")
    async with teams.service.database.begin() as db:
        await meet(db, "t", "new", "New colleague", clock())
    everyone = await lead.says("announce booking is open")
    async with teams.service.database.begin() as db:
        await meet(db, "t", "newer", "Newer colleague", clock())

    again = await lead.presses("Send to 9 people", on=everyone, **kept(everyone))
    assert "It was 9 when you looked, and it is 10 now" in again.words
    assert "on its way" in (await lead.presses("Send to 10 people", **kept(again))).words

    edited = kept(preview) | {"news": "Something else"}
    again = await lead.presses("Send to 3 people", on=preview, **edited)
    assert "Something has changed since you looked" in again.words
    assert "Something else" in again.words
    assert "on its way" in (await lead.presses("Send to 3 people", **kept(again))).words


async def test_a_double_tap_and_an_old_card_send_once(teams):
    people = await everybody_says_hi(teams)
    lead, senco = people[LEAD], people[2]
    preview = await lead.says(TYPED)

    cards = await asyncio.gather(
        *(lead.presses("Send to 1 person", on=preview, **kept(preview)) for _ in range(3))
    )
    later = await lead.presses("Preview again", on=preview, **kept(preview) | {"news": "Other"})
    await teams.service.delivery.drain()

    assert sum("on its way" in card.words for card in cards) == 1
    assert sum("gone out already" in card.words for card in cards) == 2
    assert "gone out already" in later.words
    assert len(news_in(senco)) == len(senco.feed) == 1


async def test_whoever_stopped_reminders_is_spared_and_counted(teams):
    people = await everybody_says_hi(teams)
    lead, senco = people[LEAD], people[2]
    await people[SENCO_A].says("stop reminding me")

    preview = await lead.says("tell all SENCos that the room has changed")
    assert "1 person will get this" in preview.words
    assert "1 person stopped reminders and won't get it" in preview.words
    await lead.presses("Send to 1 person", **kept(preview))
    await senco.says("stop reminding me")
    await teams.service.delivery.drain()

    assert news_in(senco) == news_in(people[SENCO_A]) == []


async def test_whoever_has_no_chat_yet_is_counted_and_is_given_one(teams):
    lead, senco = teams.somebody(LEAD), teams.senco
    preview = await lead.says(TYPED)
    assert "1 person has yet to open this chat" in preview.words
    await lead.presses("Send to 1 person", **kept(preview))
    await teams.service.delivery.drain()

    assert (len(senco.feed), len(news_in(senco))) == (1, 1)
    await senco.says("hi")
    await teams.service.delivery.drain()
    assert len(news_in(senco)) == 1


async def test_news_that_has_grown_old_is_not_told(teams, clock):
    lead, senco = teams.somebody(LEAD), teams.senco
    teams.tenant.state.is_in_catalogue = False
    await lead.says(TYPED)
    await lead.presses("Send to 1 person", **kept(lead.last))
    await teams.service.delivery.drain()

    clock.at += timedelta(days=15)
    await senco.says("hi")
    await teams.service.delivery.drain()

    assert news_in(senco) == []


async def test_in_the_evening_the_preview_says_when_it_goes_out(teams, clock):
    people = await everybody_says_hi(teams)
    lead, senco = people[LEAD], people[2]
    clock.at = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)

    preview = await lead.says(TYPED)
    assert "It goes out on Monday 30 November 2026 at 08:00" in preview.words
    await lead.presses("Send to 1 person", **kept(preview))
    await teams.service.delivery.drain()
    assert news_in(senco) == []

    clock.at = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    await teams.service.delivery.drain()
    assert len(news_in(senco)) == 1


async def test_people_booked_on_a_session_are_told_and_can_open_it(teams, clock):
    people = await everybody_says_hi(teams)
    lead, teacher, senco, partner = people[LEAD], people[0], people[2], people[PARTNER]
    clinic = teams.session(CLINIC)
    async with teams.service.database.begin() as db:
        for each in (teacher, senco, partner):
            person = await person_of(db, each.person.tenant_id, each.person.object_id)
            await bookings.book(db, person, clinic, clock())

    form = await lead.acts("announce", session=str(clinic))
    assert "About: Clinic: sensory needs in the classroom" in form.words
    assert kept(form)["booked"] == "yes"
    preview = await lead.presses("Preview", **kept(form) | {"news": "We meet in the hall"})
    assert "3 people will get this" in preview.words
    assert "everybody booked on “Clinic: sensory needs in the classroom”" in preview.words
    await lead.presses("Send to 3 people", **kept(preview))

    # Whoever gives the place up before it is told is spared the news.
    await senco.says("give up my place")
    await senco.says("yes")
    await teams.service.delivery.drain()

    assert news_in(senco) == []
    assert len(news_in(partner)) == 1
    teacher.reads()
    assert "sensory needs" in (await teacher.presses("Show the session")).words


async def test_what_was_announced_can_be_looked_up(teams, clock):
    lead = teams.somebody(LEAD)
    assert "Nothing yet" in (await lead.says("what did I announce?")).words
    for number in range(6):
        await lead.says(f"announce item number {number}")
        await lead.presses("Send to 8 people", **kept(lead.last))
        clock.at += timedelta(minutes=1)

    first = await lead.presses("What I announced")
    assert "Item number 5" in first.words
    assert "Monday 23 November 2026 at 15:45, by Trust SEND Lead" in first.words
    assert "To 8 people, for everybody in the trust" in first.words
    assert "Item number 0" in (await lead.presses("Earlier")).words
    assert "Item number 5" in (await lead.presses("Later")).words


async def test_words_that_must_not_go_out_do_not(teams):
    lead = teams.somebody(LEAD)
    await lead.says("announce")
    form = lead.last

    told = "Kai Example in 4B born 03/02/2018 is coming"
    seen = await lead.presses("Preview", on=form, news=told, roles="SENCo")
    assert "haven't kept" in seen.words
    assert "Kai" not in str(seen.content)
    assert kept(seen)["roles"] == "SENCo"
    concern = "a pupil has just told me something worrying about home"
    assert (
        "Designated Safeguarding Lead"
        in (await lead.presses("Preview", on=form, news=concern)).words
    )
    assert "write your news first" in (await lead.presses("Preview", on=form, news=" ")).words
    assert "under 600" in (await lead.presses("Preview", on=form, news="x" * 601)).words
    assert "Nothing has been sent" in (await lead.acts("announce", leave="yes")).words


WAYS_TO_TELL = [
    "announce to all SENCos that the room has changed",
    "announce to all SENCos: the room has changed",
    "message all SENCos that the room has changed",
    "please let all SENCos know that the room has changed",
    "could you tell the SENCos that the room has changed",
    "send a message to all SENCos: the room has changed",
]


async def test_it_can_be_said_in_many_ways(teams):
    for said in WAYS_TO_TELL:
        preview = await teams.somebody(LEAD).says(said)

        assert "2 people will get this" in preview.words
        assert "The room has changed" in preview.words


UNKNOWN_PEOPLE = ["announce to the wizards", "tell all wizards"]


async def test_whom_nobody_knows_is_asked_for_rather_than_taken_for_everybody(teams):
    for begins in UNKNOWN_PEOPLE:
        form = await teams.somebody(LEAD).says(f"{begins} that the room has changed")

        assert "wasn't sure whom you meant" in form.words
        assert kept(form)["news"] == "The room has changed"


NO_NEWS = ["tell me that again", "let me know: what's on"]


async def test_not_everything_told_is_news(teams):
    for said in NO_NEWS:
        assert "will get this" not in (await teams.somebody(LEAD).says(said)).words


async def test_announcing_is_for_leads_only(teams):
    teacher = teams.teacher
    await teacher.says("hi")
    for verb in ("announce", "preview-announcement", "send-announcement", "announced"):
        data = {"announcement": str(uuid4()), "news": "Booking is open", "is_lead": "true"}
        assert "leads of the SEND Hub" in (await teacher.acts(verb, **data)).words
    assert "leads of the SEND Hub" in (await teacher.says(TYPED)).words
    assert "leads of the SEND Hub" in (await teacher.says("announce booking is open")).words
    assert "leads of the SEND Hub" in (await teacher.says("what did I announce")).words


async def test_a_made_up_card_sends_nothing(teams):
    lead = teams.somebody(LEAD)
    await lead.says("announce")
    made_up = str(uuid4())
    whom = {"announcement": made_up, "news": "Booking is open"}

    assert "couldn't make sense" in (await lead.acts("send-announcement", news="Hm")).words
    unknown_role = await lead.acts("send-announcement", **whom, roles="wizard")
    assert "couldn't make sense" in unknown_role.words
    no_session = await lead.acts("send-announcement", **whom, session=made_up)
    assert "isn't there any more" in no_session.words
    assert "Please look again" not in (await lead.acts("send-announcement", **whom)).words
    assert "will get this" in lead.last.words
    assert "Nothing yet" in (await lead.says("what did I announce")).words
