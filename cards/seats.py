"""Who comes from one school to a session that it should send several roles to (tier 2b)."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement

from cards.parts import near, plain
from hub.booking import BookingState
from hub.colleagues import Colleague, Seat

_WORDS = {
    BookingState.CONFIRMED: "is coming",
    BookingState.WAITING: "is on the waiting list",
    BookingState.OFFERED: "has been asked",
    BookingState.ATTENDED: "came",
    BookingState.MISSED: "was not there",
}


def seat_lines(seats: Sequence[Seat]) -> list[CardElement]:
    """One line a role: who is coming, or that nobody is yet."""
    return [near(f"**{_capital(seat.role)}**: {_spoken(seat)}") for seat in seats]


def may_suggest(seats: Sequence[Seat]) -> bool:
    """Whether there is somebody to pass the invitation on to."""
    return any(seat.not_asked_yet for seat in seats if not seat.is_filled)


def _spoken(seat: Seat) -> str:
    if not seat.holders:
        return "I don't know anybody in this role at your school yet"
    return "; ".join(_one(each) for each in seat.holders)


def _one(holder: Colleague) -> str:
    words = _WORDS.get(holder.standing, "has not booked yet") if holder.standing else ""
    return f"{plain(holder.person.name)} {words or 'has not booked yet'}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
