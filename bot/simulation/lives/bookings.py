"""How staff deal with places: book, forget, give up, take an offer, bring colleagues along."""

from collections.abc import Sequence
from datetime import datetime

from bot.simulation.lives.stage import Stage
from hub.booking import LIVE, BookingState, Placed, Session
from hub.colleagues import seats_of, to_be_told
from hub.people import Person
from store import booking_reads, bookings, colleagues, nudges

#: The chance of each on one school day, for one person.
BOOKS = 0.05
#: Every third school has other worries, and its staff book so much less.
SLOW_EVERY = 3
BOOKS_SLOWLY = 0.15
#: Of those who book, the share that looks first at what is meant for what they do.
LOOKS_FOR_OWN = 0.6
CHANGES_PLANS = 0.03
GIVES_UP = 0.2
TAKES_AN_OFFER = 0.6
BRINGS_SOMEBODY = 0.015
#: Of those who book, the share that does so where others read along.
BOOKS_IN_PUBLIC = 0.1
#: Of those who bring somebody along, the share that asks for a place for them.
INVITES = 0.5
#: Nobody looks further down a list.
_LOOKED_AT = 6


async def day(stage: Stage, person: Person, coming: Sequence[Session], now: datetime) -> None:
    """What one person does about places today."""
    meant = [each for each in coming if not each.audience or each.audience & person.roles]
    is_slow = person.school in stage.cast.schools[SLOW_EVERY - 1 :: SLOW_EVERY]
    if stage.is_the_day(BOOKS * (BOOKS_SLOWLY if is_slow else 1)) and meant:
        own = [each for each in meant if each.audience] if stage.happens(LOOKS_FOR_OWN) else []
        await _book(stage, person, stage.chance.choice((own or meant)[:_LOOKED_AT]), now)
    if stage.is_the_day(CHANGES_PLANS):
        await _change_of_plan(stage, person, now)
    if stage.is_the_day(BRINGS_SOMEBODY) and meant:
        await _bring(stage, person, meant, now)


async def _book(stage: Stage, person: Person, session: Session, now: datetime) -> None:
    async with stage.database.begin() as db:
        outcome = await bookings.book(db, person, session.id, now)
        is_new = isinstance(outcome, Placed) and outcome.is_new
        if isinstance(outcome, Placed) and is_new and stage.happens(BOOKS_IN_PUBLIC):
            await nudges.answer_in_chat(db, outcome.booking, now)
            stage.noted.pressed(person)


async def _change_of_plan(stage: Stage, person: Person, now: datetime) -> None:
    async with stage.database.begin() as db:
        for booking in await booking_reads.bookings_to_come(db, person, now):
            if booking.state is BookingState.OFFERED:
                if stage.happens(TAKES_AN_OFFER):
                    await bookings.take_offer(db, person, booking.id, now)
            elif booking.state in LIVE and stage.happens(GIVES_UP):
                await bookings.give_up(db, person, booking.id, now, stage.calendar)
                return


async def _bring(stage: Stage, person: Person, meant: Sequence[Session], now: datetime) -> None:
    """Ask for a place for a colleague, or pass a joint session on to whoever should come."""
    session = stage.chance.choice(meant)
    joint = [each for each in meant if seats_of(each, ())]
    async with stage.database.begin() as db:
        if joint and not stage.happens(INVITES):
            staff = await colleagues.staff_of_school(db, person, joint[0].id)
            told = to_be_told(seats_of(joint[0], staff), person)
            await colleagues.suggest(db, person, joint[0], told, now, stage.calendar)
            return
        others = await colleagues.colleagues_of(db, person, session.id)
        if others:
            guest = stage.chance.choice(others).person
            await colleagues.invite(db, person, guest.id, session.id, now, stage.calendar)
