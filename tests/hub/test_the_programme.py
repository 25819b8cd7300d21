"""A year against the offer, INSET days in slots, clashes, and who comes from one school: rules."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.loading.content import load_offer
from hub.booking import LIVE, Booking, BookingState, OpenSession, SessionState, clashing, overlap
from hub.colleagues import Colleague, seats_of, to_be_told
from hub.inset_day import NO_STRAND, clash_among, inset_days, picks_from
from hub.my_year import my_year, tier_year
from hub.people import Role
from hub.programme import entries_of, named_in, page_of
from tests.conftest import LONDON
from tests.hub.test_rules import NOW, person, session

OFFER = load_offer(None)
FIRST = datetime(2026, 9, 7, 9, tzinfo=LONDON)
tiers = st.sampled_from([each for each in OFFER.tiers if each.cadence.per != "need"])
standings = st.none() | st.sampled_from(list(BookingState))


@st.composite
def shown_sessions(draw, tier=None):
    of = draw(tiers) if tier is None else OFFER.tier(tier)
    starts = FIRST + timedelta(days=draw(st.integers(0, 300)), hours=draw(st.integers(0, 6)))
    length = timedelta(hours=draw(st.integers(1, 5)))
    found = session(tier=of.key, starts_at=starts, ends_at=starts + length, audience=of.audience)
    return OpenSession(found, draw(st.integers(0, 9)), 0, draw(standings))


programmes = st.lists(shown_sessions(), max_size=40)


@given(programmes)
def test_everything_with_me_in_it_is_counted_once_and_nothing_else(programme):
    lines = {line.tier.key: line for line in my_year(person(), OFFER, programme, NOW)}

    for key, line in lines.items():
        mine = [each for each in programme if each.session.tier == key]
        unit = (lambda e: e.session.starts_at.date()) if key == "3" else (lambda e: e.session.id)
        counted = Counter(
            state for _, state in {(unit(each), each.own) for each in mine if each.own}
        )
        assert line.attended == counted[BookingState.ATTENDED]
        assert line.booked == counted[BookingState.CONFIRMED]
        assert line.missed == counted[BookingState.MISSED]
        for each in line.to_book:
            assert each.session.starts_at > NOW
            assert each.own not in LIVE
    shown = {each.session.tier for each in programme if each.own in {"confirmed", "attended"}}
    assert shown <= lines.keys()


@given(programmes)
def test_a_tier_meant_for_others_is_left_out_unless_i_was_in_it(programme):
    lines = my_year(person(Role.CLASS_TEACHER), OFFER, programme, NOW)

    for line in lines:
        open_to_me = not line.tier.audience
        assert open_to_me or line.counted or line.waiting or line.missed


def test_two_of_three_meetings():
    meeting = OFFER.tier("1")
    year = [
        OpenSession(session(starts_at=NOW - timedelta(days=40)), 1, 0, BookingState.ATTENDED),
        OpenSession(session(starts_at=NOW + timedelta(days=40)), 1, 0, BookingState.CONFIRMED),
        OpenSession(session(starts_at=NOW + timedelta(days=80)), 1, 0),
    ]

    line = tier_year(meeting, year, NOW)

    assert (line.counted, line.attended, line.booked) == (2, 1, 1)
    assert [each.session.id for each in line.to_book] == [year[2].session.id]


@given(st.lists(shown_sessions("3"), min_size=1, max_size=30))
def test_every_strand_is_in_one_slot_of_its_day_and_a_slot_is_one_time(strands):
    days = inset_days(strands)

    assert [day.on for day in days] == sorted({each.session.starts_at.date() for each in strands})
    found = [each for day in days for slot in day.slots for each in slot.shown]
    assert Counter(id(each) for each in found) == Counter(id(each) for each in strands)
    for day in days:
        for slot in day.slots:
            times = {(each.starts_at, each.ends_at) for each in slot.sessions}
            assert len(times) == 1
        assert day.strands == sum(len(slot.shown) for slot in day.slots)


@given(
    st.lists(shown_sessions("3"), min_size=1, max_size=12),
    st.dictionaries(st.integers(-2, 12), st.text(max_size=5) | st.just(NO_STRAND)),
)
def test_made_up_picks_choose_nothing_that_is_not_in_the_slot(strands, wanted):
    day = inset_days(strands)[0]
    first = day.slots[0].sessions[-1]

    picks = picks_from(day, wanted | {0: str(first.id)})

    assert picks[0].session_id == first.id
    for pick in picks:
        assert pick.session_id is None or pick.session_id in {s.id for s in pick.slot.sessions}
    both = clash_among(picks)
    assert both is None or overlap(*both)


@given(st.lists(shown_sessions(), max_size=10), shown_sessions())
def test_a_clash_is_a_confirmed_place_at_the_same_time_elsewhere(others, wanted):
    held = [
        Booking(uuid4(), uuid4(), each.session, each.own or BookingState.WAITING)
        for each in [*others, wanted]
    ]

    for each in clashing(wanted.session, held):
        assert each.state is BookingState.CONFIRMED
        assert each.session.id != wanted.session.id
        assert each.session.starts_at < wanted.session.ends_at
        assert wanted.session.starts_at < each.session.ends_at


def test_sessions_that_touch_do_not_clash_and_a_cancelled_one_never_does():
    morning = session()
    after = session(starts_at=morning.ends_at, ends_at=morning.ends_at + timedelta(hours=1))
    off = replace(session(), state=SessionState.CANCELLED)
    held = [Booking(uuid4(), uuid4(), each, BookingState.CONFIRMED) for each in (after, off)]

    assert clashing(morning, held) == ()


@given(programmes, st.integers(1, 5))
def test_pages_show_everything_once_in_the_order_of_time(programme, size):
    entries = entries_of(programme)

    paged = [each for page in range(len(entries) + 1) for each in page_of(entries, page, size)]

    assert paged == entries
    strands = [each for each in programme if each.session.tier == "3"]
    days = {each.session.starts_at.date() for each in strands}
    assert len(entries) == len(programme) - len(strands) + len(days)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("book me on the anxiety clinic", ["Clinic: anxiety and coming into school"]),
        ("put me down for working memory", ["Clinic: working memory in lessons"]),
        ("any clinics coming up", []),
        ("book the next senco meeting", []),
        ("the language one please", ["Clinic: language and vocabulary"]),
    ],
)
def test_a_session_is_known_by_its_own_words_only(words, found):
    titles = [
        "Clinic: anxiety and coming into school",
        "Clinic: working memory in lessons",
        "Clinic: language and vocabulary",
        "SENCo meeting",
    ]
    programme = [OpenSession(session(title=each), 1, 0) for each in titles]

    assert [each.session.title for each in named_in(words, programme)] == found


JOINT = session(tier="2b", audience=frozenset({Role.SENCO, Role.MATHS_LEAD}))


def test_a_working_party_wants_one_of_each_role_and_tells_those_who_are_missing():
    senco, maths_lead, teacher = person(Role.SENCO), person(Role.MATHS_LEAD), person()
    staff = [
        Colleague(senco, BookingState.CONFIRMED),
        Colleague(maths_lead),
        Colleague(teacher),
    ]

    seats = seats_of(JOINT, staff)

    assert [(seat.role, seat.is_filled) for seat in seats] == [
        (Role.SENCO, True),
        (Role.MATHS_LEAD, False),
    ]
    assert to_be_told(seats, senco) == [maths_lead]
    assert seats_of(session(), staff) == ()


@given(st.lists(st.tuples(st.sets(st.sampled_from(list(Role)), max_size=3), standings), max_size=8))
def test_nobody_is_told_of_a_session_they_have_to_do_with(staff):
    people = [Colleague(person(*roles), standing) for roles, standing in staff]
    asker = person(Role.SENCO)

    told = to_be_told(seats_of(JOINT, [*people, Colleague(asker)]), asker)

    assert asker not in told
    idle = [each.person for each in people if each.standing in {None, BookingState.CANCELLED}]
    assert all(each in idle for each in told)
    assert len({each.id for each in told}) == len(told)
