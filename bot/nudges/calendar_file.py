"""A session as a calendar file (.ics), for a calendar that Graph cannot reach.

Published, not an invitation: there is nobody to answer to. The event has the same name (UID) each
time and the session's revision as its sequence, so that a newer file takes the place of an older.
Source: RFC 5545 and 5546, METHOD:PUBLISH.
"""

from datetime import datetime
from uuid import UUID

from icalendar import Calendar, Event

from hub.booking import Session, SessionState

PRODUCT = "-//SEND Hub//SEND Hub assistant//EN"


def calendar_file(session: Session, event_id: UUID, now: datetime) -> bytes:
    """The file for one session; one that is called off is taken out by it.

    Times are wall-clock times of the session's zone, and the zone goes along, so that 14:00 stays
    14:00 when the clocks change.
    """
    event = Event()
    event.add("uid", str(event_id))
    event.add("sequence", session.revision)
    event.add("dtstamp", now)
    event.add("summary", session.title)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("location", session.venue)
    is_off = session.state is SessionState.CANCELLED
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
