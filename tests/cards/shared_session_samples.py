"""Cards of a session that others may see, with hard words."""

from dataclasses import replace

from cards import shared_programme as programme
from cards import shared_session as shared
from hub import refusals
from hub.booking import BookingState, OpenSession
from hub.people import Role
from hub.programme import Sought, entries_of
from tests.cards.made_up import HARD_WORDS, a_booking, a_session

A_LINK = "https://teams.microsoft.com/l/chat/0/0?users=28:5a0f8c1e-0000-4000-8000-00000000b070"

SESSION = replace(a_session(HARD_WORDS), venue=HARD_WORDS, audience=frozenset(Role))
FREE, FULL = OpenSession(SESSION, 3, 0), OpenSession(SESSION, 0, 60)
STRAND = OpenSession(replace(SESSION, tier="3", slot="morning", strand=HARD_WORDS), 3, 0)


CARDS = {
    "shared": shared.shared_session_card(FREE, HARD_WORDS),
    "shared, answered": shared.shared_session_card(FREE, HARD_WORDS, HARD_WORDS),
    "shared and full": shared.shared_session_card(FULL, ""),
    "to share": shared.share_card(FREE, HARD_WORDS, A_LINK),
    "shared and off": shared.no_longer_on_card(refusals.session_cancelled(HARD_WORDS)),
    "what's on for all": programme.shared_programme_card(
        HARD_WORDS, entries_of([FREE, FULL, STRAND]), Sought(tier="2b"), page=1, has_more=True
    ),
    "nothing on for all": programme.shared_programme_card(
        "What's on", [], Sought(), page=0, has_more=False
    ),
    **{
        f"pressed in public, {state}": shared.pressed_in_public_card(a_booking(state, HARD_WORDS))
        for state in BookingState
    },
}
