"""What a calendar says of a request's visit or call: of what it is about, only the service.

Pure. Each side has an event of their own; neither holds anything that was written in the request.
"""

from collections.abc import Sequence

from hub.calendar_entry import ON_TEAMS, REMINDER_ON_SITE, REMINDER_ONLINE, CalendarEntry
from hub.people import Person
from hub.request_standing import TEAMS, in_short
from hub.requests import Request, Visit, VisitKind, VisitState


def entry_for_visit(
    person: Person, request: Request, visit: Visit, host: Person, service: str, chat_link: str
) -> CalendarEntry:
    """The entry of one of the two; ``host`` is who comes or calls for the Hub."""
    is_online = visit.how == TEAMS
    other = host if person.id == request.asker.id else request.asker
    way = (
        f"Plans changed? Say “{request.reference}” to the SEND Hub assistant in Teams: {chat_link}"
    )
    return CalendarEntry(
        subject=f"{what_of(visit)[0].upper()}{what_of(visit)[1:]}: {service} ({request.reference})",
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        place=ON_TEAMS if is_online else request.school_name,
        link=visit.online_url,
        lines=(
            *([f"Join: {visit.online_url}"] if visit.online_url else []),
            *(["The joining link will follow here."] if is_online and not visit.online_url else []),
            *([f"With {other.name}."] if other.id != person.id else []),
            way,
        ),
        reminder=REMINDER_ONLINE if is_online else REMINDER_ON_SITE,
    )


def entry_with_meeting(entry: CalendarEntry) -> CalendarEntry:
    """The entry behind which the Teams meeting is: Teams itself writes there how to join."""
    lines = tuple(each for each in entry.lines if not each.startswith(("Join:", "The joining")))
    return CalendarEntry(
        entry.subject,
        entry.starts_at,
        entry.ends_at,
        entry.place,
        lines=lines,
        reminder=entry.reminder,
    )


def what_of(visit: Visit) -> str:
    """``follow-up call``, ``follow-up visit``, ``call`` or ``visit``."""
    meets = "call" if visit.how == TEAMS else "visit"
    return f"follow-up {meets}" if visit.kind is VisitKind.FOLLOW_UP else meets


def why_off(request: Request) -> str:
    """One plain sentence for whoever wonders where an entry went."""
    return (
        f"This time for {request.reference} is off. The SEND Hub assistant in Teams has the rest."
    )


def taken_off(times: Sequence[Visit]) -> str:
    """What a history says of times to which nobody comes any more; "" where there are none."""
    arranged = [each for each in times if each.state is VisitState.ARRANGED]
    if arranged:
        return f"The {what_of(arranged[0])} on {in_short(arranged[0])} is off."
    return "The times on offer are off." if times else ""
