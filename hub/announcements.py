"""News from the lead: whom it is meant for, who gets it, and when it is news no longer."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hub.booking import BookingState, Session
from hub.offer import Offer
from hub.people import Person, Role, School
from hub.refusals import spoken_roles
from hub.spoken import spoken_list

#: What fits a phone and is read to the end.
LONGEST_NEWS = 600
#: Whoever opens the chat later than this is spared what was news then.
NEWS_LASTS = timedelta(days=14)
#: The activity feed shows about one line.
LONGEST_HEADLINE = 100
#: Standings that make somebody one of those booked on a session, before it and afterwards.
ON_THE_SESSION = frozenset({BookingState.CONFIRMED, BookingState.OFFERED, BookingState.ATTENDED})


@dataclass(frozen=True)
class Chosen:
    """Whom a lead has chosen: any of each kind, and all kinds at once; empty means everybody."""

    #: Keys of tiers: people for whom one of them is meant.
    tiers: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    #: Ids of schools.
    schools: frozenset[str] = frozenset()
    #: Only people with a place on the session that the news is about.
    booked_only: bool = False

    def as_data(self) -> dict[str, Any]:
        """Plain data for the store and for fingerprints, always in the same order."""
        return {
            "tiers": sorted(self.tiers),
            "roles": sorted(self.roles),
            "schools": sorted(self.schools),
            "booked_only": self.booked_only,
        }


def chosen_from(data: Mapping[str, Any]) -> Chosen:
    """Read a choice back from plain data."""
    return Chosen(
        tiers=frozenset(data.get("tiers", ())),
        roles=frozenset(Role(name) for name in data.get("roles", ())),
        schools=frozenset(data.get("schools", ())),
        booked_only=bool(data.get("booked_only", False)),
    )


@dataclass(frozen=True)
class Addressee:
    """Somebody who might get news, and how they can be reached."""

    person: Person
    #: Whether their chat with the bot is known; otherwise it waits until they open it.
    has_chat: bool
    #: Their standing in the session that the news is about, if any.
    standing: BookingState | None = None


@dataclass(frozen=True)
class Recipients:
    """Who gets a piece of news, and who of those meant does not."""

    people: tuple[Addressee, ...]
    #: How many it is meant for who have stopped reminders; they do not get it.
    opted_out: int

    @property
    def without_chat(self) -> int:
        """How many will read the card only once they open the chat."""
        return sum(not each.has_chat for each in self.people)

    @property
    def schools(self) -> int:
        """In how many schools they work."""
        return len({each.person.school.id for each in self.people if each.person.school})


@dataclass(frozen=True)
class Announcement:
    """News that a lead sends or sent."""

    id: UUID
    author_id: UUID
    author_name: str
    words: str
    #: Whom it is for, as a person would say it: "SENCos at School B".
    for_whom: str
    chosen: Chosen
    recipients: int
    sent_at: datetime
    #: The session that it is about, if any.
    session: Session | None = None


def recipients(
    everybody: Iterable[Addressee], author: Person, chosen: Chosen, offer: Offer
) -> Recipients:
    """Who gets the news: those it is meant for, less its author and who has stopped reminders."""
    meant = [
        each for each in everybody if each.person.id != author.id and is_meant(each, chosen, offer)
    ]
    wanting = tuple(each for each in meant if each.person.wants_nudges)
    return Recipients(wanting, opted_out=len(meant) - len(wanting))


def is_meant(addressee: Addressee, chosen: Chosen, offer: Offer) -> bool:
    """Whether somebody is among those chosen.

    Partner schools hear only what is chosen for them by school, or about a place that they hold.
    """
    person = addressee.person
    school_id = person.school.id if person.school else None
    if chosen.booked_only and addressee.standing not in ON_THE_SESSION:
        return False
    if person.is_from_partner and not chosen.booked_only and school_id not in chosen.schools:
        return False
    if chosen.schools and school_id not in chosen.schools:
        return False
    if chosen.roles and person.roles.isdisjoint(chosen.roles):
        return False
    return not chosen.tiers or any(_is_for(person, key, offer) for key in chosen.tiers)


def _is_for(person: Person, key: str, offer: Offer) -> bool:
    tier = offer.tier(key)
    return tier is not None and (not tier.audience or not person.roles.isdisjoint(tier.audience))


def spoken_choice(chosen: Chosen, schools: Iterable[School], session: Session | None) -> str:
    """Whom it is for, as a person would say it: "SENCos at School A or School B"."""
    who = spoken_roles(chosen.roles) if chosen.roles else "everybody"
    if chosen.booked_only and session:
        who += f" booked on “{session.title}”"
    if chosen.tiers:
        tiers = spoken_list(sorted(chosen.tiers), "or")
        who += f" for whom tier {tiers} is meant"
    names = [school.name for school in schools if school.id in chosen.schools]
    if names:
        return f"{who} at {spoken_list(names, 'or')}"
    return who if who != "everybody" else "everybody in the trust"


def fingerprint(words: str, chosen: Chosen, people: Iterable[Addressee]) -> str:
    """A short mark of what a lead has seen in a preview; it differs when anything of it does."""
    told = {
        "words": words,
        "chosen": chosen.as_data(),
        "people": sorted(str(each.person.id) for each in people),
    }
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=8).hexdigest()


def headline(words: str) -> str:
    """The first sentence, for one line of the activity feed."""
    first = re.split(r"(?<=[.!?])\s|\n", words.strip(), maxsplit=1)[0].strip()
    if len(first) <= LONGEST_HEADLINE:
        return first
    return f"{first[: LONGEST_HEADLINE - 1].rstrip()}…"


def no_longer_news(
    announcement: Announcement, person: Person, standing: BookingState | None, now: datetime
) -> str | None:
    """Why news should not be sent any more, in words for the log; None when it should."""
    session = announcement.session
    if not person.wants_nudges:
        return "the person stopped reminders"
    if now >= announcement.sent_at + NEWS_LASTS:
        return "the news is old"
    if session and announcement.sent_at < session.starts_at <= now:
        return "the session has started"
    if announcement.chosen.booked_only and standing not in ON_THE_SESSION:
        return "the place was given up"
    return None
