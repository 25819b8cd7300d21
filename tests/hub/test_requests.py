"""A request's life: each step by the right person only, and no state without a way on."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.loading.content import load_services
from hub.people import Person, Role, School
from hub.promises import Promises, due_next, has_lapsed
from hub.refusals import Reason
from hub.request_answers import (
    Problem,
    checked,
    first_page_to_do,
    missing,
    pages,
    preset,
    read_words,
    stopped,
)
from hub.request_life import LIFE, Party, after, may_take, steps_open_to
from hub.request_references import reference_in, reference_of, references_in
from hub.requests import OPEN, Request, State, Step, Visit, VisitKind, VisitState
from hub.services import SUPPORT, Kind, may_ask, services_from
from hub.times_said import moments_said
from hub.visit_times import free_slots, in_words, spread

SERVICES = load_services(None)
SCHOOL = School("school-a", "School A")
TEACHER = Person(UUID(int=1), "t", "1", "Class teacher", frozenset({Role.CLASS_TEACHER}), SCHOOL)
LEAD = Person(UUID(int=2), "t", "2", "Trust SEND Lead", frozenset({Role.LEAD}))
SPECIALIST = Person(UUID(int=3), "t", "3", "Specialist")
STRANGER = Person(UUID(int=4), "t", "4", "Somebody else", frozenset({Role.HEADTEACHER}), SCHOOL)
PARTNER = Person(UUID(int=5), "t", "5", "Partner", school=School("h", "School H", is_partner=True))
PEOPLE = {
    Party.ASKER: TEACHER,
    Party.LEAD: LEAD,
    Party.OWNER: SPECIALIST,
}
MONDAY = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
PROPOSED = Visit(
    UUID(int=9), VisitKind.VISIT, VisitState.PROPOSED, "teams", MONDAY, MONDAY.replace(hour=16)
)
TODAY = date(2026, 11, 24)


def a_request(state=State.SUBMITTED, **told):
    return Request(
        UUID(int=7),
        "SH-0427",
        SUPPORT,
        TEACHER,
        state,
        {},
        0,
        1,
        MONDAY,
        owner=SPECIALIST,
        submitted_at=MONDAY,
        visits=(PROPOSED,),
        **told,
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", LIFE)
@pytest.mark.parametrize("party", Party)
def test_each_step_is_for_the_right_person_in_the_right_state(party, step, state):
    request, rule = a_request(state), LIFE[step]

    refusal = may_take(PEOPLE[party], step, request)

    is_theirs = party in rule.by and not (state is State.DRAFT and party is not Party.ASKER)
    assert (refusal is None) == (is_theirs and state in rule.moves)


@pytest.mark.parametrize("state", State)
def test_nobody_else_finds_it_at_all(state):
    for step in LIFE:
        assert may_take(STRANGER, step, a_request(state)).reason is Reason.GONE


@pytest.mark.parametrize("state", OPEN)
def test_no_open_state_is_a_dead_end_for_either_side(state):
    request = a_request(state)

    assert steps_open_to(TEACHER, request) >= {Step.NOTE, Step.WITHDRAW}
    onward = {after(each, state) for each in steps_open_to(LEAD, request)}
    assert onward - {state}


@given(st.lists(st.sampled_from(sorted(LIFE)), max_size=40))
def test_whatever_is_tried_a_request_can_always_be_ended(steps):
    state = State.SUBMITTED
    for step in steps:
        if state in LIFE[step].moves and step is not Step.SUBMIT:
            state = after(step, state)

    assert state is not State.DRAFT
    if state in OPEN:
        assert State.CLOSED in {after(each, state) for each in LIFE if state in LIFE[each].moves}


def test_there_is_nothing_to_pick_where_nothing_was_proposed():
    request = replace(a_request(State.ACKNOWLEDGED), visits=())

    assert may_take(TEACHER, Step.PICK_TIME, request).reason is Reason.STEP_NOT_NOW


@given(st.integers(1, 999_999))
def test_a_reference_can_be_said_and_found_again(number):
    reference = reference_of(number)

    for said in (
        reference,
        reference.lower(),
        reference.replace("-", " "),
        f"what of {reference}?",
    ):
        assert reference_in(said) == reference


def test_references_are_found_in_their_order():
    assert references_in("merge sh12 into SH-0003") == ["SH-0012", "SH-0003"]
    assert reference_in("she has 12 pens") == ""


@pytest.mark.parametrize(
    ("now", "state", "what", "is_late"),
    [
        (datetime(2026, 11, 25, 17, tzinfo=UTC), State.SUBMITTED, "an acknowledgement", False),
        (datetime(2026, 11, 26, 9, tzinfo=UTC), State.SUBMITTED, "an acknowledgement", True),
        (datetime(2026, 12, 7, 17, tzinfo=UTC), State.ACKNOWLEDGED, "times for a visit", False),
        (datetime(2026, 12, 8, 9, tzinfo=UTC), State.ACKNOWLEDGED, "times for a visit", True),
    ],
)
def test_promises_are_counted_in_school_days(calendar, now, state, what, is_late):
    request = replace(a_request(state), visits=())

    due = due_next(request, SERVICES.service(SUPPORT), Promises(), calendar, now)

    assert due.what == what
    assert due.is_late is is_late


def test_a_question_asked_on_friday_lapses_on_monday(calendar):
    friday = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)

    for now, lapsed in (
        (datetime(2026, 11, 29, 18, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 30, 14, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 30, 15, 0, tzinfo=UTC), True),
    ):
        assert has_lapsed(friday, Promises(), calendar, now) is lapsed


def test_every_service_has_two_or_three_questions_and_an_owner():
    for each in SERVICES.every:
        assert each.owner
        assert each.does
        own = [q for q in each.questions if q.key != "consent"]
        assert each.key == SUPPORT or 1 <= len(own) <= 3, each.key


def test_partners_may_ask_for_what_is_opened_to_them_only():
    opened = {each.key for each in SERVICES.open_to(PARTNER)}

    assert opened == {"cpd-core", "cpd-module", "cpd-role", "outreach"}
    assert may_ask(PARTNER, SERVICES.service(SUPPORT)).reason is Reason.AUDIENCE


def test_a_whole_school_review_is_for_those_who_answer_for_the_school():
    review = SERVICES.service("send-review")

    assert may_ask(TEACHER, review).reason is Reason.AUDIENCE
    assert may_ask(STRANGER, review) is None
    assert may_ask(LEAD, review) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("can you do a TA deployment audit for us", "ta-audit"),
        ("we want a whole school SEND review", "send-review"),
        ("please could you quality assure an EHCP application", "ehcp-quality"),
        ("in class coaching for my ECT?", "coaching"),
        ("an immersion visit please", "immersion-visit"),
        ("case consultation", "case-consultation"),
        ("a plan–teach–review cycle", "plan-teach-review"),
        ("the weather", None),
    ],
)
def test_a_service_is_found_by_its_words(text, key):
    found = SERVICES.named_in(text)

    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("said", "topics", "found"),
    [
        (
            "autism and sensory, urgent, on Teams, parents agree",
            ("autism", "sensory"),
            {"needs": "autism,sensory", "urgency": "urgent", "how": "teams", "consent": "given"},
        ),
        ("not urgent, in person", (), {"urgency": "whenever", "how": "in-person"}),
        ("dyslexia, whole class", ("dyslexia",), {"needs": "dyslexia", "consent": "none"}),
        ("wibble", (), {}),
    ],
)
def test_typed_words_answer_the_facts(said, topics, found):
    page = pages(SERVICES.service(SUPPORT))[0]

    assert read_words(page, said, topics, TODAY) == found


@pytest.mark.parametrize(
    ("kind", "value", "is_taken"),
    [
        ("ta-audit:tas", "12", True),
        ("ta-audit:tas", "0", False),
        ("ta-audit:tas", "151", False),
        ("ta-audit:tas", "many", False),
        ("ta-audit:tas", "１２", False),
        ("ehcp-quality:due", "2026-12-01", True),
        ("ehcp-quality:due", "2026-01-01", False),
        ("ehcp-quality:due", "soon", False),
        ("ehcp-quality:stage", "draft", True),
        ("ehcp-quality:stage", "draft,returned", False),
        ("ehcp-quality:stage", "elsewhere", False),
        ("tier-6:needs", "autism,semh", True),
        ("tier-6:needs", "autism,magic", False),
        ("tier-6:about", "x" * 800, True),
        ("tier-6:about", "x" * 801, False),
    ],
)
def test_an_answer_is_taken_or_asked_again(kind, value, is_taken):
    service, _, key = kind.partition(":")
    question = SERVICES.service(service).question(key)

    assert isinstance(checked(question, value, TODAY), str) is is_taken


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_reading_or_checking(text):
    for service in SERVICES.every:
        for page in pages(service):
            for key, value in read_words(page, text, (), TODAY).items():
                question = service.question(key.removesuffix("_words"))
                assert isinstance(checked(question, value, TODAY), str | Problem)


def test_consent_not_given_stops_a_consultation_and_not_a_visit():
    answers = {"consent": "not-yet"}
    consultation, support = SERVICES.service("case-consultation"), SERVICES.service(SUPPORT)

    assert stopped(consultation.questions, answers).key == "consent"
    assert stopped(support.questions, answers) is None


def test_what_is_missing_leads_to_its_page():
    support = SERVICES.service(SUPPORT)
    known = preset(support) | {"needs": "semh", "consent": "none", "about": "a class"}

    assert first_page_to_do(support, preset(support)) == 0
    assert first_page_to_do(support, known) == 3
    assert [each.kind for each in missing(pages(support)[3], known)] == [Kind.TIMES]
    assert first_page_to_do(support, known | {"times_words": "Tuesdays"}) == len(pages(support))


@pytest.mark.parametrize(
    "broken",
    [
        {"service": []},
        {"service": [{"key": "x"}]},
        {"service": [{"key": "tier-6", "question": [{"key": "q", "asks": "?", "kind": "magic"}]}]},
    ],
)
def test_a_broken_file_of_services_names_the_one_at_fault(broken):
    with pytest.raises(ValueError, match="service"):
        services_from(broken)


def test_times_on_offer_are_school_days_with_notice(calendar):
    slots = free_slots(calendar, "school-a", MONDAY, [])

    assert min(each.on for each in slots) == date(2026, 11, 26)
    assert all(calendar.is_school_day(each.on) for each in slots)
    wanted = slots[5].name
    assert wanted in {each.name for each in spread(slots, [wanted])}
    assert len(spread(slots)) == 8
    assert in_words(f"{wanted},nonsense,2026-99-01 morning") == [slots[5].in_short]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3 December at 2pm, 4 December 10:00", ["2026-12-03 14:00", "2026-12-04 10:00"]),
        ("3 december 9.30 or 15:30", ["2026-12-03 09:30", "2026-12-03 15:30"]),
        ("Tuesday at 3pm", ["2026-11-24 15:00"]),
        ("1 September 10:00", ["2027-09-01 10:00"]),
        ("some time", []),
    ],
)
def test_moments_are_read_out_of_words(calendar, text, found):
    moments = moments_said(text, calendar, MONDAY)

    assert [f"{each:%Y-%m-%d %H:%M}" for each in moments] == found
