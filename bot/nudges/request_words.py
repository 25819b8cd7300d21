"""What is told about requests: to whoever asked, to whoever deals with it, to a team's channel."""

from datetime import datetime
from uuid import UUID

from microsoft_teams.cards import AdaptiveCard
from sqlalchemy.ext.asyncio import AsyncSession

from bot.graph.activity_feed import Bell
from bot.nudges.told import Telling, Told, Unwanted
from cards.request_news import channel_card, new_request_card, update_card
from cards.request_reminders import (
    follow_up_due_card,
    stalled_card,
    times_waiting_card,
    unrecorded_card,
    visit_reminder_card,
)
from hub.activity_types import HUB_NEWS, SESSION_REMINDER, SUPPORT_REQUEST_UPDATE
from hub.nudges import ABOUT_A_VISIT, Rule
from hub.people import Person
from hub.promises import Promises
from hub.request_life import HANDLERS, parties_of
from hub.request_nudges import awaits_follow_up, last_offer
from hub.request_standing import Standing, in_words, standing_of
from hub.requests import OPEN, Entry, Request, State, Step
from hub.services import Services
from hub.spoken import relative_day
from hub.visit_entry import what_of
from store import school_years
from store.request_reads import request_of_entry, request_of_visit, request_to_tell

ABOUT_REQUESTS = frozenset(
    {
        Rule.REQUEST_NEW,
        Rule.REQUEST_UPDATE,
        *ABOUT_A_VISIT,
        Rule.REQUEST_STALLED,
        Rule.TIMES_WAITING,
        Rule.VISIT_UNRECORDED,
        Rule.FOLLOW_UP_DUE,
    }
)
#: What has happened, reading on from "Your request SH-0427 has".
_UPDATES = {
    Step.ACKNOWLEDGE: "been acknowledged",
    Step.ANSWER: "been answered",
    Step.PROPOSE_TIMES: "times for a visit to choose from",
    Step.RECORD_VISIT: "had its visit noted",
    Step.RECORD_FOLLOW_UP: "had its follow-up noted",
    Step.NO_SHOW: "to be arranged again: it did not happen",
    Step.ASSIGN: "been handed to a colleague",
    Step.MERGE: "been merged with another of yours",
    Step.CLOSE: "been closed",
    Step.NOTE: "a new note",
    Step.HAND_BACK: "gone back to the leads: somebody else will take it on",
    Step.LAPSE: "taken the place of your question, which nobody answered in time",
}
#: Steps after which older news without words is of no use any more.
_MOVES_ON = frozenset(_UPDATES) - {Step.NOTE, Step.ASSIGN} | {
    Step.ARRANGE_FOLLOW_UP,
    Step.CHOOSE_CALL,
}
#: What the asker did, for whoever deals with it; each reads on from a name.
_DID = {
    Step.NOTE: "added a note to",
    Step.WITHDRAW: "withdrew",
    Step.PICK_TIME: "chose a time for",
    Step.NO_TIME_SUITS: "asks for other times for",
    Step.CHOOSE_CALL: "chose a time for a call about",
    Step.ASK_FOLLOW_UP: "asks for a follow-up of",
    Step.SAY_HELPED: "said whether it helped:",
    Step.ASSIGN: "handed you",
    Step.HAND_BACK: "can no longer deal with",
    Step.KEEP: "keeps",
}


async def tell_request(
    db: AsyncSession, rule: Rule, person: Person, subject_id: UUID, telling: Telling
) -> Told | Unwanted:
    """Put news of a request into words for one person, or say why it is not wanted any more."""
    if rule is Rule.REQUEST_NEW:
        request = await request_to_tell(db, subject_id)
        if request is None or request.state is not State.SUBMITTED:
            return Unwanted("somebody has dealt with it")
        if parties_of(person, request).isdisjoint(HANDLERS):
            return Unwanted("the person does not deal with it any more")
        return _new(_standing(request, telling))
    if rule in ABOUT_A_VISIT:
        return await _to_come(db, rule, person, subject_id, telling)
    if rule in {Rule.REQUEST_STALLED, Rule.FOLLOW_UP_DUE}:
        return await _waiting(db, rule, person, subject_id, telling)
    if rule is Rule.TIMES_WAITING:
        return await _to_choose(db, subject_id, telling)
    if rule is Rule.VISIT_UNRECORDED:
        return await _to_record(db, person, subject_id, telling)
    found = await request_of_entry(db, subject_id)
    if found is None:
        return Unwanted("the request is gone")
    request, entry = found
    if not parties_of(person, request):
        return Unwanted("the person has nothing to do with it any more")
    if entry.step is Step.PROPOSE_TIMES and not request.proposed:
        return Unwanted("the times are not on offer any more")
    is_asker = request.asker.id == person.id and entry.step not in _DID.keys() - _UPDATES.keys()
    if is_asker and _is_overtaken(request, entry):
        return Unwanted("newer news is told")
    standing = _standing(request, telling)
    return _for_asker(standing, entry) if is_asker else _for_handler(standing, entry)


async def _to_come(
    db: AsyncSession, rule: Rule, person: Person, visit_id: UUID, telling: Telling
) -> Told | Unwanted:
    found = await request_of_visit(db, visit_id)
    if found is None:
        return Unwanted("the visit is gone")
    request, visit = found
    if request.arranged != visit:
        return Unwanted("the visit was moved or is off")
    if visit.starts_at <= telling.now:
        return Unwanted("the visit has started")
    if person.id not in {request.asker.id, visit.host_id}:
        return Unwanted("the person has nothing to do with it any more")
    standing, is_asker = _standing(request, telling), request.asker.id == person.id
    today = telling.now.astimezone(telling.calendar.zone).date()
    told = {
        "session": f"Your {what_of(visit)} for {request.reference}",
        "when": f"{relative_day(visit.starts_at.date(), today)} at {visit.starts_at:%H:%M}",
    }
    headline = SESSION_REMINDER.wording(told)
    bell = Bell(SESSION_REMINDER, in_words(visit), told, request.reference, request.id)
    card = visit_reminder_card(standing, visit, headline, telling.book[rule], for_asker=is_asker)
    return Told(bell, card, visit.starts_at)


async def _waiting(
    db: AsyncSession, rule: Rule, person: Person, request_id: UUID, telling: Telling
) -> Told | Unwanted:
    request = await request_to_tell(db, request_id)
    if request is None:
        return Unwanted("the request is gone")
    standing, terms = _standing(request, telling), telling.book[rule]
    if rule is Rule.FOLLOW_UP_DUE:
        if not awaits_follow_up(request):
            return Unwanted("a follow-up is asked for, or it is closed")
        headline = f"Would a follow-up help? {request.reference}"
        told = {"headline": headline}
        bell = Bell(HUB_NEWS, standing.service_name, told, request.reference, request.id)
        return Told(bell, follow_up_due_card(standing, terms))
    if parties_of(person, request).isdisjoint(HANDLERS):
        return Unwanted("the person does not deal with it any more")
    if standing.due is None or not standing.due.is_late:
        return Unwanted("somebody has dealt with it")
    headline = f"{request.reference} waits for {standing.due.spoken}"
    preview = f"{standing.service_name}, {request.asker.name}, {request.school_name}"
    bell = Bell(HUB_NEWS, preview, {"headline": headline}, request.reference, request.id)
    return Told(bell, stalled_card(standing, terms))


async def _to_choose(db: AsyncSession, entry_id: UUID, telling: Telling) -> Told | Unwanted:
    found = await request_of_entry(db, entry_id)
    if found is None:
        return Unwanted("the request is gone")
    request, offer = found
    standing = _standing(request, telling)
    on_offer = standing.request.proposed
    if not on_offer or last_offer(request) != offer:
        return Unwanted("a time was chosen, or these are not on offer any more")
    told = {"reference": request.reference, "update": "times that wait for you to choose one"}
    bell = Bell(SUPPORT_REQUEST_UPDATE, standing.next_step, told, request.reference, request.id)
    card = times_waiting_card(standing, telling.book[Rule.TIMES_WAITING])
    return Told(bell, card, on_offer[-1].starts_at)


async def _to_record(
    db: AsyncSession, person: Person, visit_id: UUID, telling: Telling
) -> Told | Unwanted:
    found = await request_of_visit(db, visit_id)
    if found is None:
        return Unwanted("the visit is gone")
    request, visit = found
    if request.arranged != visit or request.state not in OPEN:
        return Unwanted("the visit was recorded, moved or is off")
    if parties_of(person, request).isdisjoint(HANDLERS):
        return Unwanted("the person does not deal with it any more")
    standing = _standing(request, telling)
    headline = f"{request.reference}: how did the {what_of(visit)} go?"
    preview = f"{standing.service_name}, {request.asker.name}, {request.school_name}"
    bell = Bell(HUB_NEWS, preview, {"headline": headline}, request.reference, request.id)
    return Told(bell, unrecorded_card(standing, visit, telling.book[Rule.VISIT_UNRECORDED]))


def _is_overtaken(request: Request, entry: Entry) -> bool:
    """Whether the request has moved on since, and this news carries no words of its own."""
    if entry.words and entry.step is not Step.ASSIGN:
        return False
    later = request.entries[request.entries.index(entry) + 1 :]
    return any(each.step in _MOVES_ON for each in later)


def _standing(request: Request, telling: Telling) -> Standing:
    return standing_of(request, telling.services, telling.promises, telling.calendar, telling.now)


def _new(standing: Standing) -> Told:
    request = standing.request
    urgent = "Urgent: " if standing.is_urgent else ""
    headline = f"{urgent}{standing.service_name} asked for, {request.reference}"
    preview = f"From {request.asker.name}, {request.school_name}"
    bell = Bell(HUB_NEWS, preview, {"headline": headline}, request.reference, request.id)
    return Told(bell, new_request_card(standing))


def _for_asker(standing: Standing, entry: Entry) -> Told:
    request = standing.request
    update = _UPDATES.get(entry.step, "moved on")
    match entry.step:
        case Step.ARRANGE_FOLLOW_UP if request.arranged:
            what = in_words(request.arranged)
            update = f"{what[0].lower()}{what[1:]}"
        case Step.REDIRECT:
            update = f"been passed on and goes on as {request.continues_in}"
    told = {"reference": request.reference, "update": update}
    headline = SUPPORT_REQUEST_UPDATE.wording(told)
    preview = standing.next_step
    bell = Bell(SUPPORT_REQUEST_UPDATE, preview, told, request.reference, request.id)
    return Told(bell, update_card(standing, entry, headline, for_asker=True))


def _for_handler(standing: Standing, entry: Entry) -> Told:
    request = standing.request
    headline = f"{entry.who} {_DID.get(entry.step, 'changed')} {request.reference}"
    preview = f"{standing.service_name}, {request.asker.name}, {request.school_name}"
    bell = Bell(HUB_NEWS, preview, {"headline": headline}, request.reference, request.id)
    return Told(bell, update_card(standing, entry, headline, for_asker=False))


async def tell_channel(
    db: AsyncSession, request_id: UUID, now: datetime, services: Services, promises: Promises
) -> AdaptiveCard | None:
    """What a channel may read of a new request; None when it was withdrawn since."""
    request = await request_to_tell(db, request_id)
    if request is None or request.state not in OPEN:
        return None
    calendar = await school_years.calendar(db)
    return channel_card(standing_of(request, services, promises, calendar, now))
