"""Announcing: words and a choice of people, a preview with a count, and sending once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from cards.announce import (
    BOOKED_INPUT,
    NEWS_INPUT,
    ROLES_INPUT,
    SCHOOLS_INPUT,
    TIERS_INPUT,
    YES,
    Choices,
    Draft,
    announce_card,
    preview_card,
)
from cards.greeting import notice_card, refusal_card
from cards.guarded import guarded_card, what_was_seen
from cards.news import PAGE_SIZE, announced_card, sent_card
from cards.parts import Verb
from dialogs.answer import Answer, OnPress, Press, leads_only, not_understood
from dialogs.desk import Desk
from dialogs.guarding import seen_in
from hub import refusals
from hub.announcements import (
    LONGEST_NEWS,
    Announcement,
    Chosen,
    Recipients,
    fingerprint,
    recipients,
    spoken_choice,
)
from hub.booking import Session
from hub.people import Person, Role
from hub.session_draft import is_count
from hub.spoken import spoken_moment
from hub.understanding import Guarded, Intent
from store import announcements, sessions
from store.announcements import Reach
from store.programme import schools as every_school


@dataclass(frozen=True)
class _Looked:
    """One look at the truth: what would go out, to whom, and when."""

    announcement: Announcement
    recipients: Recipients
    choices: Choices
    due_at: datetime

    @property
    def seen(self) -> str:
        """The mark of what a preview of this shows."""
        announcement = self.announcement
        return fingerprint(announcement.words, announcement.chosen, self.recipients.people)


async def start(desk: Desk, draft: Draft, intro: str = "") -> Answer:
    """Show the form, with whatever is known already."""
    async with desk.database.read() as db:
        choices = Choices(desk.offer, await every_school(db))
    return Answer(announce_card(draft, choices, intro))


async def preview(desk: Desk, lead: Person, draft: Draft) -> Answer:
    """Show who would get it and how it would look; nothing is sent."""
    if unfit := await _unfit(desk, draft):
        return unfit
    async with desk.database.read() as db:
        if sent := await announcements.sent_as(db, draft.id):
            return Answer(sent_card(sent, again=True))
        reach = await announcements.reach(db, draft.session)
    looked = _look(desk, lead, draft, reach)
    return _previewed(draft, looked, desk.now())


async def send(desk: Desk, lead: Person, draft: Draft, seen: str, counted: str) -> Answer:
    """Send what was previewed, once; when anything has changed, preview it again instead.

    ``seen`` is the mark of that preview, ``counted`` the number of people it told.
    """
    if unfit := await _unfit(desk, draft):
        return unfit
    async with desk.database.begin() as db:
        if sent := await announcements.sent_as(db, draft.id):
            return Answer(sent_card(sent, again=True))
        looked = _look(desk, lead, draft, await announcements.reach(db, draft.session))
        people = looked.recipients.people
        if not people or looked.seen != seen:
            return _previewed(draft, looked, desk.now(), _what_changed(len(people), counted))
        is_new = await announcements.send(db, looked.announcement, people, looked.due_at)
        sent = await announcements.sent_as(db, draft.id)
    return Answer(sent_card(sent or looked.announcement, again=not is_new))


async def _unfit(desk: Desk, draft: Draft) -> Answer | None:
    """The form again, with why these words can't go out; None when they can."""
    if guarded := await seen_in(desk, draft.words):
        if guarded.intent is Intent.SAFEGUARDING_CONCERN:
            return Answer(guarded_card(guarded))
        return await start(desk, draft.without_words(), _what_was_seen(guarded))
    if not draft.words:
        return await start(desk, draft, "Please write your news first.")
    if len(draft.words) > LONGEST_NEWS:
        return await start(desk, draft, f"Could you say it in under {LONGEST_NEWS} characters?")
    return None


def _what_was_seen(guarded: Guarded) -> str:
    return (
        f"I think I saw {what_was_seen(guarded)}, so I haven't kept your words. Your choices are still here; "
        "please write it again without that."
    )


def _look(desk: Desk, lead: Person, draft: Draft, reach: Reach) -> _Looked:
    now = desk.now()
    found = recipients(reach.everybody, lead, draft.chosen, desk.offer)
    announcement = Announcement(
        id=draft.id,
        author_id=lead.id,
        author_name=lead.name,
        words=draft.words,
        for_whom=spoken_choice(draft.chosen, reach.schools, draft.session),
        chosen=draft.chosen,
        recipients=len(found.people),
        sent_at=now,
        session=draft.session,
    )
    due_at = reach.calendar.next_disturbable(now) or now
    return _Looked(announcement, found, Choices(desk.offer, reach.schools), due_at)


def _previewed(draft: Draft, looked: _Looked, now: datetime, intro: str = "") -> Answer:
    goes_out = "at once" if looked.due_at <= now else f"on {spoken_moment(looked.due_at)}"
    shown = preview_card(
        draft,
        looked.choices,
        looked.announcement,
        looked.recipients,
        seen=looked.seen,
        goes_out=goes_out,
        intro=intro,
    )
    return Answer(shown)


def _what_changed(count: int, counted: str) -> str:
    if is_count(counted) and int(counted) != count:
        return f"It was {int(counted)} when you looked, and it is {count} now. Please look again."
    return "Something has changed since you looked. This is how it stands now."


async def show_announced(desk: Desk, page: int = 0) -> Answer:
    """What leads have announced, a page at a time."""
    async with desk.database.read() as db:
        found = await announcements.sent(db, PAGE_SIZE + 1, page * PAGE_SIZE)
    if page and not found:
        return await show_announced(desk)
    return Answer(announced_card(found[:PAGE_SIZE], page, has_more=len(found) > PAGE_SIZE))


async def _draft_of(desk: Desk, person: Person, press: Press) -> Draft | Answer:
    """The draft that a card's inputs hold; an answer instead when they make no sense."""
    announcement_id = press.id_of("announcement")
    named = press.choices_of(ROLES_INPUT)
    # A choice that is not known must not widen the news to everybody.
    if announcement_id is None or not set(named) <= set(Role):
        return not_understood()
    session = await _session_of(desk, person, press)
    if session is None and press.data.get("session"):
        return Answer(refusal_card(refusals.session_gone()))
    chosen = Chosen(
        tiers=frozenset(press.choices_of(TIERS_INPUT)),
        roles=frozenset(Role(name) for name in named),
        schools=frozenset(press.choices_of(SCHOOLS_INPUT)),
        booked_only=session is not None and press.text_of(BOOKED_INPUT) == YES,
    )
    return Draft(announcement_id, press.text_of(NEWS_INPUT).strip(), chosen, session)


async def _session_of(desk: Desk, person: Person, press: Press) -> Session | None:
    session_id = press.id_of("session")
    if session_id is None:
        return None
    async with desk.database.read() as db:
        shown = await sessions.open_session(db, person, session_id)
    return shown.session if shown else None


async def _announce(desk: Desk, person: Person, press: Press) -> Answer:
    if press.text_of("leave"):
        return Answer(notice_card("That's fine, I've left it there", "Nothing has been sent."))
    session = await _session_of(desk, person, press)
    chosen = Chosen(booked_only=session is not None)
    return await start(desk, Draft(uuid4(), chosen=chosen, session=session))


async def _preview(desk: Desk, person: Person, press: Press) -> Answer:
    draft = await _draft_of(desk, person, press)
    return draft if isinstance(draft, Answer) else await preview(desk, person, draft)


async def _send(desk: Desk, person: Person, press: Press) -> Answer:
    draft = await _draft_of(desk, person, press)
    if isinstance(draft, Answer):
        return draft
    return await send(desk, person, draft, press.text_of("seen"), press.text_of("counted"))


async def _announced(desk: Desk, _person: Person, press: Press) -> Answer:
    return await show_announced(desk, press.page)


PRESSES: dict[Verb, OnPress] = {
    Verb.ANNOUNCE: leads_only(_announce),
    Verb.PREVIEW_ANNOUNCEMENT: leads_only(_preview),
    Verb.SEND_ANNOUNCEMENT: leads_only(_send),
    Verb.ANNOUNCED: leads_only(_announced),
}
