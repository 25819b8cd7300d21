"""Whether a nudge is still wanted, and what it says, read afresh just before it is sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.nudges.gap_words import tell_gap
from bot.nudges.request_words import ABOUT_REQUESTS, tell_request
from bot.nudges.school_meeting_words import about_a_school_meeting, check_in
from bot.nudges.told import Telling, Told, Unwanted
from bot.nudges.words import about_a_booking, about_news, suggested, to_read
from hub.announcements import no_longer_news
from hub.booking import LIVE, Booking, SessionState
from hub.gaps import GAP_RULES
from hub.nudges import ABOUT_A_BOOKING, Rule, no_longer_wanted
from hub.people import Person
from hub.reading import LATELY
from hub.staff_group import LEFT_THE_TRUST
from store import announcements, booking_reads, next_steps, toolkits
from store.colleagues import suggestion_to_tell
from store.database import zone_of


async def tell(
    db: AsyncSession, rule: Rule, person: Person, subject_id: UUID, telling: Telling
) -> Told | Unwanted:
    """Put one nudge into words for one person, or say why it is not wanted any more."""
    if person.left_at is not None:
        return Unwanted(LEFT_THE_TRUST)
    if rule in ABOUT_A_BOOKING:
        return await _about_a_booking(db, rule, person, subject_id, telling)
    if rule in GAP_RULES:
        return await tell_gap(db, rule, person, subject_id, telling)
    if rule in ABOUT_REQUESTS:
        return await tell_request(db, rule, person, subject_id, telling)
    if rule is Rule.SESSION_SUGGESTED:
        return await _suggested(db, subject_id, telling.now)
    if rule is Rule.ANNOUNCEMENT:
        return await _news(db, person, subject_id, telling.now)
    return Unwanted(f"nothing is said for {rule}")


async def _about_a_booking(
    db: AsyncSession, rule: Rule, person: Person, booking_id: UUID, telling: Telling
) -> Told | Unwanted:
    booking = await booking_reads.booking_to_tell(db, booking_id)
    if booking is None:
        return Unwanted("the booking is gone")
    if unwanted := no_longer_wanted(rule, booking, telling.now):
        return Unwanted(unwanted)
    if booking.session.is_school_meeting:
        return await _about_a_school_meeting(db, rule, booking, telling)
    if rule is Rule.READ_AHEAD:
        return await _to_read(db, person, booking, telling)
    today = telling.now.astimezone(zone_of(db)).date()
    return about_a_booking(telling.book[rule], booking, today)


async def _to_read(
    db: AsyncSession, person: Person, booking: Booking, telling: Telling
) -> Told | Unwanted:
    toolkit = telling.toolkit_on(booking.session)
    if toolkit is None:
        return Unwanted("there is no toolkit on it any more")
    if toolkit.slug in await toolkits.recent(db, person, telling.now - LATELY):
        return Unwanted("the person has read it lately")
    return to_read(telling.book[Rule.READ_AHEAD], booking, toolkit)


async def _suggested(db: AsyncSession, suggestion_id: UUID, now: datetime) -> Told | Unwanted:
    found = await suggestion_to_tell(db, suggestion_id)
    if found is None:
        return Unwanted("the suggestion is gone")
    if found.session.state is SessionState.CANCELLED:
        return Unwanted("the session was cancelled")
    if found.session.starts_at <= now:
        return Unwanted("the session has started")
    if found.standing in LIVE:
        return Unwanted("the person has booked")
    return suggested(found.session, found.suggested_by)


async def _news(
    db: AsyncSession, person: Person, announcement_id: UUID, now: datetime
) -> Told | Unwanted:
    news = await announcements.news_to_tell(db, announcement_id, person.id)
    if news is None:
        return Unwanted("the announcement is gone")
    if unwanted := no_longer_news(news.announcement, person, news.standing, now):
        return Unwanted(unwanted)
    return about_news(news.announcement)


async def _about_a_school_meeting(
    db: AsyncSession, rule: Rule, booking: Booking, telling: Telling
) -> Told | Unwanted:
    if rule is not Rule.NEXT_STEPS:
        today = telling.now.astimezone(zone_of(db)).date()
        return about_a_school_meeting(telling.book[rule], booking, today)
    steps = await next_steps.open_steps_of(db, booking.session.id)
    if not steps or booking.session.state is SessionState.CANCELLED:
        return Unwanted("no next steps are open")
    return check_in(booking, steps)
