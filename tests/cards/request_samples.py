"""Cards of requests, with words that try the layout and as much of everything as there can be."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from bot.loading.content import load_services
from cards import (
    agreed,
    lead_queue,
    lead_quick_answers,
    lead_request,
    lead_request_forms,
    quick_answer,
    request,
    request_news,
    request_reminders,
)
from cards import request_steps as steps
from cards import services as service_cards
from hub.agreed import Agreed
from hub.nudges import Rule
from hub.people import Person, Role, School
from hub.promises import Due, Promised
from hub.quick_answers import QuickAnswer
from hub.request_answers import pages
from hub.request_life import LIFE
from hub.request_standing import Standing
from hub.requests import Entry, Request, State, Step, Visit, VisitKind, VisitState
from hub.rule_book import RuleBook
from hub.services import SUPPORT
from hub.topics import NEEDS
from hub.visit_times import Part, Slot

AN_ID = UUID("5a0f8c1e-0000-4000-8000-000000000001")
HARD_WORDS = ("*Words* [of](many) _kinds_ مرحبا 🎒 " + "x" * 800)[:800]
NOW = datetime(2026, 11, 24, 15, 40, tzinfo=UTC)
SERVICES = load_services(None)
ASKER = Person(AN_ID, "t", "o", HARD_WORDS[:150], frozenset({Role.SENCO}), School("a", "School A"))
SLOTS = [Slot(date(2026, 12, 1), part, NOW, NOW) for part in Part] * 3
ANSWERS = {
    "needs": ",".join(NEEDS),
    "urgency": "urgent",
    "how": "teams",
    "consent": "given",
    "about": HARD_WORDS,
    "tried": HARD_WORDS,
    "times": ",".join(each.name for each in SLOTS),
    "times_words": HARD_WORDS,
}
VISITS = tuple(
    Visit(AN_ID, VisitKind.VISIT, state, "teams", NOW, NOW + timedelta(hours=1), minutes)
    for state, minutes in [(VisitState.PROPOSED, None)] * 3 + [(VisitState.HELD, 90)] * 3
)
ENTRIES = tuple(Entry(AN_ID, NOW, HARD_WORDS[:150], AN_ID, step, HARD_WORDS) for step in Step)
FULL = Request(
    AN_ID,
    "SH-0427",
    SUPPORT,
    ASKER,
    State.ACKNOWLEDGED,
    ANSWERS,
    0,
    12,
    NOW,
    owner=ASKER,
    submitted_at=NOW,
    visits=VISITS,
    entries=ENTRIES,
)
LATE = Due(Promised.VISIT_OFFERED, NOW.date(), is_late=True)
STANDING = Standing(FULL, "1:1 support", SERVICES.service(SUPPORT), LATE)
EVERY_STEP = frozenset(LIFE)
CHOICES = lead_request_forms.Choices(
    SLOTS[:8],
    {str(AN_ID): HARD_WORDS},
    {each.key: each.name for each in SERVICES.every},
    {str(AN_ID): HARD_WORDS},
)
SAID = {"words": HARD_WORDS, "slots": ANSWERS["times"], "date": "2026-12-01", "minutes": "60"}


def in_state(state):
    return Standing(replace(FULL, state=state), "1:1 support", STANDING.service, LATE)


BOOK = RuleBook()
CALL = replace(
    VISITS[0],
    kind=VisitKind.FOLLOW_UP,
    state=VisitState.ARRANGED,
    online_url="https://teams.microsoft.com/l/meetup-join/" + "x" * 300,
)
WITH_A_CALL = {
    state: replace(in_state(state), request=replace(FULL, state=state, visits=(CALL,)))
    for state in (State.VISIT_ARRANGED, State.FOLLOW_UP_ARRANGED)
}

KEPT = QuickAnswer(AN_ID, HARD_WORDS, HARD_WORDS, AN_ID, "SH-0427", HARD_WORDS[:150], NOW)

CARDS = {
    **{
        f"with a call {state}": request.request_card(standing, EVERY_STEP)
        for state, standing in WITH_A_CALL.items()
    },
    **{
        f"lead's with a call {state}": lead_request.lead_request_card(standing, EVERY_STEP)
        for state, standing in WITH_A_CALL.items()
    },
    "times for a call": request.question_card(
        STANDING, Step.ASK_FOLLOW_UP, HARD_WORDS, "Intro", [NOW] * 4
    ),
    **{
        f"call soon {for_asker}": request_reminders.visit_reminder_card(
            WITH_A_CALL[State.FOLLOW_UP_ARRANGED],
            CALL,
            "Your follow-up call is tomorrow",
            BOOK[Rule.CALL_HOUR],
            for_asker=for_asker,
        )
        for for_asker in (True, False)
    },
    "promise slipped": request_reminders.stalled_card(STANDING, BOOK[Rule.REQUEST_STALLED]),
    "times waiting": request_reminders.times_waiting_card(STANDING, BOOK[Rule.TIMES_WAITING]),
    "visit unrecorded": request_reminders.unrecorded_card(
        STANDING, VISITS[0], BOOK[Rule.VISIT_UNRECORDED]
    ),
    "follow-up due": request_reminders.follow_up_due_card(STANDING, BOOK[Rule.FOLLOW_UP_DUE]),
    "services": service_cards.services_card(SERVICES.every, HARD_WORDS),
    "no services": service_cards.services_card([]),
    "struggle": service_cards.struggle_card(
        HARD_WORDS, str(AN_ID), [("semh", "Social, emotional needs"), ("sensory", "Sensory needs")]
    ),
    "stopped": service_cards.stopped_card("Case consultation", HARD_WORDS, str(AN_ID)),
    "carry on": steps.carry_on_card("1:1 support", FULL),
    "my requests": request.my_requests_card([STANDING] * 10, 1, HARD_WORDS),
    "no requests": request.my_requests_card([]),
    "new request": request_news.new_request_card(STANDING),
    "in a channel": request_news.channel_card(STANDING),
    "queue": lead_queue.queue_card(
        [STANDING] * 10,
        {"SH-0427": 12},
        lead_queue.Narrowed(),
        {f"school-{at}": HARD_WORDS[:60] for at in range(60)},
        page=1,
    ),
    "empty queue": lead_queue.queue_card([], {}, lead_queue.Narrowed(), {}),
    "found": lead_queue.found_card([STANDING] * 10, HARD_WORDS[:100]),
    "more": lead_request.more_card(STANDING, EVERY_STEP),
    "trail": lead_request.trail_card(
        STANDING, [replace(each, words="y" * 60) for each in ENTRIES], 0
    ),
    "nothing agreed": agreed.nothing_agreed_card(),
    "agreed": agreed.agreed_card(
        Agreed(FULL, VISITS[3], (HARD_WORDS,)), STANDING, AN_ID, for_asker=True
    ),
    "nothing agreed at a visit": agreed.agreed_card(
        Agreed(FULL, VISITS[3], ()), STANDING, None, for_asker=False
    ),
    "kept answers": lead_quick_answers.quick_answers_card([KEPT] * 9, 1, HARD_WORDS),
    "no kept answers": lead_quick_answers.quick_answers_card([]),
    "kept answers about": lead_quick_answers.quick_answers_card([], about=HARD_WORDS),
    "a kept answer": lead_quick_answers.lead_quick_answer_card(KEPT, "Intro"),
    "change a kept answer": lead_quick_answers.edit_quick_answer_form(
        KEPT, HARD_WORDS, HARD_WORDS, HARD_WORDS
    ),
    "remove a kept answer": lead_quick_answers.ask_remove_card(KEPT),
    "a quick answer": quick_answer.quick_answer_card(
        HARD_WORDS, HARD_WORDS, SERVICES.service("rapid-advice")
    ),
    "keep answer": lead_quick_answers.keep_answer_form(STANDING, HARD_WORDS, HARD_WORDS),
    **{
        f"request {state}": request.request_card(in_state(state), EVERY_STEP, "Title")
        for state in State
    },
    "a request with toolkits": request.request_card(
        replace(STANDING, request=replace(FULL, visits=())),
        frozenset({Step.NOTE, Step.WITHDRAW}),
        "Title",
        toolkits=[("semh", HARD_WORDS[:80])] * 4,
    ),
    **{
        f"lead's request {state}": lead_request.lead_request_card(in_state(state), EVERY_STEP)
        for state in State
    },
    **{
        f"form {step}": lead_request_forms.step_form(STANDING, step, CHOICES, SAID, HARD_WORDS)
        for step in lead_request.TITLES
        if step not in {Step.ACKNOWLEDGE, Step.NO_SHOW}
    },
    **{
        f"question {step}": request.question_card(STANDING, step, HARD_WORDS)
        for step in (Step.NOTE, Step.WITHDRAW, Step.ASK_FOLLOW_UP, Step.NO_TIME_SUITS)
    },
    **{
        f"news {entry.step} {for_asker}": request_news.update_card(
            STANDING, entry, "Your request SH-0427 has moved on", for_asker=for_asker
        )
        for entry in ENTRIES
        for for_asker in (True, False)
    },
    **{
        f"page {at} of {service.key}": steps.page_card(
            service, replace(FULL, state=State.DRAFT), at, "Intro", SLOTS[:8]
        )
        for service in SERVICES.every
        for at in range(len(pages(service)))
    },
    **{
        f"check {service.key}": steps.check_card(
            service, FULL, known=(HARD_WORDS[:300], HARD_WORDS)
        )
        for service in SERVICES.every
    },
}
