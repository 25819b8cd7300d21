"""Looking at what's on: by tier, role, time or place, a page at a time; a series; one session."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from microsoft_teams.cards import AdaptiveCard

from cards.greeting import refusal_card
from cards.my_year import standing
from cards.parts import Verb
from cards.school_meeting import about_school_meetings_card
from cards.session import PAGE_SIZE, nothing_on_card, series_card, session_card, whats_on_card
from dialogs import places
from dialogs.answer import Answer, OnPress, Press, not_understood
from dialogs.desk import Desk
from hub import refusals
from hub.booking import BookingState, OpenSession, Session, may_see
from hub.my_year import SERIES, tier_year
from hub.offer import SCHOOL_MEETING_TIER
from hub.people import Person, Role
from hub.programme import Entry, Sought, entries_of, page_of, wider
from hub.spoken import short_day, spoken_list
from hub.toolkits.page import Toolkit
from hub.when_it_suits import Held, Part, Suits
from store import school_years, sessions

#: No venue's name is longer.
LONGEST_PLACE = 200

_WEEKDAYS = frozenset("0123456")
#: Tiers whose venue goes round the schools.
HOSTED = frozenset({"2b", "2c"})
TITLES = {
    "1": "SENCo meetings",
    "2a": "SENCo training",
    "2b": "SENCo and maths working parties",
    "2c": "Curriculum visits to hub schools",
    "3": "INSET days at the specialist partner",
    "4": "Next clinics",
    "5": "School meetings",
}


async def show_whats_on(
    desk: Desk,
    person: Person,
    sought: Sought,
    page: int = 0,
    words: str = "",
    *,
    note: str = "",
) -> AdaptiveCard:
    """One page of what is still to come for this person, with places left.

    ``words`` say in the title what narrows it down, such as "in January"; ``note`` comes above the
    list. A whole series comes with how the year stands.
    """
    if sought.tier == SCHOOL_MEETING_TIER:
        told = desk.offer.tier(sought.tier)
        return about_school_meetings_card(told.purpose if told else "")
    if sought == Sought(tier=sought.tier) and sought.tier in SERIES:
        return await _show_series(desk, person, sought, page)
    async with desk.database.read() as db:
        found = entries_of(await sessions.open_sessions(db, person, desk.now(), sought))
    title = title_of(sought, words)
    if not found:
        instead, found = await what_else(desk, person, sought)
        if not found:
            return nothing_on_card(title, sought.tier)
        note, sought = nothing_but_else(sought, words), instead
    page, shown, has_more = page_shown(found, page)
    note = note or _whom_for(desk, person, sought.tier)
    tier = desk.offer.tier(sought.tier or "")
    purpose = tier.purpose if tier else ""
    return whats_on_card(
        title, shown, sought, page=page, has_more=has_more, purpose=purpose, note=note
    )


async def what_else(desk: Desk, person: Person, sought: Sought) -> tuple[Sought, list[Entry]]:
    """What else there is where there is none of what was asked for, and how that is asked for."""
    async with desk.database.read() as db:
        for instead in wider(sought):
            if found := entries_of(await sessions.open_sessions(db, person, desk.now(), instead)):
                return instead, found
    return sought, []


def nothing_but_else(sought: Sought, words: str) -> str:
    """That there is none of what was asked for, before what else there is."""
    narrowed = title_of(replace(sought, tier=None, for_all=True), words).removeprefix("What's on")
    return f"There is nothing coming up{narrowed or ' of that kind'}. This is what else there is."


def title_of(sought: Sought, words: str) -> str:
    """What a page of the programme is called; ``words`` say what narrows it down."""
    title = TITLES.get(sought.tier or "", "What's on")
    if sought.is_mine_only:
        title = "What's on for you"
    if not words and sought.starts_on and sought.ends_on:
        words = f"{short_day(sought.starts_on)} to {short_day(sought.ends_on)}"
    role = f"for {refusals.spoken_roles([sought.role])}" if sought.role else ""
    place = f"at {sought.place}" if sought.place else ""
    parts = (title, role, sought.suits.words, words, place)
    return " ".join(part for part in parts if part)


def page_shown(found: Sequence[Entry], page: int) -> tuple[int, Sequence[Entry], bool]:
    """The page asked for, what is on it, and whether there are more.

    One that emptied meanwhile leads back to the last there is.
    """
    last = max(0, len(found) - 1) // PAGE_SIZE
    page = min(page, last)
    return page, page_of(found, page, PAGE_SIZE), page < last


def _whom_for(desk: Desk, person: Person, key: str | None) -> str:
    tier = desk.offer.tier(key) if key else None
    if tier is None or not tier.audience or not tier.audience.isdisjoint(person.roles):
        return ""
    return (
        f"These are for {refusals.spoken_roles(tier.audience)}. If that is you, tell me your role."
    )


async def _show_series(desk: Desk, person: Person, sought: Sought, page: int) -> AdaptiveCard:
    now = desk.now()
    async with desk.database.read() as db:
        calendar = await school_years.calendar(db)
        year = calendar.year_of(now.astimezone(calendar.zone).date())
        whole = Sought(
            tier=sought.tier,
            starts_on=year.starts_on if year else None,
        )
        everything = await sessions.sessions_of_year(db, person, now, whole)
    tier = desk.offer.tier(sought.tier or "")
    to_come = entries_of(each for each in everything if each.session.starts_at > now)
    in_year = [each for each in everything if year and _is_in(each, year.starts_on, year.ends_on)]
    title = TITLES.get(sought.tier or "", "What's on")
    if tier is None or not to_come:
        return nothing_on_card(title)
    page, shown, has_more = page_shown(to_come, page)
    line = tier_year(tier, in_year, now)
    progress = [f"This school year: {standing(line)}", *_dates(in_year, now), *_hosts(in_year)]
    if note := _whom_for(desk, person, tier.key):
        progress = [note]
    return series_card(
        title,
        progress,
        shown,
        sought,
        page=page,
        has_more=has_more,
        may_book_all=len(line.to_book) > 1,
        purpose=tier.purpose,
    )


def _is_in(shown: OpenSession, first: date, last: date) -> bool:
    return first <= shown.session.starts_at.date() <= last


def _dates(in_year: list[OpenSession], now: datetime) -> list[str]:
    words = {BookingState.ATTENDED: "You came on", BookingState.CONFIRMED: "You have a place on"}
    spoken = []
    for state, begins in words.items():
        days = [short_day(e.session.starts_at.date()) for e in in_year if e.own is state]
        if days:
            spoken.append(f"{begins} {spoken_list(days)}")
    been = [e.session for e in in_year if e.session.starts_at <= now and e.own not in words]
    if been:
        spoken.append(f"Already been: {spoken_list([short_day(e.starts_at.date()) for e in been])}")
    return spoken


def _hosts(in_year: list[OpenSession]) -> list[str]:
    """The schools that take turns, for tiers that go round (offer, tiers 2b and 2c)."""
    hosts = list(dict.fromkeys(each.session.venue for each in in_year))
    goes_round = bool(in_year) and in_year[0].session.tier in HOSTED and len(hosts) > 1
    return [f"This year's hosts: {spoken_list(hosts)}"] if goes_round else []


async def show_session(desk: Desk, person: Person, session_id: UUID) -> AdaptiveCard:
    """One session as it stands for this person."""
    async with desk.database.read() as db:
        shown = await sessions.open_session(db, person, session_id)
    if shown is None or not may_see(person, shown.session, desk.now()):
        return refusal_card(refusals.session_gone())
    return await session_details(desk, person, shown)


async def session_details(
    desk: Desk, person: Person, shown: OpenSession, intro: str = ""
) -> AdaptiveCard:
    """A session's own card, with what its tier is for and who comes from the person's school."""
    tier = desk.offer.tier(shown.session.tier)
    seats = await places.seats(desk, person, shown.session)
    return session_card(
        shown,
        intro,
        purpose=tier.purpose if tier else "",
        seats=seats,
        toolkit=toolkit.slug if (toolkit := toolkit_on(desk, shown.session)) else "",
    )


def toolkit_on(desk: Desk, session: Session) -> Toolkit | None:
    """The toolkit on a session's subject; None when there is none."""
    slug = desk.reader.understand(f"{session.title} {session.strand}").topic
    return desk.shelf.toolkit(slug) if slug else None


def sought_from(press: Press) -> Sought:
    """What a button asks for; what makes no sense is left out."""
    tier, role = press.text_of("tier"), press.text_of("role")
    part, held = press.text_of("part"), press.text_of("held")
    return Sought(
        tier=tier if tier in TITLES else None,
        role=Role(role) if role in set(Role) else None,
        starts_on=_day(press.text_of("from")),
        ends_on=_day(press.text_of("until")),
        place=press.text_of("place")[:LONGEST_PLACE],
        for_all=bool(press.text_of("all")),
        suits=Suits(
            frozenset(int(each) for each in press.text_of("days").split(",") if each in _WEEKDAYS),
            Part(part) if part in set(Part) else None,
            Held(held) if held in set(Held) else None,
        ),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def _whats_on(desk: Desk, person: Person, press: Press) -> Answer:
    return Answer(await show_whats_on(desk, person, sought_from(press), press.page))


async def _session(desk: Desk, person: Person, press: Press) -> Answer:
    session_id = press.id_of("session")
    return Answer(await show_session(desk, person, session_id)) if session_id else not_understood()


PRESSES: dict[Verb, OnPress] = {Verb.WHATS_ON: _whats_on, Verb.SHOW_SESSION: _session}
