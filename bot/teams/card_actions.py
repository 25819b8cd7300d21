"""What a button press does: a verb to the conversation it belongs to.

No open dialog is needed, so an old card still works. Every id is looked up for the person whose
turn it is; somebody else's is simply not found. Presses where others read along go to
``dialogs.in_public`` instead.
"""

from typing import Any

from cards.parts import Verb
from dialogs import (
    afterwards,
    announce,
    colleagues,
    introduction,
    lead_programme,
    next_steps,
    offer,
    places,
    programme,
    register,
    school_meeting,
    session_form,
    sharing,
    staff,
    topics,
    wishes,
    year,
)
from dialogs.answer import Answer, OnPress, Press
from dialogs.desk import Desk
from hub.people import Person

#: The invoke that every button of a card sends.
CARD_ACTION = "adaptiveCard/action"

_PRESSES: dict[Verb, OnPress] = {
    **places.PRESSES,
    **offer.PRESSES,
    **programme.PRESSES,
    **year.PRESSES,
    **colleagues.PRESSES,
    **introduction.PRESSES,
    **sharing.PRESSES,
    **topics.PRESSES,
    **announce.PRESSES,
    **staff.PRESSES,
    **school_meeting.PRESSES,
    **next_steps.PRESSES,
    **lead_programme.PRESSES,
    **session_form.PRESSES,
    **register.PRESSES,
    **afterwards.PRESSES,
    **wishes.PRESSES,
}


def press_from(value: Any) -> Press | None:
    """Read an ``adaptiveCard/action`` invoke's value; None when no card of ours sent it."""
    action = value.get("action") if isinstance(value, dict) else None
    if not isinstance(action, dict) or not isinstance(action.get("verb"), str):
        return None
    if action["verb"] not in set(Verb):
        return None
    data = action.get("data")
    return Press(Verb(action["verb"]), data if isinstance(data, dict) else {})


async def act(desk: Desk, person: Person, press: Press) -> Answer:
    """Do what the button says, on today's truth."""
    return await _PRESSES[press.verb](desk, person, press)
