"""Sessions on the programme: a page of them, or one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    ExecuteAction,
    Fact,
)

from cards.parts import (
    Verb,
    button,
    card,
    heading,
    line,
    my_bookings_button,
    near,
    plain,
    quiet,
    row,
    suggest_topic_button,
    toolkit_button,
    whats_on_button,
)
from cards.seats import may_suggest, seat_lines
from cards.session_parts import in_a_line, session_facts, session_row
from hub.booking import BookingState, OpenSession
from hub.colleagues import Seat
from hub.inset_day import InsetDay
from hub.programme import Entry, Sought
from hub.refusals import spoken_roles
from hub.spoken import counted, short_day, spoken_day, spoken_list

#: Three sessions and three ways on make six buttons, the most a card should have.
PAGE_SIZE = 3
MOST_WAYS = 3
MOST_BUTTONS = 6
#: The tier whose topics staff may suggest.
CLINICS = "4"


def whats_on_card(
    title: str,
    entries: Sequence[Entry],
    sought: Sought,
    *,
    page: int,
    has_more: bool,
    purpose: str = "",
    note: str = "",
) -> AdaptiveCard:
    """One page of the programme, each entry with the one button that fits it."""
    ways = [*_pages(sought, page, has_more=has_more), _wider(sought)]
    if sought.tier == CLINICS and len(entries) + len(ways) < MOST_BUTTONS:
        ways.append(suggest_topic_button())
    spoken = ". ".join(spoken_entry(each) for each in entries)
    notes = [line(note)] if note else []
    purposes = [quiet(purpose)] if purpose else []
    return card(
        f"{title}: {spoken}",
        [heading(title), *purposes, *notes, *[programme_row(each) for each in entries]],
        ways,
        refresh=button("Refresh", Verb.WHATS_ON, page=str(page), **sought_data(sought)),
    )


def _wider(sought: Sought) -> ExecuteAction:
    """From what is open to somebody to everything, or on to their bookings."""
    if not sought.is_mine_only:
        return my_bookings_button()
    return button("Everything on", Verb.WHATS_ON, **sought_data(replace(sought, for_all=True)))


def _pages(sought: Sought, page: int, *, has_more: bool) -> list[ExecuteAction]:
    where = sought_data(sought)
    ways = []
    if page:
        ways.append(button("Earlier", Verb.WHATS_ON, page=str(page - 1), **where))
    if has_more:
        ways.append(button("Later", Verb.WHATS_ON, page=str(page + 1), **where))
    return ways


def sought_data(sought: Sought) -> dict[str, str]:
    """What was asked for, as a button carries it."""
    data = {
        "tier": sought.tier,
        "role": sought.role,
        "from": sought.starts_on and sought.starts_on.isoformat(),
        "until": sought.ends_on and sought.ends_on.isoformat(),
        "place": sought.place,
        "all": "yes" if sought.for_all else "",
        "days": ",".join(str(each) for each in sorted(sought.suits.weekdays)),
        "part": sought.suits.part,
        "held": sought.suits.held,
    }
    return {name: str(value) for name, value in data.items() if value}


def series_card(
    title: str, progress: Sequence[str], entries: Sequence[Entry], sought: Sought, **pages: Any
) -> AdaptiveCard:
    """A tier whose sessions belong together: how the year stands, what is to come, all at once.

    ``pages`` are ``page``, ``has_more``, ``may_book_all`` and the tier's ``purpose``.
    """
    may_book_all, purpose = pages.pop("may_book_all"), pages.pop("purpose")
    ways = _pages(sought, pages["page"], has_more=pages["has_more"])
    if may_book_all:
        ways = [button("Book all remaining", Verb.BOOK_ALL, **sought_data(sought)), *ways]
    return card(
        " ".join([f"{title}.", *progress, *[spoken_entry(each) for each in entries]]),
        [
            heading(title),
            quiet(purpose),
            *[near(each) for each in progress],
            *map(programme_row, entries),
        ],
        [*ways, *([] if len(ways) > MOST_WAYS - 1 else [my_bookings_button()])],
        refresh=button("Refresh", Verb.WHATS_ON, page=str(pages["page"]), **sought_data(sought)),
    )


def programme_row(entry: Entry) -> CardElement:
    """One entry in a list, with its button."""
    if isinstance(entry, InsetDay):
        return _day_row(entry)
    return session_row(entry.session, _standing(entry), _action(entry))


def spoken_entry(entry: Entry) -> str:
    """One entry in a sentence, for fallback text."""
    if isinstance(entry, InsetDay):
        return f"INSET day, {spoken_day(entry.on)}, {entry.venue}"
    return in_a_line(entry.session)


def _day_row(day: InsetDay) -> CardElement:
    slots = len(day.slots)
    picked = f"You have picked {day.picked} of {slots}" if day.picked else "Nothing picked yet"
    strands = f"{counted(day.strands, 'strand')} in {counted(slots, 'slot')}"
    return row(
        "INSET day",
        f"{short_day(day.on)} {day.on.year}, {plain(day.venue)}",
        f"{strands}, {counted(day.places_left, 'place')} left. {picked}",
        button("Choose strands", Verb.INSET_DAY, style="positive", day=day.on.isoformat()),
    )


def _standing(shown: OpenSession) -> str:
    match shown.own:
        case BookingState.CONFIRMED:
            return "You have a place"
        case BookingState.WAITING:
            return "You are on the waiting list"
        case BookingState.OFFERED:
            return "A place is being kept for you"
        case BookingState.ATTENDED:
            return "You came"
        case BookingState.MISSED:
            return "You were not there"
    if not shown.is_for_me:
        return f"For {spoken_roles(shown.session.audience)}"
    if shown.places_left:
        return f"{counted(shown.places_left, 'place')} left"
    match shown.waiting:
        case 0:
            return "Full, nobody waiting yet"
        case 1:
            return "Full, 1 person waiting"
        case many:
            return f"Full, {many} people waiting"


def _action(shown: OpenSession) -> ExecuteAction:
    session = str(shown.session.id)
    match shown.own:
        case BookingState.CONFIRMED | BookingState.WAITING:
            return button("Show my booking", Verb.SHOW_SESSION, session=session)
        case BookingState.OFFERED:
            return button("Take the place", Verb.BOOK, style="positive", session=session)
    if not shown.is_for_me:
        return button("More about it", Verb.SHOW_SESSION, session=session)
    if shown.places_left:
        return button("Book my place", Verb.BOOK, style="positive", session=session)
    return button("Join the waiting list", Verb.BOOK, session=session)


def session_card(
    shown: OpenSession,
    intro: str = "",
    *,
    purpose: str = "",
    seats: Sequence[Seat] = (),
    toolkit: str = "",
) -> AdaptiveCard:
    """One session with all there is to know; when it is full, the waiting list instead.

    ``toolkit`` is the slug of the one on the same subject, where there is one.
    """
    session = shown.session
    intros = [line(intro)] if intro else []
    purposes = [quiet(purpose)] if purpose else []
    facts = [Fact(title="Led by", value=plain(spoken_list(session.leads)))] if session.leads else []
    if session.audience:
        facts.append(Fact(title="For", value=spoken_roles(session.audience)))
    # Who has no place has no use for the link, and it is passed on easily.
    if session.link and shown.own is BookingState.CONFIRMED:
        facts.append(Fact(title="Online", value=f"[Join]({session.link})"))
    facts.append(Fact(title="Places", value=_standing(shown)))
    return card(
        in_a_line(session),
        [
            heading(plain(session.title)),
            *intros,
            session_facts(session, *facts),
            *purposes,
            *seat_lines(seats),
        ],
        _ways(shown, seats, [toolkit_button("Toolkit on this", toolkit)] if toolkit else []),
        refresh=button("Refresh", Verb.SHOW_SESSION, session=str(session.id)),
    )


def _ways(
    shown: OpenSession, seats: Sequence[Seat], toolkit: list[ExecuteAction]
) -> list[ExecuteAction]:
    session = str(shown.session.id)
    share = button("Share", Verb.SHARE, session=session)
    if not shown.is_for_me:
        return [
            button("Tell me my role", Verb.WHO_AM_I),
            share,
            *toolkit,
            whats_on_button("See others", tier=shown.session.tier),
        ]
    suggest = [button("Pass it on", Verb.SUGGEST, session=session)] if may_suggest(seats) else []
    return [
        _action(shown),
        *suggest,
        button("For a colleague", Verb.ASK_COLLEAGUE, session=session),
        share,
        *toolkit,
        whats_on_button("See others", tier=shown.session.tier),
    ]


def nothing_on_card(title: str, tier: str | None = None) -> AdaptiveCard:
    """An empty programme, said kindly; for clinics, with a way to ask for one."""
    suggest = [suggest_topic_button()] if tier == CLINICS else []
    text = "There is nothing coming up of that kind yet. I'll have it here as soon as it is set."
    return card(
        f"{title}. {text}",
        [heading(title), line(text)],
        [*suggest, button("Everything on", Verb.WHATS_ON, all="yes"), my_bookings_button()],
    )
