"""A lead's cards: the programme, the form, the register, and what is asked afterwards."""

from dataclasses import replace
from uuid import uuid4

from bot.loading.content import load_offer
from cards import afterwards, booking_news, lead_programme, register, session_form
from hub.booking import BookingState, SessionState
from hub.guard_rails import Concern, ConcernKind
from hub.nudges import Rule
from hub.people import Person, School
from hub.register import Attendee, Ratings, Register, SessionStanding
from hub.session_draft import FIELDS, LONGEST, Problem, SessionForm, form_of, tiers_to_set
from tests.cards.made_up import AN_ID, HARD_WORDS, STARTS, a_booking, a_session

STANDING = SessionStanding(
    replace(a_session(HARD_WORDS), notes="y" * 2000, leads=(HARD_WORDS, "Physiotherapist")),
    booked=60,
    offered=2,
    waiting=9,
    came=40,
    registered_at=STARTS,
    override_note=HARD_WORDS,
)
PEOPLE = [
    Attendee(uuid4(), f"Colleague {number}", HARD_WORDS, state, number, hopes="z" * 500)
    for number in range(60)
    for state in (list(BookingState)[number % 6],)
]
CANCELLED = replace(STANDING, session=replace(STANDING.session, state=SessionState.CANCELLED))
FORM = SessionForm(**{name: "x" * LONGEST.get(name, 3) for name in FIELDS})
TIERS = tiers_to_set(load_offer(None))
ASKED = session_form.SessionFormState(
    str(AN_ID),
    "3",
    problems=[Problem(name, HARD_WORDS) for name in FIELDS],
    concerns=[HARD_WORDS] * 9,
    expecting=60,
    notes=(HARD_WORDS,),
)
AGAINST = Concern(ConcernKind.SECOND_IN_HALF_TERM, HARD_WORDS)
REGISTER = Register(STANDING.session, STARTS, tuple(PEOPLE))
SOMEBODY = Person(AN_ID, "t", "o", HARD_WORDS, school=School("a", HARD_WORDS))
CAME = a_booking(BookingState.ATTENDED, HARD_WORDS)
CARDS = {
    "programme": lead_programme.programme_card(
        [STANDING] * 3, [HARD_WORDS] * 7, page=1, has_more=True
    ),
    "empty programme": lead_programme.programme_card([], [], page=0, has_more=False),
    "a lead's session": lead_programme.lead_session_card(
        STANDING,
        PEOPLE,
        Ratings(((4, 3), (1, 2))),
        page=1,
        intro=HARD_WORDS,
        is_begun=False,
        has_register=True,
    ),
    "a lead's session, called off": lead_programme.lead_session_card(CANCELLED, [], Ratings()),
    "call it off?": lead_programme.ask_cancel_card(STANDING, HARD_WORDS),
    "back on?": lead_programme.ask_back_on_card(CANCELLED, [AGAINST] * 6),
    "not back on": lead_programme.ask_back_on_card(
        CANCELLED, [replace(AGAINST, may_be_overridden=False)]
    ),
    "new session": session_form.session_form_card(
        SessionForm(), session_form.SessionFormState(str(AN_ID)), TIERS, [HARD_WORDS]
    ),
    "edit session": session_form.session_form_card(
        form_of(STANDING.session, "note"), ASKED, TIERS, []
    ),
    "a form with everything in it": session_form.session_form_card(FORM, ASKED, TIERS, []),
    "register": register.register_card(REGISTER, 0, HARD_WORDS),
    "register, last page": register.register_card(REGISTER, 9),
    "empty register": register.register_card(Register(STANDING.session, None, ())),
    "which register": register.choose_register_card([STANDING] * 60),
    "no register": register.choose_register_card([]),
    "walk-in": register.walk_in_card(REGISTER, HARD_WORDS, [SOMEBODY] * 60),
    "walk-in, nobody": register.walk_in_card(REGISTER, HARD_WORDS, []),
    "how was it": afterwards.question_card(Rule.FEEDBACK, CAME),
    "how was it shared": afterwards.question_card(Rule.SHARING, CAME),
    "thanks": afterwards.thanks_card(Rule.FEEDBACK, CAME, 4, "y" * 500),
    "thanks for sharing": afterwards.thanks_card(Rule.SHARING, CAME, 1),
    "on again": booking_news.session_back_on_card(a_booking(BookingState.CONFIRMED, HARD_WORDS)),
}
