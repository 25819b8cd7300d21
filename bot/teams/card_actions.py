"""What a button press does: a verb and untrusted ids, to the card that replaces the one pressed.

No open dialog is needed, so an old card still works. Every id is looked up for the person whose
turn it is; somebody else's is simply not found.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from microsoft_teams.cards import AdaptiveCard

from cards.booking import HOPES_INPUT, REASON_INPUT
from cards.greeting import help_card, notice_card, refusal_card, reminders_card
from cards.parts import Verb
from dialogs import places, programme, wishes
from dialogs.desk import Desk
from hub import refusals
from hub.booking import Booking
from hub.people import Person

#: The invoke that every button of a card sends.
CARD_ACTION = "adaptiveCard/action"
#: Verbs whose cards may be seen by a whole team.
PUBLIC = frozenset({Verb.HELP, Verb.WHATS_ON, Verb.SHOW_SESSION})


@dataclass(frozen=True)
class Press:
    """One press of a button, as the client sent it."""

    verb: Verb
    data: dict[str, Any]

    def id_of(self, name: str) -> UUID | None:
        """An id in the card's data; None when it is not one."""
        try:
            return UUID(str(self.data.get(name)))
        except ValueError:
            return None

    def text_of(self, name: str) -> str:
        """What was typed into an input; empty when nothing was, or no text."""
        value = self.data.get(name)
        return value if isinstance(value, str) else ""

    @property
    def page(self) -> int:
        """Which page of a list; the first when the data makes no sense."""
        value = str(self.data.get("page", ""))
        return int(value) if value.isascii() and value.isdigit() and len(value) < 4 else 0  # noqa: PLR2004 - three digits are pages enough


@dataclass(frozen=True)
class Pressed:
    """The card that answers a press; ``booked`` when a place was confirmed by it."""

    card: AdaptiveCard
    booked: Booking | None = None


def press_from(value: Any) -> Press | None:
    """Read an ``adaptiveCard/action`` invoke's value; None when no card of ours sent it."""
    action = value.get("action") if isinstance(value, dict) else None
    if not isinstance(action, dict) or action.get("verb") not in set(Verb):
        return None
    data = action.get("data")
    return Press(Verb(action["verb"]), data if isinstance(data, dict) else {})


async def act(desk: Desk, person: Person, press: Press) -> Pressed:
    """Do what the button says, on today's truth."""
    match press.verb:
        case Verb.HELP:
            return Pressed(help_card())
        case Verb.WHATS_ON:
            tier = press.text_of("tier") or None
            return Pressed(await programme.show_whats_on(desk, person, tier, press.page))
        case Verb.MY_BOOKINGS:
            return Pressed(await places.show_bookings(desk, person))
        case Verb.REMINDERS:
            return Pressed(reminders_card(wanted=person.wants_nudges))
        case Verb.STOP_REMINDERS:
            return Pressed(await wishes.set_reminders(desk, person, wanted=False))
        case Verb.START_REMINDERS:
            return Pressed(await wishes.set_reminders(desk, person, wanted=True))
        case Verb.SHOW_SESSION | Verb.BOOK:
            return await _about_a_session(desk, person, press)
        case _:
            return await _about_a_booking(desk, person, press)


async def _about_a_session(desk: Desk, person: Person, press: Press) -> Pressed:
    session_id = press.id_of("session")
    if session_id is None:
        return Pressed(refusal_card(refusals.not_understood()))
    if press.verb is Verb.BOOK:
        return Pressed(*await places.book(desk, person, session_id))
    return Pressed(await programme.show_session(desk, person, session_id))


async def _about_a_booking(desk: Desk, person: Person, press: Press) -> Pressed:
    booking_id = press.id_of("booking")
    if booking_id is None:
        return Pressed(refusal_card(refusals.not_understood()))
    match press.verb:
        case Verb.SET_HOPES:
            hopes = press.text_of(HOPES_INPUT)
            return Pressed(await places.set_hopes(desk, person, booking_id, hopes))
        case Verb.ASK_GIVE_UP:
            card, _ = await places.ask_give_up(desk, person, booking_id)
            return Pressed(card)
        case Verb.GIVE_UP:
            reason = press.text_of(REASON_INPUT)
            return Pressed(await places.give_up(desk, person, booking_id, reason))
        case Verb.TAKE_OFFER:
            return Pressed(*await places.take_offer(desk, person, booking_id))
        case _:
            return Pressed(await places.show_booking(desk, person, booking_id))


def only_in_private() -> AdaptiveCard:
    """What a personal button says where others can read along."""
    return notice_card(
        "Let's do that in our own chat",
        "This is a shared conversation, so I keep bookings out of it. Open a chat with me and say "
        "“hi”.",
    )
