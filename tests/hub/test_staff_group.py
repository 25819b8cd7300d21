"""The staff group held against whom the Hub knows: what follows it, and what it never touches."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.directory import Profile
from hub.people import Person, Role, School
from hub.staff_group import LARGEST_SHARE, MOST_LEAVERS, Known, Suggestion, read_group

A, B = School("a", "School A"), School("b", "School B")
PARTNER = School("p", "School P", is_partner=True)
SCHOOLS = [A, B, PARTNER]
NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
JO = Profile(
    name="Jo Marsh",
    job_title="SENCo",
    office_location="School A",
    object_id="jo",
    sign_in_name="jo@trust.example",
)
SUGGESTED = Suggestion(frozenset({Role.SENCO}), "a")


def known(**changes):
    """Jo as the last reading left them."""
    person = Person(
        uuid4(),
        "t",
        "jo",
        "Jo Marsh",
        frozenset({Role.SENCO}),
        A,
        sign_in_name="jo@trust.example",
    )
    suggested = changes.pop("suggested", SUGGESTED)
    is_listed = changes.pop("is_listed", True)
    return Known(replace(person, **changes), is_listed, suggested)


def read(each, profile, gone=()):
    """The reading, and what it changes of this one."""
    reading = read_group([each], [profile] if profile else [], gone, SCHOOLS)
    return reading, reading.changed.get(each.person.id)


def test_the_same_answer_again_changes_nothing():
    reading, changed = read(known(), JO)

    assert changed is None
    assert (reading.new, reading.left, reading.doubt) == ((), (), "")


def test_somebody_new_is_met_as_the_directory_suggests_them():
    (new,) = read_group([], [JO], (), SCHOOLS).new

    assert (new.name, new.sign_in_name) == ("Jo Marsh", "jo@trust.example")
    assert (new.roles, new.school_id) == (frozenset({Role.SENCO}), "a")
    assert new.suggested == SUGGESTED


@pytest.mark.parametrize(
    "profile",
    [Profile(object_id="jo"), replace(JO, is_enabled=False)],
    ids=["a member of whom nothing is told", "an account that is switched off"],
)
def test_nobody_is_met_who_cannot_be_named_or_cannot_sign_in(profile):
    assert read_group([], [profile], (), SCHOOLS).new == ()


@pytest.mark.parametrize(
    ("before", "roles", "school_id"),
    [
        (known(), {Role.HEADTEACHER}, "b"),
        (known(roles=frozenset(), school=None, suggested=Suggestion()), {Role.HEADTEACHER}, "b"),
        (known(introduced_at=NOW), {Role.SENCO}, "a"),
        (known(roles=frozenset({Role.PASTORAL})), {Role.PASTORAL}, "b"),
        (known(school=PARTNER), {Role.HEADTEACHER}, "p"),
        (known(roles=frozenset()), set(), "b"),
        (known(roles=frozenset({Role.SENCO, Role.LEAD})), {Role.HEADTEACHER}, "b"),
    ],
    ids=[
        "both were its own suggestion",
        "nothing was known",
        "the person has confirmed",
        "a lead put the role right",
        "a lead put the school right",
        "a lead took the role away",
        "what the trust gives is left alone",
    ],
)
def test_names_follow_always_roles_and_school_only_while_they_are_its_own(before, roles, school_id):
    profile = replace(JO, name="Jo Hill", job_title="Headteacher", office_location="School B")

    _, changed = read(before, profile)

    assert changed.name == "Jo Hill"
    assert (changed.roles, changed.school_id) == (roles, school_id)


def test_a_directory_that_falls_silent_takes_nothing_away():
    _, nothing = read(known(), replace(JO, job_title="", office_location=""))
    _, unseen = read(known(), Profile(object_id="jo"))

    assert nothing is None
    assert unseen is None


def test_a_guest_is_known_as_one_and_suggested_partner_schools_only():
    guest = replace(JO, is_guest=True)

    (new,) = read_group([], [guest], (), SCHOOLS).new
    (partner,) = read_group([], [replace(guest, office_location="School P")], (), SCHOOLS).new
    _, became = read(known(), guest)

    assert (new.is_guest, new.school_id) == (True, None)
    assert (partner.is_guest, partner.school_id) == (True, "p")
    assert became.is_guest


@pytest.mark.parametrize(
    ("before", "profile", "gone", "leaves"),
    [
        (known(), Profile(name="Other", object_id="other"), (), True),
        (known(), replace(JO, is_enabled=False), (), True),
        (known(is_listed=False), replace(JO, is_enabled=False), (), True),
        (known(is_listed=False), Profile(name="Other", object_id="other"), {"jo"}, True),
        (known(is_listed=False), Profile(name="Other", object_id="other"), (), False),
        (known(left_at=NOW, is_listed=False), replace(JO, is_enabled=False), (), False),
    ],
    ids=[
        "no longer in the group",
        "account switched off",
        "switched off before it was ever listed",
        "account deleted",
        "never was in the group",
        "has left already",
    ],
)
def test_who_has_left(before, profile, gone, leaves):
    reading, _ = read(before, profile, gone)

    assert (before.person.id in reading.left) == leaves
    assert reading.doubt == ""


def test_coming_back_is_a_change_although_nothing_else_is():
    _, changed = read(known(left_at=NOW, is_listed=False), JO)

    assert changed is not None


def test_an_empty_group_is_never_believed_while_somebody_would_leave():
    reading, _ = read(known(), None)

    assert reading.doubt == "the group is empty, and 1 person cannot have left at once"


@settings(deadline=None)
@given(here=st.integers(0, 60), gone=st.integers(0, 60))
def test_no_reading_that_is_believed_takes_more_than_a_sane_share_away(here, gone):
    everybody = [
        replace(known(), person=replace(known().person, id=UUID(int=at), object_id=f"p-{at}"))
        for at in range(here + gone)
    ]
    stay = [replace(JO, object_id=f"p-{at}") for at in range(here)]

    reading = read_group(everybody, stay, (), SCHOOLS)

    assert len(reading.left) == gone
    is_sane = gone <= MOST_LEAVERS or gone <= (here + gone) * LARGEST_SHARE
    assert (reading.doubt == "") == (gone == 0 or (is_sane and here > 0))
