"""Asking for 1:1 support in one's own words: a wish for it, or a hard time in class."""

import re

from cards.services import struggle_card
from dialogs import my_requests, request_draft
from dialogs.answer import Answer
from dialogs.desk import Desk
from dialogs.needs import needs_said
from dialogs.request_draft import ONLY_OFFERED
from hub.people import Person
from hub.request_answers import LONGEST_WORDS, preset
from hub.services import SUPPORT, may_ask
from hub.understanding import Intent, Understanding
from store import request_drafts, request_reads

_STRUGGLES = re.compile(
    r"\b(?:struggl\w+|at my wits'? end|at a loss|out of ideas|don'?t know what (?:else )?to (?:do|try)"
    r"|(?:won'?t|refuses? to|can'?t get .{1,40} to) (?:come (?:in|into|inside)|go in|leave|join)"
    r"|finding .{1,60} (?:hard|tough|difficult)|nothing (?:seems to )?works?"
    r"|how do i cope)\b",
    re.IGNORECASE,
)
_ABOUT_TEACHING = re.compile(
    r"\b(?:child|children|pupils?|learners?|class|student|boy|girl|kids?|lesson|him|her|them|they"
    r"|year \d|reception|nursery|behaviour)\b",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(r"\b(?:follow[ -]?up|another (?:visit|call)|come back)\b", re.IGNORECASE)
#: A sentence with more words than this says what it is about; a shorter one only asks.
ONLY_ASKS = 7


async def hear_struggle(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Offer 1:1 support to somebody who says how hard it is; their words may go along.

    Where quick references match, they are offered beside it; never instead.
    """
    said = " ".join(meaning.text.split())
    is_one = _STRUGGLES.search(said) and _ABOUT_TEACHING.search(said)
    asks_for_it = meaning.intent is Intent.REQUEST_SUPPORT
    service = desk.services.service(SUPPORT)
    if not is_one or asks_for_it or service is None or may_ask(person, service):
        return None
    if len(said) > LONGEST_WORDS:
        return None
    async with desk.database.read() as db:
        begun = await request_reads.drafts_of(db, person)
    async with desk.database.begin() as db:
        for each in begun:
            if each.page == ONLY_OFFERED and each.service == SUPPORT:
                await request_drafts.discard(db, person, each.id)
        known = preset(service) | _known(desk, said, meaning)
        draft = await request_drafts.begin(
            db, person, SUPPORT, known, desk.now(), page=ONLY_OFFERED
        )
    found = [desk.shelf.toolkit(each.slug) for each in desk.finder.find(said)]
    toolkits = [(each.slug, each.title) for each in found if each]
    return Answer(struggle_card(said, str(draft.id), toolkits))


def _known(desk: Desk, said: str, meaning: Understanding) -> dict[str, str]:
    about = {"about": said} if len(said.split()) > ONLY_ASKS else {}
    needs = needs_said(desk, meaning, desk.services.service(SUPPORT))
    return {**about, "needs": ",".join(needs)} if needs else about


async def ask_for_support(desk: Desk, person: Person, meaning: Understanding) -> Answer:
    """Begin a request for 1:1 support, or ask for the follow-up of one."""
    said = " ".join(meaning.text.split())
    if _FOLLOW_UP.search(said):
        asked = await my_requests.follow_up(desk, person)
        return asked or my_requests.none_yet()
    known = _known(desk, said, meaning) if len(said) <= LONGEST_WORDS else {}
    return await request_draft.start(desk, person, SUPPORT, known)
