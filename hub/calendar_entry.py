"""What a calendar says of a session: in the diary of somebody who comes, and of whoever hosts it.

Pure. Each person has an event of their own, which names nobody but those who lead the session.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from hub.booking import Session
from hub.spoken import spoken_list

#: Time to get there, or to put the headphones on.
REMINDER_ON_SITE = 60
REMINDER_ONLINE = 15
#: What Outlook shows as the place of a meeting on Teams.
ON_TEAMS = "Microsoft Teams"
#: Graph keeps a longer comment too, but nobody reads it on a phone.
LONGEST_COMMENT = 500
_WAYS = "You booked this with the SEND Hub assistant. Plans changed? Tell it “give up my place” in Teams"
_MEETING_WAYS = (
    "Arranged with the SEND Hub assistant. To move it or call it off, say “school meeting” to it in "
    "Teams"
)


@dataclass(frozen=True)
class CalendarEntry:
    """One entry, whole: what is not in it is not in the calendar. Times are aware."""

    subject: str
    starts_at: datetime
    ends_at: datetime
    place: str
    #: Where to join; empty when it is not online, or the link is still to come.
    link: str = ""
    #: Paragraphs of plain text.
    lines: tuple[str, ...] = ()
    #: Minutes before the start; None for no reminder.
    reminder: int | None = REMINDER_ON_SITE
    #: A session called off takes nobody's time.
    is_busy: bool = True

    @property
    def fingerprint(self) -> str:
        """The same for entries that say the same; what a calendar was last told is kept as this."""
        return sha256(repr(self).encode()).hexdigest()


def entry_for_guest(session: Session, purpose: str, chat_link: str) -> CalendarEntry:
    """The entry of somebody who has a place. ``chat_link`` opens their chat with the bot."""
    lines = [
        *([f"Join: {session.link}"] if session.link else []),
        *(["The joining link will follow here."] if session.awaits_link else []),
        *([purpose] if purpose else []),
        *([f"Led by {spoken_list(session.leads)}."] if session.leads else []),
        *([f"Strand: {session.strand}"] if session.strand else []),
        f"{_MEETING_WAYS if session.is_school_meeting else _WAYS}: {chat_link}",
    ]
    return replace(_entry(session), lines=tuple(lines))


def entry_for_host(session: Session) -> CalendarEntry:
    """The entry of the lead in whose calendar a session's Teams meeting is kept."""
    words = "The SEND Hub's own meeting for this session: everybody booked joins by its link."
    return replace(_entry(session), link="", lines=(words,))


def called_off(entry: CalendarEntry, why: str) -> CalendarEntry:
    """An entry that stays to say that its session does not go ahead."""
    return replace(
        entry,
        subject=f"Cancelled: {entry.subject}",
        link="",
        lines=(why,),
        reminder=None,
        is_busy=False,
    )


def why_called_off(session: Session) -> str:
    """One plain sentence, with the lead's reason where one was given."""
    reason = " ".join(session.reason.split())
    if not reason:
        return "The SEND Hub has called this session off."
    return f"The SEND Hub has called this session off: {reason}"[:LONGEST_COMMENT]


def _entry(session: Session) -> CalendarEntry:
    return CalendarEntry(
        subject=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=ON_TEAMS if session.is_on_teams else session.venue,
        link=session.link,
        reminder=REMINDER_ONLINE if session.is_online else REMINDER_ON_SITE,
    )
