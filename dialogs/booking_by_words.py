"""Booking by one sentence: which session is meant, out of what is on."""

import re

from dialogs import places, programme, year
from dialogs.answer import Answer, refused
from dialogs.desk import Desk
from hub import refusals
from hub.booking import LIVE
from hub.offer import INSET_TIER
from hub.people import Person
from hub.programme import Sought, entries_of, named_in
from hub.understanding import Understanding
from store import sessions

#: Words about booking that ask for no place: a no, a question, or a room.
NOT_ASKED = re.compile(
    r"\b(?:don'?t|do not|didn'?t|not|never|without)\b.{0,20}\b(?:book\w*|sign\w*|put|join\w*|enrol\w*)"
    r"|^\W*(?:how|who|why|what|when|where|does|do|is|are|should)\b"
    r"|\bbook (?:the|a|our) (?:hall|room|library|venue|minibus|taxi|cover|supply)\b",
    re.IGNORECASE,
)


_NONE_ON_THAT = (
    "I can't find one on that, so I haven't booked anything. This is what there is. You can also "
    "say “suggest a topic”."
)


async def book_by_words(
    desk: Desk, person: Person, meaning: Understanding, sought: Sought, words: str
) -> Answer:
    """Book the session that was named, or the soonest of its kind; show a choice when unclear.

    A full one is shown rather than waited for unasked, and so is what is meant for others.
    """
    async with desk.database.read() as db:
        coming = await sessions.open_sessions(db, person, desk.now(), sought)
    named = named_in(meaning.text, entries_of(coming))
    asks_nothing = bool(NOT_ASKED.search(meaning.text))
    strands = [each for each in coming if each.session.tier == INSET_TIER]
    if strands and not (named or asks_nothing):
        meant = named_in(meaning.text, strands)
        if meant or sought.tier == INSET_TIER:
            day = (meant or strands)[0].session.starts_at.date()
            return await year.show_inset_day(desk, person, day)
    is_about_another = not named and bool(meaning.topics)
    if (
        not coming
        or len(named) > 1
        or not (named or sought.tier)
        or asks_nothing
        or is_about_another
    ):
        note = _NONE_ON_THAT if coming and is_about_another and not asks_nothing else ""
        shown = await programme.show_whats_on(desk, person, sought, words=words, note=note)
        return Answer(shown)
    soonest = named[0] if named else coming[0]
    if not soonest.is_for_me and soonest.own not in LIVE:
        refusal = refusals.meant_for(soonest.session.title, soonest.session.audience)
        return refused(desk, person, refusal)
    if soonest.own not in LIVE and not soonest.places_left:
        intro = "The next one is full. You can wait for a place."
        return Answer(await programme.session_details(desk, person, soonest, intro))
    return await places.book(desk, person, soonest.session.id)
