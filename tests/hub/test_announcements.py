"""Who gets news and until when: rules by tables and by random people and choices."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.loading.content import load_offer
from hub.announcements import (
    LONGEST_HEADLINE,
    NEWS_LASTS,
    ON_THE_SESSION,
    Addressee,
    Announcement,
    Chosen,
    chosen_from,
    fingerprint,
    headline,
    is_meant,
    no_longer_news,
    recipients,
    spoken_choice,
)
from hub.booking import BookingState, Session
from hub.people import Person, Role, School
from hub.school_names import schools_in
from tests.conftest import LONDON

OFFER = load_offer(None)
NOW = datetime(2026, 11, 23, 15, 40, tzinfo=LONDON)
SCHOOLS = [School("a", "School A"), School("b", "School B"), School("p", "School P", True)]
AUTHOR = Person(uuid4(), "t", "lead", "Trust SEND Lead", frozenset({Role.LEAD}))
STARTS = NOW + timedelta(days=10)
CLINIC = Session(uuid4(), "4", "Clinic", STARTS, STARTS + timedelta(hours=3), "School B", 12)

people = st.builds(
    Person,
    st.uuids(),
    st.just("t"),
    st.just("o"),
    st.just("Somebody"),
    st.frozensets(st.sampled_from(Role), max_size=3),
    st.sampled_from([None, *SCHOOLS]),
    wants_nudges=st.booleans(),
    is_guest=st.booleans(),
)
addressees = st.builds(Addressee, people, st.booleans(), st.sampled_from([None, *BookingState]))
choices = st.builds(
    Chosen,
    st.frozensets(st.sampled_from([tier.key for tier in OFFER.tiers] + ["9"]), max_size=3),
    st.frozensets(st.sampled_from(Role), max_size=3),
    st.frozensets(st.sampled_from(["a", "b", "p", "gone"]), max_size=2),
    st.booleans(),
)


def news(**changes):
    fields = {
        "id": uuid4(),
        "author_id": AUTHOR.id,
        "author_name": AUTHOR.name,
        "words": "Booking is open. Have a look!",
        "for_whom": "everybody in the trust",
        "chosen": Chosen(),
        "recipients": 1,
        "sent_at": NOW,
    }
    return Announcement(**fields | changes)


@given(st.lists(addressees, max_size=8), choices)
def test_whoever_gets_it_is_meant_wants_it_and_fits_every_kind_chosen(everybody, chosen):
    found = recipients(everybody, AUTHOR, chosen, OFFER)

    for each in found.people:
        person = each.person
        assert person.wants_nudges
        assert not chosen.roles or person.roles & chosen.roles
        assert not chosen.schools or person.school.id in chosen.schools
        assert not chosen.booked_only or each.standing in ON_THE_SESSION
        if person.is_from_partner:
            assert chosen.booked_only or person.school.id in chosen.schools
    meant = [each for each in everybody if is_meant(each, chosen, OFFER)]
    assert len(found.people) + found.opted_out == len(meant)


@given(addressees, choices, choices)
def test_more_of_a_kind_never_takes_anybody_out(somebody, chosen, more):
    wider = Chosen(
        chosen.tiers | (more.tiers if chosen.tiers else frozenset()),
        chosen.roles | (more.roles if chosen.roles else frozenset()),
        chosen.schools | (more.schools if chosen.schools else frozenset()),
        chosen.booked_only,
    )

    assert not is_meant(somebody, chosen, OFFER) or is_meant(somebody, wider, OFFER)


def test_the_author_does_not_write_to_themselves():
    own = Addressee(AUTHOR, has_chat=True)

    assert recipients([own], AUTHOR, Chosen(), OFFER).people == ()


@given(choices)
def test_a_choice_survives_the_store(chosen):
    assert chosen_from(chosen.as_data()) == chosen


@given(st.lists(addressees, min_size=1, max_size=4), choices)
def test_a_preview_is_known_by_its_words_choice_and_people(everybody, chosen):
    seen = fingerprint("Hello", chosen, everybody)

    assert seen == fingerprint("Hello", chosen, reversed(everybody))
    assert seen != fingerprint("Hello!", chosen, everybody)
    assert seen != fingerprint("Hello", chosen, everybody[1:])
    assert seen != fingerprint(
        "Hello", replace(chosen, booked_only=not chosen.booked_only), everybody
    )
    assert len(seen) <= 36


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Chosen(), "everybody in the trust"),
        (Chosen(roles=frozenset({Role.SENCO, Role.MATHS_LEAD})), "SENCos and maths leads"),
        (Chosen(schools=frozenset({"a", "b"})), "everybody at School A or School B"),
        (Chosen(tiers=frozenset({"1", "2a"})), "everybody for whom tier 1 or 2a is meant"),
        (
            Chosen(roles=frozenset({Role.SENCO}), schools=frozenset({"b"})),
            "SENCos at School B",
        ),
        (Chosen(booked_only=True), "everybody booked on “Clinic”"),
    ],
)
def test_a_choice_is_said_as_a_person_would(chosen, said):
    assert spoken_choice(chosen, SCHOOLS, CLINIC) == said


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Booking is open. Have a look!", "Booking is open."),
        ("Really? Yes", "Really?"),
        ("The room\nhas changed", "The room"),
        ("Tier 2.5 is no tier", "Tier 2.5 is no tier"),
        ("x" * 600, "x" * 99 + "…"),
    ],
)
def test_the_headline_is_the_first_sentence(words, first):
    assert headline(words) == first


@given(st.text(min_size=1).filter(str.strip))
def test_a_headline_always_fits_and_always_says_something(words):
    assert 0 < len(headline(words)) <= LONGEST_HEADLINE


@pytest.mark.parametrize(
    ("changes", "standing", "after", "is_wanted"),
    [
        ({}, None, timedelta(0), True),
        ({}, None, NEWS_LASTS - timedelta(seconds=1), True),
        ({}, None, NEWS_LASTS, False),
        ({"session": CLINIC}, None, timedelta(days=9), True),
        ({"session": CLINIC}, None, timedelta(days=10), False),
        (
            {"session": CLINIC, "sent_at": STARTS + timedelta(days=1)},
            None,
            timedelta(days=12),
            True,
        ),
        ({"session": CLINIC, "chosen": Chosen(booked_only=True)}, None, timedelta(0), False),
        (
            {"session": CLINIC, "chosen": Chosen(booked_only=True)},
            BookingState.CONFIRMED,
            timedelta(0),
            True,
        ),
        (
            {"session": CLINIC, "chosen": Chosen(booked_only=True)},
            BookingState.CANCELLED,
            timedelta(0),
            False,
        ),
    ],
)
def test_until_when_it_is_news(changes, standing, after, is_wanted):
    person = Person(uuid4(), "t", "o", "Somebody")

    assert (no_longer_news(news(**changes), person, standing, NOW + after) is None) is is_wanted
    opted_out = replace(person, wants_nudges=False)
    assert no_longer_news(news(**changes), opted_out, standing, NOW + after)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tell all SENCos at School B", ["b"]),
        ("staff of school a and SCHOOL B", ["a", "b"]),
        ("the SENCos of School Borough", []),
        ("St Mary’s Junior", ["j"]),
        ("St Mary's and St Mary's Junior", ["m", "j"]),
        ("everybody", []),
    ],
)
def test_schools_are_found_by_their_whole_names(words, found):
    known = [*SCHOOLS, School("m", "St Mary's"), School("j", "St Mary's Junior")]

    assert [school.id for school in schools_in(words, known)] == found
