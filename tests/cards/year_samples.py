"""A school year, INSET days, swaps and colleagues, with words that try the layout."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from bot.loading.content import load_offer
from cards import booking, clash, colleagues, inset_day, my_bookings, my_year, offer, session
from hub import refusals
from hub.booking import BookingState, Clash, OpenSession, Placed
from hub.colleagues import Colleague, Seat
from hub.inset_day import Picked, inset_days
from hub.people import Person, Role, School
from hub.programme import Sought
from tests.cards.made_up import AN_ID, HARD_WORDS, STARTS, a_booking, a_session

OFFER = load_offer(None)
BOOKED = a_booking(BookingState.CONFIRMED, HARD_WORDS)
COLLEAGUE = Person(
    AN_ID, "t", "o", HARD_WORDS, frozenset({Role.SENCO, Role.HEADTEACHER}), School("a", "A")
)
SEATS = (
    Seat(Role.SENCO, (Colleague(COLLEAGUE, BookingState.CONFIRMED),)),
    Seat(Role.MATHS_LEAD, (Colleague(COLLEAGUE),)),
    Seat(Role.HEADTEACHER, ()),
)


def shown(own=None, title=HARD_WORDS, left=3, **fields):
    return OpenSession(replace(a_session(title), id=uuid4(), **fields), left, 2, own)


DAY = inset_days(
    [
        shown(
            tier="3",
            strand=f"Strand {number}",
            slot="morning" if number < 9 else "afternoon",
            starts_at=STARTS + timedelta(hours=number // 9 * 4),
            ends_at=STARTS + timedelta(hours=number // 9 * 4 + 3),
        )
        for number in range(18)
    ]
)[0]
MANY = [shown(tier="1") for _ in range(60)]
LINES = my_year.my_year_card(
    "2026-27",
    [my_year.TierYear(tier, 1, 2, 3, 4, tuple(MANY)) for tier in OFFER.tiers],
    earlier="2025-26",
    later="2027-28",
)
CARDS = {
    "the offer": offer.offer_card(OFFER, frozenset()),
    **{f"tier {tier.key}": offer.tier_card(tier) for tier in OFFER.tiers},
    "my year, all tiers": LINES,
    "my year, nothing": my_year.my_year_card("2026-27", []),
    "booked all": my_year.booked_all_card(
        "SENCo meetings",
        [
            (BOOKED.session, Placed(BOOKED, is_new=True)),
            (BOOKED.session, Placed(a_booking(BookingState.WAITING), is_new=True)),
            (BOOKED.session, Clash(BOOKED.session, (BOOKED,))),
            (BOOKED.session, refusals.session_cancelled(HARD_WORDS)),
        ],
    ),
    "inset day": inset_day.inset_day_card(
        DAY,
        [
            Picked(DAY.slots[0], BOOKED),
            Picked(DAY.slots[1], refusals.no_room_to_swap(HARD_WORDS, HARD_WORDS)),
        ],
    ),
    "a series": session.series_card(
        "SENCo meetings",
        ["This school year: 1 of 3", HARD_WORDS],
        MANY[:3],
        Sought(tier="1"),
        page=1,
        has_more=True,
        may_book_all=True,
        purpose=HARD_WORDS,
    ),
    "what's on, mixed": session.whats_on_card(
        "What's on", [DAY, *MANY[:2]], Sought(), page=1, has_more=True, note=HARD_WORDS
    ),
    "a session for two": session.session_card(MANY[0], purpose=HARD_WORDS, seats=SEATS),
    "a session for others": session.session_card(replace(MANY[0], is_for_me=False)),
    "a booking for two": booking.booking_card(BOOKED, seats=SEATS, clashes=[BOOKED]),
    "sixty bookings, second page": my_bookings.my_bookings_card([BOOKED] * 60, page=1),
    "clash": clash.clash_card(Clash(a_session(HARD_WORDS), (BOOKED, BOOKED))),
    "swap": clash.swap_card(BOOKED, MANY),
    "nothing to swap to": clash.swap_card(BOOKED, []),
    "which colleague": colleagues.ask_colleague_card(
        a_session(HARD_WORDS),
        [Colleague(replace(COLLEAGUE, id=uuid4(), name=f"Colleague {n}")) for n in range(400)],
    ),
    "no colleagues": colleagues.ask_colleague_card(a_session(), []),
    "invited": colleagues.invited_card(BOOKED, HARD_WORDS),
    "passed on": colleagues.suggested_card(a_session(), [COLLEAGUE]),
    "passed on to nobody": colleagues.suggested_card(a_session(), []),
    "suggestion": colleagues.suggestion_card(a_session(HARD_WORDS), HARD_WORDS),
}
