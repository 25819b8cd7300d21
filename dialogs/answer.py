"""What a wish gets, whether it was typed or pressed: a card, and what is listened for next."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from microsoft_teams.cards import AdaptiveCard

from cards.greeting import refusal_card
from cards.parts import Verb
from dialogs.desk import Desk
from hub import refusals
from hub.introduction import open_tiers
from hub.people import Person
from hub.refusals import Refusal
from hub.understanding import Understanding

#: Nobody pages further than a school year's worth.
LAST_PAGE = 999


@dataclass(frozen=True)
class Listening:
    """A dialog that takes what is typed next, and the ids it needs; its card was just shown."""

    dialog_id: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The card that answers a wish."""

    card: AdaptiveCard
    listening: Listening | None = None
    #: Whether a question that was open is dealt with by this.
    settles: bool = False
    #: Whether it says by itself what the card beside it would ask.
    stands_alone: bool = False
    #: Whether nothing of this conversation is to be kept.
    forgets: bool = False


@dataclass(frozen=True)
class Press:
    """One press of a button, as the client sent it: a verb and untrusted data."""

    verb: Verb
    data: Mapping[str, Any]

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

    def choices_of(self, name: str) -> list[str]:
        """What was ticked in a choice of several; Teams sends it with commas."""
        return [each.strip() for each in self.text_of(name).split(",") if each.strip()]

    @property
    def page(self) -> int:
        """Which page of a list; the first when the data makes no sense."""
        value = str(self.data.get("page", ""))
        is_number = value.isascii() and value.isdigit() and len(value) <= len(str(LAST_PAGE))
        return int(value) if is_number else 0


#: Does what one verb asks, on today's truth; every id is looked up for the person.
OnPress = Callable[[Desk, Person, Press], Awaitable[Answer]]
#: Answers a typed message that is clearly its own business; None for all others.
OnWords = Callable[[Desk, Person, Understanding], Awaitable[Answer | None]]
#: A card for the one who pressed where others read along, or words that leave the card as it is.
PublicAnswer = AdaptiveCard | str
OnPublicPress = Callable[[Desk, Person, Press], Awaitable[PublicAnswer]]


def leads_only(act: OnPress) -> OnPress:
    """The same, for leads of the Hub only, whatever the card says (promise 8)."""

    async def guarded(desk: Desk, person: Person, press: Press) -> Answer:
        if not person.is_lead:
            return Answer(refusal_card(refusals.leads_only()))
        return await act(desk, person, press)

    return guarded


def refused(desk: Desk, person: Person, refusal: Refusal) -> Answer:
    """A no; one that is about whom a session is for names what is open to this person instead."""
    gated = [each.name for each in open_tiers(desk.offer, person.roles) if each.audience]
    return Answer(refusal_card(refusal, gated))


def not_understood() -> Answer:
    """A button whose data no card of ours carries."""
    return Answer(refusal_card(refusals.not_understood()))
