"""What a button press does: a verb to the conversation it belongs to.

No open dialog is needed, so an old card still works. Every id is looked up for the person whose
turn it is; somebody else's is simply not found.
"""

from collections.abc import Mapping
from typing import Any

from microsoft_teams.cards import AdaptiveCard

from cards.as_sent import as_json
from cards.parts import Verb
from dialogs import (
    afterwards,
    announce,
    colleagues,
    introduction,
    lead_programme,
    lead_quick_answers,
    lead_request_words,
    lead_rules,
    meant,
    next_steps,
    nudge_settings,
    offer,
    places,
    privacy,
    programme,
    register,
    request_wishes,
    school_meeting,
    session_form,
    sharing,
    staff,
    toolkits,
    topics,
    unreached,
    went_out,
    wishes,
    year,
)
from dialogs.answer import Answer, OnPress, Press
from dialogs.desk import Desk
from hub.people import Person

_PRESSES: dict[Verb, OnPress] = {
    **places.PRESSES,
    **offer.PRESSES,
    **programme.PRESSES,
    **year.PRESSES,
    **colleagues.PRESSES,
    **introduction.PRESSES,
    **sharing.PRESSES,
    **toolkits.PRESSES,
    **topics.PRESSES,
    **announce.PRESSES,
    **staff.PRESSES,
    **school_meeting.PRESSES,
    **next_steps.PRESSES,
    **lead_programme.PRESSES,
    **session_form.PRESSES,
    **register.PRESSES,
    **afterwards.PRESSES,
    **nudge_settings.PRESSES,
    **lead_rules.PRESSES,
    **unreached.PRESSES,
    **request_wishes.PRESSES,
    **lead_quick_answers.PRESSES,
    **went_out.PRESSES,
    **privacy.PRESSES,
    **wishes.PRESSES,
    **meant.PRESSES,
}


#: Where buttons are found in a card.
_HOLDERS = ("body", "items", "columns", "actions", "selectAction")
#: The buttons of a card by their titles, as far as they can be typed instead.
Buttons = dict[str, dict[str, Any]]


async def act(desk: Desk, person: Person, press: Press) -> Answer:
    """Do what the button says, on today's truth."""
    return await _PRESSES[press.verb](desk, person, press)


def typable(card: AdaptiveCard) -> Buttons:
    """The buttons that typing their title presses: one of its name, and no form to fill in."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in _buttons_in(as_json(card)):
        found.setdefault(_plain(each["title"]), []).append(each)
    return {
        title: {"verb": same[0]["verb"], "data": same[0].get("data", {})}
        for title, same in found.items()
        if len(same) == 1 and same[0].get("associatedInputs") == "none" and "verb" in same[0]
    }


def typed(text: str, buttons: Mapping[str, Any]) -> Press | None:
    """The press that these words stand for, on the card that was shown last; None for all others."""
    meant = buttons.get(_plain(text))
    if not isinstance(meant, dict) or meant.get("verb") not in set(Verb):
        return lead_request_words.taken_on(text, buttons)
    return Press(Verb(meant["verb"]), meant.get("data") or {})


def _buttons_in(holder: Any) -> list[dict[str, Any]]:
    if isinstance(holder, list):
        return [button for each in holder for button in _buttons_in(each)]
    if not isinstance(holder, dict):
        return []
    if str(holder.get("type", "")).startswith("Action."):
        return [holder]
    return [button for name in _HOLDERS for button in _buttons_in(holder.get(name))]


def _plain(title: str) -> str:
    return " ".join(title.replace("’", "'").casefold().split()).strip(' .!?“”"')
