"""What synthetic people choose: possible things only, and each thing that a nudge is about at times."""

import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.loading.content import load_offer, load_services
from bot.simulation.cast import cast_of
from bot.simulation.lives.programme import clinics_to_set, moved_by_a_week
from bot.simulation.lives.request_choices import (
    answers_to,
    step_of_asker,
    step_of_lead,
    wanted_by,
)
from bot.simulation.lives.staff import Turn, changes_of
from hub.request_answers import stopped
from hub.request_life import may_take
from hub.requests import Request, State, Step, Visit, VisitKind, VisitState
from hub.school_year import SchoolCalendar
from hub.services import may_ask
from tests.conftest import A_MONDAY, LONDON

SERVICES = load_services(None)
SEEDS = range(60)
#: So many are enough for what is seldom.
DAYS = 2_000
AN_HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def cast():
    return cast_of("2026-27", 40, load_offer(None), LONDON, random.Random(1))


@pytest.fixture
def calendar(cast):
    return SchoolCalendar.of([cast.year], LONDON)


def request_of(cast, state, visit=None, **more):
    return Request(
        *(UUID(int=1), "SH-0001", "tier-6", cast.staff[0], state, {}, 0, 1, A_MONDAY),
        visits=(visit,) if visit else (),
        **more,
    )


def visit(state, starts_at, kind=VisitKind.VISIT):
    return Visit(UUID(int=2), kind, state, "teams", starts_at, starts_at + AN_HOUR)


YESTERDAY, TOMORROW = A_MONDAY - timedelta(days=1), A_MONDAY + timedelta(days=1)
ARRANGED, PROPOSED = VisitState.ARRANGED, VisitState.PROPOSED


@pytest.mark.parametrize(
    ("state", "visit_is", "lead_may", "asker_may"),
    [
        (State.SUBMITTED, None, {Step.ACKNOWLEDGE, Step.ASSIGN, Step.ANSWER, Step.REDIRECT}, None),
        (State.ACKNOWLEDGED, None, {Step.PROPOSE_TIMES, Step.NOTE, Step.ANSWER}, None),
        (
            State.ACKNOWLEDGED,
            visit(PROPOSED, TOMORROW),
            set(),
            {Step.PICK_TIME, Step.NO_TIME_SUITS},
        ),
        (State.VISIT_ARRANGED, visit(ARRANGED, TOMORROW), set(), set()),
        (State.VISIT_ARRANGED, visit(ARRANGED, A_MONDAY + AN_HOUR), set(), {Step.NO_TIME_SUITS}),
        (
            State.VISIT_ARRANGED,
            visit(ARRANGED, YESTERDAY),
            {Step.RECORD_VISIT, Step.NO_SHOW},
            set(),
        ),
        (
            State.VISITED,
            visit(VisitState.HELD, YESTERDAY),
            {Step.CLOSE, Step.NOTE, Step.ARRANGE_FOLLOW_UP},
            {Step.ASK_FOLLOW_UP, Step.CHOOSE_CALL},
        ),
    ],
)
def test_each_side_takes_the_steps_that_are_next_or_none(
    cast, state, visit_is, lead_may, asker_may
):
    request = request_of(cast, state, visit_is)
    service = SERVICES.service(request.service)
    chance = random.Random(1)

    by_lead = {step_of_lead(request, service, A_MONDAY, chance) for _ in range(DAYS)}
    by_asker = {step_of_asker(request, A_MONDAY, chance) for _ in range(DAYS)}

    assert by_lead - {None} == lead_may
    assert by_asker - {None} == ({Step.WITHDRAW, Step.NOTE} if asker_may is None else asker_may)
    # Each may be forgotten, and each is possible.
    assert None in by_lead & by_asker
    assert all(may_take(cast.lead, each, request) is None for each in by_lead - {None})
    assert all(may_take(request.asker, each, request) is None for each in by_asker - {None})


def test_everything_that_may_be_asked_for_is_and_answers_let_it_go_on(cast):
    asked = set()
    for seed in SEEDS:
        chance = random.Random(seed)
        person = chance.choice(cast.staff)
        service = wanted_by(person, SERVICES, chance)
        asked.add(service.key)
        answers = answers_to(service.questions, A_MONDAY, chance)
        assert may_ask(person, service) is None
        assert stopped(service.questions, answers) is None
    assert len(asked) > len(SERVICES.every) / 2


def test_clinics_are_set_in_time_or_late_or_never_and_held_in_their_half_term(cast, calendar):
    late = never = 0
    for seed in SEEDS:
        found = clinics_to_set(cast.clinics, calendar, random.Random(seed))
        never += len(cast.clinics) - len(found)
        for set_on, clinic in found:
            half_term = cast.year.half_term_of(clinic.starts_at.date())
            assert half_term
            assert calendar.is_school_day(clinic.starts_at.date())
            assert clinic.starts_at.date() > set_on
            late += set_on > half_term.starts_on
    assert late
    assert never


def test_a_session_moves_to_a_school_day_and_keeps_its_hours(cast, calendar):
    for session in cast.sessions:
        moved = moved_by_a_week(session, calendar)
        if moved is not None:
            assert calendar.is_school_day(moved.starts_at.date())
            assert moved == replace(session, starts_at=moved.starts_at, ends_at=moved.ends_at)
            assert moved.starts_at.timetz().replace(tzinfo=None) == (
                session.starts_at.timetz().replace(tzinfo=None)
            )


def test_whoever_comes_takes_the_post_of_whoever_left(cast):
    for seed in SEEDS:
        changes = changes_of(cast, random.Random(seed))
        left, came, moved = (
            [each for each in changes if each.turn is turn]
            for turn in (Turn.LEAVES, Turn.COMES, Turn.CHANGES_SCHOOL)
        )
        assert len(left) == len(came) == len(moved) == len(cast.newcomers)
        for one, other in zip(left, came, strict=True):
            assert other.on > one.on
            assert (other.person.roles, other.person.school) == (
                one.person.roles,
                one.person.school,
            )
        assert not {each.person for each in left} & {each.person for each in moved}
