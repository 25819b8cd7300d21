"""A row as a session, and what is to become of it: set, moved or cancelled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.loading.cells import Cells
from bot.loading.people_rows import named_school, read_roles
from bot.understanding.reader import OfflineReader
from hub.booking import Session
from hub.offer import SCHOOL_MEETING_TIER, Offer, Tier
from hub.people import School
from hub.session_draft import in_context
from hub.understanding import Intent

#: The columns of a programme; ``plan-year`` writes these.
SESSION = (
    *("tier", "title", "date", "start", "end", "venue", "online_url", "capacity"),
    *("leads", "strand", "slot", "audience", "release_to_partners_on", "notes"),
)
#: Columns that a file may have beside them.
SESSION_CHANGES = ("moved_from", "cancelled", "reason")
MOST_PLACES = 1000
LONGEST_LEADS = 500
#: Partner schools may book from this time of the day of release.
RELEASE_TIME = time(8, 0)


_READER = OfflineReader()


@dataclass(frozen=True)
class SessionLine:
    """One row of a programme."""

    #: Such as ``sessions.csv, row 4``.
    where: str
    session: Session
    #: The day, or the moment, at which the session stood until now.
    moved_from: date | datetime | None = None
    is_cancelled: bool = False
    #: Why it moves or is cancelled, for everybody booked.
    reason: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What the session is found again by."""
        return key_of(self.session)

    def at_fault(self, column: str, words: str) -> str:
        """A mistake in this row, in words."""
        return f"{self.where}, column {column}: {words}"


def key_of(session: Session) -> tuple[object, ...]:
    """Tier, title, start, venue, strand and slot: no two sessions have them all in common."""
    return (
        *(session.tier, session.title, session.starts_at),
        *(session.venue, session.strand, session.slot),
    )


def read_session(
    cells: Cells, offer: Offer, zone: ZoneInfo, schools: Iterable[School]
) -> SessionLine | None:
    """One row; None when something in it is wrong."""
    known = list(schools)
    tier = _tier(cells, offer)
    hours = _hours(cells, tier)
    on = cells.day("date", required=True)
    title = cells.text("title", longest=200, required=True)
    online_url = cells.link("online_url")
    venue = cells.text("venue", longest=200, required=not online_url) or "Online"
    school = _school_of_meeting(cells, tier, venue, known)
    capacity = cells.number("capacity", least=0, most=MOST_PLACES)
    leads, audience = cells.several("leads"), read_roles(cells, "audience")
    strand, slot = cells.text("strand", longest=120), cells.text("slot", longest=40)
    released_on = cells.day("release_to_partners_on")
    if on and released_on and released_on > on:
        cells.fail("release_to_partners_on", "is after the session; give an earlier day, or none")
    notes = cells.text("notes", longest=2000)
    moved_from = cells.day_or_moment("moved_from")
    is_cancelled, reason = cells.yes("cancelled"), cells.text("reason", longest=500)
    if reason and not is_cancelled and moved_from is None:
        cells.fail("reason", "goes with moved_from or cancelled; fill in one of them, or leave it")
    words = {"title": title, "venue": venue, "strand": strand, "slot": slot, "notes": notes}
    _guard(cells, words | {"reason": reason, "leads": "; ".join(leads)})
    if len("; ".join(leads)) > LONGEST_LEADS:
        cells.fail("leads", f"is longer than {LONGEST_LEADS} characters; shorten it")
    if on and hours:
        _check_clocks(cells, on, hours, zone)
    if not cells.are_good or tier is None or on is None or hours is None:
        return None
    session = Session(
        id=uuid4(),
        tier=tier.key,
        title=title,
        starts_at=datetime.combine(on, hours[0], zone),
        ends_at=datetime.combine(on, hours[1], zone),
        venue=school.name if school else _as_known(venue, known),
        capacity=capacity,
        online_url=online_url,
        leads=tuple(leads) or tier.leads,
        strand=strand,
        slot=slot,
        audience=audience or tier.audience,
        notes=notes,
        released_to_partners_at=datetime.combine(released_on, RELEASE_TIME, zone)
        if released_on
        else None,
        school_id=school.id if school else None,
    )
    return SessionLine(cells.where, session, moved_from, is_cancelled, reason)


def _guard(cells: Cells, words: Mapping[str, str]) -> None:
    """Refuse words that staff would read and that must not be kept.

    A session may be about a safeguarding subject, as its title and strand say.
    """
    for column, text in words.items():
        guarded = _READER.guard(in_context(column, text))
        if guarded is None:
            continue
        if guarded.intent is Intent.PUPIL_DETAILS:
            cells.fail(
                column, "may hold something that could identify a pupil; please leave it out"
            )
        else:
            cells.fail(
                column,
                "sounds like a safeguarding concern; leave it out, and speak to the Designated "
                "Safeguarding Lead",
            )


def _as_known(venue: str, schools: Iterable[School]) -> str:
    """A school's own spelling of its name, so that places match when people ask for them."""
    known = {each.name.casefold(): each.name for each in schools}
    return known.get(venue.casefold(), venue)


def _tier(cells: Cells, offer: Offer) -> Tier | None:
    written = cells.text("tier", longest=10, required=True).lower().removeprefix("tier").strip()
    tier = offer.tier(written)
    if tier is None or tier.cadence.per == "need":
        bookable = ", ".join(each.key for each in offer.tiers if each.cadence.per != "need")
        cells.fail("tier", f"is not a tier with sessions; I know {bookable}")
        return None
    return tier


def _hours(cells: Cells, tier: Tier | None) -> tuple[time, time] | None:
    """From when to when, by the row or as the tier usually is."""
    usual = tier.hours if tier else None
    starts = cells.clock("start") or (usual[0] if usual else None)
    ends = cells.clock("end") or (usual[1] if usual else None)
    if starts is None or ends is None:
        for column, found in (("start", starts), ("end", ends)):
            if tier and found is None and cells.are_good:
                cells.fail(column, f"is missing, and tier {tier.key} has no usual hours")
        return None
    if ends <= starts:
        cells.fail("end", f"{ends:%H:%M} is not after the start, {starts:%H:%M}; check am and pm")
    return starts, ends


def _check_clocks(cells: Cells, on: date, hours: tuple[time, time], zone: ZoneInfo) -> None:
    """Refuse the hour that is left out when the clocks go forward: nobody could come at it."""
    for column, at in zip(("start", "end"), hours, strict=True):
        moment = datetime.combine(on, at, zone)
        if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(
            tzinfo=None
        ):
            cells.fail(column, f"{at:%H:%M} is left out that day, the clocks go forward; move it")


def _school_of_meeting(
    cells: Cells, tier: Tier | None, venue: str, schools: Iterable[School]
) -> School | None:
    """The school whose Tier 5 meeting it is: the meeting is held there."""
    if tier is None or tier.key != SCHOOL_MEETING_TIER or not cells.are_good:
        return None
    school = named_school(cells, "venue", venue, schools)
    if school is not None and school.is_partner:
        words = f"{school.name} is a partner school; tier 5 is for schools of the trust"
        cells.fail("venue", f"{words}, so name one of those or choose another tier")
    return school
