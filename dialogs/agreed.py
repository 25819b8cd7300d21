"""“What did we agree?”: the next steps of somebody's last visit, call or school meeting."""

import re

from cards.agreed import agreed_card, nothing_agreed_card
from dialogs import school_meeting
from dialogs.answer import Answer
from dialogs.desk import Desk
from dialogs.my_requests import standings
from hub.agreed import agreed_in
from hub.people import Person
from hub.school_meetings import SchoolMeeting, may_arrange
from hub.school_names import schools_in
from store import programme, request_reads, school_meeting_reads

_ASKS = re.compile(
    r"\bwhat (?:did |have |had )?(?:we|i|you)(?: all| both)? agreed?\b"
    r"|\bwhat(?:'s| is| was| were| has been| had been)(?: it that)?(?: we)? agreed\b"
    r"|\bwhat we(?: had|'d|'ve)? agreed\b",
    re.IGNORECASE,
)
_AT_A_MEETING = re.compile(r"\bmeeting\b", re.IGNORECASE)
_AT_A_VISIT = re.compile(r"\b(?:visit|call|follow[ -]?up)\b", re.IGNORECASE)


async def hear(desk: Desk, person: Person, said: str, reference: str | None) -> Answer | None:
    """Show what was agreed last, or for one request; None when something else is meant."""
    if not _ASKS.search(said):
        return None
    async with desk.database.read() as db:
        found = await request_reads.visited(db, person, reference or "")
    noted = [agreed for each in found if (agreed := agreed_in(each))]
    # What is noted helps more than that a newer visit has nothing noted.
    last = next((each for each in noted if each.steps), next(iter(noted), None))
    meeting = None if reference else await _school_meeting(desk, person, said)
    wants_meeting = bool(_AT_A_MEETING.search(said))
    wants_visit = bool(_AT_A_VISIT.search(said)) and not wants_meeting
    is_newer = last is None or (meeting and meeting.session.starts_at > last.visit.starts_at)
    if meeting and not wants_visit and (is_newer or wants_meeting):
        return Answer(await school_meeting.show_meeting(desk, person, meeting.session.id))
    if last is None or wants_meeting:
        return Answer(nothing_agreed_card())
    (standing,) = await standings(desk, [last.request])
    is_asker = last.request.asker.id == person.id
    meeting_id = meeting.session.id if meeting else None
    return Answer(agreed_card(last, standing, meeting_id, for_asker=is_asker))


async def _school_meeting(desk: Desk, person: Person, said: str) -> SchoolMeeting | None:
    """The last meeting with steps of this person's school; of the one that a lead names."""
    async with desk.database.read() as db:
        school = person.school
        if person.is_lead:
            named = schools_in(said, await programme.schools(db))
            school = named[0] if len(named) == 1 else None
        if school is None or may_arrange(person, school):
            return None
        found = await school_meeting_reads.last_meeting_of(db, school, desk.now())
    return found if found and found.steps else None
