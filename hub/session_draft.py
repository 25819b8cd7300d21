"""A session as a lead writes it into a form: what was typed, and what it means or why it doesn't.

Everything here came from outside. What a file holds is read in ``bot/loading``.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from hub import refusals
from hub.booking import Session, SessionState
from hub.offer import Offer, Tier
from hub.people import Role
from hub.refusals import Refusal

MOST_PLACES = 1000
#: Digits in any number that a form sends.
LONGEST_COUNT = 6
#: What each field may hold, as the store keeps it.
LONGEST = {
    "title": 200,
    "venue": 200,
    "online_url": 1000,
    "leads": 500,
    "strand": 120,
    "slot": 40,
    "notes": 2000,
    "reason": 500,
    "note": 500,
}
#: Partner schools may book from this time of the day of release.
RELEASE_TIME = time(8, 0)
ONLINE = "Online"
#: Tiers that are arranged with one school or one person, in conversations of their own.
ARRANGED_APART = frozenset({"5", "6"})


@dataclass(frozen=True)
class SessionForm:
    """The form's fields as they were typed, or as they are to be shown."""

    tier: str = ""
    title: str = ""
    date: str = ""
    start: str = ""
    end: str = ""
    venue: str = ""
    online_url: str = ""
    capacity: str = ""
    #: Parted by semicolons.
    leads: str = ""
    strand: str = ""
    slot: str = ""
    #: Parted by commas, as a card sends them.
    audience: str = ""
    release_on: str = ""
    notes: str = ""
    #: Why it moves, for everybody who is booked.
    reason: str = ""
    #: Why a lead goes ahead although warned; stays with the leads.
    note: str = ""


FIELDS = tuple(each.name for each in fields(SessionForm))


#: What some fields are for: a subject is taught there, an address is a place's.
_IN_CONTEXT = {"title": "a session on {}", "strand": "a session on {}", "venue": "venue: {}"}


def in_context(field: str, words: str) -> str:
    """The words of a field as the guard should read them."""
    return _IN_CONTEXT.get(field, "{}").format(words)


@dataclass(frozen=True)
class Problem:
    """One field that does not hold, and how to put it right."""

    field: str
    say: str


def tiers_to_set(offer: Offer) -> list[Tier]:
    """The tiers whose sessions a lead sets by form."""
    return [tier for tier in offer.tiers if tier.key not in ARRANGED_APART]


def form_of(session: Session, note: str = "") -> SessionForm:
    """The form that would give this session."""
    released_at = session.released_to_partners_at
    return SessionForm(
        tier=session.tier,
        title=session.title,
        date=session.starts_at.date().isoformat(),
        start=f"{session.starts_at:%H:%M}",
        end=f"{session.ends_at:%H:%M}",
        venue=session.venue,
        online_url=session.online_url,
        capacity=str(session.capacity),
        leads="; ".join(session.leads),
        strand=session.strand,
        slot=session.slot,
        audience=",".join(role for role in Role if role in session.audience),
        release_on=released_at.date().isoformat() if released_at else "",
        notes=session.notes,
        reason="",
        note=note,
    )


def draft_from(
    form: SessionForm, session_id: UUID, offer: Offer, zone: ZoneInfo
) -> Session | list[Problem]:
    """The session that the form means, or everything that is wrong with it.

    Empty hours, leads and audience are the tier's own.
    """
    tier = next((each for each in tiers_to_set(offer) if each.key == form.tier), None)
    usual = tier.hours if tier else None
    on, start, end = _day(form.date), _clock(form.start), _clock(form.end)
    starts = start or (usual[0] if usual else None)
    ends = end or (usual[1] if usual else None)
    released_on, capacity = _day(form.release_on), _places(form.capacity)
    audience = _roles(form.audience)
    found = [
        _problem("tier", tier is None, "Please choose a tier."),
        _problem("title", not form.title, "Please give it a title that staff will recognise."),
        _problem("date", on is None, "Please choose the day."),
        _problem("start", form.start != "" and start is None, "Please give a time such as 10:00."),
        _problem("end", form.end != "" and end is None, "Please give a time such as 13:00."),
        _problem("start", tier is not None and not (starts and ends), "Please give both times."),
        _problem("end", bool(starts and ends and ends <= starts), "It must end after it starts."),
        _problem("venue", not (form.venue or form.online_url), "Where is it, or which link?"),
        _problem("online_url", not is_link(form.online_url), "Please paste an https address."),
        _problem("capacity", capacity is None, f"Please give a number from 1 to {MOST_PLACES}."),
        _problem("audience", audience is None, "Please choose roles from the list."),
        _problem(
            "release_on", form.release_on != "" and released_on is None, "Please choose a day."
        ),
        _problem(
            "release_on", bool(on and released_on and released_on > on), "It is after the session."
        ),
        *(
            _problem(
                name, len(getattr(form, name)) > most, f"Please keep it under {most} characters."
            )
            for name, most in LONGEST.items()
        ),
    ]
    problems = [each for each in found if each]
    if problems or not (tier and on and starts and ends and capacity is not None):
        return problems
    return Session(
        id=session_id,
        tier=tier.key,
        title=form.title,
        starts_at=datetime.combine(on, starts, zone),
        ends_at=datetime.combine(on, ends, zone),
        venue=form.venue or ONLINE,
        capacity=capacity,
        online_url=form.online_url,
        leads=_parted(form.leads, ";") or tier.leads,
        strand=form.strand,
        slot=form.slot,
        audience=audience or tier.audience,
        notes=form.notes,
        released_to_partners_at=datetime.combine(released_on, RELEASE_TIME, zone)
        if released_on
        else None,
    )


def is_count(typed: str) -> bool:
    """Whether this is a whole number of few digits, such as a form's places or a revision."""
    return typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_COUNT


def _problem(field: str, is_wrong: bool, say: str) -> Problem | None:  # noqa: FBT001
    return Problem(field, say) if is_wrong else None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _clock(typed: str) -> time | None:
    try:
        found = time.fromisoformat(typed)
    except ValueError:
        return None
    return None if found.tzinfo else found.replace(second=0, microsecond=0)


def _places(typed: str) -> int | None:
    whole = typed.removesuffix(".0")
    return int(whole) if is_count(whole) and 1 <= int(whole) <= MOST_PLACES else None


def _roles(typed: str) -> frozenset[Role] | None:
    names = _parted(typed, ",")
    return frozenset(Role(name) for name in names) if set(names) <= set(Role) else None


def _parted(typed: str, by: str) -> tuple[str, ...]:
    return tuple(part for each in typed.split(by) if (part := each.strip()))


def is_link(typed: str) -> bool:
    """Whether this is empty, or an https address."""
    try:
        parts = urlsplit(typed)
        return not typed or (parts.scheme == "https" and bool(parts.hostname))
    except ValueError:
        return False


def has_moved(before: Session, after: Session) -> bool:
    """Whether people must be told: another day, time or place."""
    return (before.starts_at, before.ends_at, before.venue) != (
        after.starts_at,
        after.ends_at,
        after.venue,
    )


def reads_differently(before: Session, after: Session) -> bool:
    """Whether an entry in somebody's calendar no longer says what is true."""
    names = ("title", "online_url", "leads", "strand")
    return has_moved(before, after) or any(
        getattr(before, name) != getattr(after, name) for name in names
    )


def keeps_what_has_begun(before: Session, after: Session) -> bool:
    """Whether only what may change after the start is different: words and places."""
    same = ("tier", "online_url", "leads", "strand", "slot", "audience", "released_to_partners_at")
    return not has_moved(before, after) and all(
        getattr(before, name) == getattr(after, name) for name in same
    )


def may_change(before: Session, wanted: Session, held: int, now: datetime) -> Refusal | None:
    """Why a session may not become what is wanted; ``held`` are its places booked or on offer."""
    if before.state is SessionState.CANCELLED:
        return refusals.put_back_on_first(before.title)
    if before.starts_at <= now and not keeps_what_has_begun(before, wanted):
        return refusals.only_words_now(before.title)
    if before.starts_at > now >= wanted.starts_at:
        return refusals.in_the_past(before.title)
    if wanted.capacity < min(before.capacity, held):
        return refusals.places_held(before.title, held)
    return None


def is_on(session: Session) -> bool:
    """Whether it goes ahead."""
    return session.state is SessionState.SCHEDULED
