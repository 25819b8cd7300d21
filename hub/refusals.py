"""Every *no* the bot can say, with what to do instead. One reading checks their tone."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hub.people import Role
from hub.spoken import counted, spoken_list


class Reason(StrEnum):
    """Why not."""

    GONE = "gone"
    CANCELLED = "cancelled"
    STARTED = "started"
    AUDIENCE = "audience"
    NOT_RELEASED = "not released"
    NOTHING_BOOKED = "nothing booked"
    NO_OFFER = "no offer"
    OFFER_LAPSED = "offer lapsed"
    PLACE_TAKEN = "place taken"
    NOT_UNDERSTOOD = "not understood"
    LEADS_ONLY = "leads only"
    PLACES_HELD = "places held"


@dataclass(frozen=True)
class Refusal:
    """A no that follows from a rule; ``say`` tells the person why and what they can do."""

    reason: Reason
    say: str


_PLURALS = {
    Role.SENCO: "SENCos",
    Role.CLASS_TEACHER: "class teachers",
    Role.TEACHING_ASSISTANT: "teaching assistants",
    Role.HEADTEACHER: "headteachers",
    Role.HUB_CLASS_TEACHER: "hub class teachers",
    Role.PASTORAL: "pastoral staff",
    Role.OFFICE: "school office staff",
}


def spoken_roles(roles: Iterable[Role]) -> str:
    """``SENCos and maths leads``, always in the same order."""
    ordered = [role for role in Role if role in set(roles)]
    return spoken_list([_PLURALS.get(role, f"{role}s") for role in ordered])


def session_gone() -> Refusal:
    """The session that a card speaks of is not, or no longer, in the programme."""
    return Refusal(
        Reason.GONE,
        "I can't find that session any more; it may have been taken out of the programme. "
        "Here is what is on instead.",
    )


def session_cancelled(title: str) -> Refusal:
    """The session does not go ahead."""
    return Refusal(
        Reason.CANCELLED, f"“{title}” has been cancelled. Have a look at what else is on."
    )


def already_started(title: str) -> Refusal:
    """Too late: it has begun or is over."""
    return Refusal(
        Reason.STARTED,
        f"“{title}” has already started or is over, so I can't change places on it now. "
        "Have a look at what is coming up.",
    )


def meant_for(title: str, audience: Iterable[Role]) -> Refusal:
    """The tier is for other roles."""
    return Refusal(
        Reason.AUDIENCE,
        f"“{title}” is for {spoken_roles(audience)}. If that is you, tell the Trust SEND Lead and "
        "they will put your role right. Clinics and INSET strands are open to everyone.",
    )


def not_released(title: str) -> Refusal:
    """Trust staff have first call on places."""
    return Refusal(
        Reason.NOT_RELEASED,
        f"“{title}” is not open to partner schools yet. I'll show it as soon as it is.",
    )


def nothing_booked() -> Refusal:
    """There is no booking to speak of."""
    return Refusal(
        Reason.NOTHING_BOOKED, "You have nothing booked at the moment. Shall we find you something?"
    )


def nothing_to_give_up(title: str) -> Refusal:
    """The place is already given up."""
    return Refusal(
        Reason.NOTHING_BOOKED, f"You have no place on “{title}” at the moment, so all is well."
    )


def no_offer(title: str) -> Refusal:
    """Nobody is holding a place for this person."""
    return Refusal(Reason.NO_OFFER, f"There is no place waiting for your answer on “{title}”.")


def offer_lapsed(title: str) -> Refusal:
    """The answer came too late."""
    return Refusal(
        Reason.OFFER_LAPSED,
        f"The place on “{title}” was kept for you as long as I could, and has gone to the next "
        "person. You can join the waiting list again.",
    )


def not_understood() -> Refusal:
    """A card's button said something that no card of ours says."""
    return Refusal(
        Reason.NOT_UNDERSTOOD,
        "I couldn't make sense of that button; the card may be an old one. "
        "Try one of these instead.",
    )


def leads_only() -> Refusal:
    """Only leads of the Hub may do that; the trust's settings say who they are."""
    return Refusal(
        Reason.LEADS_ONLY,
        "That is for the leads of the SEND Hub. I can show you what's on and book you a place.",
    )


def places_held(title: str, held: int) -> Refusal:
    """More people hold a place than there would be places."""
    return Refusal(
        Reason.PLACES_HELD,
        f"“{title}” has {counted(held, 'place')} booked or on offer, so it can't have fewer. "
        f"Choose {held} or more, or ask people to give a place up first.",
    )
