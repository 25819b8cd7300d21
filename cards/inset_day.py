"""An INSET day: strands side by side, one choice for each slot (journey 5)."""

from collections.abc import Sequence

from microsoft_teams.cards import AdaptiveCard, CardElement, Choice, ChoiceSetInput

from cards.parts import (
    Verb,
    button,
    card,
    form_button,
    heading,
    line,
    my_bookings_button,
    near,
    plain,
    quiet,
    whats_on_button,
)
from hub.booking import Booking, BookingState, OpenSession, Session
from hub.inset_day import NO_STRAND, TIER, InsetDay, Picked, Slot
from hub.refusals import Refusal
from hub.spoken import counted, ordinal, spoken_day, spoken_hours

#: The field of a slot is this and its place in the day.
SLOT_INPUT = "slot"


def inset_day_card(day: InsetDay, outcomes: Sequence[Picked] = ()) -> AdaptiveCard:
    """Pick one strand a slot; what is held already is chosen, and can be swapped or left."""
    title = f"INSET day, {spoken_day(day.on)}"
    changed = [near(_outcome(each)) for each in outcomes]
    return card(
        f"{title} at {day.venue}: {counted(day.strands, 'strand')} to choose from.",
        [
            heading(title),
            line(f"At {plain(day.venue)}. Pick one strand for each slot."),
            *changed,
            *[_choice(at, slot) for at, slot in enumerate(day.slots)],
            quiet("Changed your mind? Choose another and press the button again."),
        ],
        [
            form_button(
                "Book my strands", Verb.PICK_STRANDS, style="positive", day=day.on.isoformat()
            ),
            my_bookings_button(),
            whats_on_button("See other days", tier=TIER),
        ],
        refresh=button("Refresh", Verb.INSET_DAY, day=day.on.isoformat()),
    )


def _choice(at: int, slot: Slot) -> CardElement:
    first = slot.first
    hours = spoken_hours(first.starts_at, first.ends_at)
    name = f"{first.slot[0].upper()}{first.slot[1:]}, " if first.slot else ""
    own = slot.own
    return ChoiceSetInput(
        id=f"{SLOT_INPUT}{at}",
        label=f"{name}{hours}",
        style="compact",
        placeholder="Choose a strand",
        value=str(own.session.id) if own else NO_STRAND,
        choices=[
            *[Choice(title=_strand(each), value=str(each.session.id)) for each in slot.shown],
            Choice(title="No strand in this slot", value=NO_STRAND),
        ],
    )


def _strand(shown: OpenSession) -> str:
    match shown.own:
        case BookingState.CONFIRMED:
            standing = "your place"
        case BookingState.WAITING:
            standing = "you are waiting"
        case BookingState.OFFERED:
            standing = "kept for you"
        case _ if shown.places_left:
            standing = f"{shown.places_left} left"
        case _:
            standing = "full"
    return f"{_name(shown.session)} ({standing})"


def _name(session: Session) -> str:
    """The strand, and the title where it says more than strand and slot do."""
    if session.strand and session.strand in session.title:
        return session.strand
    return f"{session.strand}: {session.title}" if session.strand else session.title


def _outcome(picked: Picked) -> str:
    hours = spoken_hours(picked.slot.first.starts_at, picked.slot.first.ends_at)
    match picked.outcome:
        case Refusal() as refusal:
            return f"**{hours}**: {refusal.say}"
        case Booking(state=BookingState.CONFIRMED) as booking:
            return f"**{hours}**: booked, {plain(_name(booking.session))}"
        case Booking(state=BookingState.WAITING) as booking:
            place = ordinal(booking.position or 1)
            return f"**{hours}**: waiting list, {place} in line, {plain(_name(booking.session))}"
        case _:
            return f"**{hours}**: nothing booked"
