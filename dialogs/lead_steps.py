"""Steps of whoever deals with a request, out of what their forms say."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from cards import lead_request_forms as forms
from dialogs.desk import Desk
from hub.people import Person
from hub.refusals import Refusal
from hub.requests import LONGEST_NOTE, Request, Step
from hub.school_year import SchoolCalendar
from hub.staff import StaffSearch
from hub.visit_times import MOST_PROPOSED, slot_named
from store import request_handling, request_visits, requests, school_years, staff
from store.request_visits import Time

#: What was filled in, by field.
Said = dict[str, str]
#: The step is taken; or why it may not be; or what the form should ask again, in words.
Outcome = Request | Refusal | str
_NEEDS_WORDS = frozenset({Step.ANSWER, Step.NOTE, Step.REDIRECT})
_WITH_A_TIME = frozenset(
    {Step.PROPOSE_TIMES, Step.ARRANGE_FOLLOW_UP, Step.RECORD_VISIT, Step.RECORD_FOLLOW_UP}
)
USUAL_MINUTES = 60
SHORTEST = 5


async def take(
    desk: Desk, person: Person, request: Request, step: Step, seen: int | None, said: Said
) -> Outcome:
    """Take one step in one transaction. The guard has seen the words."""
    words = _tidy(said.get(forms.WORDS, ""))
    if step in _NEEDS_WORDS and not words:
        return "A few words are needed: the colleague reads them."
    if len(words) > LONGEST_NOTE:
        return f"Could you say it in under {LONGEST_NOTE} characters?"
    if step in _WITH_A_TIME:
        return await _with_a_time(desk, person, request, step, seen, said, words)
    if step is Step.ASSIGN:
        return await _assign(desk, person, request, seen, said)
    now = desk.now()
    async with desk.database.begin() as db:
        match step:
            case Step.NO_SHOW:
                return await request_visits.note_no_show(db, person, request.id, now, seen)
            case Step.REDIRECT:
                service = said.get(forms.SERVICE, "")
                if desk.services.service(service) is None or service == request.service:
                    return "Which service is it for?"
                return await request_handling.redirect(
                    db, person, request.id, service, words, now, seen
                )
            case Step.MERGE:
                into = _id(said.get(forms.INTO, ""))
                if into is None:
                    return "Into which request?"
                return await request_handling.merge(db, person, request.id, into, now, seen)
            case _:
                return await requests.take(
                    db, person, request.id, step, now, words=words, seen=seen
                )


def _tidy(words: str) -> str:
    lines = (" ".join(each.split()) for each in words.splitlines())
    return "\n".join(each for each in lines if each)


async def _assign(
    desk: Desk, person: Person, request: Request, seen: int | None, said: Said
) -> Outcome:
    name = " ".join(said.get(forms.NAME, "").split())
    owner_id = _id(said.get(forms.OWNER, ""))
    if said.get(forms.OWNER) == forms.ME:
        owner_id = person.id
    elif name:
        async with desk.database.read() as db:
            found, count = await staff.found(db, StaffSearch(name=name), 2)
        if count != 1:
            return f"I know {'nobody' if not count else 'several people'} called “{name}”."
        owner_id = found[0].id
    if owner_id is None:
        return "To whom shall it go?"
    async with desk.database.begin() as db:
        return await request_handling.assign(db, person, request.id, owner_id, desk.now(), seen)


async def _with_a_time(
    desk: Desk,
    person: Person,
    request: Request,
    step: Step,
    seen: int | None,
    said: Said,
    words: str,
) -> Outcome:
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
    times = _times(said, calendar)
    if isinstance(times, str):
        return times
    now, held = desk.now(), step in {Step.RECORD_VISIT, Step.RECORD_FOLLOW_UP}
    if held and times[0].starts_at > now:
        return "That time is still to come. When was it?"
    if not held and any(each.starts_at <= now for each in times):
        return "One of these times is over already."
    async with desk.database.begin() as db:
        match step:
            case Step.PROPOSE_TIMES:
                return await request_visits.propose(db, person, request.id, times, now, seen)
            case Step.ARRANGE_FOLLOW_UP:
                return await request_visits.arrange_follow_up(
                    db, person, request.id, times[0], now, seen
                )
            case _:
                return await request_visits.record(
                    db, person, request.id, step, times[0], words, now, seen
                )


def _times(said: Said, calendar: SchoolCalendar) -> list[Time] | str:
    how = said.get(forms.HOW, "")
    how = how if how in forms.HOWS else "in-person"
    names = [each for each in said.get(forms.SLOTS, "").split(",") if each]
    slots = [slot for name in names if (slot := slot_named(name, calendar))]
    times = [Time(each.starts_at, each.ends_at, how) for each in slots]
    own = _own_time(said, calendar, how)
    if isinstance(own, str):
        return own
    times += [own] if own else []
    if len(times) > MOST_PROPOSED:
        return f"Up to {MOST_PROPOSED} times, please: each is a button."
    return times or "Choose a time, or give a day and a start of your own."


def _own_time(said: Said, calendar: SchoolCalendar, how: str) -> Time | str | None:
    day, start = said.get(forms.DATE, ""), said.get(forms.START, "")
    if not start:
        return None if not day or said.get(forms.SLOTS) else "From what time?"
    minutes = said.get(forms.MINUTES, "") or str(USUAL_MINUTES)
    try:
        starts = calendar.at(date.fromisoformat(day), time.fromisoformat(start))
    except ValueError:
        return "I couldn't read that day or time."
    if not minutes.isdigit() or not SHORTEST <= int(minutes) <= forms.MOST_MINUTES:
        return f"The length is between {SHORTEST} and {forms.MOST_MINUTES} minutes."
    return Time(starts, _later(starts, int(minutes)), how)


def _later(starts: datetime, minutes: int) -> datetime:
    return starts + timedelta(minutes=minutes)


def _id(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
