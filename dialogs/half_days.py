"""Choosing a half-day for a school meeting: what is free for everybody, in one look ahead.

People's own calendars are asked in one question, and outside any transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from microsoft_teams.cards import AdaptiveCard

from cards.half_days import Choosing, every_half_day_card, half_days_card
from dialogs.desk import Desk
from hub.directory import Busy
from hub.half_days import (
    HalfDay,
    Hours,
    free_half_days,
    hours_of,
    is_possible,
    possible_half_days,
    window,
)
from hub.offer import SCHOOL_MEETING_TIER
from hub.people import Person, School
from hub.school_meetings import Openings
from hub.school_year import SchoolCalendar, SchoolYear
from store import meeting_parties, school_years


@dataclass(frozen=True)
class Look:
    """Which half-days are looked at: a page of them, all or a few, of which year."""

    page: int = 0
    every: bool = False
    #: Name of the school year to begin with; "" is the running one.
    year: str = ""
    #: What is said first, when something has just not worked.
    intro: str = ""


async def offer(
    desk: Desk,
    choosing: Choosing,
    people: Sequence[Person],
    school: School,
    year: SchoolYear,
    look: Look,
    besides: UUID | None = None,
) -> AdaptiveCard:
    """Half-days of one look ahead on which all these people are free."""
    openings = await _openings(desk, people, school, year, look.page, besides)
    if look.every:
        return every_half_day_card(choosing, people, openings)
    tier = desk.offer.tier(SCHOOL_MEETING_TIER)
    return half_days_card(choosing, people, openings, tier.purpose if tier else "", look.intro)


async def _openings(
    desk: Desk,
    people: Sequence[Person],
    school: School,
    year: SchoolYear,
    page: int,
    besides: UUID | None,
) -> Openings:
    now = desk.now()
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        ahead = window(calendar, year, now, page)
        if ahead is None:
            return Openings((), (), page, has_more=False)
        possible = possible_half_days(ahead, calendar, hours(desk), school.id, now)
        if not possible:
            return Openings((), (), page, ahead.has_more)
        starts_at, ends_at = possible[0].starts_at, possible[-1].ends_at
        own = await meeting_parties.engagements(db, people, starts_at, ends_at, besides=besides)
    seen, unseen = await _diaries(desk, people, starts_at, ends_at)
    free = free_half_days(possible, [*own, *seen])
    return Openings(tuple(free), tuple(each.name for each in unseen), page, ahead.has_more)


async def _diaries(
    desk: Desk, people: Sequence[Person], starts_at: datetime, ends_at: datetime
) -> tuple[list[Busy], list[Person]]:
    """When these people's own calendars say they are busy, and whose could not be seen."""
    ids = [each.object_id for each in people]
    told = await desk.directory.busy_times(ids, starts_at, ends_at) or {}
    busy = [each for object_id in ids for each in told.get(object_id, ())]
    return busy, [each for each in people if each.object_id not in told]


def hours(desk: Desk) -> Hours:
    """When a morning and an afternoon begin and end, by the offer."""
    tier = desk.offer.tier(SCHOOL_MEETING_TIER)
    return hours_of(tier.hours if tier else None)


async def is_free(
    desk: Desk,
    people: Sequence[Person],
    school: School,
    half_day: HalfDay,
    calendar: SchoolCalendar,
) -> bool:
    """Whether calendars still allow it; the store looks at the Hub's own engagements itself."""
    if not is_possible(half_day, calendar, school.id, desk.now()):
        return False
    busy, _ = await _diaries(desk, people, half_day.starts_at, half_day.ends_at)
    return bool(free_half_days([half_day], busy))
