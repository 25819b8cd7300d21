"""Who somebody says they are: strict about what is a statement, kind about how it is said."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.directory import Profile
from hub.introduction import Change, guess, may_be_at, own_choice, said_of_oneself
from hub.people import GIVEN_BY_THE_TRUST, Person, Role, School

SCHOOLS = [
    School("school-a", "School A"),
    School("school-b", "School B"),
    School("st-marys", "St Mary's"),
    School("st-marys-junior", "St Mary's Junior School"),
    School("hebden-green", "Hebden Green School"),
    School("school-h", "School H", is_partner=True),
]
SENCO, HEAD, MATHS = Role.SENCO, Role.HEADTEACHER, Role.MATHS_LEAD
TEACHER, TA = Role.CLASS_TEACHER, Role.TEACHING_ASSISTANT
SET, ADD, REMOVE = Change.SET, Change.ADD, Change.REMOVE
STATEMENTS = [
    ("I'm the SENCo at School B now", SET, {SENCO}, "school-b"),
    ("im the senco", SET, {SENCO}, None),
    ("I am a class teacher", SET, {TEACHER}, None),
    ("I’m a TA at School A", SET, {TA}, "school-a"),
    ("Hi, I'm the headteacher and SENCo at school a", SET, {HEAD, SENCO}, "school-a"),
    ("I'm also maths lead", ADD, {MATHS}, None),
    ("I am the maths lead as well", ADD, {MATHS}, None),
    ("I'm not the SENCo any more", REMOVE, {SENCO}, None),
    ("I'm no longer maths lead", REMOVE, {MATHS}, None),
    ("I've moved to School B", SET, set(), "school-b"),
    ("I work at St Mary's Junior School", SET, set(), "st-marys-junior"),
    ("I'm at St Mary’s", SET, set(), "st-marys"),
    ("my role is headteacher", SET, {HEAD}, None),
    ("I have started as SENCo at School A", SET, {SENCO}, "school-a"),
    ("Actually I'm a teaching assistant", SET, {TA}, None),
    ("I'm now the SENDCo", SET, {SENCO}, None),
    ("I'm the SENCo at school-b", SET, {SENCO}, "school-b"),
    ("I'm the SENCo at Sch. B", SET, {SENCO}, "school-b"),
    ("I'm School B's SENCo", SET, {SENCO}, "school-b"),
    ("I'm SENCo at St Marys", SET, {SENCO}, "st-marys"),
    ("I'm a teacher at Saint Mary's Junior School", SET, {TEACHER}, "st-marys-junior"),
    ("I'm the head at Hebden Green", SET, {HEAD}, "hebden-green"),
    ("I moved from School A to School B", SET, set(), "school-b"),
    ("I've moved to School B as SENCo", SET, {SENCO}, "school-b"),
    ("I now work at School A", SET, set(), "school-a"),
    ("I teach at School B", SET, set(), "school-b"),
    ("my school is School A", SET, set(), "school-a"),
    ("I'm the new SENCo at School B, thanks", SET, {SENCO}, "school-b"),
    ("I'm a TA in year 4", SET, {TA}, None),
    ("change my role to TA", SET, {TA}, None),
    ("I've become headteacher", SET, {HEAD}, None),
    ("I'm at School B, I'm the SENCo", SET, {SENCO}, "school-b"),
    ("I'm a TA and I'm also the maths lead", ADD, {TA, MATHS}, None),
    ("I'm the maths lead on top of that", ADD, {MATHS}, None),
    ("I gave up being maths lead", REMOVE, {MATHS}, None),
    ("I've stopped being SENCo", REMOVE, {SENCO}, None),
]
OTHER_THINGS = [
    "I'm struggling with a child who won't come in",
    "I'm a class teacher and need help with phonics",
    "I'm booked on the clinic at School B",
    "I'm off to School B on Friday",
    "I'm a bit lost",
    "I am the Trust SEND Lead",
    "are you the SENCo?",
    "book me on the SENCo meeting",
    "I'd like to come to the clinic at School A",
    "my SENCo at School B is lovely",
    "I'm at School A or School B",
    "I have a pupil at School A who is anxious",
    "I'm not coming on Thursday",
    "im off sick",
    "who are the SENCos",
    "I'm the SENCo, can you book me on all the meetings",
    "I have a TA",
    "I have a TA at School B",
    "I've a class teacher who is worried",
    "I work with the SENCo at School B",
    "I'm here with our SENCo",
    "I'm with the maths lead",
    "I'm on the SENCo meeting",
    "I've been to School B",
    "I've not been to School B",
    "I have moved from School A",
    "I was the SENCo",
    "I'm in the office",
    "I'm going to School B",
    "I'm in a meeting at School B",
    "I'm SENCo at School B and class teacher at School A",
    "I'm at the end of my tether",
    "I work at home on Fridays",
    "I'm a TA at the moment",
    "I'm the headteacher's PA",
    "I'm not sure",
    "I'm a TA - what's on",
    "hi",
    "",
]


@pytest.mark.parametrize(
    ("text", "change", "roles", "school"), STATEMENTS, ids=[each[0] for each in STATEMENTS]
)
def test_what_people_say_of_themselves(text, change, roles, school):
    said = said_of_oneself(text, SCHOOLS)

    assert said is not None
    assert (said.change, set(said.roles)) == (change, roles)
    assert (said.school.id if said.school else None) == school


@pytest.mark.parametrize("text", OTHER_THINGS)
def test_what_is_no_statement_about_oneself(text):
    assert said_of_oneself(text, SCHOOLS) is None


def test_a_school_that_nobody_knows_is_asked_about():
    said = said_of_oneself("I'm the SENCo at Hogwarts now", SCHOOLS)

    assert (said.roles, said.school, said.unknown_school) == ({SENCO}, None, "Hogwarts")


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("I've moved to Hogwarts School", "Hogwarts School"),
        ("I'm a TA at Hogwarts Academy now", "Hogwarts Academy"),
        ("I've moved to Leeds", None),
        ("I'm at Hogwarts", None),
    ],
)
def test_a_place_is_taken_for_an_unknown_school_only_if_it_sounds_like_one(text, unknown):
    said = said_of_oneself(text, SCHOOLS)

    assert (said.unknown_school if said else None) == unknown


@pytest.mark.parametrize(
    ("text", "had", "has"),
    [
        ("I'm not the SENCo any more, I'm a class teacher now", {SENCO}, {TEACHER}),
        ("I'm not the SENCo any more, I'm a class teacher now", {SENCO, MATHS}, {TEACHER, MATHS}),
        ("I'm not a class teacher, I'm the SENCo", {TEACHER}, {SENCO}),
        ("I'm not a SENCo but a TA", {SENCO}, {TA}),
        ("I'm the SENCo at School B now", {SENCO, MATHS}, {SENCO, MATHS}),
        ("I'm the SENCo at School B now", {TEACHER}, {SENCO}),
        ("I'm just a class teacher now", {TEACHER, MATHS}, {TEACHER}),
        ("I'm no longer maths lead", {SENCO, MATHS}, {SENCO}),
        ("I'm also maths lead", {SENCO}, {SENCO, MATHS}),
        ("I've moved to School B", {SENCO}, {SENCO}),
        ("I've left School A", {SENCO}, {SENCO}),
    ],
)
def test_what_somebody_is_after_what_they_said(text, had, has):
    assert said_of_oneself(text, SCHOOLS).applied_to(person(*had)) == has


@pytest.mark.parametrize("text", ["I've left School A", "I'm no longer at School A"])
def test_whoever_left_a_school_is_asked_for_the_new_one(text):
    said = said_of_oneself(text, SCHOOLS)

    assert (said.left.id, said.school, said.roles) == ("school-a", None, frozenset())


def person(*roles, guest=False):
    return Person(uuid4(), "t", "o", "Somebody", frozenset(roles), is_guest=guest)


roles = st.frozensets(st.sampled_from(list(Role)))


@given(roles, roles, st.sampled_from(list(Change)))
def test_nobody_gains_or_loses_what_the_trust_gives(had, said, change):
    from hub.introduction import SaidOfOneself

    somebody = person(*had)
    statement = SaidOfOneself(change, said - GIVEN_BY_THE_TRUST, None)

    for after in (statement.applied_to(somebody), own_choice(said, somebody)):
        assert after & GIVEN_BY_THE_TRUST == had & GIVEN_BY_THE_TRUST


@given(st.text(max_size=60))
def test_any_words_are_read_without_a_fault(text):
    said = said_of_oneself(f"I'm {text}", SCHOOLS)

    assert said is None or GIVEN_BY_THE_TRUST.isdisjoint(said.roles)


def test_a_guest_may_only_be_at_a_partner_school():
    assert [each.id for each in SCHOOLS if may_be_at(each, person(guest=True))] == ["school-h"]
    assert all(may_be_at(each, person()) for each in SCHOOLS)


def test_somebody_of_a_partner_school_does_not_move_themselves_into_the_trust():
    partner = next(each for each in SCHOOLS if each.is_partner)
    of_a_partner = replace(person(), school=partner)

    assert [each.id for each in SCHOOLS if may_be_at(each, of_a_partner)] == ["school-h"]


@pytest.mark.parametrize(
    ("profile", "roles", "school"),
    [
        (Profile(job_title="SENDCo", office_location="School B"), {SENCO}, "school-b"),
        (Profile(job_title="Headteacher", department="School A"), {HEAD}, "school-a"),
        (Profile(job_title="Caretaker", office_location="Hall"), set(), None),
        (Profile(), set(), None),
        (Profile(office_location="School A / School B"), set(), None),
        (Profile(office_location="Hebden Green"), set(), "hebden-green"),
        (Profile(office_location="Green"), set(), None),
    ],
)
def test_the_directory_gives_a_first_guess(profile, roles, school):
    found, at = guess(profile, SCHOOLS)

    assert (set(found), at.id if at else None) == (roles, school)
