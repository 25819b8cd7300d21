"""A person's own school year, all the rest of a series, the strands of an INSET day, a swap."""

import re
from datetime import date
from uuid import UUID

from cards.clash import swap_card
from cards.greeting import refusal_card
from cards.inset_day import SLOT_INPUT, inset_day_card
from cards.my_year import booked_all_card, my_year_card
from cards.parts import Verb
from cards.session import nothing_on_card
from dialogs import places
from dialogs.answer import Answer, OnPress, Press, not_understood, refused
from dialogs.desk import Desk
from dialogs.programme import TITLES, sought_from
from hub import refusals
from hub.booking import LIVE, OpenSession, may_give_up
from hub.inset_day import Picked, clash_among, picks_from
from hub.my_year import SERIES, my_year
from hub.offer import INSET_TIER
from hub.people import Person
from hub.programme import Sought
from hub.school_year import SchoolYear
from hub.understanding import Understanding
from store import booking_reads, school_years, sessions, swaps

MY_YEAR = re.compile(
    r"\bmy (school |training |cpd )?(year|record|attendance)\b|how many .*(have i|did i)|"
    r"what (have i|did i) (attend|been to|go to|do)|\b(last|this) year'?s? (bookings|sessions)",
    re.IGNORECASE,
)
LAST_YEAR = re.compile(r"\blast (school )?year", re.IGNORECASE)
BOOK_ALL = re.compile(
    r"\b(book|sign|put)\b.*\b(all|every|remaining|the rest|the series)\b|^\W*book all",
    re.IGNORECASE,
)
SWAP = re.compile(
    r"^\W*(swap|switch)\b|\b(swap|switch|exchange|change) (my|to|it|this|the|that) "
    r"(clinic|session|booking|place|strand|inset|another|other|different)",
    re.IGNORECASE,
)


async def show_my_year(desk: Desk, person: Person, name: str = "", back: int = 0) -> Answer:
    """One school year of this person: by name, or so many years back from the present one."""
    now = desk.now()
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        begun = calendar.begun_by(now.astimezone(calendar.zone).date())
        if not begun:
            return Answer(nothing_on_card("Your school year"))
        named = [at for at, each in enumerate(begun) if each.name == name]
        at = named[0] if named else max(0, len(begun) - 1 - back)
        shown = await sessions.sessions_of_year(db, person, now, within(begun[at]))
    earlier, later = begun[max(0, at - 1) : at], begun[at + 1 : at + 2]
    card = my_year_card(
        begun[at].name,
        my_year(person, desk.offer, shown, now),
        earlier=earlier[0].name if earlier else "",
        later=later[0].name if later else "",
    )
    return Answer(card)


def within(year: SchoolYear) -> Sought:
    """Everything of one school year."""
    return Sought(starts_on=year.starts_on, ends_on=year.ends_on, for_all=True)


async def book_all(desk: Desk, person: Person, tier: str) -> Answer:
    """Book whatever is left of a series in this school year, pointing out what cannot be had."""
    now = desk.now()
    title = TITLES.get(tier, "")
    async with desk.database.begin() as db:
        calendar = await school_years.calendar(db)
        year = calendar.year_of(now.astimezone(calendar.zone).date())
        sought = Sought(tier=tier, ends_on=year.ends_on if year else None)
        coming = await sessions.open_sessions(db, person, now, sought)
        left = [each for each in coming if each.own not in LIVE]
        outcomes = await swaps.book_all(db, person, [each.session.id for each in left], now)
    if not coming:
        return Answer(nothing_on_card(title))
    if not left:
        return Answer(booked_all_card(f"{title}: you have a place on each", []))
    if not any(each.is_for_me for each in left):
        return refused(desk, person, refusals.meant_for(title, left[0].session.audience))
    by_id = {each.session.id: each.session for each in left}
    return Answer(booked_all_card(title, [(by_id[at], outcome) for at, outcome in outcomes]))


async def hear_my_year(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Answer "my year" and "how many SENCo meetings have I been to?"; None for all else."""
    if not MY_YEAR.search(meaning.text):
        return None
    return await show_my_year(desk, person, back=1 if LAST_YEAR.search(meaning.text) else 0)


async def hear_book_all(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Answer "book me on all the SENCo meetings"; without a tier, show what can be meant."""
    if not BOOK_ALL.search(meaning.text):
        return None
    if meaning.tier in SERIES:
        return await book_all(desk, person, meaning.tier)
    return await show_my_year(desk, person)


async def hear_swap(desk: Desk, person: Person, meaning: Understanding) -> Answer | None:
    """Answer "can I swap my clinic?" for the one booking meant, or show all to choose from."""
    if not SWAP.search(meaning.text):
        return None
    async with desk.database.read() as db:
        live = await booking_reads.bookings_to_come(db, person, desk.now())
    meant = [each for each in live if meaning.tier in (None, each.session.tier)]
    if meaning.tier == INSET_TIER and meant:
        return await show_inset_day(desk, person, meant[0].session.starts_at.date())
    if len(meant) == 1:
        return await ask_swap(desk, person, meant[0].id)
    return Answer(await places.show_bookings(desk, person))


async def ask_swap(desk: Desk, person: Person, booking_id: UUID) -> Answer:
    """Offer other sessions of the same kind that have a place."""
    now = desk.now()
    async with desk.database.read() as db:
        booking = await booking_reads.booking_of(db, person, booking_id)
        if booking is None:
            return Answer(refusal_card(refusals.session_gone()))
        session = booking.session
        others = await sessions.open_sessions(db, person, now, Sought(tier=session.tier))
    if refusal := may_give_up(booking, now):
        return Answer(refusal_card(refusal))
    if session.tier == INSET_TIER:
        return await show_inset_day(desk, person, session.starts_at.date())
    return Answer(swap_card(booking, [each for each in others if _is_free(each)]))


def _is_free(shown: OpenSession) -> bool:
    return shown.is_for_me and shown.own not in LIVE and shown.places_left > 0


async def swap(desk: Desk, person: Person, booking_id: UUID, session_id: UUID) -> Answer:
    """Give one place up for another in one step; when that fails the first is kept."""
    async with desk.database.begin() as db:
        calendar = await school_years.calendar(db)
        outcome = await swaps.swap(db, person, booking_id, session_id, desk.now(), calendar)
    return await places.placed(desk, person, outcome)


async def show_inset_day(
    desk: Desk, person: Person, on: date, outcomes: list[Picked] | None = None
) -> Answer:
    """The strands of one day, side by side."""
    async with desk.database.read() as db:
        day = await sessions.inset_day(db, person, on, desk.now())
    if day is None:
        return Answer(nothing_on_card(TITLES[INSET_TIER]))
    return Answer(inset_day_card(day, outcomes or []))


async def pick_strands(desk: Desk, person: Person, on: date, press: Press) -> Answer:
    """Bring one person's strands into line with what they chose, and show the day as it stands."""
    async with desk.database.begin() as db:
        day = await sessions.inset_day(db, person, on, desk.now())
        if day is None:
            return Answer(nothing_on_card(TITLES[INSET_TIER]))
        wanted = {at: press.text_of(f"{SLOT_INPUT}{at}") for at in range(len(day.slots))}
        picks = picks_from(day, wanted)
        if both := clash_among(picks):
            return Answer(refusal_card(refusals.same_time(both[0].title, both[1].title)))
        calendar = await school_years.calendar(db)
        outcomes = await swaps.pick_strands(db, person, picks, desk.now(), calendar)
    return await show_inset_day(desk, person, on, outcomes)


async def _my_year(desk: Desk, person: Person, press: Press) -> Answer:
    return await show_my_year(desk, person, press.text_of("year"))


async def _book_all(desk: Desk, person: Person, press: Press) -> Answer:
    tier = sought_from(press).tier
    return await book_all(desk, person, tier) if tier in SERIES else not_understood()


async def _swap(desk: Desk, person: Person, press: Press) -> Answer:
    booking_id, session_id = press.id_of("booking"), press.id_of("session")
    if booking_id is None:
        return not_understood()
    if press.verb is Verb.ASK_SWAP:
        return await ask_swap(desk, person, booking_id)
    return await swap(desk, person, booking_id, session_id) if session_id else not_understood()


async def _inset(desk: Desk, person: Person, press: Press) -> Answer:
    try:
        on = date.fromisoformat(press.text_of("day"))
    except ValueError:
        return not_understood()
    if press.verb is Verb.PICK_STRANDS:
        return await pick_strands(desk, person, on, press)
    return await show_inset_day(desk, person, on)


PRESSES: dict[Verb, OnPress] = {
    Verb.MY_YEAR: _my_year,
    Verb.BOOK_ALL: _book_all,
    Verb.ASK_SWAP: _swap,
    Verb.SWAP: _swap,
    Verb.INSET_DAY: _inset,
    Verb.PICK_STRANDS: _inset,
}
