"""Passing a session on to colleagues: from its card, or "share the next clinic"."""

import re
from uuid import UUID

from cards.greeting import notice_card, refusal_card
from cards.parts import Verb
from cards.session import nothing_on_card
from cards.shared_session import share_card
from dialogs.answer import Answer, OnPress, Press, not_understood
from dialogs.desk import Desk
from hub import refusals
from hub.booking import may_see, no_longer_on
from hub.people import Person, as_anybody
from hub.programme import Sought
from hub.understanding import Understanding
from store import booking_reads, sessions

SHARE = re.compile(
    r"^\W*(please |(can|could|may) (you|i|we) |i'?d like to )*share\b(?! it\b)", re.IGNORECASE
)


async def share(desk: Desk, person: Person, session_id: UUID) -> Answer:
    """Show a session as others will see it, and how to send it to them."""
    async with desk.database.read() as db:
        shown = await sessions.open_session(db, person, session_id)
    if shown is None or not may_see(as_anybody(person), shown.session, desk.now()):
        return Answer(refusal_card(refusals.session_gone()))
    if refusal := no_longer_on(shown.session, desk.now()):
        return Answer(refusal_card(refusal))
    tier = desk.offer.tier(shown.session.tier)
    return Answer(share_card(shown, tier.purpose if tier else "", desk.chat_link))


async def hear_share(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Share the next session of the tier that was named, or the one this person is booked on."""
    if not SHARE.match(meaning.text):
        return None
    if meaning.tier:
        return await _share_next(desk, person, meaning.tier)
    async with desk.database.read() as db:
        booked = await booking_reads.bookings_to_come(db, person, desk.now())
    if len(booked) == 1:
        return await share(desk, person, booked[0].session.id)
    return Answer(
        notice_card(
            "Which session shall we share?",
            "Say what kind, such as “share the next clinic”, or open SEND Hub below the message "
            "box of any chat and pick one there.",
        )
    )


async def _share_next(desk: Desk, person: Person, tier: str) -> Answer:
    async with desk.database.read() as db:
        coming = await sessions.open_sessions(db, person, desk.now(), Sought(tier=tier))
    if not coming:
        return Answer(nothing_on_card("Nothing to share just yet"))
    return await share(desk, person, coming[0].session.id)


async def _share(desk: Desk, person: Person, press: Press) -> Answer:
    session_id = press.id_of("session")
    return await share(desk, person, session_id) if session_id else not_understood()


PRESSES: dict[Verb, OnPress] = {Verb.SHARE: _share}
