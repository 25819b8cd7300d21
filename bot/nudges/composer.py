"""From what is due to what goes out: one message for each person, as manners allow."""

import structlog

from bot.clock import Clock
from hub.manners import NO_CHOICES, Composition, compose
from hub.outbox import trace_of
from store import manners, messages, people, school_years
from store.database import Database

#: People dealt with in one transaction.
AT_ONCE = 200

_log = structlog.get_logger(__name__)


async def compose_messages(database: Database, now: Clock) -> int:
    """Put everything that is due into messages, hold it, or let it go; tell how many messages."""
    composed = 0
    while True:
        async with database.begin() as db:
            owed = await messages.owed_now(db, now(), AT_ONCE)
            if not owed:
                return composed
            at = now()
            book, calendar = await manners.rule_book(db), await school_years.calendar(db)
            asked = await manners.choices_of_each(db, owed)
            sent = await manners.sent_to_each(db, owed, book, at)
            made = {
                person.id: compose(
                    owed[person.id],
                    person,
                    asked.get(person.id, NO_CHOICES),
                    book,
                    sent[person.id],
                    calendar,
                    at,
                )
                for person in await people.people_with_ids(db, owed)
            }
            composed += await messages.keep(db, made, at)
        for each in made.values():
            _tell(each)


def _tell(made: Composition) -> None:
    if made.message:
        traces = [trace_of(each.key) for each in made.message]
        _log.info("composed", message=traces[0], nudges=traces)
    for each, held in made.held:
        _log.info("held", nudge=trace_of(each.key), reason=held.reason)
    for each, why in made.let_go:
        _log.info("let go", nudge=trace_of(each.key), reason=why.reason)
