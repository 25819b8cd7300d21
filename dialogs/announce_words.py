"""Announcing in one typed sentence: "tell all SENCos at School B that the room has changed"."""

import re
from uuid import uuid4

from cards.announce import Draft
from cards.greeting import refusal_card
from dialogs.announce import preview, show_announced, start
from dialogs.answer import Answer
from dialogs.desk import Desk
from hub import refusals
from hub.announcements import Chosen
from hub.job_titles import roles_in
from hub.people import Person
from hub.school_names import schools_in
from hub.understanding import Intent, Understanding
from store.programme import schools as every_school

_TELL = re.compile(
    r"^\W*(?:please |can you |could you )*(?:tell|inform|notify|message|let) "
    r"(?P<who>.+?)(?: know)?(?: that|[:,]) (?P<words>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ANNOUNCE = re.compile(
    r"^\W*(?:please )?(?:announce|(?:send|make|write) an announcement|send (?:a )?(?:message|news))"
    r"(?: to (?P<who>[^:]+?)(?:(?: that|:) ?(?P<words>.*))?|(?: that|:)? (?P<rest>(?!to\b).*))?$",
    re.IGNORECASE | re.DOTALL,
)
_EVERYBODY = re.compile(
    r"\b(every(body|one| school)|staff|colleagues|all( the)? (people|schools))\b|^(them )?all$",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"^\W*(?:(?:what|when) (?:did|have) (?:i|we) announced?|(?:show |my |our |past |the )+"
    r"announcements|announcements|what (?:i|we)(?:'ve| have)? announced|what has been announced)\W*$",
    re.IGNORECASE,
)


async def hear_announce(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Take "tell all SENCos at School B that …"; None when nothing is to be announced."""
    said = meaning.text.strip()
    is_past = _ANNOUNCED.match(said)
    if not person.is_lead:
        is_meant = is_past or meaning.intent is Intent.LEAD_ANNOUNCE
        return Answer(refusal_card(refusals.leads_only())) if is_meant else None
    if is_past:
        return await show_announced(desk)
    if found := _TELL.match(said):
        named = await _named(desk, found["who"])
        is_meant = named is not None or meaning.intent is Intent.LEAD_ANNOUNCE
        return await _begin(desk, person, found["words"], named) if is_meant else None
    if found := _ANNOUNCE.match(said):
        named = await _named(desk, found["who"]) if found["who"] else Chosen()
        return await _begin(desk, person, found["words"] or found["rest"] or "", named)
    if meaning.intent is Intent.LEAD_ANNOUNCE:
        return await start(desk, Draft(uuid4()))
    return None


async def _begin(desk: Desk, lead: Person, words: str, named: Chosen | None) -> Answer:
    """The preview when all was said, otherwise the form; whom nobody knows is asked for again."""
    said = words.strip()
    draft = Draft(uuid4(), said[:1].upper() + said[1:], named or Chosen())
    if named is None:
        return await start(desk, draft, "I wasn't sure whom you meant, so please choose below.")
    return await (preview(desk, lead, draft) if said else start(desk, draft))


async def _named(desk: Desk, who: str) -> Chosen | None:
    """Whom these words name; None when they name nobody of the trust."""
    async with desk.database.read() as db:
        schools = schools_in(who, await every_school(db))
    tier = desk.reader.understand(who).tier
    chosen = Chosen(
        tiers=frozenset({tier} if tier else ()),
        roles=roles_in(who),
        schools=frozenset(school.id for school in schools),
    )
    return chosen if chosen != Chosen() or _EVERYBODY.search(who) else None
