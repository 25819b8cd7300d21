"""Roles a lead may give, and bookings that no longer fit."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.booking import Booking, BookingState
from hub.people import Role
from hub.staff import in_doubt, mark_of, roles_after
from tests.hub.test_rules import NOW, person, session

some_roles = st.frozensets(st.sampled_from(Role))


@given(some_roles, some_roles)
def test_being_a_lead_is_neither_given_nor_taken(held, given_roles):
    after = roles_after(held, given_roles)

    assert (Role.LEAD in after) is (Role.LEAD in held)
    assert after - {Role.LEAD} == given_roles - {Role.LEAD}


@pytest.mark.parametrize(
    ("who", "what", "is_in_doubt"),
    [
        (person(Role.SENCO), session(audience=frozenset({Role.SENCO})), False),
        (person(Role.CLASS_TEACHER), session(audience=frozenset({Role.SENCO})), True),
        (person(partner=True), session(), True),
        (person(partner=True), session(released_to_partners_at=NOW), False),
        (person(), session(starts_at=NOW - timedelta(days=1)), False),
    ],
)
def test_only_what_the_person_changes_puts_a_booking_in_doubt(who, what, is_in_doubt):
    own = Booking(uuid4(), who.id, what, BookingState.CONFIRMED)

    assert in_doubt(who, [own], NOW) == ((own,) if is_in_doubt else ())


@given(some_roles, some_roles)
def test_a_mark_tells_whether_roles_have_changed(one, other):
    assert (mark_of(person(*one)) == mark_of(person(*other))) is (one == other)
    assert mark_of(person(*one)) == mark_of(person(*sorted(one, reverse=True)))
