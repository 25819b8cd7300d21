"""Booking by one sentence: which session is meant, out of what is on."""

from dialogs import places, programme, year
from dialogs.answer import Answer, refused
from dialogs.desk import Desk
from hub import refusals
from hub.offer import INSET_TIER
from hub.people import Person
from hub.programme import Sought, entries_of, named_in
from hub.understanding import Understanding
from store import sessions


async def book_by_words(
    desk: Desk, person: Person, meaning: Understanding, sought: Sought, words: str
) -> Answer:
    """Book the session that was named, or the soonest of its kind; show a choice when unclear.

    A full one is shown rather than waited for unasked, and so is what is meant for others.
    """
    async with desk.database.read() as db:
        coming = await sessions.open_sessions(db, person, desk.now(), sought)
    named = named_in(meaning.text, entries_of(coming))
    if len(named) > 1 or not (named or sought.tier):
        return Answer(await programme.show_whats_on(desk, person, sought, words=words))
    if not coming:
        return Answer(await programme.show_whats_on(desk, person, sought, words=words))
    soonest = named[0] if named else coming[0]
    if not named and sought.tier == INSET_TIER:
        return await year.show_inset_day(desk, person, soonest.session.starts_at.date())
    if not soonest.is_for_me and soonest.own is None:
        refusal = refusals.meant_for(soonest.session.title, soonest.session.audience)
        return refused(desk, person, refusal)
    if soonest.own is None and not soonest.places_left:
        intro = "The next one is full. You can wait for a place."
        return Answer(await programme.session_details(desk, person, soonest, intro))
    return await places.book(desk, person, soonest.session.id)
