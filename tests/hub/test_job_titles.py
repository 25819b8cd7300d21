"""Roles out of words, as job titles and people write them."""

import pytest

from hub.job_titles import role_named, roles_in
from hub.people import GIVEN_BY_THE_TRUST, Role

TITLES = [
    ("Headteacher", {Role.HEADTEACHER}),
    ("Head", {Role.HEADTEACHER}),
    ("Head of School", {Role.HEADTEACHER}),
    ("Assistant Headteacher", {Role.SENIOR_LEADER}),
    ("Deputy Head", {Role.SENIOR_LEADER}),
    ("Assistant Head and SENCo", {Role.SENIOR_LEADER, Role.SENCO}),
    ("SENDCo", {Role.SENCO}),
    ("SENCO / Class Teacher", {Role.SENCO, Role.CLASS_TEACHER}),
    ("SEN Co-ordinator", {Role.SENCO}),
    ("Inclusion Lead", {Role.SENCO}),
    ("TA", {Role.TEACHING_ASSISTANT}),
    ("HLTA", {Role.TEACHING_ASSISTANT}),
    ("Teaching Assistant Level 3", {Role.TEACHING_ASSISTANT}),
    ("Learning Support Assistant", {Role.TEACHING_ASSISTANT}),
    ("Class teacher", {Role.CLASS_TEACHER}),
    ("Year 4 Teacher and Maths Lead", {Role.CLASS_TEACHER, Role.MATHS_LEAD}),
    ("Head of Maths", {Role.MATHS_LEAD}),
    ("Head of English", {Role.SUBJECT_LEADER}),
    ("Head of Year 9", {Role.PASTORAL}),
    ("Hub class teacher", {Role.HUB_CLASS_TEACHER}),
    ("Curriculum Leader", {Role.CURRICULUM_LEAD}),
    ("Pastoral manager", {Role.PASTORAL}),
    ("School Office Manager", {Role.OFFICE}),
    ("Caretaker", set()),
    ("", set()),
]


@pytest.mark.parametrize(("title", "roles"), TITLES, ids=[title for title, _ in TITLES])
def test_a_job_title_gives_its_roles(title, roles):
    assert roles_in(title) == roles


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_known_by_its_own_name_and_its_plural(role):
    assert role_named(role.value) is role
    assert role_named(f" {role.value.upper()}s ") is role


def test_nobody_becomes_a_lead_by_saying_so():
    for words in ("Trust SEND Lead", "I am the Trust SEND Lead now", "Trust Maths Lead", "lead"):
        assert GIVEN_BY_THE_TRUST.isdisjoint(roles_in(words))
