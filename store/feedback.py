"""What people say after a session, each once and changeable; and to whom a question is owed."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub import refusals
from hub.booking import Booking, BookingState
from hub.nudges import Rule
from hub.people import Person
from hub.refusals import Refusal
from hub.register import Ratings
from store.booking_reads import booking_of, bookings_of_all
from store.database import insert_once
from store.tables import BookingRow, FeedbackRow, SessionRow


async def came_since(db: AsyncSession, now: datetime, looks_back: timedelta) -> list[Booking]:
    """Everybody who came to a session that is over, back to so long ago; for the planner only."""
    ended = and_(SessionRow.ends_at <= now, SessionRow.ends_at > now - looks_back)
    return await bookings_of_all(db, BookingState.ATTENDED, ended)


async def rate(
    db: AsyncSession, person: Person, booking_id: UUID, question: Rule, rating: int, now: datetime
) -> Booking | Refusal:
    """Keep how somebody answered a question about a session they came to; again changes it."""
    booking = await _attended(db, person, booking_id)
    if isinstance(booking, Refusal):
        return booking
    values = {"rating": rating, "answered_at": now}
    keys = {"booking_id": booking_id, "question": question}
    if not await insert_once(db, FeedbackRow, id=uuid4(), words="", **keys, **values):
        await db.execute(update(FeedbackRow).filter_by(**keys).values(**values))
    return booking


async def say(
    db: AsyncSession, person: Person, booking_id: UUID, question: Rule, words: str
) -> Booking | Refusal:
    """Keep a sentence beside the answer; the guard has seen the words."""
    booking = await _attended(db, person, booking_id)
    if isinstance(booking, Refusal):
        return booking
    await db.execute(
        update(FeedbackRow)
        .where(FeedbackRow.booking_id == booking_id, FeedbackRow.question == question)
        .values(words=words)
    )
    return booking


async def _attended(db: AsyncSession, person: Person, booking_id: UUID) -> Booking | Refusal:
    booking = await booking_of(db, person, booking_id)
    if booking is None:
        return refusals.session_gone()
    if booking.state is not BookingState.ATTENDED:
        return refusals.was_not_there(booking.session.title)
    return booking


async def ratings_of(db: AsyncSession, session_id: UUID) -> Ratings:
    """How useful people found a session, in counts."""
    found = await db.execute(
        select(FeedbackRow.rating, func.count(FeedbackRow.id))
        .join(BookingRow, BookingRow.id == FeedbackRow.booking_id)
        .where(
            BookingRow.session_id == session_id,
            FeedbackRow.question == Rule.FEEDBACK,
            FeedbackRow.rating.is_not(None),
        )
        .group_by(FeedbackRow.rating)
    )
    return Ratings(tuple((int(rating or 0), count) for rating, count in found))
