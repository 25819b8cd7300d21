"""The lead sees who holds which role, and puts it right (domain, section 3)."""

from uuid import uuid4

from hub.people import Role
from store import booking_reads
from store.people import meet, person_of

LEAD, MATHS = 1, 5
SENCO_MEETING = "SENCo meeting"


def choices(card, name) -> dict[str, str]:
    (found,) = [each for each in card.content["body"] if each.get("id") == name]
    return {each["value"]: each["title"] for each in found["choices"]}


def kept(card) -> dict[str, str]:
    return {
        each["id"]: each.get("value", "")
        for each in card.content["body"]
        if each["type"].startswith("Input.")
    }


def people_in(card) -> list[str]:
    return list(choices(card, "person").values())


async def opened(teams, who):
    """The lead, with the card of one person open."""
    lead = teams.somebody(LEAD)
    await lead.says(f"put right {who.name}'s role")
    return lead


async def roles_of(teams, who):
    async with teams.service.database.read() as db:
        return await person_of(db, who.tenant_id, who.object_id)


async def test_the_lead_looks_up_a_role(teams):
    found = await teams.somebody(LEAD).says("Who are the SENCos?")

    assert people_in(found) == [
        "SENCo, School A: SENCo, School A (not confirmed by them yet)",
        "SENCo, School B: SENCo, School B (not confirmed by them yet)",
    ]
    assert "2 people, by school" in found.words
    assert kept(found) == {"person": "", "name": "", "role": "SENCo", "school": "any"}


WAYS_TO_ASK = [
    ("show staff at School B", 3),
    ("who is the maths lead at School B", 1),
    ("show me all the staff at School A", 3),
    ("list headteachers", 3),
    ("who are the TAs", 1),
    ("who are the leads", 1),
    ("who is the Trust Maths Lead", 0),
    ("staff and roles", 10),
    ("who holds which role", 10),
]


async def test_it_can_be_asked_in_many_ways(teams):
    for said, count in WAYS_TO_ASK:
        found = await teams.somebody(LEAD).says(said)

        assert len(people_in(found) if count else []) == count
        assert "Who holds which role" in found.words
        assert ("Nobody fits that" in found.words) == (not count)


OTHER_QUESTIONS = [
    "show SENCo meetings",
    "when is the next SENCo meeting",
    "show me TA deployment",
    "show strategies for class teachers",
    "who are the SENCos at the next meeting",
    "who is coming",
]


async def test_other_questions_are_not_taken_for_one_about_staff(teams):
    for said in OTHER_QUESTIONS:
        assert "Who holds which role" not in (await teams.somebody(LEAD).says(said)).words
        if "at the next" not in said:
            assert "leads of the SEND Hub" not in (await teams.teacher.says(said)).words


async def test_a_search_narrows_by_name_role_and_school(teams):
    lead = teams.somebody(LEAD)
    await lead.says("help")
    everybody = await lead.presses("Staff and roles")
    assert len(people_in(everybody)) == 10

    by_name = await lead.presses("Search", name="class TEACHER", role="any", school="any")
    assert len(people_in(by_name)) == 2
    both = await lead.presses("Search", name="teacher", role="class teacher", school="school-a")
    assert len(people_in(both)) == 1
    nobody = await lead.presses("Search", name="%", role="any", school="any")
    assert "Nobody fits that" in nobody.words
    no_school = await lead.presses("Search", role="any", school="none")
    assert people_in(no_school)[0].startswith("Trust SEND Lead: Trust SEND Lead, no school")


async def test_long_lists_are_paged_with_the_search_kept(teams, clock):
    async with teams.service.database.begin() as db:
        for number in range(12):
            await meet(db, "t", f"new-{number}", f"New colleague {number:02}", clock())
    lead = teams.somebody(LEAD)

    await lead.says("staff")
    first = await lead.presses("Search", name="new", role="none", school="any")
    assert (len(people_in(first)), "12 people" in first.words) == (10, True)
    rest = await lead.presses("Later", **kept(first))
    assert people_in(rest)[-1].startswith("New colleague 11: no role yet")
    assert kept(rest)["role"] == "none"
    assert len(people_in(await lead.presses("Earlier", **kept(rest)))) == 10


async def test_a_role_and_a_school_are_put_right(teams, clock):
    teacher = teams.teacher
    await teacher.says("hi")
    coming = [each for each in teams.trust.sessions if each.starts_at > clock()]
    meeting = next(str(each.id) for each in coming if each.title == SENCO_MEETING)
    assert "is for SENCos" in (await teacher.acts("book", session=meeting)).words

    lead = await opened(teams, teacher.person)
    assert kept(lead.last) == {"roles": "class teacher", "school": "school-a"}
    saved = await lead.presses("Save", roles="SENCo,class teacher", school="school-c")

    assert "That is put right" in saved.words
    assert "Roles: class teacher and SENCo" in saved.words
    assert "School: School C" in saved.words
    person = await roles_of(teams, teacher.person)
    assert person.roles == {Role.SENCO, Role.CLASS_TEACHER}
    assert "is for SENCos" not in (await teacher.acts("book", session=meeting)).words


async def test_the_list_leads_to_a_person_and_back(teams):
    lead = teams.somebody(LEAD)
    found = await lead.says("who are the SENCos")
    assert "choose somebody first" in (await lead.presses("Put right", on=found)).words
    assert "2 people" not in lead.last.words

    again = await lead.says("who are the SENCos")
    chosen = next(iter(choices(again, "person")))
    person = await lead.presses("Put right", on=again, person=chosen)
    assert "SENCo, School A" in person.words
    assert len(people_in(await lead.presses("Back to staff"))) == 10


async def test_bookings_that_no_longer_fit_are_named_and_kept(teams, clock):
    senco = teams.senco
    await senco.says("book me on the next SENCo meeting")
    await senco.says("book me on the next clinic")

    lead = await opened(teams, senco.person)
    saved = await lead.presses("Save", roles="class teacher", school="school-b")

    assert "could not be made any more" in saved.words
    assert saved.words.count("2027") == 1
    async with teams.service.database.read() as db:
        person = await roles_of(teams, senco.person)
        assert len(await booking_reads.bookings_to_come(db, person, clock())) == 2


async def test_a_lead_gives_trust_maths_lead_but_makes_nobody_a_lead(teams):
    maths = teams.somebody(MATHS).person
    lead = await opened(teams, maths)
    assert "Trust SEND Lead" not in choices(lead.last, "roles")

    await lead.presses("Save", roles="Trust Maths Lead,Trust SEND Lead", school="school-b")

    assert (await roles_of(teams, maths)).roles == {Role.TRUST_MATHS_LEAD}


async def test_a_lead_stays_a_lead_whatever_is_saved(teams):
    lead = await opened(teams, teams.somebody(LEAD).person)
    assert "decided in the trust's settings" in lead.last.words

    await lead.presses("Save", roles="", school="none")

    assert (await roles_of(teams, lead.person)).is_lead


async def test_what_somebody_else_changed_meanwhile_is_shown_first(teams):
    senco = teams.senco.person
    lead = await opened(teams, senco)
    old = lead.last
    await lead.presses("Save", on=old, roles="SENCo,headteacher", school="school-b")

    twice = await lead.presses("Save", on=old, roles="SENCo,headteacher", school="school-b")
    assert "That is put right" in twice.words
    stale = await lead.presses("Save", on=old, roles="pastoral staff", school="school-b")
    assert "has changed since you opened this" in stale.words
    assert kept(stale)["roles"] == "SENCo,headteacher"


async def test_staff_and_roles_are_for_leads_only(teams):
    teacher = teams.teacher
    await teacher.says("hi")
    somebody = str(teams.senco.person.id)
    for verb in ("lead-staff", "edit-person", "save-person"):
        data = {
            "person": somebody,
            "roles": "Trust SEND Lead",
            "school": "school-a",
            "is_lead": "1",
        }
        assert "leads of the SEND Hub" in (await teacher.acts(verb, **data)).words
    for said in ("who are the SENCos", "staff and roles", "put right Jo's role"):
        assert "leads of the SEND Hub" in (await teacher.says(said)).words
    assert (await roles_of(teams, teams.senco.person)).roles == {Role.SENCO}


async def test_a_made_up_card_changes_nothing(teams):
    lead = teams.somebody(LEAD)
    await lead.says("hi")
    somebody = str(teams.senco.person.id)

    nobody = await lead.acts("edit-person", person=str(uuid4()))
    assert "can't find that colleague" in nobody.words
    nobody = await lead.acts("save-person", person=str(uuid4()), roles="SENCo", school="school-a")
    assert "can't find that colleague" in nobody.words
    for school, roles in (("", "SENCo"), ("school-x", "SENCo"), ("school-a", "wizard")):
        made_up = await lead.acts("save-person", person=somebody, roles=roles, school=school)
        assert "couldn't make sense" in made_up.words
    assert (await roles_of(teams, teams.senco.person)).roles == {Role.SENCO}
