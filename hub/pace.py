"""How fast Microsoft lets the Hub speak: so many calls within so long, whoever of us makes them.

What went out is kept in the database (``store.paces``), so that replicas share one count. Windows
are a little longer than Microsoft's: what is counted there is when a call arrives.
Sources: Microsoft Graph, "Service-specific throttling limits" (Microsoft Teams, Outlook); Teams
documentation, "Optimize your bot with rate limiting".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Made:
    """So many calls that were made at one moment."""

    at: datetime
    calls: int


@dataclass(frozen=True)
class Room:
    """How many calls may be made now, and when there is room again if none may."""

    calls: int
    wait: timedelta


@dataclass(frozen=True)
class Pace:
    """At most so many calls within so long, however the window lies."""

    name: str
    most: int
    within: timedelta

    def still_counting(self, made: Iterable[Made], now: datetime) -> list[Made]:
        """Those that the window reaches back to, oldest first.

        What was made far ahead of ``now`` is of a clock that has been set back since.
        """
        reach = (each for each in made if abs(now - each.at) < self.within)
        return sorted(reach, key=lambda each: each.at)

    def room(self, made: Iterable[Made], now: datetime) -> Room:
        """What may be made at ``now`` after what was made."""
        counting = self.still_counting(made, now)
        calls = max(0, self.most - sum(each.calls for each in counting))
        if calls:
            return Room(calls, timedelta(0))
        return Room(0, counting[0].at + self.within - now)


#: Bells for one person each; Graph allows an app 5 a second in a tenant.
BELLS = Pace("bells", 5, 1.04 * _SECOND)
#: Calls that ring for many at once; Graph allows 2 a second.
BELLS_TOGETHER = Pace("bells together", 2, 1.04 * _SECOND)
#: Messages nobody asked for; Teams allows a bot 50 a second in a tenant. Answers to people are the
#: other two, and most of those are answers to a press, which do not count.
MESSAGES = Pace("messages", 48, _SECOND)
#: Mails from the one mailbox; Exchange Online allows it 30 a minute.
MAILS = Pace("mails", 29, 60 * _SECOND)
#: Installs of the app, with two questions each; Graph allows 30 a second of either kind.
INSTALLS = Pace("installs", 10, _SECOND)
#: Messages to one person, counted in the outbox itself; Teams allows 7 a second in one chat, 8
#: within two.
TO_ONE_PERSON = Pace("to one person", 6, 2 * _SECOND)
