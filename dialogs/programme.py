"""Looking at what's on: by tier or all, a page at a time, or one session."""

from uuid import UUID

from microsoft_teams.cards import AdaptiveCard

from cards.greeting import refusal_card
from cards.parts import Verb
from cards.school_meeting import about_school_meetings_card
from cards.session import PAGE_SIZE, nothing_on_card, session_card, whats_on_card
from dialogs.answer import Answer, OnPress, Press, not_understood
from dialogs.desk import Desk
from hub import refusals
from hub.booking import may_see
from hub.people import Person
from hub.school_meetings import TIER as SCHOOL_MEETINGS
from store import sessions

#: Nobody pages further than a school year's worth.
LAST_PAGE = 100

_TITLES = {
    "1": "SENCo meetings",
    "2a": "SENCo training",
    "2b": "SENCo and maths working parties",
    "2c": "Curriculum visits to hub schools",
    "3": "INSET days at the specialist partner",
    "4": "Next clinics",
    "5": "School meetings",
}


async def show_whats_on(
    desk: Desk, person: Person, tier: str | None = None, page: int = 0
) -> AdaptiveCard:
    """One page of what is still to come for this person, with places left."""
    tier = tier if tier in _TITLES else None
    if tier == SCHOOL_MEETINGS:
        told = desk.offer.tier(tier)
        return about_school_meetings_card(told.purpose if told else "")
    page = min(max(page, 0), LAST_PAGE)
    async with desk.database.read() as db:
        found = await sessions.open_sessions(
            db, person, desk.now(), tier=tier, limit=PAGE_SIZE + 1, offset=page * PAGE_SIZE
        )
    title = _TITLES[tier] if tier else "What's on"
    if not found:
        # A page that emptied meanwhile leads back to the first.
        return nothing_on_card(title) if page == 0 else await show_whats_on(desk, person, tier)
    return whats_on_card(
        title, found[:PAGE_SIZE], tier=tier, page=page, has_more=len(found) > PAGE_SIZE
    )


async def show_session(desk: Desk, person: Person, session_id: UUID) -> AdaptiveCard:
    """One session as it stands for this person."""
    async with desk.database.read() as db:
        shown = await sessions.open_session(db, person, session_id)
    if shown is None or not may_see(person, shown.session, desk.now()):
        return refusal_card(refusals.session_gone())
    return session_card(shown)


async def _whats_on(desk: Desk, person: Person, press: Press) -> Answer:
    return Answer(await show_whats_on(desk, person, press.text_of("tier") or None, press.page))


async def _session(desk: Desk, person: Person, press: Press) -> Answer:
    session_id = press.id_of("session")
    return Answer(await show_session(desk, person, session_id)) if session_id else not_understood()


PRESSES: dict[Verb, OnPress] = {Verb.WHATS_ON: _whats_on, Verb.SHOW_SESSION: _session}
