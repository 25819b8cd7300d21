"""Journey 9: the lead's queue; handed over, redirected, merged, searched, and two leads at once."""

import asyncio
from datetime import UTC, datetime

from tests.people import teams_running

ABOUT = "After break a learner in Year 3 stays outside"
MATHS_LEAD = 5


async def asks_for_support(person, about=ABOUT, **said):
    facts = {"needs": "semh", "urgency": "soon", "how": "in-person", "consent": "none"} | said
    card = await person.acts("start-request", service="tier-6", anew="yes")
    card = await person.presses("Next", **facts)
    await person.presses("Next", about=about)
    await person.presses("Skip")
    await person.presses("Next", times_words="Tuesdays")
    card = await person.presses("Send it")
    assert "Sent" in card.words
    return card


def order(card):
    return [word.strip(":") for word in card.words.split() if word.startswith("SH-")]


async def test_the_queue_shows_urgent_and_late_ones_first(teams, clock, teacher, lead):
    senco, assistant = teams.senco, teams.assistant
    await asks_for_support(teacher, needs="autism")
    clock.at = datetime(2026, 11, 24, 15, 40, tzinfo=UTC)
    await asks_for_support(senco, needs="dyslexia")
    await asks_for_support(assistant, urgency="urgent")

    assert order(await lead.says("queue")) == ["SH-0003", "SH-0001", "SH-0002"]
    clock.at = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    await lead.acts(
        "take-request-step", request=request_in(lead.last, "SH-0001"), step="acknowledge"
    )
    card = await lead.says("queue")
    assert order(card) == ["SH-0003", "SH-0002", "SH-0001"]
    assert "(late)" in card.words
    assert "School D" in card.words

    assert order(await lead.says("urgent requests")) == ["SH-0003"]
    for said, found in (
        ("late requests", ["SH-0003", "SH-0002"]),
        ("urgent requests from School D", ["SH-0003"]),
        ("requests from School A", ["SH-0001"]),
        ("the queue for School A", ["SH-0001"]),
        ("dyslexia requests", ["SH-0002"]),
        ("show me requests about autism", ["SH-0001"]),
        ("requests about SEMH from School D please", ["SH-0003"]),
        ("late requests about autism", []),
        ("requests from School C", []),
        ("requests handed to me", []),
    ):
        assert order(await lead.says(said)) == found, said
    assert "autistic" in (await lead.says("autism")).words
    assert order(await lead.acts("lead-queue", need="dyslexia")) == ["SH-0002"]
    assert order(await lead.acts("lead-queue", school="school-d")) == ["SH-0003"]
    assert order(await lead.acts("lead-queue", show="late")) == ["SH-0003", "SH-0002"]
    assert order(await lead.acts("lead-queue", show="nonsense", page="-3"))[0] == "SH-0003"
    assert "slipped" in (await senco.says("SH-0002")).words


def request_in(card, reference):
    return card.button("Open", reference)["data"]["request"]


async def test_search_finds_by_reference_school_need_name_and_word(teams, teacher, lead):
    await asks_for_support(teacher, "A buddy at the cloakroom door", needs="sensory")
    await asks_for_support(teams.senco)

    for words in ("SH-0001", "School A", "Sensory needs", "class teacher", "cloakroom"):
        found = await lead.acts("search-requests", search=words)
        assert order(found) == ["SH-0001"], words
    assert order(await lead.says("search requests for cloakroom")) == ["SH-0001"]
    assert "no requests found" in (await lead.acts("lead-queue", search="100%")).words
    assert "for the leads" in (await teacher.acts("search-requests", search="School B")).words or (
        "SH-0002" not in teacher.last.words
    )


async def test_it_is_handed_to_a_colleague_who_then_deals_with_it(teams, teacher, lead):
    specialist = teams.somebody(MATHS_LEAD)
    await specialist.says("hi")
    await asks_for_support(teacher)

    await lead.says("assign SH-0001")
    assert "nobody called" in (await lead.presses("Hand over", name="Nobody at all")).words
    assert "nobody called “Nobody”" in (await lead.says("assign SH-0001 to Nobody")).words
    card = await lead.says("hand SH-0001 over to Maths lead, School B please")
    await teams.service.delivery.drain()

    assert "Handed to Maths lead, School B" in card.words
    assert "handed you SH-0001" in specialist.reads().words
    await specialist.presses("Open")
    assert "Acknowledged" in (await specialist.presses("Acknowledge")).words
    assert "Redirect" not in [each["title"] for each in specialist.last.buttons]
    assert order(await specialist.says("the queue")) == ["SH-0001"]
    assert "Maths lead, School B" in (await teacher.says("SH-0001")).words


async def test_it_is_redirected_to_another_service_with_the_reason(teams, teacher, lead):
    await teacher.says("hi")
    await asks_for_support(teacher)

    await lead.says("redirect SH-0001")
    assert (
        "A few words are needed"
        in (await lead.presses("Redirect", service="coaching", words="")).words
    )
    form = await lead.says("redirect SH-0001 to coaching")
    assert "A few words are needed" in form.words
    card = await lead.says("redirect SH-0001 to in-class coaching because Coaching fits better")
    await teams.service.delivery.drain()

    assert "It goes on as SH-0002" in card.words
    assert "In-class coaching" in card.words
    assert "goes on as SH-0002" in teacher.reads().words
    assert "Coaching fits better" in teacher.last.words
    assert order(await lead.says("queue")) == ["SH-0002"]
    assert "It goes on as SH-0002" in (await teacher.says("SH-0001")).words
    card = await teacher.says("change SH-0002")
    assert "What would you like to work on?" in str(card.content)


async def test_duplicates_are_merged_and_nobody_elses(teams, teacher, lead):
    await asks_for_support(teacher)
    await asks_for_support(teacher, "The same again")
    await asks_for_support(teams.senco)

    assert "only into another open one" in (await lead.says("merge SH-0002 into SH-0003")).words
    await lead.says("SH-0002")
    await lead.presses("More")
    form = await lead.presses("Merge")
    assert "SH-0001" in str(form.content)
    assert "SH-0003" not in str(form.content)
    card = await lead.says("merge SH-0002 into SH-0001")

    assert "Merged into SH-0001" in card.words
    assert sorted(order(await lead.says("queue"))) == ["SH-0001", "SH-0003"]
    assert "It goes on as SH-0001" in (await teacher.says("SH-0002")).words


async def test_the_trail_says_who_saw_and_changed_it(teams, teacher, lead):
    await asks_for_support(teacher)
    for _ in range(2):
        await lead.says("SH-0001")
    await lead.presses("Acknowledge")

    trail = await lead.says("who saw SH-0001")

    assert trail.words.count("Trust SEND Lead opened it") == 1
    assert "Trust SEND Lead acknowledged it" in trail.words
    assert "Class teacher, School A sent it" in trail.words
    assert "opened it" not in (await teacher.says("SH-0001")).words


async def test_opening_is_noted_once_a_day_for_each_person(teams, clock, teacher, lead):
    await asks_for_support(teacher)
    for day in (23, 24):
        clock.at = datetime(2026, 11, day, 16, 0, tzinfo=UTC)
        await lead.says("SH-0001")
        await lead.presses("Add a note", on=await lead.presses("More"))
        await lead.says("rang the school")
        await lead.says("SH-0001")

    await lead.presses("More")
    trail = await lead.presses("Who saw this")

    assert trail.words.count("Trust SEND Lead opened it") == 2


async def test_what_is_passed_on_is_not_taken_for_a_step_of_its_own(teams, teacher, lead):
    await asks_for_support(teacher)

    for words in ("I suggest a quiet start", "it took a while; close the door", "who saw him?"):
        assert words in (await lead.says(f"note SH-0001: {words}")).words
    card = await lead.says("answer SH-0001: I'd offer a now and next board, and note the times")
    assert "Answered" in card.words


async def test_a_visit_that_did_not_happen_is_arranged_again(teams, clock, teacher, lead):
    await asks_for_support(teacher)
    await lead.says("propose 3 December 15:00 for SH-0001")
    await teacher.says("SH-0001")
    await teacher.presses("Thu 3 Dec, 15:00")
    clock.at = datetime(2026, 12, 3, 16, 30, tzinfo=UTC)

    await lead.says("SH-0001")
    form = await lead.presses("It didn't happen")

    assert "When would suit instead?" in form.words
    card = await lead.presses("Back")
    assert "missed" in card.words
    assert "Times to be proposed again" in card.words
    assert (
        "One of these times is over"
        in (
            await lead.acts(
                "take-request-step",
                request=request_of(card),
                step="propose times",
                date="2026-12-01",
                start="10:00",
            )
        ).words
    )


def request_of(card):
    return card.button("More")["data"]["request"]


async def test_what_a_lead_was_writing_survives_a_colleague_who_was_quicker(teams, teacher, lead):
    await asks_for_support(teacher)
    await lead.says("redirect SH-0001")
    form = lead.last
    await teacher.says("add a note to SH-0001: and at lunch too")

    answer = await lead.presses("Redirect", on=form, service="coaching", words="Coaching it is")

    assert "Class teacher, School A has just changed SH-0001" in answer.words
    assert "Coaching it is" in str(answer.content)
    assert (
        "It goes on as SH-0002"
        in (await lead.presses("Redirect", service="coaching", words="Coaching it is")).words
    )


async def test_two_leads_at_once_do_it_once_and_lose_nothing(database_url, clock, trust):
    names = ",".join(trust.people[at].object_id for at in (1, 4))
    async with teams_running(database_url, clock, trust, leads=names) as teams:
        one, other, teacher = teams.somebody(1), teams.somebody(4), teams.teacher
        for each in (one, other):
            await each.says("hi")
        await asks_for_support(teacher)
        await one.says("SH-0001")
        await other.says("SH-0001")

        await asyncio.gather(one.presses("Acknowledge"), other.presses("Acknowledge"))

        words = [one.last.words, other.last.words]
        assert sum("I've told Class teacher" in each for each in words) == 1
        assert sum("so I haven't done anything yet" in each for each in words) == 1
        await asyncio.gather(
            one.acts(
                "take-request-step", request=request_of(one.last), step="note", words="From one"
            ),
            other.acts(
                "take-request-step", request=request_of(one.last), step="note", words="From other"
            ),
        )
        card = await teacher.says("SH-0001")
        assert "From one" in card.words
        assert "From other" in card.words
        assert (await one.says("history of SH-0001")).words.count("acknowledged it") == 1


async def test_one_time_proposed_to_two_goes_to_whoever_is_first(database_url, clock, trust):
    async with teams_running(database_url, clock, trust) as teams:
        lead, teacher, senco = teams.somebody(1), teams.teacher, teams.senco
        for at, each in enumerate((teacher, senco), 1):
            await asks_for_support(each)
            await lead.says(f"propose 3 December 15:00 for SH-000{at}")
            await each.says(f"SH-000{at}")

        await asyncio.gather(*(each.presses("Thu 3 Dec, 15:00") for each in (teacher, senco)))

        words = [teacher.last.words, senco.last.words]
        assert sum("Arranged. I've told the Hub." in each for each in words) == 1
        assert sum("Another colleague has just taken that time" in each for each in words) == 1


async def test_references_are_unique_however_many_are_sent_at_once(database_url, clock, trust):
    async with teams_running(database_url, clock, trust) as teams:
        people = [teams.somebody(at) for at in (0, 2, 3, 4, 5)]
        drafts = []
        for each in people:
            await each.says("question for the SEND Director: what is a now and next board?")
            drafts.append(each)

        cards = await asyncio.gather(*(each.presses("Send it") for each in drafts))

        assert sorted(ref for card in cards for ref in order(card)[:1]) == [
            f"SH-000{at}" for at in range(1, 6)
        ]
