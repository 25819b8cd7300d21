"""One person's school year, tier by tier, and what became of "book all remaining"."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, CardElement

from cards.parts import (
    Verb,
    button,
    card,
    heading,
    line,
    my_bookings_button,
    near,
    plain,
    row,
    whats_on_button,
)
from hub.booking import BookingState, Clash, Placed, Session
from hub.my_year import TierYear
from hub.offer import Cadence
from hub.refusals import Refusal
from hub.spoken import ordinal, short_day, spoken_list

#: With two ways on, so many tiers may have a button of their own.
MOST_BUTTONS = 4
MOST_IN_ALL = 6
SHOWN_DATES = 3


def my_year_card(
    year: str, lines: Sequence[TierYear], earlier: str = "", later: str = ""
) -> AdaptiveCard:
    """Attended, booked and still to come, against what the offer asks for."""
    title = f"Your school year {year}"
    if not any(each.counted + each.waiting + each.missed + len(each.to_book) for each in lines):
        lines = ()
    bookable = [each.tier.key for each in lines if each.is_series and each.to_book][:MOST_BUTTONS]
    nothing = [] if lines else [line("There is nothing here for that year.")]
    years = [button(name, Verb.MY_YEAR, year=name) for name in (earlier, later) if name]
    ways = [whats_on_button(), my_bookings_button()]
    return card(
        f"{title}. " + ". ".join(f"{each.tier.name}: {standing(each)}" for each in lines),
        [
            heading(title),
            *nothing,
            *[_row(each, has_button=each.tier.key in bookable) for each in lines],
        ],
        [*years, *ways][: MOST_IN_ALL - len(bookable)],
        refresh=button("Refresh", Verb.MY_YEAR, year=year),
    )


def standing(year: TierYear) -> str:
    """``2 of 3: 1 attended, 1 booked``."""
    parts = [
        f"{number} {word}"
        for number, word in (
            (year.attended, "attended"),
            (year.booked, "booked"),
            (year.waiting, "waiting"),
            (year.missed, "missed"),
        )
        if number
    ]
    return f"{year.counted}{_out_of(year.tier.cadence)}" + (
        f": {', '.join(parts)}" if parts else ""
    )


def _out_of(cadence: Cadence) -> str:
    if cadence.per != "year":
        return " so far"
    if cadence.most is None or cadence.most == cadence.least:
        return f" of {cadence.least}"
    return f" of {cadence.least} to {cadence.most}"


def _row(year: TierYear, *, has_button: bool) -> CardElement:
    still = [each.session for each in year.to_book]
    # Nobody has to come to every clinic; a series and the INSET days are expected of them.
    begins = "Coming up" if year.tier.cadence.per == "half-term" else "Still to book"
    dates = f"{begins}: {_dates(still)}" if still else ""
    book = button("Book all remaining", Verb.BOOK_ALL, tier=year.tier.key)
    return row(year.tier.name, standing(year), dates, book if has_button else None)


def _dates(sessions: Sequence[Session]) -> str:
    days = list(dict.fromkeys(short_day(each.starts_at.date()) for each in sessions))
    more = len(days) - SHOWN_DATES
    return spoken_list([*days[:SHOWN_DATES], *([f"{more} more"] if more > 0 else [])])


def booked_all_card(
    title: str, outcomes: Sequence[tuple[Session, Placed | Clash | Refusal]]
) -> AdaptiveCard:
    """What became of each session of a series."""
    lines = [f"**{short_day(each.starts_at.date())}**: {_outcome(out)}" for each, out in outcomes]
    return card(
        f"{title}: {'; '.join(lines)}".replace("**", ""),
        [
            heading(title),
            *[near(each) for each in lines],
            line(
                "What is booked goes into your calendar, and I'll remind you the school day before."
            ),
        ],
        [my_bookings_button(), button("My year", Verb.MY_YEAR), whats_on_button()],
    )


def _outcome(outcome: Placed | Clash | Refusal) -> str:
    match outcome:
        case Refusal():
            return outcome.say
        case Clash():
            return f"not booked, at the same time as {plain(outcome.others[0].session.title)}"
        case Placed(booking=booking) if booking.state is BookingState.WAITING:
            return f"full, waiting list, {ordinal(booking.position or 1)} in line"
        case Placed(is_new=False):
            return "you had a place already"
        case _:
            return "booked"
